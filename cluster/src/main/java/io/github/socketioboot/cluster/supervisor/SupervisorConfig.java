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

/**
 * Settings of a supervisor. Immutable.
 *
 * @param instances how many workers to keep running, at least 1
 * @param listenTimeout how long a new worker may take until it is ready
 * @param killTimeout from telling a worker to end to killing it
 * @param reloadParallel how many workers are replaced at a time
 * @param reloadOnTimeout what becomes of a reload whose new worker is not ready in time
 * @param restart when and how often workers are started again
 * @param maxMemory resident size of a worker, in bytes, from which on it is replaced; 0
 * for no limit
 * @since 0.1.0
 */
public record SupervisorConfig(int instances, Duration listenTimeout, Duration killTimeout, int reloadParallel,
		OnTimeout reloadOnTimeout, Restart restart, long maxMemory) {

	/**
	 * What becomes of a reload whose new worker is not ready in time.
	 */
	public enum OnTimeout {

		/**
		 * The new worker is ended, the old one stays and the reload ends.
		 */
		ABORT,

		/**
		 * The old worker is ended and another is started.
		 */
		RESTART

	}

	/**
	 * When and how often workers are started again. Immutable.
	 *
	 * @param minUptime a worker that ends sooner after it was ready, or before it was, is
	 * unstable
	 * @param maxUnstable so many unstable ends in a row make a worker errored
	 * @param initialDelay delay before the first restart; half as much again for each
	 * further one; anew after a worker that was ready for 30 s
	 * @param maxDelay longest delay
	 */
	public record Restart(Duration minUptime, int maxUnstable, Duration initialDelay, Duration maxDelay) {

		/**
		 * 1 s, 16 times, 100 ms, 15 s.
		 */
		public static final Restart DEFAULT = new Restart(Duration.ofSeconds(1), 16, Duration.ofMillis(100),
				Duration.ofSeconds(15));

	}

}
