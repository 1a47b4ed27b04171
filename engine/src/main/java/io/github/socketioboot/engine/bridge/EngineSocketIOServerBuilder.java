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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.AuthorizationListener;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.handler.SuccessAuthorizationListener;
import com.corundumstudio.socketio.listener.DefaultExceptionListener;
import com.corundumstudio.socketio.listener.ExceptionListener;
import com.corundumstudio.socketio.store.MemoryStoreFactory;
import com.corundumstudio.socketio.store.StoreFactory;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.namespace.EventObserver;
import io.github.socketioboot.engine.namespace.HandlerContext;
import io.github.socketioboot.engine.namespace.NamespaceConfig;
import io.github.socketioboot.engine.namespace.SocketObserver;
import io.github.socketioboot.engine.netty.ConnectionSource;
import io.github.socketioboot.engine.netty.ServerConfig;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.Handshake;
import io.github.socketioboot.engine.session.HandshakeDecision;
import io.github.socketioboot.engine.session.HandshakeInterceptor;
import io.github.socketioboot.engine.session.SessionIds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Builds an {@link EngineSocketIOServer}. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class EngineSocketIOServerBuilder {

	private static final Logger logger = LoggerFactory.getLogger(EngineSocketIOServerBuilder.class);

	private ServerConfig server = ServerConfig.DEFAULT;

	private NamespaceConfig namespaces = NamespaceConfig.DEFAULT;

	private @Nullable JsonMapper mapper;

	private @Nullable Executor handlers;

	private AckMode ackMode = AckMode.AUTO_SUCCESS_ONLY;

	private ExceptionListener exceptionListener = new LoggingExceptionListener();

	private @Nullable HandshakeInterceptor interceptor;

	private @Nullable AuthorizationListener authorization;

	private StoreFactory storeFactory = new MemoryStoreFactory();

	private AdapterFactory adapters = AdapterFactory.IN_MEMORY;

	private EngineStatistics statistics = new EngineStatistics();

	private @Nullable SessionIds sessionIds;

	private @Nullable ConnectionSource connections;

	private final List<EventObserver> eventObservers = new ArrayList<>();

	private final List<HandlerContext> handlerContexts = new ArrayList<>();

	private @Nullable SocketObserver socketObserver;

	private final List<Consumer<? super EngineSocketIONamespace>> namespaceCustomizers = new ArrayList<>();

	private Duration drainTimeout = Duration.ofSeconds(20);

	private Duration drainSpread = Duration.ofSeconds(3);

	EngineSocketIOServerBuilder() {
	}

	static EngineSocketIOServerBuilder from(Configuration configuration) {
		EngineSocketIOServerBuilder builder = new EngineSocketIOServerBuilder();
		builder.server(ConfigurationMapping.toServerConfig(configuration))
			.ackMode(configuration.getAckMode())
			.exceptionListener(configuration.getExceptionListener())
			.authorizationListener(configuration.getAuthorizationListener())
			.storeFactory(configuration.getStoreFactory());
		if (configuration.getJsonSupport() == null) {
			configuration.setJsonSupport(new UnusedJsonSupport());
		}
		else if (!(configuration.getJsonSupport() instanceof UnusedJsonSupport)) {
			logger.warn("The JsonSupport of the configuration is not used: payloads are read and written by a "
					+ "JsonMapper, to be set by EngineSocketIOServer.builder().mapper(...)");
		}
		return builder;
	}

	/**
	 * Set the settings of the HTTP front and of sessions.
	 * @param server the settings
	 * @return this
	 */
	public EngineSocketIOServerBuilder server(ServerConfig server) {
		this.server = Objects.requireNonNull(server, "'server' must not be null");
		return this;
	}

	/**
	 * Set the settings of namespaces.
	 * @param namespaces the settings
	 * @return this
	 */
	public EngineSocketIOServerBuilder namespaces(NamespaceConfig namespaces) {
		this.namespaces = Objects.requireNonNull(namespaces, "'namespaces' must not be null");
		return this;
	}

	/**
	 * Set what reads and writes payloads.
	 * @param mapper the mapper
	 * @return this
	 */
	public EngineSocketIOServerBuilder mapper(JsonMapper mapper) {
		this.mapper = Objects.requireNonNull(mapper, "'mapper' must not be null");
		return this;
	}

	/**
	 * Set what runs listeners, which may block. Without it the server has a pool of its
	 * own.
	 * @param handlers runs tasks on threads that are no event loops
	 * @return this
	 */
	public EngineSocketIOServerBuilder handlers(Executor handlers) {
		this.handlers = Objects.requireNonNull(handlers, "'handlers' must not be null");
		return this;
	}

	/**
	 * Set when events are answered without the listener's doing.
	 * @param ackMode the mode; {@code AUTO_SUCCESS_ONLY} unless set
	 * @return this
	 */
	public EngineSocketIOServerBuilder ackMode(AckMode ackMode) {
		this.ackMode = Objects.requireNonNull(ackMode, "'ackMode' must not be null");
		return this;
	}

	/**
	 * Set what learns the exceptions of listeners.
	 * @param exceptionListener the listener; netty-socketio's default is replaced by one
	 * that logs no payloads
	 * @return this
	 */
	public EngineSocketIOServerBuilder exceptionListener(ExceptionListener exceptionListener) {
		Objects.requireNonNull(exceptionListener, "'exceptionListener' must not be null");
		this.exceptionListener = (exceptionListener.getClass() == DefaultExceptionListener.class)
				? new LoggingExceptionListener() : exceptionListener;
		return this;
	}

	/**
	 * Set what decides on handshakes, before the authorization listener.
	 * @param interceptor decides on handler threads
	 * @return this
	 */
	public EngineSocketIOServerBuilder handshakeInterceptor(HandshakeInterceptor interceptor) {
		this.interceptor = Objects.requireNonNull(interceptor, "'interceptor' must not be null");
		return this;
	}

	/**
	 * Set netty-socketio's listener for handshakes.
	 * @param authorization decides on handler threads
	 * @return this
	 */
	public EngineSocketIOServerBuilder authorizationListener(AuthorizationListener authorization) {
		Objects.requireNonNull(authorization, "'authorization' must not be null");
		// The listener that always agrees is not worth a change of threads
		this.authorization = (authorization.getClass() == SuccessAuthorizationListener.class) ? null : authorization;
		return this;
	}

	/**
	 * Set what makes the stores of clients. Only {@code createStore} and {@code shutdown}
	 * are called; other nodes are the adapters' concern.
	 * @param storeFactory the factory
	 * @return this
	 */
	public EngineSocketIOServerBuilder storeFactory(StoreFactory storeFactory) {
		this.storeFactory = Objects.requireNonNull(storeFactory, "'storeFactory' must not be null");
		return this;
	}

	/**
	 * Set what makes the adapters of namespaces.
	 * @param adapters the factory
	 * @return this
	 */
	public EngineSocketIOServerBuilder adapters(AdapterFactory adapters) {
		this.adapters = Objects.requireNonNull(adapters, "'adapters' must not be null");
		return this;
	}

	/**
	 * Set the counters.
	 * @param statistics the counters
	 * @return this
	 */
	public EngineSocketIOServerBuilder statistics(EngineStatistics statistics) {
		this.statistics = Objects.requireNonNull(statistics, "'statistics' must not be null");
		return this;
	}

	/**
	 * Set with what the secret ids of sessions begin, so that whoever distributes
	 * connections over several servers knows which one a session is on.
	 * @param prefix four characters of {@code [A-Za-z0-9_-]}; random unless set
	 * @return this
	 * @throws IllegalArgumentException if the prefix is of another form
	 */
	public EngineSocketIOServerBuilder sidPrefix(String prefix) {
		this.sessionIds = new SessionIds(Objects.requireNonNull(prefix, "'prefix' must not be null"));
		return this;
	}

	/**
	 * Set where connections come from instead of a port of the server's own.
	 * @param connections the source, opened when the server starts
	 * @return this
	 */
	public EngineSocketIOServerBuilder connections(ConnectionSource connections) {
		this.connections = Objects.requireNonNull(connections, "'connections' must not be null");
		return this;
	}

	/**
	 * Add what learns of events as they pass. Costs nothing unless there is one.
	 * @param observer called for each event, must be quick
	 * @return this
	 */
	public EngineSocketIOServerBuilder eventObserver(EventObserver observer) {
		this.eventObservers.add(Objects.requireNonNull(observer, "'observer' must not be null"));
		return this;
	}

	/**
	 * Add what surrounds listeners on their threads, inside of those that were added
	 * before. Costs nothing unless there is one.
	 * @param context opened and closed around each call of a listener
	 * @return this
	 */
	public EngineSocketIOServerBuilder handlerContext(HandlerContext context) {
		this.handlerContexts.add(Objects.requireNonNull(context, "'context' must not be null"));
		return this;
	}

	/**
	 * Set what learns of sockets, their rooms and packets. Costs nothing unless there is
	 * one.
	 * @param observer called on event loops, hands over to a thread of its own
	 * @return this
	 */
	public EngineSocketIOServerBuilder socketObserver(SocketObserver observer) {
		this.socketObserver = Objects.requireNonNull(observer, "'observer' must not be null");
		return this;
	}

	/**
	 * Add what is told of each namespace, the root and those added later included, before
	 * its listeners serve clients: the place for listeners that no namespace may lack,
	 * such as those that authenticate.
	 * @param customizer called once per namespace, by the thread that adds it; must not
	 * add namespaces
	 * @return this
	 */
	public EngineSocketIOServerBuilder namespaceCustomizer(Consumer<? super EngineSocketIONamespace> customizer) {
		this.namespaceCustomizers.add(Objects.requireNonNull(customizer, "'customizer' must not be null"));
		return this;
	}

	/**
	 * Set the times of a stop.
	 * @param timeout how long it may wait for what is going on
	 * @param spread over how long it spreads the closing of sessions
	 * @return this
	 */
	public EngineSocketIOServerBuilder drain(Duration timeout, Duration spread) {
		this.drainTimeout = Objects.requireNonNull(timeout, "'timeout' must not be null");
		this.drainSpread = Objects.requireNonNull(spread, "'spread' must not be null");
		return this;
	}

	/**
	 * Build the server.
	 * @return a server that is not started yet
	 */
	public EngineSocketIOServer build() {
		Configuration configuration = ConfigurationMapping.toConfiguration(this.server);
		configuration.setAckMode(this.ackMode);
		configuration.setExceptionListener(this.exceptionListener);
		configuration.setStoreFactory(this.storeFactory);
		configuration.setJsonSupport(new UnusedJsonSupport());
		if (this.authorization != null) {
			configuration.setAuthorizationListener(this.authorization);
		}
		return new EngineSocketIOServer(configuration, settings());
	}

	BridgeSettings settings() {
		JsonMapper mapper = (this.mapper != null) ? this.mapper : defaultMapper();
		return new BridgeSettings(this.server, this.namespaces, mapper, this.handlers, this.ackMode,
				this.exceptionListener, interceptor(), this.storeFactory, this.adapters, this.statistics,
				(this.sessionIds != null) ? this.sessionIds : new SessionIds(), this.connections, this.eventObservers,
				this.handlerContexts, this.socketObserver, this.namespaceCustomizers, this.drainTimeout,
				this.drainSpread);
	}

	// netty-socketio's own mapper leaves out what is null, too
	private static JsonMapper defaultMapper() {
		return JsonMapper.builder()
			.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
			.build();
	}

	private @Nullable HandshakeInterceptor interceptor() {
		HandshakeInterceptor first = this.interceptor;
		if (this.authorization == null) {
			return first;
		}
		HandshakeInterceptor second = new AuthorizationInterceptor(this.authorization);
		return (first != null) ? (handshake) -> both(first, second, handshake) : second;
	}

	private static HandshakeDecision both(HandshakeInterceptor first, HandshakeInterceptor second,
			Handshake handshake) {
		HandshakeDecision one = first.intercept(handshake);
		if (one.refusal() != null) {
			return one;
		}
		HandshakeDecision other = second.intercept(handshake);
		if (other.refusal() != null || one.attributes().isEmpty()) {
			return other;
		}
		Map<String, Object> attributes = new HashMap<>(one.attributes());
		attributes.putAll(other.attributes());
		return HandshakeDecision.allow(attributes);
	}

}
