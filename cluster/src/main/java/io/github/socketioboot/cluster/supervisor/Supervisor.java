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

import org.jspecify.annotations.Nullable;

/**
 * Keeps worker processes running. Thread-safe; works on a thread of its own, on which
 * listener and control are called.
 *
 * @since 0.1.0
 */
public final class Supervisor {

	/**
	 * Create a supervisor.
	 * @param config settings
	 * @param commands how workers are started
	 * @param control how workers are told something
	 * @param listener told what happens
	 */
	@SuppressWarnings("UnusedVariable")
	public Supervisor(SupervisorConfig config, WorkerCommand.Factory commands, WorkerControl control,
			SupervisorListener listener) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Start the workers.
	 */
	public void start() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Note that a worker has said that it is ready.
	 * @param number number of the worker
	 */
	public void workerReady(int number) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Replace a worker that does not do its work: kill it, and start another.
	 * @param number number of the worker
	 * @param reason what is wrong, for the log and the status
	 */
	public void workerFailed(int number, String reason) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Replace all workers, one after the other, each when its successor is ready.
	 * @return completed at once with the number of the reload, that of the running one if
	 * there is one
	 */
	public CompletionStage<Integer> reload() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Run another number of workers.
	 * @param instances the number, at least 1
	 */
	public void scale(int instances) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Replace one worker: its successor is started first. One that is errored is started
	 * again.
	 * @param index place of the worker
	 * @return completed at once, with {@code false} if there is no such place
	 */
	public CompletionStage<Boolean> restart(int index) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Tell all workers to end, and kill those that do not in time.
	 * @return completed when no process is left
	 */
	public CompletionStage<@Nullable Void> stop() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Kill all workers at once.
	 */
	public void kill() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return how it is.
	 * @return the status
	 */
	public SupervisorStatus status() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return whether a process is one of the workers.
	 * @param number number of the worker
	 * @param pid id of the process, or 0 if it is not known
	 * @return {@code true} if it is, or if only the number is known and right
	 */
	public boolean isWorker(int number, long pid) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the resident size of a worker.
	 * @param number number of the worker
	 * @return size in bytes when last looked at, or 0 if it is not known
	 */
	public long memory(int number) {
		throw new UnsupportedOperationException();
	}

}
