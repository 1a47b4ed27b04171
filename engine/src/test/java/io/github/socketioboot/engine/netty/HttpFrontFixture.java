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

package io.github.socketioboot.engine.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.HandshakeInterceptor;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionConfig;
import io.github.socketioboot.engine.session.SessionIds;
import io.github.socketioboot.engine.session.SessionListener;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A server whose sessions record what they receive.
 */
final class HttpFrontFixture implements AutoCloseable {

	static final LimitsConfig LIMITS = new LimitsConfig(0, 0, 0, 2048, Duration.ofSeconds(30), Duration.ofSeconds(30),
			Duration.ofSeconds(30));

	private static final Pattern SID = Pattern.compile("\"sid\":\"([\\w-]{20})\"");

	final EngineStatistics statistics = new EngineStatistics();

	final AtomicInteger accepted = new AtomicInteger();

	final Queue<String> messages = new ConcurrentLinkedQueue<>();

	final Queue<Session> sessions = new ConcurrentLinkedQueue<>();

	final Queue<CloseReason> closed = new ConcurrentLinkedQueue<>();

	final EngineServer server;

	final int port;

	HttpFrontFixture(LimitsConfig limits) throws Exception {
		this(limits, CorsConfig.SAME_ORIGIN);
	}

	HttpFrontFixture(LimitsConfig limits, CorsConfig cors) throws Exception {
		this(limits, cors, new SessionIds(), null, null, Runnable::run);
	}

	HttpFrontFixture(LimitsConfig limits, CorsConfig cors, SessionIds ids, @Nullable ConnectionSource source,
			@Nullable HandshakeInterceptor interceptor, Executor handlers) throws Exception {
		this(limits, cors, ForwardingConfig.NONE, ids, source, interceptor, handlers);
	}

	HttpFrontFixture(LimitsConfig limits, CorsConfig cors, ForwardingConfig forwarding, SessionIds ids,
			@Nullable ConnectionSource source, @Nullable HandshakeInterceptor interceptor, Executor handlers)
			throws Exception {
		ServerConfig defaults = ServerConfig.DEFAULT;
		ServerConfig config = new ServerConfig(InetAddress.getLoopbackAddress().getHostAddress(), 0, defaults.path(), 1,
				cors, null, limits, defaults.httpCompressionThreshold(), false, true, defaults.healthPath(), null,
				SessionConfig.DEFAULT, forwarding);
		this.server = new EngineServer(config, this::accept, interceptor, handlers, this.statistics, ids, source);
		this.port = this.server.start().toCompletableFuture().get(10, TimeUnit.SECONDS).getPort();
	}

	private SessionListener accept(Session session) {
		this.accepted.incrementAndGet();
		this.sessions.add(session);
		return new Recorder();
	}

	/**
	 * Open a polling session.
	 * @return the session id
	 */
	String handshake() throws IOException {
		return sid(RawConnection.exchange(this.port, get("")).body());
	}

	/**
	 * Find the session id in the answer to a handshake.
	 * @param body the answer
	 * @return the session id
	 */
	static String sid(String body) throws IOException {
		Matcher matcher = SID.matcher(body);
		if (!matcher.find()) {
			throw new IOException("no session");
		}
		return matcher.group(1);
	}

	/**
	 * Return whether a session takes a message.
	 * @param sid the session id
	 * @return {@code true} if it is open
	 */
	boolean isOpen(String sid) throws IOException {
		return RawConnection.exchange(this.port, post(sid, "4still here")).status() == 200;
	}

	static String target(String sid) {
		return "/socket.io/?EIO=4&transport=polling" + (sid.isEmpty() ? "" : "&sid=" + sid);
	}

	static String get(String sid) {
		return request("GET", sid, "");
	}

	static String request(String method, String sid, String headers) {
		return method + " " + target(sid) + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
	}

	static String post(String sid, String body) {
		return request("POST", sid, "Content-Length: " + body.length() + "\r\n") + body;
	}

	static String health() {
		return "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
	}

	@Override
	public void close() throws Exception {
		this.server.stop().toCompletableFuture().get(20, TimeUnit.SECONDS);
	}

	private final class Recorder implements SessionListener {

		@Override
		public void onText(ByteBuf message) {
			HttpFrontFixture.this.messages.add(message.toString(StandardCharsets.UTF_8));
		}

		@Override
		public void onBinary(ByteBuf data) {
			HttpFrontFixture.this.messages.add("binary");
		}

		@Override
		public void onHeartbeat() {
			HttpFrontFixture.this.messages.add("heartbeat");
		}

		@Override
		public void onClose(CloseReason reason) {
			HttpFrontFixture.this.closed.add(reason);
		}

	}

}
