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

import java.util.concurrent.Executor;

import com.corundumstudio.socketio.Configuration;
import io.github.socketioboot.engine.namespace.EventObserver;
import io.github.socketioboot.engine.namespace.HandlerContext;
import io.github.socketioboot.engine.namespace.HandlerPool;
import io.github.socketioboot.engine.namespace.SocketIoEngine;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind an {@link EngineSocketIOServer}. Thread-safe.
 */
final class Bridge {

	private final BridgeSettings settings;

	private final SocketIoEngine engine;

	private final BridgeNamespaces namespaces;

	private final ServerLifecycle lifecycle;

	private final @Nullable HandlerPool pool;

	Bridge(Configuration configuration, BridgeSettings settings) {
		this.settings = settings;
		Executor threads = settings.handlers();
		HandlerPool pool = null;
		if (threads == null) {
			pool = new HandlerPool();
			threads = pool;
		}
		this.pool = pool;
		this.engine = new SocketIoEngine(settings.namespaces(), settings.mapper(), threads, settings.adapters(),
				settings.statistics(), EventObserver.of(settings.eventObservers()),
				HandlerContext.of(settings.handlerContexts()), settings.socketObserver());
		this.namespaces = new BridgeNamespaces(this.engine, configuration, settings);
		this.lifecycle = new ServerLifecycle(settings, this.engine, threads);
	}

	BridgeSettings settings() {
		return this.settings;
	}

	SocketIoEngine engine() {
		return this.engine;
	}

	BridgeNamespaces namespaces() {
		return this.namespaces;
	}

	ServerLifecycle lifecycle() {
		return this.lifecycle;
	}

	/**
	 * End what outlives a stop. Does not block.
	 */
	void close() {
		this.engine.close();
		if (this.pool != null) {
			this.pool.close();
		}
	}

}
