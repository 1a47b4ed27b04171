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

package io.github.socketioboot.engine.netty.forwarded;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.socketioboot.engine.netty.forwarded.ProxyHeader.State;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Takes the header from the beginning of a connection and leaves the pipeline. Event loop
 * only.
 */
final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {

	private final Channel channel;

	private final Consumer<ProxyHeader> taker;

	private final Future<?> deadline;

	private @Nullable ByteBuf bytes;

	ProxyHeaderHandler(Channel channel, Duration timeout, Consumer<ProxyHeader> taker) {
		this.taker = taker;
		this.channel = channel;
		this.deadline = channel.eventLoop().schedule(this::onDeadline, timeout.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void onDeadline() {
		this.channel.close();
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
		this.deadline.cancel(false);
		if (this.bytes != null) {
			this.bytes.release();
			this.bytes = null;
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		// Whoever connects knows the protocol or has no business here
		context.close();
	}

}
