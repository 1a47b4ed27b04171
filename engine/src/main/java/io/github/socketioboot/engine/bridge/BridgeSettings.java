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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.listener.ExceptionListener;
import com.corundumstudio.socketio.store.StoreFactory;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.namespace.EventObserver;
import io.github.socketioboot.engine.namespace.HandlerContext;
import io.github.socketioboot.engine.namespace.NamespaceConfig;
import io.github.socketioboot.engine.namespace.SocketObserver;
import io.github.socketioboot.engine.netty.ConnectionSource;
import io.github.socketioboot.engine.netty.ServerConfig;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.HandshakeInterceptor;
import io.github.socketioboot.engine.session.SessionIds;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server of the bridge is made of. Immutable.
 *
 * @param server settings of the HTTP front and of sessions
 * @param namespaces settings of namespaces
 * @param mapper reads and writes payloads
 * @param handlers runs listeners, or {@code null} for a pool of the server's own
 * @param ackMode when events are answered without the listener's doing
 * @param exceptionListener learns what listeners throw
 * @param interceptor decides on handshakes, or {@code null} to let all in
 * @param storeFactory makes the stores of clients
 * @param adapters makes the adapters of namespaces
 * @param statistics counters
 * @param sessionIds makes the ids of sessions
 * @param connections delivers connections, or {@code null} for a port of the server's own
 * @param eventObservers learn of events
 * @param handlerContexts surround handlers, the outermost first
 * @param socketObserver learns of sockets, or {@code null}
 * @param namespaceCustomizers told of each namespace before clients can connect to it
 * @param drainTimeout how long a stop may wait for what is going on
 * @param drainSpread over how long a stop spreads the closing of sessions
 */
record BridgeSettings(ServerConfig server, NamespaceConfig namespaces, JsonMapper mapper, @Nullable Executor handlers,
		AckMode ackMode, ExceptionListener exceptionListener, @Nullable HandshakeInterceptor interceptor,
		StoreFactory storeFactory, AdapterFactory adapters, EngineStatistics statistics, SessionIds sessionIds,
		@Nullable ConnectionSource connections, List<EventObserver> eventObservers,
		List<HandlerContext> handlerContexts, @Nullable SocketObserver socketObserver,
		List<Consumer<? super EngineSocketIONamespace>> namespaceCustomizers, Duration drainTimeout,
		Duration drainSpread) {

	BridgeSettings {
		eventObservers = List.copyOf(eventObservers);
		handlerContexts = List.copyOf(handlerContexts);
		namespaceCustomizers = List.copyOf(namespaceCustomizers);
	}

}
