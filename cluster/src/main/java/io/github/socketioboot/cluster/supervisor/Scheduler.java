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
 * Time and the one thread of a supervisor.
 */
interface Scheduler {

	/**
	 * Return a time for measuring.
	 * @return time in nanoseconds, since no time in particular
	 */
	long nanoTime();

	/**
	 * Return the time of day.
	 * @return time in milliseconds since 1970
	 */
	long currentTimeMillis();

	/**
	 * Run something on the thread, after what came before. Does nothing once shut down.
	 * @param task what to run
	 * @return {@code false} if it will not run
	 */
	boolean execute(Runnable task);

	/**
	 * Run something on the thread later. Does nothing once shut down.
	 * @param delay how much later
	 * @param task what to run
	 * @return cancels it
	 */
	Runnable schedule(Duration delay, Runnable task);

	/**
	 * End the thread once what is running is finished.
	 */
	void shutdown();

}
