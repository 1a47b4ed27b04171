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

package io.github.socketioboot.cluster.primary.proxy;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes a connection after its last answer, but reads on for a while first: a connection
 * that is closed over unread bytes may lose the answer (RFC 9112, section 9.6). Event
 * loop only.
 */
final class LastWords extends ChannelInboundHandlerAdapter {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final long MAX_BYTES = 4 * 1024 * 1024;

	private final Deadline deadline;

	private long read;

	private LastWords(Channel channel) {
		this.deadline = new Deadline(channel.eventLoop(), channel::close);
	}

	/**
	 * Flush, and close as soon as the client does, or after a time. To be called before
	 * the handlers that take the client's bytes are removed.
	 * @param channel the connection, which is not encrypted
	 */
	static void say(DuplexChannel channel) {
		LastWords handler = new LastWords(channel);
		handler.deadline.set(TIMEOUT);
		channel.pipeline().addLast(handler);
		channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> channel.shutdownOutput());
		channel.config().setAutoRead(true);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof ByteBuf bytes) {
			this.read += bytes.readableBytes();
		}
		ReferenceCountUtil.release(message);
		if (this.read > MAX_BYTES) {
			context.close();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.deadline.cancel();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
