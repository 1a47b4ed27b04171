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

package io.github.socketioboot.benchmarks.peer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * The floor's HTTP side: handshakes of both transports, and polling. Stateless but for
 * the table of polling sessions, and shared by all connections.
 */
@Sharable
final class FloorHttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

	private static final String PATH = "/socket.io/";

	private static final AsciiString TEXT = AsciiString.cached("text/plain; charset=UTF-8");

	private static final AsciiString HTML = AsciiString.cached("text/html");

	private static final AsciiString NO_STORE = AsciiString.cached("no-store");

	private static final int MAX_SESSIONS = 1_000_000;

	private static final AttributeKey<FloorPollingSession> SESSION = AttributeKey.valueOf(FloorHttpHandler.class,
			"session");

	private static final WebSocketDecoderConfig FRAMES = WebSocketDecoderConfig.newBuilder()
		.maxFramePayloadLength(FloorPeer.MAX_PAYLOAD)
		.allowExtensions(false)
		.build();

	private final List<FloorLoop> loops;

	private final PeerSettings settings;

	private final Map<String, FloorPollingSession> sessions = new ConcurrentHashMap<>();

	FloorHttpHandler(List<FloorLoop> loops, PeerSettings settings) {
		this.loops = loops;
		this.settings = settings;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
		QueryStringDecoder uri = new QueryStringDecoder(request.uri());
		String transport = parameter(uri, "transport");
		String sid = parameter(uri, "sid");
		boolean legal = request.decoderResult().isSuccess() && PATH.equals(uri.path())
				&& "4".equals(parameter(uri, "EIO"));
		if (legal && sid == null && HttpMethod.GET.equals(request.method()) && "websocket".equals(transport)) {
			openWebSocket(ctx, request);
		}
		else if (legal && sid == null && HttpMethod.GET.equals(request.method()) && "polling".equals(transport)
				&& this.sessions.size() < MAX_SESSIONS) {
			openPolling(ctx.channel());
		}
		else if (legal && sid != null && "polling".equals(transport)) {
			poll(ctx.channel(), request, sid);
		}
		else {
			refuse(ctx.channel());
		}
	}

	private static @Nullable String parameter(QueryStringDecoder uri, String name) {
		List<String> values = uri.parameters().get(name);
		return (values != null) ? values.get(values.size() - 1) : null;
	}

	private void openWebSocket(ChannelHandlerContext ctx, FullHttpRequest request) {
		FloorWebSocketSession session = new FloorWebSocketSession(loopOf(ctx.channel()));
		ChannelFuture upgraded = new WebSocketServerHandshaker13(null, null, FRAMES).handshake(ctx.channel(), request);
		ctx.pipeline().replace(this, null, session);
		session.loop().add(session);
		// not before the HTTP codec has left the pipeline, which would take the bytes for
		// a body
		upgraded.addListener((future) -> {
			if (future.isSuccess()) {
				session.open(FloorPackets.open(FloorPackets.newId(), this.settings));
			}
		});
	}

	private void openPolling(Channel channel) {
		FloorPollingSession session = new FloorPollingSession(loopOf(channel), FloorPackets.newId(), this);
		session.loop().add(session);
		this.sessions.put(session.sid(), session);
		String open = FloorPackets.open(session.sid(), this.settings);
		respondPoll(channel, Unpooled.copiedBuffer(open, StandardCharsets.US_ASCII));
	}

	private void poll(Channel channel, FullHttpRequest request, String sid) {
		FloorPollingSession session = this.sessions.get(sid);
		if (session == null) {
			refuse(channel);
		}
		else if (HttpMethod.GET.equals(request.method())) {
			channel.attr(SESSION).set(session);
			onLoopOf(session, () -> session.onGet(channel));
		}
		else if (HttpMethod.POST.equals(request.method())) {
			ByteBuf body = request.content().retain();
			onLoopOf(session, () -> {
				try {
					session.onPost(channel, body);
				}
				finally {
					body.release();
				}
			});
		}
		else {
			refuse(channel);
		}
	}

	private void onLoopOf(FloorSession session, Runnable action) {
		if (session.loop().eventLoop().inEventLoop()) {
			action.run();
		}
		else {
			session.loop().eventLoop().execute(action);
		}
	}

	private FloorLoop loopOf(Channel channel) {
		for (FloorLoop loop : this.loops) {
			if (loop.eventLoop() == channel.eventLoop()) {
				return loop;
			}
		}
		throw new IllegalStateException("channel of another group");
	}

	void forget(FloorPollingSession session) {
		this.sessions.remove(session.sid());
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		FloorPollingSession session = ctx.channel().attr(SESSION).get();
		if (session != null) {
			onLoopOf(session, () -> session.onDropped(ctx.channel()));
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		ctx.close();
	}

	static void respondPoll(Channel channel, ByteBuf body) {
		respond(channel, TEXT, body);
	}

	static void respondOk(Channel channel) {
		respond(channel, HTML, Unpooled.copiedBuffer("ok", StandardCharsets.US_ASCII));
	}

	private static void respond(Channel channel, AsciiString type, ByteBuf body) {
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
		response.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, type)
			.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
			.set(HttpHeaderNames.CACHE_CONTROL, NO_STORE);
		channel.writeAndFlush(response, channel.voidPromise());
	}

	static void refuse(Channel channel) {
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST,
				Unpooled.EMPTY_BUFFER);
		response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
		channel.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
	}

}
