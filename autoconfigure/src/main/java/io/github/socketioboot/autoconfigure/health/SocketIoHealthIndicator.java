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

package io.github.socketioboot.autoconfigure.health;

import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.namespace.Namespace;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether the server serves clients: up, out of service while it drains, else down.
 * Thread-safe.
 */
class SocketIoHealthIndicator extends AbstractHealthIndicator {

	/**
	 * The only process that serves clients.
	 */
	private static final String ROLE = "single";

	private final EngineSocketIOServer server;

	SocketIoHealthIndicator(EngineSocketIOServer server) {
		super("Socket.IO health check failed");
		this.server = server;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		boolean draining = this.server.isDraining();
		if (draining) {
			builder.outOfService();
		}
		else if (this.server.isReady()) {
			builder.up();
		}
		else {
			builder.down();
		}
		builder.withDetail("role", ROLE)
			.withDetail("port", this.server.port())
			.withDetail("sockets", sockets())
			.withDetail("draining", draining);
	}

	private int sockets() {
		int sockets = 0;
		for (Namespace namespace : this.server.engine().namespaces()) {
			sockets += namespace.sockets().size();
		}
		return sockets;
	}

}
