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

package io.github.socketioboot.engine.bridge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import com.corundumstudio.socketio.Configuration;
import io.github.socketioboot.engine.namespace.Namespace;
import io.github.socketioboot.engine.namespace.SocketIoEngine;
import org.jspecify.annotations.Nullable;

/**
 * The bridge of each namespace of the engine. Which namespaces there are the engine alone
 * knows. Thread-safe.
 */
final class BridgeNamespaces {

	private final ConcurrentMap<String, EngineSocketIONamespace> bridges = new ConcurrentHashMap<>();

	private final SocketIoEngine engine;

	private final Configuration configuration;

	private final BridgeSettings settings;

	BridgeNamespaces(SocketIoEngine engine, Configuration configuration, BridgeSettings settings) {
		this.engine = engine;
		this.configuration = configuration;
		this.settings = settings;
	}

	EngineSocketIONamespace create(String name) {
		EngineSocketIONamespace bridge = bridge(
				this.engine.of(name, (namespace) -> new NamespaceBridge(install(namespace))));
		if (bridge == null) {
			throw new IllegalStateException("The namespace " + name + " has a handler of its own");
		}
		return bridge;
	}

	@Nullable EngineSocketIONamespace find(String name) {
		Namespace namespace = this.engine.find(name);
		return (namespace != null) ? bridge(namespace) : null;
	}

	void remove(String name) {
		Namespace namespace = this.engine.find(name);
		if (namespace != null) {
			EngineSocketIONamespace bridge = bridge(namespace);
			if (bridge == null) {
				return;
			}
			this.engine.remove(name);
			this.bridges.remove(namespace.name(), bridge);
		}
	}

	Collection<EngineSocketIONamespace> all() {
		List<EngineSocketIONamespace> all = new ArrayList<>();
		for (Namespace namespace : this.engine.namespaces()) {
			EngineSocketIONamespace bridge = bridge(namespace);
			if (bridge != null) {
				all.add(bridge);
			}
		}
		return all;
	}

	/**
	 * Find the bridge of a namespace.
	 * @param namespace the namespace
	 * @return the bridge, or {@code null} if something else handles the namespace, which
	 * listeners and applications then do not see
	 */
	private @Nullable EngineSocketIONamespace bridge(Namespace namespace) {
		EngineSocketIONamespace bridge = this.bridges.get(namespace.name());
		if (bridge != null && bridge.namespace() == namespace) {
			return bridge;
		}
		return this.bridges.compute(namespace.name(), (name, present) -> {
			if (present != null && present.namespace() == namespace) {
				return present;
			}
			if (namespace.hasHandler()) {
				return null;
			}
			// Someone has added it to the engine without its bridge
			EngineSocketIONamespace created = create(namespace);
			namespace.handler(new NamespaceBridge(created));
			return created;
		});
	}

	private EngineSocketIONamespace install(Namespace namespace) {
		EngineSocketIONamespace created = create(namespace);
		this.bridges.put(namespace.name(), created);
		return created;
	}

	private EngineSocketIONamespace create(Namespace namespace) {
		EngineSocketIONamespace created = new EngineSocketIONamespace(namespace, this.configuration, this.settings);
		this.settings.namespaceCustomizers().forEach((customizer) -> customizer.accept(created));
		return created;
	}

}
