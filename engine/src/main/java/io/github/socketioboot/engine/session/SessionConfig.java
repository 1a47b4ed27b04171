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

package io.github.socketioboot.engine.session;

import java.time.Duration;
import java.util.Set;

import io.github.socketioboot.engine.transport.TransportName;

/**
 * Settings of sessions. Immutable.
 *
 * @param transports allowed transports, at least one
 * @param allowUpgrades whether a polling session may become a WebSocket one
 * @param allowEio3 whether Engine.IO 3 clients are served
 * @param pingInterval time between heartbeats, at least 1 ms
 * @param pingTimeout how long to wait for the answer to a heartbeat, at least 1 ms
 * @param upgradeTimeout how long an upgrade may take, at least 1 ms
 * @param maxPayload largest message and POST body in bytes, at least 1
 * @param maxOutboundBuffer most bytes waiting to be sent to one client, at least 1
 * @since 0.1.0
 */
public record SessionConfig(Set<TransportName> transports, boolean allowUpgrades, boolean allowEio3,
		Duration pingInterval, Duration pingTimeout, Duration upgradeTimeout, int maxPayload, long maxOutboundBuffer) {

	/**
	 * Defaults of the reference server.
	 */
	public static final SessionConfig DEFAULT = new SessionConfig(
			Set.of(TransportName.POLLING, TransportName.WEBSOCKET), true, false, Duration.ofSeconds(25),
			Duration.ofSeconds(20), Duration.ofSeconds(10), 1_000_000, 16L << 20);

	/**
	 * Create settings.
	 */
	public SessionConfig {
		transports = Set.copyOf(transports);
	}

}
