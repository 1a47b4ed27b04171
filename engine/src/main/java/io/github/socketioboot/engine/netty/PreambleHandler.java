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

import java.util.function.Consumer;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.loop.LoopTimeout;
import io.github.socketioboot.engine.netty.forwarded.ProxyHeader;
import io.github.socketioboot.engine.netty.forwarded.ProxyHeader.State;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Takes the header of the PROXY protocol from the beginning of a connection. Event loop
 * only.
 */
final class PreambleHandler extends ChannelInboundHandlerAdapter {

	private final EngineLoop loop;

	private final Consumer<ProxyHeader> taker;

	private final LoopTimeout timeout;

	private final long timeoutMillis;

	private @Nullable ChannelHandlerContext context;

	private @Nullable ByteBuf bytes;

	/**
	 * Create a handler.
	 * @param loop loop of the connection
	 * @param timeoutMillis how long the header may take
	 * @param taker told of the header, or that there is none; adds the handlers that take
	 * over, or closes the connection
	 */
	PreambleHandler(EngineLoop loop, long timeoutMillis, Consumer<ProxyHeader> taker) {
		this.loop = loop;
		this.timeoutMillis = timeoutMillis;
		this.taker = taker;
		this.timeout = new LoopTimeout() {

			@Override
			protected void onTimeout() {
				close();
			}

		};
	}

	private void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
		this.loop.arm(this.timeout, this.timeoutMillis);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf piece = (ByteBuf) message;
		ByteBuf all = (this.bytes != null)
				? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), this.bytes, piece) : piece;
		this.bytes = all;
		ProxyHeader header = ProxyHeader.read(all);
		if (header.state() != State.INCOMPLETE) {
			pass(context, header, all.skipBytes(header.length()));
		}
	}

	private void pass(ChannelHandlerContext context, ProxyHeader header, ByteBuf rest) {
		this.timeout.disarm();
		this.bytes = null;
		this.taker.accept(header);
		if (rest.isReadable() && context.channel().isOpen()) {
			context.fireChannelRead(rest);
		}
		else {
			rest.release();
		}
		if (!context.isRemoved()) {
			context.pipeline().remove(this);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.timeout.disarm();
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		this.timeout.disarm();
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
