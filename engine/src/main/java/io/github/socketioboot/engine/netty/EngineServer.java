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

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.HandshakeInterceptor;
import io.github.socketioboot.engine.session.SessionAcceptor;
import io.github.socketioboot.engine.session.SessionIds;
import io.github.socketioboot.engine.session.SessionRegistry;
import io.github.socketioboot.engine.transport.websocket.WebSocketTransports;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.kqueue.KQueue;
import io.netty.util.concurrent.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Engine.IO server on one port, or behind a {@link ConnectionSource}. Started once,
 * drained, stopped; no method blocks. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EngineServer {

	/**
	 * How long to wait for a source to deliver no more.
	 */
	private static final long SOURCE_TIMEOUT_MILLIS = 2000;

	private final ServerConfig config;

	private final SessionRegistry sessions;

	private final ServerState state = new ServerState();

	private final EngineStatistics statistics;

	private final ConnectionLimiter limiter;

	private final @Nullable HandshakeInterceptor interceptor;

	private final Executor handlers;

	private final @Nullable ConnectionSource source;

	private volatile @Nullable ServerLoops loops;

	private volatile @Nullable ConnectionIntake intake;

	/**
	 * Create a server with a port of its own that is not started yet.
	 * @param config settings
	 * @param acceptor takes sessions into the layer above
	 * @param interceptor decides about handshakes, or {@code null} to take them all
	 * @param handlers runs the interceptor
	 * @param statistics counts
	 */
	public EngineServer(ServerConfig config, SessionAcceptor acceptor, @Nullable HandshakeInterceptor interceptor,
			Executor handlers, EngineStatistics statistics) {
		this(config, acceptor, interceptor, handlers, statistics, new SessionIds(), null);
	}

	/**
	 * Create a server that is not started yet.
	 * @param config settings
	 * @param acceptor takes sessions into the layer above
	 * @param interceptor decides about handshakes, or {@code null} to take them all
	 * @param handlers runs the interceptor
	 * @param statistics counts
	 * @param ids makes the ids of sessions
	 * @param source delivers connections, or {@code null} for a port of the server's own
	 */
	public EngineServer(ServerConfig config, SessionAcceptor acceptor, @Nullable HandshakeInterceptor interceptor,
			Executor handlers, EngineStatistics statistics, SessionIds ids, @Nullable ConnectionSource source) {
		this.config = config;
		this.interceptor = interceptor;
		this.handlers = handlers;
		this.statistics = statistics;
		this.source = source;
		this.limiter = new ConnectionLimiter(config.limits(), statistics, Ticker.systemTicker());
		this.sessions = new SessionRegistry(config.session(), ids, acceptor, statistics);
	}

	/**
	 * Return whether connections accepted by another process can be served, and be handed
	 * on: whether there is a native transport.
	 * @return {@code true} with epoll or kqueue
	 */
	public static boolean isDescriptorCapable() {
		return Epoll.isAvailable() || KQueue.isAvailable();
	}

	/**
	 * Bind the port, or open the source, and take connections.
	 * @return completed with the address bound or the source's, or exceptionally with the
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
		ConnectionIntake intake = newIntake(loops);
		this.intake = intake;
		CompletableFuture<InetSocketAddress> started = new CompletableFuture<>();
		open(intake).whenComplete((address, failure) -> {
			if (failure == null) {
				this.state.ready();
				started.complete(address);
			}
			else {
				intake.unlisten();
				loops.shutdown();
				started.completeExceptionally((failure instanceof CompletionException && failure.getCause() != null)
						? failure.getCause() : failure);
			}
		});
		return started;
	}

	private ConnectionIntake newIntake(ServerLoops loops) {
		WebSocketTransports transports = new WebSocketTransports(this.config.session().maxPayload());
		WebSocketOpening webSockets = new WebSocketOpening(this.sessions, transports, this.statistics);
		RequestRouter router = new RequestRouter(this.config, this.sessions, this.state, this.statistics,
				this.interceptor, this.handlers, this.limiter, webSockets);
		return new ConnectionIntake(this.config, loops, router, this.limiter, this.source, this.sessions,
				this.statistics, this.state);
	}

	private CompletionStage<InetSocketAddress> open(ConnectionIntake intake) {
		return (this.source != null) ? this.source.open(intake)
				: intake.listen(address(), false, false).thenApply((bound) -> (InetSocketAddress) bound);
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
	 * Take no more connections, give the port back, end the sessions that are left and
	 * close every connection.
	 * @return completed when all of this is done
	 */
	public CompletionStage<@Nullable Void> stop() {
		this.state.stopped();
		CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
		ServerLoops loops = this.loops;
		ConnectionIntake intake = this.intake;
		if (loops == null || intake == null) {
			stopped.complete(null);
			return stopped;
		}
		// First what brings connections, lest one is handed to a loop that ends; then
		// what loops were about, which may be the opening of a session. They end last:
		// sessions could not release what they hold, nor write the last answers, which
		// may have been handed to the loop of another connection.
		closeSource().handle((none, failure) -> intake.close())
			.thenCompose((closing) -> closing)
			.thenCompose((none) -> loops.settle())
			.thenCompose((none) -> this.sessions.endAll())
			.thenCompose((none) -> loops.settle())
			.whenComplete((none, failure) -> loops.shutdown().addListener((ended) -> stopped.complete(null)));
		return stopped;
	}

	private CompletableFuture<@Nullable Void> closeSource() {
		return (this.source == null) ? CompletableFuture.completedFuture(null)
				: this.source.close()
					.toCompletableFuture()
					.completeOnTimeout(null, SOURCE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
	}

}
