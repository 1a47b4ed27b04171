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
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rolling reload: worker after worker is replaced until one cannot be. Supervisor's
 * thread only.
 */
final class Reload {

	private static final Logger logger = LoggerFactory.getLogger(Supervisor.class);

	private final Surroundings surroundings;

	private final int id;

	private final Deque<Place> waiting;

	private final long startedNanos;

	private int active;

	private @Nullable String problem;

	private boolean running = true;

	Reload(Surroundings surroundings, int id, Collection<Place> places) {
		this.surroundings = surroundings;
		this.id = id;
		this.waiting = new ArrayDeque<>(places);
		this.startedNanos = surroundings.clock().nanoTime();
	}

	int id() {
		return this.id;
	}

	boolean isRunning() {
		return this.running;
	}

	void start() {
		int parallel = this.surroundings.config().reloadParallel();
		logger.info("Reload {} running: {} workers, {} at a time", this.id, this.waiting.size(), parallel);
		proceed();
	}

	private void proceed() {
		SupervisorConfig config = this.surroundings.config();
		boolean orRestart = config.reloadOnTimeout() == SupervisorConfig.OnTimeout.RESTART;
		while (this.problem == null && this.active < config.reloadParallel() && !this.waiting.isEmpty()) {
			this.active++;
			this.waiting.remove().replace("reload " + this.id, orRestart, this::replaced);
		}
		if (this.running && this.active == 0) {
			end();
		}
	}

	private void replaced(@Nullable String problem) {
		this.active--;
		if (this.problem == null) {
			this.problem = problem;
		}
		proceed();
	}

	/**
	 * End it, as nothing is replaced any more.
	 * @param problem why
	 */
	void abort(String problem) {
		if (this.running) {
			this.problem = problem;
			end();
		}
	}

	private void end() {
		this.running = false;
		String took = Elapsed.describe(Duration.ofNanos(this.surroundings.clock().nanoTime() - this.startedNanos));
		if (this.problem == null) {
			logger.info("Reload {} done after {}", this.id, took);
		}
		else {
			logger.warn("Reload {} aborted after {}: {}", this.id, took, this.problem);
		}
	}

	ReloadStatus status() {
		if (this.running) {
			return new ReloadStatus(this.id, "running", "");
		}
		return (this.problem == null) ? new ReloadStatus(this.id, "done", "")
				: new ReloadStatus(this.id, "aborted", this.problem);
	}

}
