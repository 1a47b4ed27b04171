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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;

/**
 * Drains the server: the application refuses traffic from then on, and clients are closed
 * in such a way that they connect elsewhere. Never blocks. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SocketIoServerDrain {

	private static final Logger logger = LoggerFactory.getLogger(SocketIoServerDrain.class);

	private final SocketIOServer server;

	private final EngineSettings settings;

	private final ApplicationContext context;

	private @Nullable CompletionStage<@Nullable Void> drained;

	SocketIoServerDrain(SocketIOServer server, EngineSettings settings, ApplicationContext context) {
		this.server = server;
		this.settings = settings;
		this.context = context;
	}

	/**
	 * Drain the server, unless that was begun before. The process goes on. Does nothing
	 * with a server that cannot drain.
	 * @return completed when no session is left or the time is over
	 */
	public synchronized CompletionStage<@Nullable Void> begin() {
		if (this.drained == null) {
			this.drained = (this.server instanceof EngineSocketIOServer engineServer) ? begin(engineServer)
					: CompletableFuture.completedFuture(null);
		}
		return this.drained;
	}

	private CompletionStage<@Nullable Void> begin(EngineSocketIOServer engineServer) {
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		this.context.publishEvent(new SocketIoServerDrainingEvent(this.server));
		logger.info("Draining {} Socket.IO sessions", engineServer.sessions());
		return engineServer.drain(this.settings.drainTimeout(), this.settings.drainSpread());
	}

	/**
	 * Accept traffic again, after a new start.
	 */
	synchronized void undo() {
		if (this.drained != null) {
			this.drained = null;
			AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

}
