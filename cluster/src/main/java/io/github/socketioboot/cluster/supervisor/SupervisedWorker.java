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

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process and what is known about it: one class, as each step of its life reads what
 * those before it have left. Supervisor's thread only, except {@link #killProcess},
 * {@link #pid} and {@link #memory}.
 */
final class SupervisedWorker {

	/**
	 * How long the system may take to end a process that was killed.
	 */
	static final Duration KILLED_TIMEOUT = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(Supervisor.class);

	private static final Runnable NO_TIMER = () -> {
	};

	private final Surroundings surroundings;

	private final int index;

	private final int number;

	private final int restarts;

	private final Events events;

	private WorkerState state = WorkerState.STARTING;

	private String reason;

	private List<String> command = List.of();

	private volatile @Nullable WorkerProcess process;

	private volatile long memory;

	private boolean launched;

	private boolean told;

	private boolean killed;

	private boolean ended;

	private String cause = "";

	private String ending = "";

	private long startedAt;

	private long startedNanos;

	private Duration lived = Duration.ZERO;

	private @Nullable Long readyNanos;

	private Duration served = Duration.ZERO;

	private Runnable timer = NO_TIMER;

	SupervisedWorker(Surroundings surroundings, int index, int number, int restarts, String reason, Events events) {
		this.surroundings = surroundings;
		this.index = index;
		this.number = number;
		this.restarts = restarts;
		this.reason = reason;
		this.events = events;
	}

	/**
	 * Start the process.
	 */
	void start() {
		this.launched = true;
		this.startedNanos = this.surroundings.clock().nanoTime();
		this.startedAt = this.surroundings.clock().currentTimeMillis();
		WorkerProcess process;
		try {
			WorkerCommand command = this.surroundings.commands().create(this.index, this.number);
			this.command = command.command();
			process = this.surroundings.launcher().launch(this.index, command);
		}
		catch (IOException | RuntimeException ex) {
			this.cause = "cannot be started: " + ex.getMessage();
			this.surroundings.run(() -> exited(ExitReason.UNKNOWN));
			return;
		}
		this.process = process;
		this.surroundings.live().add(this, process);
		logger.info("{} started{}", this, this.reason.isEmpty() ? "" : ": " + this.reason);
		Duration timeout = this.surroundings.config().listenTimeout();
		this.timer = this.surroundings.later(timeout, () -> overdue(timeout));
		process.exit()
			.whenComplete((code, ex) -> this.surroundings
				.run(() -> exited((code != null) ? code.intValue() : ExitReason.UNKNOWN)));
	}

	private void overdue(Duration timeout) {
		if (this.state == WorkerState.STARTING) {
			logger.warn("{} is not ready within {} and is ended", this, Elapsed.describe(timeout));
			end("not ready within " + Elapsed.describe(timeout));
		}
	}

	/**
	 * Note that it is ready.
	 */
	void ready() {
		if (this.state != WorkerState.STARTING) {
			return;
		}
		this.timer.run();
		this.state = WorkerState.READY;
		this.reason = "";
		this.readyNanos = this.surroundings.clock().nanoTime();
		logger.info("{} ready after {}", this, Elapsed.describe(since(this.startedNanos)));
		this.events.onReady(this);
	}

	/**
	 * Give it nothing new.
	 * @param why for the log and the status
	 */
	void drain(String why) {
		if (this.state == WorkerState.READY) {
			this.surroundings.drain(this.number);
			this.state = WorkerState.DRAINING;
			this.reason = why;
			logger.info("{} draining: {}", this, why);
		}
	}

	/**
	 * Tell it to end, and kill it if it does not.
	 * @param why for the log and the status
	 */
	void end(String why) {
		WorkerProcess process = this.process;
		if (process == null || this.told) {
			return;
		}
		this.told = true;
		if (this.state == WorkerState.READY) {
			this.surroundings.drain(this.number);
		}
		if (this.state != WorkerState.DRAINING) {
			this.state = WorkerState.STOPPING;
			this.reason = why;
		}
		this.cause = this.reason;
		if (!this.surroundings.stop(this.number)) {
			process.terminate();
		}
		Duration timeout = this.surroundings.config().killTimeout();
		this.timer.run();
		this.timer = this.surroundings.later(timeout,
				() -> kill("still alive " + Elapsed.describe(timeout) + " after it was told to end"));
	}

	/**
	 * Kill it.
	 * @param why for the log and the status
	 */
	void kill(String why) {
		if (this.process == null || this.killed) {
			return;
		}
		this.told = true;
		this.killed = true;
		this.state = WorkerState.STOPPING;
		this.reason = why;
		this.cause = this.cause.isEmpty() ? why : this.cause + ", " + why;
		logger.warn("{} is killed: {}", this, why);
		killProcess();
		this.timer.run();
		this.timer = this.surroundings.later(KILLED_TIMEOUT, this::giveUp);
	}

	/**
	 * Kill the process, and nothing more. Thread-safe.
	 */
	void killProcess() {
		WorkerProcess process = this.process;
		if (process != null) {
			process.kill();
		}
	}

	private void giveUp() {
		this.cause = "does not end though it was killed";
		exited(ExitReason.UNKNOWN);
	}

	private void exited(int code) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		this.timer.run();
		this.lived = since(this.startedNanos);
		Long ready = this.readyNanos;
		this.served = (ready != null) ? since(ready) : Duration.ZERO;
		this.ending = ending(code);
		this.surroundings.live().remove(this);
		this.state = WorkerState.STOPPED;
		this.surroundings.exited(this.number);
		this.events.onEnded(this);
		this.process = null;
		this.memory = 0;
	}

	private String ending(int code) {
		boolean forced = this.killed || this.surroundings.live().isKilled();
		String exit = (code != ExitReason.UNKNOWN) ? ExitReason.describe(code, forced, this.command) : "";
		if (exit.isEmpty() || this.cause.isEmpty()) {
			return this.cause + exit;
		}
		return this.cause + " (" + exit + ")";
	}

	private Duration since(long nanos) {
		return Duration.ofNanos(this.surroundings.clock().nanoTime() - nanos);
	}

	/**
	 * Look how large the process is.
	 */
	void look() {
		WorkerProcess process = this.process;
		if (process != null) {
			this.memory = process.memory();
		}
	}

	/**
	 * Show a state that is not that of the process: there is none.
	 * @param state the state
	 * @param reason why
	 */
	void rest(WorkerState state, String reason) {
		this.state = state;
		this.reason = reason;
	}

	/**
	 * Note something worth telling beside the state.
	 * @param reason what it is
	 */
	void note(String reason) {
		this.reason = reason;
	}

	WorkerState state() {
		return this.state;
	}

	int index() {
		return this.index;
	}

	int number() {
		return this.number;
	}

	int restarts() {
		return this.restarts;
	}

	boolean isLaunched() {
		return this.launched;
	}

	boolean isTold() {
		return this.told;
	}

	boolean isLive() {
		return this.launched && !this.ended;
	}

	/**
	 * Return for how long it has been, or was, ready.
	 * @return the time, zero if it never was
	 */
	Duration served() {
		Long ready = this.readyNanos;
		return (this.ended || ready == null) ? this.served : since(ready);
	}

	/**
	 * Return how it has ended.
	 * @return words for the log, without the worker
	 */
	String ending() {
		return this.ending + " after " + Elapsed.describe(this.lived);
	}

	/**
	 * Return how it has ended.
	 * @return words for a status that is not only this worker's
	 */
	String failure() {
		return "worker " + this.index + " (" + processName() + "): " + ending()
				+ ((this.readyNanos != null) ? "" : ", before it was ready");
	}

	long pid() {
		WorkerProcess process = this.process;
		return (process != null) ? process.pid() : 0;
	}

	long memory() {
		return this.memory;
	}

	WorkerStatus status() {
		long pid = this.ended ? 0 : pid();
		return new WorkerStatus(this.index, this.number, pid, this.state, (pid != 0) ? this.startedAt : 0,
				this.restarts, this.reason);
	}

	private String processName() {
		long pid = pid();
		return (pid != 0) ? "pid " + pid : "no process";
	}

	@Override
	public String toString() {
		return "Worker " + this.index + " (" + processName() + ")";
	}

	/**
	 * Told what happens to a worker. Called on the supervisor's thread.
	 */
	interface Events {

		/**
		 * Note that a worker has become ready.
		 * @param worker the worker
		 */
		void onReady(SupervisedWorker worker);

		/**
		 * Note that a worker has ended, or could not be started. Its process id can still
		 * be read.
		 * @param worker the worker
		 */
		void onEnded(SupervisedWorker worker);

	}

}
