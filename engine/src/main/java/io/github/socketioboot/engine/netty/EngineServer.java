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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.HandshakeInterceptor;
import io.github.socketioboot.engine.session.SessionAcceptor;
import io.github.socketioboot.engine.session.SessionIds;
import io.github.socketioboot.engine.session.SessionRegistry;
import io.github.socketioboot.engine.transport.websocket.WebSocketTransports;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Engine.IO server on one port. Started once, drained, stopped; no method blocks.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class EngineServer {

	private static final int BACKLOG = 1024;

	private final ServerConfig config;

	private final SessionRegistry sessions;

	private final ServerState state = new ServerState();

	private final EngineStatistics statistics;

	private final ConnectionLimiter limiter;

	private final @Nullable HandshakeInterceptor interceptor;

	private final Executor handlers;

	private volatile @Nullable ServerLoops loops;

	private volatile @Nullable Channel channel;

	/**
	 * Create a server that is not started yet.
	 * @param config settings
	 * @param acceptor takes sessions into the layer above
	 * @param interceptor decides about handshakes, or {@code null} to take them all
	 * @param handlers runs the interceptor
	 * @param statistics counts
	 */
	public EngineServer(ServerConfig config, SessionAcceptor acceptor, @Nullable HandshakeInterceptor interceptor,
			Executor handlers, EngineStatistics statistics) {
		this.config = config;
		this.interceptor = interceptor;
		this.handlers = handlers;
		this.statistics = statistics;
		this.limiter = new ConnectionLimiter(config.limits(), statistics, Ticker.systemTicker());
		this.sessions = new SessionRegistry(config.session(), new SessionIds(), acceptor, statistics);
	}

	/**
	 * Bind the port and take connections.
	 * @return completed with the address bound, or exceptionally with the
	 * {@link java.net.BindException} or other cause
	 * @throws IllegalStateException if the server was started before
	 */
	public CompletionStage<InetSocketAddress> start() {
		if (this.loops != null) {
			throw new IllegalStateException("already started");
		}
		ServerLoops loops = new ServerLoops(this.config.loops());
		this.loops = loops;
		this.statistics.loops(loops.all());
		CompletableFuture<InetSocketAddress> started = new CompletableFuture<>();
		bootstrap(loops).bind(address()).addListener((bound) -> {
			if (bound.isSuccess()) {
				Channel channel = ((ChannelFuture) bound).channel();
				this.channel = channel;
				this.state.ready();
				started.complete((InetSocketAddress) channel.localAddress());
			}
			else {
				loops.shutdown();
				started.completeExceptionally(bindException(bound.cause()));
			}
		});
		return started;
	}

	private ServerBootstrap bootstrap(ServerLoops loops) {
		WebSocketTransports transports = new WebSocketTransports(this.config.session().maxPayload());
		WebSocketOpening webSockets = new WebSocketOpening(this.sessions, transports, this.statistics);
		RequestRouter router = new RequestRouter(this.config, this.sessions, this.state, this.statistics,
				this.interceptor, this.handlers, this.limiter, webSockets);
		return new ServerBootstrap().group(loops.group())
			.channel(loops.channelType())
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ServerChannelInitializer(this.config, loops, router, this.limiter));
	}

	// Native transports fail with exceptions of their own.
	private Throwable bindException(Throwable cause) {
		if (!(cause instanceof IOException) || cause instanceof BindException) {
			return cause;
		}
		BindException exception = new BindException(address() + ": " + cause.getMessage());
		exception.initCause(cause);
		return exception;
	}

	private InetSocketAddress address() {
		String host = this.config.host();
		return (host != null) ? new InetSocketAddress(host, this.config.port())
				: new InetSocketAddress(this.config.port());
	}

	/**
	 * Return whether new sessions are taken.
	 * @return {@code true} between start and drain
	 */
	public boolean isReady() {
		return this.state.isReady();
	}

	/**
	 * Return whether the server closes its sessions in order to stop.
	 * @return {@code true} between drain and stop
	 */
	public boolean isDraining() {
		return this.state.isDraining();
	}

	/**
	 * Return how many sessions are open.
	 * @return the number
	 */
	public int sessions() {
		return this.sessions.size();
	}

	/**
	 * Take no more sessions, and leave those there are. The first step of a drain, for
	 * those who let the layers above finish before the second.
	 */
	public void refuseSessions() {
		this.state.draining();
	}

	/**
	 * Return how many TCP connections are open.
	 * @return the number, or 0 where connections are not limited and so not counted
	 */
	int connections() {
		return this.limiter.connections();
	}

	/**
	 * Take no more sessions and close those there are, each after what it has begun,
	 * without a Socket.IO packet: clients come back, elsewhere.
	 * @param timeout how long it may take in all
	 * @param spread over how long closings are spread
	 * @return completed when no session is left or the time is over
	 */
	public CompletionStage<@Nullable Void> drain(Duration timeout, Duration spread) {
		this.state.draining();
		return this.sessions.closeAll(spread)
			.toCompletableFuture()
			.completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Give the port back, end the sessions that are left and close every connection.
	 * @return completed when all of this is done
	 */
	public CompletionStage<@Nullable Void> stop() {
		this.state.stopped();
		CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
		ServerLoops loops = this.loops;
		if (loops == null) {
			stopped.complete(null);
			return stopped;
		}
		Channel channel = this.channel;
		if (channel != null && channel.isOpen()) {
			// First, lest a connection is handed to a loop that ends
			channel.close().addListener((closed) -> end(loops, stopped));
		}
		else {
			end(loops, stopped);
		}
		return stopped;
	}

	private void end(ServerLoops loops, CompletableFuture<@Nullable Void> stopped) {
		// Loops that have ended could not release what sessions hold, nor write the last
		// answers, which may have been handed to the loop of another connection
		this.sessions.endAll()
			.thenCompose((none) -> loops.settle())
			.whenComplete((none, error) -> loops.shutdown().addListener((ended) -> stopped.complete(null)));
	}

}
