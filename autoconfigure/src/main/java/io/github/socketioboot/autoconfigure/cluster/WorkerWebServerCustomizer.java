/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.socketioboot.autoconfigure.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Lets a worker's web server listen on a port of its own that only this host reaches, as
 * its primary listens on the one that is configured. The configuration itself stays as it
 * is, so that what refers to it, such as an origin with {@code ${server.port}}, means the
 * port that clients use.
 */
class WorkerWebServerCustomizer implements WebServerFactoryCustomizer<ConfigurableWebServerFactory>, Ordered {

	private static final byte[] LOOPBACK = { 127, 0, 0, 1 };

	private final Environment environment;

	private final String portProperty;

	/**
	 * Create a customizer.
	 * @param environment environment of the application
	 * @param portProperty property with the port that clients use
	 */
	WorkerWebServerCustomizer(Environment environment, String portProperty) {
		this.environment = environment;
		this.portProperty = portProperty;
	}

	/**
	 * After all that set the port.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void customize(ConfigurableWebServerFactory factory) {
		if (this.environment.getProperty(this.portProperty, Integer.class, 0) < 0) {
			return;
		}
		factory.setPort(0);
		try {
			factory.setAddress(InetAddress.getByAddress(LOOPBACK));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
