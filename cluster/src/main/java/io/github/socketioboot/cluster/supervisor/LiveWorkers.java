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

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The workers that have a process. Thread-safe, so that they can be killed while the
 * supervisor's thread is busy.
 */
final class LiveWorkers {

	private final Map<Integer, SupervisedWorker> byNumber = new ConcurrentHashMap<>();

	private volatile boolean killed;

	/**
	 * Note a process that has just been started. It is killed if all are.
	 * @param worker the worker
	 * @param process its process
	 */
	void add(SupervisedWorker worker, WorkerProcess process) {
		this.byNumber.put(worker.number(), worker);
		if (this.killed) {
			process.kill();
		}
	}

	void remove(SupervisedWorker worker) {
		this.byNumber.remove(worker.number());
	}

	@Nullable SupervisedWorker get(int number) {
		return this.byNumber.get(number);
	}

	Collection<SupervisedWorker> all() {
		return this.byNumber.values();
	}

	boolean isEmpty() {
		return this.byNumber.isEmpty();
	}

	/**
	 * Return whether all were killed, so that nothing may be started any more.
	 * @return {@code true} if so
	 */
	boolean isKilled() {
		return this.killed;
	}

	/**
	 * Kill all, and those that are just being started.
	 */
	void kill() {
		this.killed = true;
		this.byNumber.values().forEach(SupervisedWorker::killProcess);
	}

}
