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

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A client of the floor over WebSocket; it is itself the last handler of the pipeline, so
 * that an idle client costs no more than this object beside its channel.
 */
final class FloorWebSocketSession extends FloorSession {

	private @Nullable ChannelHandlerContext context;

	FloorWebSocketSession(FloorLoop loop) {
		super(loop);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.context = ctx;
	}

	void open(String packet) {
		writeText(context(), packet);
		flush();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof TextWebSocketFrame text && text.isFinalFragment()) {
			onText(ctx, text);
		}
		else if (msg instanceof PingWebSocketFrame ping) {
			ctx.write(new PongWebSocketFrame(ping.content()), ctx.voidPromise());
		}
		else if (msg instanceof CloseWebSocketFrame close) {
			ctx.writeAndFlush(close).addListener(ChannelFutureListener.CLOSE);
		}
		else {
			ReferenceCountUtil.release(msg);
			close();
		}
	}

	private void onText(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
		boolean answered = false;
		try {
			switch (FloorPackets.isText(frame.content()) ? FloorPackets.kindOf(frame.content())
					: FloorPackets.Kind.ILLEGAL) {
				case CONNECT -> {
					join();
					writeText(ctx, FloorPackets.connected());
				}
				case ECHO -> {
					if (isJoined()) {
						answered = true;
						ctx.write(frame, ctx.voidPromise());
					}
					else {
						close();
					}
				}
				case DISCONNECT -> leave();
				case PONG -> pong();
				case CLOSE -> {
					// without effect on this transport
				}
				case ILLEGAL -> close();
			}
		}
		finally {
			if (!answered) {
				frame.release();
			}
		}
	}

	private void writeText(ChannelHandlerContext ctx, String packet) {
		ctx.write(FloorMessage.encode(packet, 1).frame(), ctx.voidPromise());
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		ctx.flush();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		loop().remove(this);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		ctx.close();
	}

	@Override
	void ping() {
		writeText(context(), FloorPackets.PING);
		flush();
	}

	@Override
	void write(FloorMessage message) {
		ChannelHandlerContext ctx = context();
		ctx.write(message.retainedFrame(), ctx.voidPromise());
	}

	@Override
	void flush() {
		context().flush();
		closeIfSlow(context().channel());
	}

	@Override
	void close() {
		WebSocketFrame frame = new CloseWebSocketFrame();
		context().writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
	}

	private ChannelHandlerContext context() {
		ChannelHandlerContext ctx = this.context;
		if (ctx == null) {
			throw new IllegalStateException("session is not part of a pipeline");
		}
		return ctx;
	}

}
