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

package io.github.socketioboot.cluster.supervisor;

import java.time.Duration;

import io.github.socketioboot.cluster.supervisor.SupervisorConfig.Restart;

/**
 * When a place gets its next process. Supervisor's thread only.
 */
final class Backoff {

	/**
	 * A worker that has served so long starts a new count.
	 */
	static final Duration RESET_AFTER = Duration.ofSeconds(30);

	private final Restart config;

	private Duration delay;

	private int attempts;

	private int unstable;

	Backoff(Restart config) {
		this.config = config;
		this.delay = config.initialDelay();
	}

	/**
	 * Begin anew.
	 */
	void reset() {
		this.delay = this.config.initialDelay();
		this.attempts = 0;
		this.unstable = 0;
	}

	/**
	 * Note that a worker has ended by itself.
	 * @param served how long it was ready; a JVM needs longer to fail than any process
	 * would need to be stable, so that its start does not count
	 * @return {@code false} if it must not be started again
	 */
	boolean ended(Duration served) {
		if (served.compareTo(RESET_AFTER) >= 0) {
			reset();
		}
		if (served.isZero() || served.compareTo(this.config.minUptime()) < 0) {
			this.unstable++;
		}
		else {
			this.unstable = 0;
		}
		return this.unstable < this.config.maxUnstable();
	}

	/**
	 * Take the delay before the next start; the one after it is half as much longer.
	 * @return the delay
	 */
	Duration next() {
		this.attempts++;
		Duration next = this.delay;
		Duration longer = this.delay.multipliedBy(3).dividedBy(2);
		this.delay = (longer.compareTo(this.config.maxDelay()) < 0) ? longer : this.config.maxDelay();
		return next;
	}

	/**
	 * Return how many starts there were since the last worker that served long.
	 * @return number of the start
	 */
	int attempts() {
		return this.attempts;
	}

	/**
	 * Return how many workers in a row were unstable.
	 * @return number of ends
	 */
	int unstable() {
		return this.unstable;
	}

}
