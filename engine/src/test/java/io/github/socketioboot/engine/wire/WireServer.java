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

package io.github.socketioboot.engine.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.namespace.HandlerPool;
import io.github.socketioboot.engine.namespace.Namespace;
import io.github.socketioboot.engine.namespace.NamespaceConfig;
import io.github.socketioboot.engine.namespace.Socket;
import io.github.socketioboot.engine.namespace.SocketIoEngine;
import io.github.socketioboot.engine.netty.CookieConfig;
import io.github.socketioboot.engine.netty.CorsConfig;
import io.github.socketioboot.engine.netty.EngineServer;
import io.github.socketioboot.engine.netty.LimitsConfig;
import io.github.socketioboot.engine.netty.ServerConfig;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.HandshakeInterceptor;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionAcceptor;
import io.github.socketioboot.engine.session.SessionConfig;
import io.github.socketioboot.engine.session.SessionListener;
import io.github.socketioboot.engine.transport.TransportName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server on a free port, with settings of a test's choice, and raw clients for it.
 * Stops both after each test.
 */
final class WireServer implements AfterEachCallback {

	static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	private static final long WAIT_SECONDS = 30;

	private final EngineStatistics statistics = new EngineStatistics();

	private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();

	private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();

	private final List<AutoCloseable> clients = new ArrayList<>();

	private final WireHandler handler = new WireHandler();

	private Set<TransportName> transports = Set.of(TransportName.POLLING, TransportName.WEBSOCKET);

	private boolean allowUpgrades = true;

	private boolean allowEio3;

	private int pingInterval = 25_000;

	private int pingTimeout = 20_000;

	private int upgradeTimeout = 10_000;

	private int connectTimeout = 45_000;

	private int maxPayload = 1_000_000;

	private CorsConfig cors = CorsConfig.SAME_ORIGIN;

	private @Nullable CookieConfig cookie;

	private @Nullable HandshakeInterceptor interceptor;

	private @Nullable EngineServer server;

	private @Nullable SocketIoEngine engine;

	private @Nullable HandlerPool pool;

	private int port;

	WireServer transports(TransportName... transports) {
		this.transports = Set.of(transports);
		return this;
	}

	WireServer withoutUpgrades() {
		this.allowUpgrades = false;
		return this;
	}

	WireServer allowEio3() {
		this.allowEio3 = true;
		return this;
	}

	WireServer ping(int intervalMillis, int timeoutMillis) {
		this.pingInterval = intervalMillis;
		this.pingTimeout = timeoutMillis;
		return this;
	}

	WireServer upgradeTimeout(int millis) {
		this.upgradeTimeout = millis;
		return this;
	}

	WireServer connectTimeout(int millis) {
		this.connectTimeout = millis;
		return this;
	}

	WireServer maxPayload(int bytes) {
		this.maxPayload = bytes;
		return this;
	}

	WireServer cors(CorsConfig cors) {
		this.cors = cors;
		return this;
	}

	WireServer cookie(CookieConfig cookie) {
		this.cookie = cookie;
		return this;
	}

	WireServer interceptor(HandshakeInterceptor interceptor) {
		this.interceptor = interceptor;
		return this;
	}

	/**
	 * Start with an echo above the sessions.
	 */
	WireServer startEngine() throws Exception {
		return start(EngineEcho::new);
	}

	/**
	 * Start with Socket.IO above the sessions.
	 */
	WireServer startSocketIo() throws Exception {
		NamespaceConfig defaults = NamespaceConfig.DEFAULT;
		NamespaceConfig config = new NamespaceConfig(Duration.ofMillis(this.connectTimeout), defaults.maxAttachments(),
				defaults.maxNamespacesPerConnection(), defaults.maxRoomsPerSocket(), defaults.eventsPerSecond());
		this.pool = new HandlerPool();
		this.engine = new SocketIoEngine(config, JsonMapper.builder().build(), this.pool, AdapterFactory.IN_MEMORY,
				this.statistics);
		for (String namespace : List.of("/", "/admin", "/deny", "/mw", "/early")) {
			this.engine.of(namespace).handler(this.handler);
		}
		return start(this.engine);
	}

	private WireServer start(SessionAcceptor acceptor) throws Exception {
		ServerConfig defaults = ServerConfig.DEFAULT;
		SessionConfig session = new SessionConfig(this.transports, this.allowUpgrades, this.allowEio3,
				Duration.ofMillis(this.pingInterval), Duration.ofMillis(this.pingTimeout),
				Duration.ofMillis(this.upgradeTimeout), this.maxPayload, SessionConfig.DEFAULT.maxOutboundBuffer());
		ServerConfig config = new ServerConfig("127.0.0.1", 0, defaults.path(), 2, this.cors, this.cookie,
				LimitsConfig.DEFAULT, defaults.httpCompressionThreshold(), false, true, defaults.healthPath(), null,
				session);
		this.server = new EngineServer(config, (opened) -> {
			SessionListener listener = acceptor.accept(opened);
			this.sessions.add(opened);
			return new CloseRecorder(listener, this.closed);
		}, this.interceptor, Runnable::run, this.statistics);
		InetSocketAddress address = this.server.start().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
		this.port = address.getPort();
		return this;
	}

	int port() {
		return this.port;
	}

	EngineServer server() {
		return this.server;
	}

	EngineStatistics statistics() {
		return this.statistics;
	}

	WireHandler handler() {
		return this.handler;
	}

	Namespace namespace(String name) {
		return this.engine.of(name);
	}

	/**
	 * Wait for the socket of the only client of a namespace.
	 */
	Socket socket(String namespace) throws InterruptedException {
		assertThat(this.handler.next()).startsWith("connect " + namespace);
		return namespace(namespace).sockets().iterator().next();
	}

	RawHttp http() throws IOException {
		return register(new RawHttp(this.port));
	}

	RawWebSocket webSocket(String target, String... headers) throws IOException {
		return register(RawWebSocket.open(this.port, target, headers));
	}

	/**
	 * Open a WebSocket session and read its handshake.
	 */
	RawWebSocket openWebSocket() throws IOException {
		RawWebSocket socket = webSocket(WEBSOCKET);
		assertThat(socket.next()).startsWith("0{\"sid\":\"");
		return socket;
	}

	/**
	 * Open a polling session.
	 * @return the path of its requests
	 */
	String openPolling() throws IOException {
		RawHttp.Answer answer = http().get(POLLING);
		assertThat(answer.text()).startsWith("0{\"sid\":\"");
		return POLLING + "&sid=" + answer.text().substring(9, 29);
	}

	private <T extends AutoCloseable> T register(T client) {
		this.clients.add(client);
		return client;
	}

	/**
	 * Wait for the session that was opened next.
	 */
	Session session() throws InterruptedException {
		Session session = this.sessions.poll(WAIT_SECONDS, TimeUnit.SECONDS);
		assertThat(session).as("a session in time").isNotNull();
		return session;
	}

	/**
	 * Wait for the end of a session.
	 */
	CloseReason closed() throws InterruptedException {
		CloseReason reason = this.closed.poll(WAIT_SECONDS, TimeUnit.SECONDS);
		assertThat(reason).as("a close in time").isNotNull();
		return reason;
	}

	boolean isAnyClosed() {
		return !this.closed.isEmpty();
	}

	/**
	 * Forget what was recorded so far.
	 */
	void forget() {
		this.sessions.clear();
		this.closed.clear();
		this.handler.forget();
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		for (AutoCloseable client : this.clients) {
			client.close();
		}
		if (this.server != null) {
			this.server.stop().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
		}
		if (this.engine != null) {
			this.engine.close();
		}
		if (this.pool != null) {
			this.pool.close();
		}
	}

}
