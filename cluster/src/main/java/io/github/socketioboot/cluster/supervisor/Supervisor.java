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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * Keeps worker processes running. Thread-safe; works on a thread of its own, on which
 * listener and control are called.
 *
 * @since 0.1.0
 */
public final class Supervisor {

	/**
	 * Largest number of workers.
	 */
	public static final int MAX_INSTANCES = 1024;

	private final AtomicBoolean started = new AtomicBoolean();

	private final Scheduler scheduler;

	private final Surroundings surroundings;

	private final Fleet fleet;

	private volatile SupervisorStatus status;

	/**
	 * Create a supervisor. What workers write goes to the standard output and error of
	 * this process, each line marked with the index of the worker.
	 * @param config settings
	 * @param commands how workers are started
	 * @param control how workers are told something
	 * @param listener told what happens
	 */
	public Supervisor(SupervisorConfig config, WorkerCommand.Factory commands, WorkerControl control,
			SupervisorListener listener) {
		this(config, commands, control, listener, new ProcessLauncher(System.out, System.err), new SupervisorThread(),
				Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
	}

	Supervisor(SupervisorConfig config, WorkerCommand.Factory commands, WorkerControl control,
			SupervisorListener listener, WorkerLauncher launcher, Scheduler scheduler, int startsAtOnce) {
		requireInstances(config.instances());
		this.scheduler = scheduler;
		this.surroundings = new Surroundings(config, commands, control, listener, launcher, scheduler, this::publish);
		this.fleet = new Fleet(this.surroundings, startsAtOnce);
		this.status = new SupervisorStatus(config.instances(), List.of(), ReloadStatus.NONE);
	}

	private static void requireInstances(int instances) {
		if (instances < 1 || instances > MAX_INSTANCES) {
			throw new IllegalArgumentException("instances: " + instances + " (expected: 1 to " + MAX_INSTANCES + ")");
		}
	}

	/**
	 * Start the workers. A few start at a time, by index, each when one before it is
	 * ready or has failed.
	 */
	public void start() {
		if (!this.started.compareAndSet(false, true)) {
			throw new IllegalStateException("supervisor was started already");
		}
		this.surroundings.run(this.fleet::start);
	}

	/**
	 * Note that a worker has said that it is ready.
	 * @param number number of the worker
	 */
	public void workerReady(int number) {
		this.surroundings.run(() -> {
			SupervisedWorker worker = this.surroundings.live().get(number);
			if (worker != null) {
				worker.ready();
			}
		});
	}

	/**
	 * Replace a worker that does not do its work: kill it, and start another.
	 * @param number number of the worker
	 * @param reason what is wrong, for the log and the status
	 */
	public void workerFailed(int number, String reason) {
		this.surroundings.run(() -> {
			SupervisedWorker worker = this.surroundings.live().get(number);
			if (worker != null) {
				worker.kill(reason);
			}
		});
	}

	/**
	 * Replace all workers, one after the other, each when its successor is ready. Errored
	 * ones are started again.
	 * @return completed at once with the number of the reload, that of the running one if
	 * there is one; exceptionally if the supervisor is stopping
	 */
	public CompletionStage<Integer> reload() {
		CompletableFuture<Integer> id = new CompletableFuture<>();
		boolean accepted = this.surroundings.run(() -> {
			if (this.fleet.isStopping()) {
				id.completeExceptionally(new IllegalStateException("supervisor is stopping"));
			}
			else {
				id.complete(this.fleet.reload());
			}
		});
		if (!accepted) {
			id.completeExceptionally(new IllegalStateException("supervisor has stopped"));
		}
		return id;
	}

	/**
	 * Run another number of workers: new ones at the smallest free indexes, or fewer,
	 * without those of the highest indexes, which are drained one after the other.
	 * @param instances the number, from 1 to {@link #MAX_INSTANCES}
	 */
	public void scale(int instances) {
		requireInstances(instances);
		this.surroundings.run(() -> this.fleet.scale(instances));
	}

	/**
	 * Replace one worker: its successor is started first. One that is errored is started
	 * again.
	 * @param index place of the worker
	 * @return completed at once, with {@code false} if there is no such place
	 */
	public CompletionStage<Boolean> restart(int index) {
		CompletableFuture<Boolean> found = new CompletableFuture<>();
		if (!this.surroundings.run(() -> found.complete(this.fleet.restart(index)))) {
			found.complete(false);
		}
		return found;
	}

	/**
	 * Tell all workers to end, and kill those that do not in time.
	 * @return completed when no process is left
	 */
	public CompletionStage<@Nullable Void> stop() {
		this.surroundings.run(this.fleet::stop);
		return this.fleet.stopped().minimalCompletionStage();
	}

	/**
	 * Kill all workers at once. They are dead, or as good as dead, when this returns.
	 */
	public void kill() {
		this.surroundings.live().kill();
		stop();
	}

	/**
	 * Return how it is.
	 * @return the status
	 */
	public SupervisorStatus status() {
		return this.status;
	}

	/**
	 * Return whether a process is one of the workers.
	 * @param number number of the worker
	 * @param pid id of the process, or 0 if it is not known
	 * @return {@code true} if it is, or if only the number is known and right
	 */
	public boolean isWorker(int number, long pid) {
		SupervisedWorker worker = this.surroundings.live().get(number);
		return worker != null && (pid == 0 || pid == worker.pid());
	}

	/**
	 * Return the resident size of a worker.
	 * @param number number of the worker
	 * @return size in bytes when last looked at, or 0 if it is not known
	 */
	public long memory(int number) {
		SupervisedWorker worker = this.surroundings.live().get(number);
		return (worker != null) ? worker.memory() : 0;
	}

	private void publish() {
		SupervisorStatus status = this.fleet.status();
		if (!status.equals(this.status)) {
			this.status = status;
			this.surroundings.changed(status);
		}
		if (this.fleet.stopped().isDone()) {
			this.scheduler.shutdown();
		}
	}

}
