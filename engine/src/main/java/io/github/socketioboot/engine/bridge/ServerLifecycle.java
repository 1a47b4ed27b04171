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

package io.github.socketioboot.engine.bridge;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.namespace.SocketIoEngine;
import io.github.socketioboot.engine.netty.EngineServer;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts, drains and stops a server, as often as asked. No method blocks. Thread-safe.
 */
final class ServerLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ServerLifecycle.class);

	private final BridgeSettings settings;

	private final SocketIoEngine engine;

	private final Executor handlers;

	private @Nullable EngineServer server;

	private @Nullable InetSocketAddress address;

	private @Nullable CompletionStage<@Nullable Void> draining;

	private @Nullable CompletionStage<@Nullable Void> stopping;

	ServerLifecycle(BridgeSettings settings, SocketIoEngine engine, Executor handlers) {
		this.settings = settings;
		this.engine = engine;
		this.handlers = handlers;
	}

	synchronized int port() {
		return (this.address != null) ? this.address.getPort() : -1;
	}

	synchronized boolean isReady() {
		return this.server != null && this.server.isReady();
	}

	synchronized boolean isDraining() {
		return this.draining != null || this.stopping != null;
	}

	synchronized int sessions() {
		return (this.server != null) ? this.server.sessions() : 0;
	}

	Future<Void> start() {
		Promise<Void> started = GlobalEventExecutor.INSTANCE.newPromise();
		begin().whenComplete((address, failure) -> {
			if (failure != null) {
				ended();
				started.setFailure(failure);
			}
			else {
				listening(address);
				logger.info("Socket.IO server listens on port {}", address.getPort());
				started.setSuccess(null);
			}
		});
		return started;
	}

	private synchronized CompletionStage<InetSocketAddress> begin() {
		if (this.server != null) {
			throw new IllegalStateException("The server runs already");
		}
		EngineServer server = new EngineServer(this.settings.server(), this.engine, this.settings.interceptor(),
				this.handlers, this.settings.statistics(), this.settings.sessionIds(), this.settings.connections());
		this.server = server;
		return server.start();
	}

	private synchronized void listening(InetSocketAddress address) {
		this.address = address;
	}

	private synchronized void ended() {
		this.server = null;
		this.address = null;
		this.draining = null;
		this.stopping = null;
	}

	/**
	 * Take no new sessions from now on. Does nothing if the server does not run.
	 */
	synchronized void refuseSessions() {
		if (this.server != null) {
			this.server.refuseSessions();
		}
	}

	/**
	 * Drain, once per start: a second call gets the same completion.
	 * @param timeout how long it may take
	 * @param spread over how long closings are spread
	 * @return completed when no session is left or the time is over
	 */
	synchronized CompletionStage<@Nullable Void> drain(Duration timeout, Duration spread) {
		EngineServer server = this.server;
		if (server == null) {
			return CompletableFuture.completedFuture(null);
		}
		if (this.draining == null) {
			long end = System.nanoTime() + timeout.toNanos();
			// Busy clients must not use up the time in which sessions are closed in good
			// order
			long quiet = Math.max(0, timeout.minus(spread).toNanos() / 2);
			server.refuseSessions();
			this.draining = quiesce(quiet).thenCompose((done) -> server.drain(left(end), spread))
				.thenCompose((done) -> quiesce(left(end).toNanos()));
		}
		return this.draining;
	}

	/**
	 * Drain, unless that was done, and stop.
	 * @param timeout how long draining may take
	 * @param spread over how long closings are spread
	 * @return completed when the port is free and the event loops have ended
	 */
	synchronized CompletionStage<@Nullable Void> stop(Duration timeout, Duration spread) {
		EngineServer server = this.server;
		if (server == null) {
			return CompletableFuture.completedFuture(null);
		}
		if (this.stopping != null) {
			return this.stopping;
		}
		long end = System.nanoTime() + timeout.toNanos();
		CompletionStage<@Nullable Void> stop = drain(timeout, spread).thenCompose((done) -> server.stop())
			.thenCompose((done) -> quiesce(left(end).toNanos()))
			.thenRun(() -> {
				this.settings.storeFactory().shutdown();
				ended();
				logger.info("Socket.IO server stopped");
			});
		if (this.server == server) {
			// Else all has ended already, here and now
			this.stopping = stop;
		}
		return stop;
	}

	private CompletableFuture<@Nullable Void> quiesce(long nanos) {
		// Completing the future also ends the looking
		return this.engine.quiesce().toCompletableFuture().completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
	}

	private static Duration left(long end) {
		return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
	}

}
