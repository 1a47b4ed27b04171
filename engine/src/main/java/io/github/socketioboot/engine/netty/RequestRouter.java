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

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.socketioboot.engine.netty.forwarded.ClientOrigin;
import io.github.socketioboot.engine.netty.forwarded.ForwardedClient;
import io.github.socketioboot.engine.netty.forwarded.ForwardedHeaders;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.session.AccessLog;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.Handshake;
import io.github.socketioboot.engine.session.HandshakeDecision;
import io.github.socketioboot.engine.session.HandshakeInterceptor;
import io.github.socketioboot.engine.session.RefusalReason;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionConfig;
import io.github.socketioboot.engine.session.SessionRegistry;
import io.github.socketioboot.engine.transport.TransportName;
import io.github.socketioboot.engine.transport.polling.PollingOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a request is and who answers it, in the order of the reference server's
 * checks; nothing is allocated for a client before its handshake has passed them. Called
 * on the loop of the request's connection. Thread-safe.
 * <p>
 * One class, since the order of the checks is what it is about.
 */
final class RequestRouter {

	private static final Logger logger = LoggerFactory.getLogger(RequestRouter.class);

	private static final String RETRY_AFTER_SECONDS = "1";

	private static final String EIO_4 = "4";

	private static final String DRAINING = "Server is draining";

	private final ServerConfig config;

	private final SessionConfig sessionConfig;

	private final SessionRegistry sessions;

	private final ServerState state;

	private final EngineStatistics statistics;

	private final @Nullable HandshakeInterceptor interceptor;

	private final Executor handlers;

	private final @Nullable ForwardedClient forwarded;

	private final OriginPolicy origins;

	private final @Nullable HandshakeCookie cookie;

	private final @Nullable ClientFiles clientFiles;

	private final PollCompression compression;

	private final ConnectionLimiter limiter;

	private final WebSocketOpening webSockets;

	RequestRouter(ServerConfig config, SessionRegistry sessions, ServerState state, EngineStatistics statistics,
			@Nullable HandshakeInterceptor interceptor, Executor handlers, ConnectionLimiter limiter,
			WebSocketOpening webSockets) {
		this.config = config;
		this.sessionConfig = config.session();
		this.sessions = sessions;
		this.state = state;
		this.statistics = statistics;
		this.interceptor = interceptor;
		this.handlers = handlers;
		this.limiter = limiter;
		this.webSockets = webSockets;
		this.forwarded = (config.forwarding().headers() != ForwardedHeaders.NONE)
				? new ForwardedClient(config.forwarding().headers(), config.forwarding().trusted()) : null;
		this.origins = new OriginPolicy(config.cors());
		this.cookie = (config.cookie() != null) ? new HandshakeCookie(config.cookie()) : null;
		this.clientFiles = config.serveClient() ? new ClientFiles() : null;
		this.compression = new PollCompression(config.httpCompressionThreshold());
	}

	EngineStatistics statistics() {
		return this.statistics;
	}

	int maxPayload() {
		return this.sessionConfig.maxPayload();
	}

	PollCompression.@Nullable Coding coding(@Nullable String acceptEncoding, int length) {
		return this.compression.choose(acceptEncoding, length);
	}

	void addOriginHeaders(HttpHeaders headers, OriginPolicy.Decision decision, @Nullable String origin) {
		this.origins.addHeaders(headers, decision, origin);
	}

	/**
	 * Answer a request, or begin to.
	 * @param exchange the request, its head read
	 */
	void route(HttpExchange exchange) {
		HttpRequest request = exchange.request();
		String target = request.uri();
		if (isHealthRequest(request, target)) {
			answerHealth(exchange);
			return;
		}
		if (!QueryParameters.isUnder(this.config.path(), target)) {
			exchange.respond(empty(HttpResponseStatus.NOT_FOUND));
			return;
		}
		if (exchange.front().isForwarding() && !isAdmitted(exchange)) {
			return;
		}
		OriginPolicy.Decision origin = decideOrigin(exchange);
		if (HttpMethod.OPTIONS.equals(request.method()) && origin == OriginPolicy.Decision.ALLOWED_CORS) {
			FullHttpResponse preflight = empty(HttpResponseStatus.NO_CONTENT);
			this.origins.addPreflightHeaders(preflight.headers(), origin, request.headers());
			exchange.respond(preflight);
			return;
		}
		exchange.origin(origin);
		if (this.clientFiles != null) {
			FullHttpResponse file = this.clientFiles.answer(request, target.substring(this.config.path().length()));
			if (file != null) {
				exchange.respond(file);
				return;
			}
		}
		if (origin == OriginPolicy.Decision.REFUSED) {
			refuse(exchange, EngineError.FOREIGN_ORIGIN, RefusalReason.ORIGIN);
			return;
		}
		verify(exchange, QueryParameters.parse(target), origin == OriginPolicy.Decision.INVALID);
	}

	private boolean isAdmitted(HttpExchange exchange) {
		ForwardedClient forwarded = this.forwarded;
		if (forwarded == null) {
			return true;
		}
		ConnectionOrigin connection = exchange.front().origin();
		ClientOrigin client = forwarded.origin(connection.remote(), connection.secure(), exchange.request().headers());
		exchange.client(client);
		if (!this.limiter.limitsAddresses()) {
			return true;
		}
		InetAddress address = client.address().getAddress();
		if (!this.limiter.tryAddress(address)) {
			respond(exchange, EngineError.tooMany("Too many connections"));
			return false;
		}
		exchange.place(new Admission(() -> this.limiter.leave(address)));
		return true;
	}

	private OriginPolicy.Decision decideOrigin(HttpExchange exchange) {
		ClientOrigin client = exchange.client();
		return this.origins.decide(exchange.header(HttpHeaderNames.ORIGIN),
				(client != null) ? client.host() : exchange.header(HttpHeaderNames.HOST),
				(client != null) ? client.secure() : exchange.front().origin().secure());
	}

	private void verify(HttpExchange exchange, QueryParameters query, boolean invalidOrigin) {
		TransportName transport = TransportName.of(query.transport());
		if (transport == null || !this.sessionConfig.transports().contains(transport)) {
			refuse(exchange, EngineError.TRANSPORT_UNKNOWN, RefusalReason.BAD_REQUEST);
		}
		else if (invalidOrigin) {
			refuse(exchange, EngineError.BAD_REQUEST, RefusalReason.BAD_REQUEST);
		}
		else if (query.sid() != null) {
			continueSession(exchange, query.sid(), transport);
		}
		else {
			handshake(exchange, query, transport);
		}
	}

	private void continueSession(HttpExchange exchange, String sid, TransportName transport) {
		Session session = this.sessions.find(sid);
		boolean upgrade = WebSocketOpening.isUpgrade(exchange.request());
		if (session == null) {
			if (!isLeaving(exchange, sid)) {
				refuseUnknown(exchange);
			}
		}
		else if (upgrade) {
			this.webSockets.upgrade(exchange, session, transport);
		}
		else if (session.transport() != transport) {
			refuse(exchange, EngineError.BAD_REQUEST, RefusalReason.BAD_REQUEST);
		}
		else {
			poll(exchange, sid);
		}
	}

	private void poll(HttpExchange exchange, String sid) {
		HttpMethod method = exchange.request().method();
		if (HttpMethod.GET.equals(method)) {
			exchange.sid(sid);
			this.sessions.poll(sid, exchange);
		}
		else if (HttpMethod.POST.equals(method)) {
			exchange.sid(sid);
			this.sessions.postHead(sid, exchange);
			if (HttpUtil.getContentLength(exchange.request(), 0L) > maxPayload()) {
				bodyTooLarge(exchange);
			}
			else {
				exchange.collectBody();
			}
		}
		else {
			exchange.respond(empty(HttpResponseStatus.INTERNAL_SERVER_ERROR));
		}
	}

	void bodyTooLarge(HttpExchange exchange) {
		this.statistics.refuse(RefusalReason.PAYLOAD, exchange.address());
		exchange.releaseBody();
		if (exchange.sid() != null) {
			this.sessions.postRefused(exchange.sid(), exchange);
		}
		exchange.respond(empty(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE));
	}

	void bodyComplete(HttpExchange exchange, ByteBuf body) {
		String sid = exchange.sid();
		if (sid == null) {
			body.release();
			return;
		}
		this.sessions.postBody(sid, exchange, body);
	}

	// The connection was lost before the answer.
	void lost(HttpExchange exchange) {
		if (exchange.sid() != null) {
			this.sessions.abort(exchange.sid(), exchange);
		}
	}

	private void handshake(HttpExchange exchange, QueryParameters query, TransportName transport) {
		boolean upgrade = WebSocketOpening.isUpgrade(exchange.request());
		if (!exchange.isGet()) {
			refuse(exchange, EngineError.BAD_HANDSHAKE_METHOD, RefusalReason.BAD_REQUEST);
		}
		else if (transport == TransportName.WEBSOCKET && !upgrade) {
			refuse(exchange, EngineError.BAD_REQUEST, RefusalReason.BAD_REQUEST);
		}
		else if (!this.state.isReady()) {
			refuseSession(exchange);
		}
		else if (isShared(exchange)) {
			exchange.front().leave(exchange);
		}
		else if (!this.limiter.tryHandshake()) {
			AccessLog.refused(RefusalReason.HANDSHAKE_RATE, exchange.address());
			respond(exchange, EngineError.unavailable("Too many handshakes"));
		}
		else {
			intercept(exchange, query, transport);
		}
	}

	private void intercept(HttpExchange exchange, QueryParameters query, TransportName transport) {
		if (!exchange.front().context().channel().isActive()) {
			return;
		}
		EngineVersion version = EIO_4.equals(query.eio()) ? EngineVersion.V4 : EngineVersion.V3;
		Handshake handshake = newHandshake(exchange, version);
		HandshakeInterceptor interceptor = this.interceptor;
		if (interceptor == null) {
			open(exchange, query, transport, handshake, HandshakeDecision.ALLOW);
			return;
		}
		Runnable task = () -> {
			HandshakeDecision decision = decide(interceptor, handshake);
			exchange.front().execute(() -> {
				if (!exchange.isResponded()) {
					open(exchange, query, transport, handshake, decision);
				}
			}, null);
		};
		try {
			this.handlers.execute(task);
		}
		catch (RejectedExecutionException ex) {
			refuse(exchange, EngineError.unavailable("Server is busy"), RefusalReason.HANDSHAKE);
		}
	}

	private @Nullable HandshakeDecision decide(HandshakeInterceptor interceptor, Handshake handshake) {
		try {
			return interceptor.intercept(handshake);
		}
		catch (Exception ex) {
			logger.debug("Handshake interceptor failed", ex);
			return null;
		}
	}

	private void open(HttpExchange exchange, QueryParameters query, TransportName transport, Handshake handshake,
			@Nullable HandshakeDecision decision) {
		if (!this.state.isReady()) {
			refuseSession(exchange);
		}
		else if (decision == null) {
			refuse(exchange, EngineError.BAD_REQUEST, RefusalReason.HANDSHAKE);
		}
		else if (decision.refusal() != null) {
			refuse(exchange, EngineError.forbidden(decision.refusal()), RefusalReason.HANDSHAKE);
		}
		else if (handshake.version() == EngineVersion.V3 && !this.sessionConfig.allowEio3()) {
			refuse(exchange, EngineError.UNSUPPORTED_VERSION, RefusalReason.BAD_REQUEST);
		}
		else if (WebSocketOpening.isUpgrade(exchange.request())) {
			this.webSockets.open(exchange, transport, handshake, decision.attributes());
		}
		else {
			openPolling(exchange, query, handshake, decision.attributes());
		}
	}

	private void refuseSession(HttpExchange exchange) {
		if (!isLeaving(exchange, null)) {
			refuse(exchange, EngineError.unavailable(DRAINING), RefusalReason.DRAINING);
		}
	}

	// A balancer that goes by the address leads new clients here as before. It is to ask
	// the next server, which may have the session; 400 would be the answer for good.
	private void refuseUnknown(HttpExchange exchange) {
		if (this.state.isDraining()) {
			refuse(exchange, EngineError.unavailable(DRAINING), RefusalReason.DRAINING);
		}
		else {
			refuse(exchange, EngineError.SESSION_UNKNOWN, RefusalReason.BAD_REQUEST);
		}
	}

	private static boolean isShared(HttpExchange exchange) {
		if (!exchange.front().isReused()) {
			return false;
		}
		Departure departure = exchange.front().departure(exchange);
		return departure != null && departure.isShared();
	}

	private static boolean isLeaving(HttpExchange exchange, @Nullable String sid) {
		Departure departure = exchange.front().departure(exchange);
		if (departure == null || !departure.isElsewhere(sid)) {
			return false;
		}
		exchange.front().leave(exchange);
		return true;
	}

	private void openPolling(HttpExchange exchange, QueryParameters query, Handshake handshake,
			Map<String, Object> attributes) {
		String jsonp = PollingOptions.NO_JSONP;
		if (query.jsonpIndex() != null) {
			// A script element bears no Origin, so only those who ask for old clients get
			// it.
			if (!this.sessionConfig.allowEio3()) {
				refuse(exchange, EngineError.BAD_REQUEST, RefusalReason.BAD_REQUEST);
				return;
			}
			jsonp = query.jsonpIndex();
		}
		PollingOptions options = new PollingOptions(handshake.version(), query.base64(), jsonp);
		HandshakeCookie cookie = this.cookie;
		this.sessions.openPolling(exchange.front().loop(), handshake, attributes, options, exchange, (sid) -> {
			exchange.sid(sid);
			if (cookie != null) {
				exchange.cookie(cookie.header(sid));
			}
		});
	}

	private Handshake newHandshake(HttpExchange exchange, EngineVersion version) {
		ConnectionOrigin from = exchange.front().origin();
		HttpRequest request = exchange.request();
		ClientOrigin client = exchange.client();
		if (client == null) {
			return new Handshake(request.uri(), request.headers(), from.remote(), from.local(), version, from.secure(),
					System.currentTimeMillis());
		}
		HttpHeaders headers = request.headers();
		if (client.host() != null && !client.host().equals(headers.get(HttpHeaderNames.HOST))) {
			headers = headers.copy().set(HttpHeaderNames.HOST, client.host());
		}
		return new Handshake(request.uri(), headers, client.address(), from.local(), version, client.secure(),
				System.currentTimeMillis());
	}

	private void refuse(HttpExchange exchange, EngineError error, RefusalReason reason) {
		this.statistics.refuse(reason, exchange.address());
		respond(exchange, error);
	}

	private static void respond(HttpExchange exchange, EngineError error) {
		FullHttpResponse answer = WebSocketOpening.isUpgrade(exchange.request()) ? error.upgradeAnswer()
				: error.answer();
		if (answer.status().equals(HttpResponseStatus.SERVICE_UNAVAILABLE)
				|| answer.status().equals(HttpResponseStatus.TOO_MANY_REQUESTS)) {
			answer.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		exchange.respond(answer);
	}

	private boolean isHealthRequest(HttpRequest request, String target) {
		String path = this.config.healthPath();
		return !path.isEmpty() && target.startsWith(path)
				&& (target.length() == path.length() || target.charAt(path.length()) == '?')
				&& (HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method()));
	}

	private void answerHealth(HttpExchange exchange) {
		boolean ready = this.state.isReady();
		if (!ready) {
			Departure departure = exchange.front().departure(exchange);
			// The host serves on
			if (departure != null && departure.isToHost() && isLeaving(exchange, null)) {
				return;
			}
		}
		ByteBuf body = Unpooled.copiedBuffer(ready ? "UP\n" : "OUT_OF_SERVICE\n",
				java.nio.charset.StandardCharsets.US_ASCII);
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				ready ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE, body);
		response.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN)
			.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.readableBytes()))
			.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
		exchange.respond(response);
	}

	private static FullHttpResponse empty(HttpResponseStatus status) {
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
		response.headers().set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
		return response;
	}

}
