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
import java.util.function.Consumer;

import io.github.socketioboot.engine.netty.forwarded.ProxyHeader;
import io.github.socketioboot.engine.netty.forwarded.ProxyHeader.State;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Takes the header of the PROXY protocol from the beginning of a client's connection.
 * Event loop only.
 */
final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {

	private final Deadline deadline;

	private final Consumer<ProxyHeader> taker;

	private @Nullable ByteBuf bytes;

	/**
	 * Create a handler.
	 * @param channel the connection
	 * @param timeout how long the header may take
	 * @param taker told of the header, or that there is none; adds the handlers that take
	 * over, or closes the connection
	 */
	ProxyHeaderHandler(Channel channel, Duration timeout, Consumer<ProxyHeader> taker) {
		this.taker = taker;
		this.deadline = new Deadline(channel.eventLoop(), channel::close);
		this.deadline.set(timeout);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf piece = (ByteBuf) message;
		ByteBuf all = (this.bytes != null)
				? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), this.bytes, piece) : piece;
		this.bytes = all;
		ProxyHeader header = ProxyHeader.read(all);
		if (header.state() == State.INCOMPLETE) {
			return;
		}
		this.bytes = null;
		all.skipBytes(header.length());
		this.taker.accept(header);
		if (all.isReadable() && context.channel().isOpen()) {
			context.fireChannelRead(all);
		}
		else {
			all.release();
		}
		if (!context.isRemoved()) {
			context.pipeline().remove(this);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		this.deadline.cancel();
		if (this.bytes != null) {
			this.bytes.release();
			this.bytes = null;
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
