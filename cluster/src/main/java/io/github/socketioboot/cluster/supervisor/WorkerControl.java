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
 * What a supervisor tells its workers. Called on the supervisor's thread; must not block.
 *
 * @since 0.1.0
 */
public interface WorkerControl {

	/**
	 * Give a worker nothing new: another takes its place, or it is about to end.
	 * @param number number of the worker
	 */
	void drain(int number);

	/**
	 * Tell a worker to finish what it has and end.
	 * @param number number of the worker
	 * @return {@code false} if it cannot be told, so that it gets a signal instead
	 */
	boolean stop(int number);

}
