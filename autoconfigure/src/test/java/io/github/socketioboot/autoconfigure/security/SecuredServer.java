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

package io.github.socketioboot.autoconfigure.security;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

/**
 * An application with secured handlers that has been started on a free port.
 */
final class SecuredServer implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private SecuredServer(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static SecuredServer start(Class<?> configuration, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("socketio.port=0");
		all.add("socketio.drain.timeout=1s");
		all.add("socketio.drain.spread=0s");
		return new SecuredServer(
				new SpringApplicationBuilder(Application.class, configuration).web(WebApplicationType.NONE)
					.properties(all.toArray(String[]::new))
					.run());
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableMethodSecurity
	@Import({ SecuredHandlers.class, SecuredHandlers.Admin.class, SecuredHandlers.Staff.class,
			SecuredHandlers.News.class })
	static class Application {

	}

}
