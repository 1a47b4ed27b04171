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

package io.github.socketioboot.cluster.primary;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * Answers that the primary gives itself (RFC 9110, section 15; RFC 6585, section 5).
 */
enum Refusal {

	/**
	 * The head does not come.
	 */
	TOO_SLOW("408 Request Timeout", ""),

	/**
	 * The head does not end.
	 */
	HEAD_TOO_LARGE("431 Request Header Fields Too Large", ""),

	/**
	 * No worker is ready.
	 */
	UNAVAILABLE("503 Service Unavailable", "Retry-After: 1\r\n");

	/**
	 * How long what the client still sends is read and thrown away. Without that, the
	 * kernel answers it with a reset, which takes the answer from the client.
	 */
	private static final long LINGER_MILLIS = 1000;

	private final ByteBuf response;

	Refusal(String status, String headers) {
		this.response = Unpooled.unreleasableBuffer(Unpooled.directBuffer()
			.writeBytes(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\nConnection: close\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII))
			.asReadOnly());
	}

	/**
	 * Answer and close.
	 * @param channel the connection, registered with the loop or with none
	 * @param loop the loop of the primary
	 * @param onClosed run when the connection is closed
	 */
	void answer(Channel channel, EventLoop loop, Runnable onClosed) {
		if (channel.isRegistered()) {
			write(channel, onClosed);
			return;
		}
		loop.register(channel).addListener((registered) -> {
			if (registered.isSuccess()) {
				write(channel, onClosed);
			}
			else {
				channel.unsafe().closeForcibly();
				onClosed.run();
			}
		});
	}

	private void write(Channel channel, Runnable onClosed) {
		channel.closeFuture().addListener((closed) -> onClosed.run());
		channel.pipeline().addLast(new Discard());
		channel.writeAndFlush(this.response.duplicate()).addListener((written) -> {
			if (!written.isSuccess()) {
				channel.close();
				return;
			}
			((DuplexChannel) channel).shutdownOutput();
			channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
			channel.config().setAutoRead(true);
		});
	}

	private static final class Discard extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			ReferenceCountUtil.release(message);
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			if (event == ChannelInputShutdownEvent.INSTANCE) {
				ctx.close();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			ctx.close();
		}

	}

}
