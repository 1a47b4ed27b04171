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

/**
 * Where a server is in its life. Thread-safe.
 */
final class ServerState {

	private volatile Phase phase = Phase.NEW;

	// Return whether new sessions are taken.
	boolean isReady() {
		return this.phase == Phase.READY;
	}

	boolean isDraining() {
		return this.phase == Phase.DRAINING;
	}

	boolean isStopped() {
		return this.phase == Phase.STOPPED;
	}

	void ready() {
		this.phase = Phase.READY;
	}

	void draining() {
		if (this.phase == Phase.READY) {
			this.phase = Phase.DRAINING;
		}
	}

	void stopped() {
		this.phase = Phase.STOPPED;
	}

	private enum Phase {

		NEW, READY, DRAINING, STOPPED

	}

}
