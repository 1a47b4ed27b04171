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

package io.github.socketioboot.autoconfigure;

import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.netty.ServerConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the server after the web server and stops it before that, when it has been
 * drained. Works with an application's own server, too. Thread-safe.
 */
final class SocketIoServerLifecycle implements SmartLifecycle {

	/**
	 * Between Boot's web server, which starts at {@code DEFAULT_PHASE - 2048}, and its
	 * graceful shutdown at {@code DEFAULT_PHASE - 1024}.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1536;

	private static final Logger logger = LoggerFactory.getLogger(SocketIoServerLifecycle.class);

	private final SocketIOServer server;

	private final ServerConfig config;

	private final ApplicationContext context;

	private @Nullable Running running;

	SocketIoServerLifecycle(SocketIOServer server, ServerConfig config, ApplicationContext context) {
		this.server = server;
		this.config = config;
		this.context = context;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Web servers are not paused either, so that a cached test context keeps its port.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running != null;
	}

	@Override
	public synchronized void start() {
		if (this.running != null) {
			return;
		}
		try {
			this.server.start();
		}
		catch (Exception ex) {
			throw startFailure(ex);
		}
		this.running = new Running(KeepAlive.begin(), SecondSignal.watch());
		int port = port();
		LocalPort.publish(this.context, port);
		this.context.publishEvent(new SocketIoServerStartedEvent(this.server, port));
	}

	private int port() {
		return (this.server instanceof EngineSocketIOServer engineServer) ? engineServer.port()
				: this.server.getConfiguration().getPort();
	}

	@Override
	public void stop() {
		stopServer();
	}

	@Override
	public void stop(Runnable callback) {
		stopServer().whenComplete((done, failure) -> callback.run());
	}

	private synchronized CompletionStage<?> stopServer() {
		Running running = this.running;
		if (running == null) {
			return CompletableFuture.completedFuture(null);
		}
		this.running = null;
		CompletionStage<?> stop = (this.server instanceof EngineSocketIOServer engineServer) ? engineServer.stopNow()
				: stopOnOwnThread();
		return stop.whenComplete((done, failure) -> {
			if (failure != null) {
				logger.warn("The Socket.IO server did not stop well", failure);
			}
			running.end();
			this.context.publishEvent(new SocketIoServerStoppedEvent(this.server));
		});
	}

	// netty-socketio's own server takes seconds to stop, and blocks
	private CompletableFuture<Void> stopOnOwnThread() {
		return CompletableFuture.runAsync(this.server::stop, (task) -> new Thread(task, "socketio-stop").start());
	}

	private RuntimeException startFailure(Exception failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketException || cause instanceof UnresolvedAddressException) {
				String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
				return new SocketIoPortException(this.config.host(), this.config.port(), message.contains("in use"),
						cause);
			}
		}
		return (failure instanceof RuntimeException exception) ? exception : new IllegalStateException(failure);
	}

	/**
	 * What a running server holds of the JVM.
	 *
	 * @param keepAlive keeps the JVM alive
	 * @param secondSignal counts signals
	 */
	private record Running(KeepAlive keepAlive, SecondSignal secondSignal) {

		void end() {
			this.secondSignal.restore();
			this.keepAlive.end();
		}

	}

}
