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

import java.util.Locale;

/**
 * What a worker is about.
 *
 * @since 0.1.0
 */
public enum WorkerState {

	/**
	 * Started, and has not said that it is ready.
	 */
	STARTING,

	/**
	 * Serves.
	 */
	READY,

	/**
	 * Takes nothing new, serves what it has, because another takes its place.
	 */
	DRAINING,

	/**
	 * Was told to end.
	 */
	STOPPING,

	/**
	 * Has ended and will not come back.
	 */
	STOPPED,

	/**
	 * Has ended and will be started again after a delay.
	 */
	BACKOFF,

	/**
	 * Has ended too often right after its start and will not be started again.
	 */
	ERRORED;

	/**
	 * Return the name as users read it.
	 * @return the name in lower case
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
