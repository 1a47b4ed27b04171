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

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * The real port as {@code local.socketio.port} in the environment, as Boot does with
 * {@code local.server.port}.
 */
final class LocalPort {

	static final String PROPERTY = "local.socketio.port";

	/**
	 * The source in which Boot keeps the ports of web servers.
	 */
	private static final String SOURCE = "server.ports";

	private LocalPort() {
	}

	/**
	 * Publish the port in the environments of a context and its parents.
	 * @param context the context
	 * @param port the port
	 */
	static void publish(ApplicationContext context, int port) {
		for (ApplicationContext next = context; next != null; next = parent(next)) {
			if (next instanceof ConfigurableApplicationContext configurable) {
				publish(configurable.getEnvironment(), port);
			}
		}
	}

	private static @Nullable ApplicationContext parent(ApplicationContext context) {
		return context.getParent();
	}

	@SuppressWarnings("unchecked")
	private static void publish(ConfigurableEnvironment environment, int port) {
		MutablePropertySources sources = environment.getPropertySources();
		PropertySource<?> source = sources.get(SOURCE);
		if (source == null) {
			source = new MapPropertySource(SOURCE, new HashMap<>());
			sources.addFirst(source);
		}
		((Map<String, Object>) source.getSource()).put(PROPERTY, port);
	}

}
