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

import java.util.HashMap;
import java.util.Map;

import io.github.socketioboot.cluster.link.WorkerIdentity;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Tells a process which one it is, and a worker what its primary does in its place: TLS
 * of the Socket.IO port, and the addresses of clients. Early enough for the names of log
 * files.
 */
class ClusterEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	static final String INSTANCE = "socketio.cluster.instance";

	private static final String SOURCE = "socketio.cluster";

	private static final String FORWARD_HEADERS = "server.forward-headers-strategy";

	private static final String BANNER = "spring.main.banner-mode";

	/**
	 * After the configuration is read.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Map<String, Object> properties = new HashMap<>();
		switch (ClusterRole.of(environment)) {
			case SINGLE -> properties.put(INSTANCE, 0);
			case PRIMARY -> properties.put(INSTANCE, "primary");
			case WORKER -> addWorker(environment, properties);
		}
		environment.getPropertySources().remove(SOURCE);
		environment.getPropertySources().addFirst(new MapPropertySource(SOURCE, properties));
	}

	private static void addWorker(ConfigurableEnvironment environment, Map<String, Object> properties) {
		WorkerIdentity identity = WorkerVariables.identity(environment);
		properties.put(INSTANCE, (identity != null) ? identity.index() : 0);
		properties.put("socketio.ssl.bundle", "");
		Binder binder = Binder.get(environment);
		if (!binder.bind(BANNER, String.class).isBound()) {
			properties.put(BANNER, "off");
		}
		boolean shared = binder.bind("socketio.cluster.local.share-http-ports", Boolean.class).orElse(true);
		if (shared && !binder.bind(FORWARD_HEADERS, String.class).isBound()) {
			properties.put(FORWARD_HEADERS, "native");
		}
	}

}
