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

package io.github.socketioboot.benchmarks.peer;

/**
 * What all peers of a load run have in common. Immutable.
 *
 * @param port the port to listen on, 0 for any free one
 * @param eventLoops the number of event loops that serve connections, at least 1
 * @param pingIntervalMillis the time between two heartbeats, in milliseconds
 * @param pingTimeoutMillis how long a heartbeat may stay without an answer, in
 * milliseconds
 * @since 0.1.0
 */
public record PeerSettings(int port, int eventLoops, int pingIntervalMillis, int pingTimeoutMillis) {

	/**
	 * Checks the ranges.
	 */
	public PeerSettings {
		if (port < 0 || port > 65535) {
			throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
		}
		if (eventLoops < 1) {
			throw new IllegalArgumentException("eventLoops: " + eventLoops + " (expected: >= 1)");
		}
		if (pingIntervalMillis < 1 || pingTimeoutMillis < 1) {
			throw new IllegalArgumentException("ping interval and timeout: " + pingIntervalMillis + ", "
					+ pingTimeoutMillis + " (expected: >= 1)");
		}
	}

}
