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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A worker being replaced by its successor. Supervisor's thread only.
 */
final class Replacement {

	private final String why;

	private final Consumer<@Nullable String> done;

	private final List<Runnable> afterwards = new ArrayList<>();

	private boolean orRestart;

	private @Nullable SupervisedWorker leaving;

	private @Nullable String problem;

	/**
	 * Create a replacement.
	 * @param why for the log and the status
	 * @param orRestart whether the old worker is ended and another started if the
	 * successor fails
	 * @param done told the end: {@code null} or why the old worker was not replaced
	 */
	Replacement(String why, boolean orRestart, Consumer<@Nullable String> done) {
		this.why = why;
		this.orRestart = orRestart;
		this.done = done;
	}

	String why() {
		return this.why;
	}

	/**
	 * Use up the leave to fall back to a restart.
	 * @return whether there was one
	 */
	boolean fallBack() {
		boolean fallBack = this.orRestart;
		this.orRestart = false;
		return fallBack;
	}

	void leaving(SupervisedWorker old) {
		this.leaving = old;
	}

	boolean awaitsEndOf(SupervisedWorker worker) {
		return this.leaving == worker;
	}

	/**
	 * Return whether the successor serves, and only the end of the old one is awaited.
	 * @return {@code true} if so
	 */
	boolean isLeaving() {
		return this.leaving != null;
	}

	/**
	 * Note that the successor has failed after it was ready.
	 * @param problem how it ended
	 */
	void problem(String problem) {
		this.problem = problem;
	}

	@Nullable String problem() {
		return this.problem;
	}

	/**
	 * Do something when this is over.
	 * @param task what to do
	 */
	void then(Runnable task) {
		this.afterwards.add(task);
	}

	void finish(@Nullable String problem) {
		this.done.accept(problem);
		this.afterwards.forEach(Runnable::run);
	}

}
