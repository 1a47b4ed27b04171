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

/**
 * Told by a supervisor what happens. Called on the supervisor's thread; must not block.
 *
 * @since 0.1.0
 */
public interface SupervisorListener {

	/**
	 * Note that something has changed.
	 * @param status how it is now
	 */
	void onChange(SupervisorStatus status);

	/**
	 * Note that a worker's process has ended.
	 * @param number number of the worker
	 */
	void onExit(int number);

	/**
	 * Note that no worker is left to be started: all are errored.
	 */
	void onAllErrored();

}
