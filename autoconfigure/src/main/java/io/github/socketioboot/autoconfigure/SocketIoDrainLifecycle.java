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

import java.time.Duration;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Drains the server before the web server stops taking requests, so that health and REST
 * are served while clients leave. Never blocks. Does nothing with
 * {@code server.shutdown=immediate}, and with a server that cannot drain. Thread-safe.
 */
final class SocketIoDrainLifecycle implements SmartLifecycle {

	/**
	 * Ahead of the graceful shutdown of Boot's web server, at
	 * {@code DEFAULT_PHASE - 1024}.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private static final Logger logger = LoggerFactory.getLogger(SocketIoDrainLifecycle.class);

	private static final String PHASE_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

	private final SocketIOServer server;

	private final SocketIoServerDrain drain;

	private final Duration timeout;

	private final ApplicationContext context;

	private volatile boolean running;

	SocketIoDrainLifecycle(SocketIOServer server, SocketIoServerDrain drain, EngineSettings settings,
			ApplicationContext context) {
		this.server = server;
		this.drain = drain;
		this.timeout = settings.drainTimeout();
		this.context = context;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void start() {
		this.running = true;
		Duration phaseTimeout = property(PHASE_TIMEOUT, Duration.class, Duration.ofSeconds(30));
		if (phaseTimeout.compareTo(this.timeout) < 0 && isGraceful()) {
			logger.warn("'socketio.drain.timeout' ({}) is longer than '{}' ({}), which ends the drain", this.timeout,
					PHASE_TIMEOUT, phaseTimeout);
		}
		this.drain.undo();
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		if (!isGraceful() || !(this.server instanceof EngineSocketIOServer)) {
			callback.run();
			return;
		}
		this.drain.begin().whenComplete((done, failure) -> callback.run());
	}

	private boolean isGraceful() {
		return !property("server.shutdown", String.class, "graceful").equalsIgnoreCase("immediate");
	}

	private <T> T property(String name, Class<T> type, T defaultValue) {
		return Binder.get(this.context.getEnvironment()).bind(name, type).orElse(defaultValue);
	}

}
