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

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.SessionRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/**
 * Takes the connections of a server, from ports and from its {@link ConnectionSource}.
 * Thread-safe.
 */
final class ConnectionIntake implements ConnectionSink {

	private static final int BACKLOG = 1024;

	private final ServerConfig config;

	private final ServerLoops loops;

	private final RequestRouter router;

	private final ConnectionLimiter limiter;

	private final @Nullable ConnectionSource source;

	private final SessionRegistry sessions;

	private final EngineStatistics statistics;

	private final ServerState state;

	private final ServerChannelInitializer adopted;

	/**
	 * As many as the caller opens: one, and those of the source.
	 */
	private final Queue<Channel> listeners = new ConcurrentLinkedQueue<>();

	ConnectionIntake(ServerConfig config, ServerLoops loops, RequestRouter router, ConnectionLimiter limiter,
			@Nullable ConnectionSource source, SessionRegistry sessions, EngineStatistics statistics,
			ServerState state) {
		this.config = config;
		this.loops = loops;
		this.router = router;
		this.limiter = limiter;
		this.source = source;
		this.sessions = sessions;
		this.statistics = statistics;
		this.state = state;
		this.adopted = initializer(false);
	}

	private ServerChannelInitializer initializer(boolean preamble) {
		return new ServerChannelInitializer(this.config, this.loops, this.router, this.limiter, this.source, preamble);
	}

	@Override
	public void adopt(Channel channel, ByteBuf bytes) {
		if (this.state.isStopped() || !channel.isOpen()) {
			bytes.release();
			channel.unsafe().closeForcibly();
			return;
		}
		channel.config().setAutoRead(false);
		channel.config().setOption(ChannelOption.TCP_NODELAY, true);
		channel.pipeline().addLast(this.adopted);
		this.loops.group().register(channel).addListener((registered) -> {
			if (!registered.isSuccess()) {
				bytes.release();
				channel.unsafe().closeForcibly();
				return;
			}
			// Not now: the listener may be told before the pipeline is there
			channel.eventLoop().execute(() -> feed(channel, bytes));
		});
	}

	private static void feed(Channel channel, ByteBuf bytes) {
		// First, since what is read may be a reason not to go on reading
		channel.config().setAutoRead(true);
		ChannelPipeline pipeline = channel.pipeline();
		if (bytes.isReadable()) {
			pipeline.fireChannelRead(bytes);
			pipeline.fireChannelReadComplete();
		}
		else {
			bytes.release();
		}
	}

	@Override
	public CompletionStage<SocketAddress> listen(SocketAddress address, boolean preamble, boolean shared) {
		boolean tcp = address instanceof InetSocketAddress;
		if (!tcp && !preamble) {
			throw new IllegalArgumentException("Clients have addresses on TCP ports only: " + address);
		}
		ServerBootstrap bootstrap = new ServerBootstrap().group(this.loops.group())
			.channel(this.loops.channelType(address))
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childHandler(initializer(preamble));
		if (tcp) {
			bootstrap.option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true);
		}
		ChannelOption<Boolean> sharing = (tcp && shared) ? this.loops.sharedPort() : null;
		if (sharing != null) {
			bootstrap.option(sharing, true);
		}
		CompletableFuture<SocketAddress> listening = new CompletableFuture<>();
		bootstrap.bind(this.loops.transportAddress(address)).addListener((bound) -> {
			if (!bound.isSuccess()) {
				listening.completeExceptionally(bindException(address, bound.cause()));
				return;
			}
			Channel channel = ((ChannelFuture) bound).channel();
			this.listeners.add(channel);
			if (this.state.isStopped()) {
				unlisten();
			}
			listening.complete(tcp ? channel.localAddress() : address);
		});
		return listening;
	}

	// Native transports fail with exceptions of their own.
	private static Throwable bindException(SocketAddress address, Throwable cause) {
		if (!(cause instanceof IOException) || cause instanceof BindException) {
			return cause;
		}
		BindException exception = new BindException(address + ": " + cause.getMessage());
		exception.initCause(cause);
		return exception;
	}

	@Override
	public void unlisten() {
		close();
	}

	/**
	 * Give all ports back.
	 * @return completed when they are free
	 */
	CompletionStage<Void> close() {
		List<CompletableFuture<@Nullable Void>> closings = new ArrayList<>();
		for (Channel channel = this.listeners.poll(); channel != null; channel = this.listeners.poll()) {
			CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();
			channel.close().addListener((closed) -> closing.complete(null));
			closings.add(closing);
		}
		return CompletableFuture.allOf(closings.toArray(CompletableFuture[]::new));
	}

	@Override
	public int sessions() {
		return this.sessions.size();
	}

	@Override
	public long sessionsOpened() {
		return this.statistics.opened();
	}

}
