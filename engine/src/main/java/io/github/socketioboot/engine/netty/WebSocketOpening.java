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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.Handshake;
import io.github.socketioboot.engine.session.RefusalReason;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionRegistry;
import io.github.socketioboot.engine.transport.Transport;
import io.github.socketioboot.engine.transport.TransportName;
import io.github.socketioboot.engine.transport.websocket.WebSocketTransports;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Opening handshake of WebSockets (RFC 6455, section 4.2), and the change of a pipeline
 * from HTTP to frames. A connection for a session of another loop moves to that loop, so
 * that all of a session lives on one. Thread-safe; called on the loop of the connection.
 */
final class WebSocketOpening {

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final String WEBSOCKET_VERSION = "13";

	// The Java client stops reading at a Close frame, and neither answers it nor closes:
	// it would find out by its heartbeat only. Without the frame it reconnects at once.
	private static final String JAVA_CLIENT = "okhttp/";

	private final SessionRegistry sessions;

	private final WebSocketTransports transports;

	private final EngineStatistics statistics;

	WebSocketOpening(SessionRegistry sessions, WebSocketTransports transports, EngineStatistics statistics) {
		this.sessions = sessions;
		this.transports = transports;
		this.statistics = statistics;
	}

	static boolean isUpgrade(HttpRequest request) {
		return HttpMethod.GET.equals(request.method())
				&& request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
				&& request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
	}

	// Open a new session.
	void open(HttpExchange exchange, TransportName transport, Handshake handshake, Map<String, Object> attributes) {
		EngineLoop loop = exchange.front().loop();
		if (transport != TransportName.WEBSOCKET) {
			openAndClose(exchange);
			return;
		}
		accept(exchange, handshake.version(), loop,
				(opened) -> this.sessions.openWebSocket(loop, handshake, attributes, opened));
	}

	// Offer a WebSocket to a session.
	void upgrade(HttpExchange exchange, Session session, TransportName transport) {
		if (transport != TransportName.WEBSOCKET) {
			openAndClose(exchange);
			return;
		}
		accept(exchange, session.version(), session.loop(), (opened) -> this.sessions.probe(session.id(), opened));
	}

	// What the reference server does with an upgrade whose transport does not upgrade.
	private void openAndClose(HttpExchange exchange) {
		accept(exchange, EngineVersion.V4, exchange.front().loop(), Transport::terminate);
	}

	private void accept(HttpExchange exchange, EngineVersion version, EngineLoop loop, Consumer<Transport> taker) {
		HttpRequest request = exchange.request();
		String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
		if (key == null || !WEBSOCKET_VERSION.equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
			refuse(exchange, key);
			return;
		}
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
		response.headers()
			.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
			.set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept(key));
		exchange.decorate(response.headers());
		HttpFrontHandler front = exchange.front();
		ChannelHandlerContext context = front.context();
		Channel channel = context.channel();
		boolean answersClose = !request.headers().get(HttpHeaderNames.USER_AGENT, "").startsWith(JAVA_CLIENT);
		if (front.loop() == loop && !mayCompress(context.pipeline(), request)) {
			context.write(response, context.voidPromise());
			Transport transport = switchPipeline(front, channel, version, false, answersClose, loop);
			// Bytes that came too early may have stopped the reading
			channel.config().setAutoRead(true);
			taker.accept(transport);
			// With the session's first packet, if there is one
			loop.atTurnEnd(channel::flush);
			return;
		}
		channel.config().setAutoRead(false);
		context.writeAndFlush(response).addListener((written) -> {
			if (written.isSuccess()) {
				boolean compressed = response.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
				Transport transport = switchPipeline(front, channel, version, compressed, answersClose, loop);
				moveTo(channel, front.loop(), loop, () -> {
					taker.accept(transport);
					channel.config().setAutoRead(true);
				});
			}
		});
	}

	// Leaves negotiation in the pipeline for clients only that offer an extension.
	private static boolean mayCompress(ChannelPipeline pipeline, HttpRequest request) {
		if (pipeline.get(PipelineNames.WEBSOCKET_COMPRESSION) == null) {
			return false;
		}
		if (request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
			return true;
		}
		pipeline.remove(PipelineNames.WEBSOCKET_COMPRESSION);
		return false;
	}

	private Transport switchPipeline(HttpFrontHandler front, Channel channel, EngineVersion version, boolean compressed,
			boolean answersClose, EngineLoop loop) {
		ChannelPipeline pipeline = channel.pipeline();
		Transport transport = this.transports.install(pipeline, PipelineNames.HTTP_CODEC, version, compressed,
				answersClose, loop, SessionRegistry.NOT_YET);
		front.detach();
		pipeline.remove(front);
		pipeline.remove(PipelineNames.HTTP_CODEC);
		return transport;
	}

	private static void moveTo(Channel channel, EngineLoop from, EngineLoop to, Runnable then) {
		if (from == to) {
			then.run();
			return;
		}
		channel.deregister().addListener((left) -> {
			if (left.isSuccess()) {
				to.eventLoop().register(channel).addListener((arrived) -> {
					if (arrived.isSuccess()) {
						to.execute(then);
					}
					else {
						channel.unsafe().closeForcibly();
					}
				});
			}
			else {
				channel.close();
			}
		});
	}

	private void refuse(HttpExchange exchange, @Nullable String key) {
		this.statistics.refuse(RefusalReason.BAD_REQUEST, exchange.address());
		FullHttpResponse answer = EngineError.BAD_REQUEST.upgradeAnswer();
		if (key != null) {
			answer.setStatus(HttpResponseStatus.UPGRADE_REQUIRED);
			answer.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, WEBSOCKET_VERSION);
		}
		exchange.respond(answer);
	}

	private static String accept(String key) {
		try {
			MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
			byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-1 must be there on every Java platform", ex);
		}
	}

}
