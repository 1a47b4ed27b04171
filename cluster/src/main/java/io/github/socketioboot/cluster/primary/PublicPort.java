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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ServerChannel;
import org.jspecify.annotations.Nullable;

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

}
