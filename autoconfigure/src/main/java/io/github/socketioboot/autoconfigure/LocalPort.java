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

package io.github.socketioboot.autoconfigure;

import java.util.Map;

import com.corundumstudio.socketio.SocketIOServer;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The real port as {@code local.socketio.port} in the environment, as Boot does with
 * {@code local.server.port}.
 */
final class LocalPort {

	static final String PROPERTY = "local.socketio.port";

	private static final String SOURCE = "socketio.ports";

	private LocalPort() {
	}

	/**
	 * Publish the port in the environments of a context and its parents, up to one with a
	 * server of its own.
	 * @param context the context
	 * @param port the port
	 */
	static void publish(ApplicationContext context, int port) {
		ApplicationContext next = context;
		do {
			if (next instanceof ConfigurableApplicationContext configurable) {
				// A child has the sources of its parent: they are not to be changed
				configurable.getEnvironment()
					.getPropertySources()
					.addFirst(new MapPropertySource(SOURCE, Map.of(PROPERTY, port)));
			}
			next = next.getParent();
		}
		while (next != null && next.getBeanNamesForType(SocketIOServer.class, true, false).length == 0);
	}

}
