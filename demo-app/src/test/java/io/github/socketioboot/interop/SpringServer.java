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

package io.github.socketioboot.interop;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Our server, in this process.
 */
final class SpringServer implements InteropServer {

	private final int port;

	private ConfigurableApplicationContext context;

	SpringServer() {
		this.context = start(0);
		this.port = this.context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class);
	}

	private static ConfigurableApplicationContext start(int port) {
		return new SpringApplicationBuilder(InteropApplication.class).web(WebApplicationType.NONE)
			.run("--spring.config.name=interop", "--socketio.port=" + port);
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public void restart() {
		this.context.close();
		this.context = start(this.port);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
