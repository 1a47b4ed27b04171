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

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A public port from its reservation to its end. Event loop only, but for its address.
 */
final class PublicPort {

	private final ReservedPort reserved;

	private final ServerBootstrap bootstrap;

	private final Class<? extends ServerChannel> channelType;

	private @Nullable Channel channel;

	private boolean opened;

	private boolean closed;

	/**
	 * Create a port that is not listened on yet.
	 * @param reserved the reservation
	 * @param bootstrap how to serve connections
	 * @param channelType type of a listening channel
	 */
	PublicPort(ReservedPort reserved, ServerBootstrap bootstrap, Class<? extends ServerChannel> channelType) {
		this.reserved = reserved;
		this.channelType = channelType;
		this.bootstrap = bootstrap.handler(new AcceptPause());
	}

	ReservedPort reserved() {
		return this.reserved;
	}

	/**
	 * Listen, unless that has been asked for before.
	 * @return completed when clients can connect, or exceptionally with a
	 * {@link PortUnavailableException}
	 */
	CompletionStage<@Nullable Void> open() {
		CompletableFuture<@Nullable Void> listening = new CompletableFuture<>();
		if (this.opened || this.closed) {
			listening.complete(null);
			return listening;
		}
		this.opened = true;
		try {
			ChannelFuture future = this.reserved.listen(this.bootstrap, this.channelType);
			this.channel = future.channel();
			future.addListener((done) -> {
				if (done.isSuccess()) {
					listening.complete(null);
				}
				else {
					listening
						.completeExceptionally(new PortUnavailableException(this.reserved.address(), done.cause()));
				}
			});
		}
		catch (IOException ex) {
			listening.completeExceptionally(new PortUnavailableException(this.reserved.address(), ex));
		}
		return listening;
	}

	/**
	 * Listen no more.
	 */
	void close() {
		this.closed = true;
		this.reserved.close();
		if (this.channel != null) {
			this.channel.close();
		}
	}

	/**
	 * Waits a moment when no connection can be accepted, such as for want of descriptors,
	 * instead of trying again in every turn of the loop.
	 */
	private static final class AcceptPause extends ChannelInboundHandlerAdapter {

		private static final Logger logger = LoggerFactory.getLogger(PublicPort.class);

		private static final long PAUSE_MILLIS = 100;

		private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

		private long logged = System.nanoTime() - LOG_NANOS;

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			long now = System.nanoTime();
			if (now - this.logged >= LOG_NANOS) {
				this.logged = now;
				logger.warn("Connections cannot be accepted at {}: {}", ctx.channel().localAddress(), cause.toString());
			}
			Channel listening = ctx.channel();
			listening.config().setAutoRead(false);
			listening.eventLoop()
				.schedule(() -> listening.config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
		}

	}

}
