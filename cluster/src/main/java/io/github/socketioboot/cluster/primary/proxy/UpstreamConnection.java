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

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a worker, which serves one exchange at a time. Event loop only.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

	private final int number;

	private final Channel channel;

	private final AnswerDecoder decoder;

	private final UpstreamPool pool;

	private @Nullable Exchange exchange;

	private long idleSince;

	private UpstreamConnection(int number, Channel channel, UpstreamPool pool) {
		this.number = number;
		this.channel = channel;
		this.decoder = new AnswerDecoder();
		this.pool = pool;
	}

	/**
	 * Return what sets up the channel of a connection.
	 * @param number number of the worker
	 * @param pool where the connection is kept when idle
	 * @return the first handler
	 */
	static ChannelHandler initializer(int number, UpstreamPool pool) {
		return new ChannelInitializer<Channel>() {

			@Override
			protected void initChannel(Channel channel) {
				UpstreamConnection connection = new UpstreamConnection(number, channel, pool);
				channel.pipeline().addLast(connection.decoder, connection);
			}

		};
	}

	int number() {
		return this.number;
	}

	Channel channel() {
		return this.channel;
	}

	/**
	 * Serve an exchange.
	 * @param exchange who gets the answer
	 * @param head the request's head; ownership passes; not flushed
	 * @param toHead whether the answer has no body
	 */
	void begin(Exchange exchange, ByteBuf head, boolean toHead) {
		this.exchange = exchange;
		this.decoder.expect(toHead);
		this.channel.write(head, this.channel.voidPromise());
	}

	/**
	 * End the exchange, and keep the connection for the next one.
	 */
	void keep() {
		this.exchange = null;
		if (this.decoder.hasSurplus() || !this.channel.isActive()) {
			this.channel.close();
			return;
		}
		this.channel.config().setAutoRead(true);
		this.pool.put(this);
	}

	/**
	 * End the exchange, and close the connection.
	 */
	void abort() {
		this.exchange = null;
		this.channel.close();
	}

	/**
	 * End the exchange, and give up the channel to a tunnel that has handlers in the
	 * pipeline already.
	 */
	void leave() {
		this.exchange = null;
		this.channel.pipeline().remove(this);
		this.channel.pipeline().remove(this.decoder);
	}

	/**
	 * Return whether any byte of the answer has come.
	 * @return whether an answer has begun
	 */
	boolean isAnswering() {
		return this.decoder.isBegun();
	}

	long idleSince() {
		return this.idleSince;
	}

	void idle(long since) {
		this.idleSince = since;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		Exchange exchange = this.exchange;
		if (exchange == null) {
			// An answer that nobody has asked for
			ReferenceCountUtil.release(message);
			this.channel.close();
		}
		else if (message instanceof HttpResponse answer) {
			exchange.answerHead(answer);
		}
		else if (message instanceof HttpContent part) {
			exchange.answerBody(part);
		}
		else {
			ReferenceCountUtil.release(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.exchange != null) {
			this.exchange.flushAnswer();
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (this.exchange != null) {
			this.exchange.upstreamWritability();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.pool.remove(this);
		Exchange exchange = this.exchange;
		if (exchange != null) {
			this.exchange = null;
			exchange.upstreamLost();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.channel.close();
	}

}
