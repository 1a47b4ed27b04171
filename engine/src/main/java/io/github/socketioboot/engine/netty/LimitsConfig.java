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

import java.time.Duration;

/**
 * Bounds of the HTTP front. Immutable. 0 means no limit for the first three.
 *
 * @param maxConnections most TCP connections at a time
 * @param maxConnectionsPerAddress most TCP connections of one client address at a time
 * @param handshakesPerSecond most handshakes per second
 * @param maxHeaderSize largest request line and largest header block, in bytes each
 * @param headTimeout from the first byte of a request, or the accept, to the end of its
 * head
 * @param bodyTimeout from the end of the head to the end of the body
 * @param idleTimeout how long a kept-alive connection may wait for its next request
 * @since 0.1.0
 */
public record LimitsConfig(int maxConnections, int maxConnectionsPerAddress, int handshakesPerSecond, int maxHeaderSize,
		Duration headTimeout, Duration bodyTimeout, Duration idleTimeout) {

	/**
	 * No limit on connections and handshakes, 16 KiB headers, 10 s for a head, 30 s for a
	 * body, 75 s for an idle connection.
	 */
	public static final LimitsConfig DEFAULT = new LimitsConfig(0, 0, 0, 16 * 1024, Duration.ofSeconds(10),
			Duration.ofSeconds(30), Duration.ofSeconds(75));

	/**
	 * Return the same with another time for idle connections.
	 * @param idleTimeout how long a kept-alive connection may wait for its next request
	 * @return new settings
	 */
	public LimitsConfig withIdleTimeout(Duration idleTimeout) {
		return new LimitsConfig(this.maxConnections, this.maxConnectionsPerAddress, this.handshakesPerSecond,
				this.maxHeaderSize, this.headTimeout, this.bodyTimeout, idleTimeout);
	}

}
