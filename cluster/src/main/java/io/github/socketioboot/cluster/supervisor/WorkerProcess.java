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

import java.util.concurrent.CompletionStage;

/**
 * A running worker process. Thread-safe.
 */
interface WorkerProcess {

	/**
	 * Return the id of the process.
	 * @return id that the operating system gave it
	 */
	long pid();

	/**
	 * Return what tells of the end.
	 * @return completed with the exit code, on any thread
	 */
	CompletionStage<Integer> exit();

	/**
	 * Ask the process to end, by SIGTERM where there are signals.
	 */
	void terminate();

	/**
	 * End the process, and those that it has started, at once.
	 */
	void kill();

	/**
	 * Look how large the process is.
	 * @return resident size in bytes, or 0 if it is not known
	 */
	long memory();

}
