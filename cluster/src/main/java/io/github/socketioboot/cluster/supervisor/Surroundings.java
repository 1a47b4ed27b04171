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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What workers and places are given to work with. Supervisor's thread only, except
 * {@link #run}.
 */
final class Surroundings {

	private static final Logger logger = LoggerFactory.getLogger(Supervisor.class);

	private final SupervisorConfig config;

	private final WorkerCommand.Factory commands;

	private final WorkerControl control;

	private final SupervisorListener listener;

	private final WorkerLauncher launcher;

	private final Scheduler scheduler;

	private final LiveWorkers live = new LiveWorkers();

	private final Runnable afterEach;

	Surroundings(SupervisorConfig config, WorkerCommand.Factory commands, WorkerControl control,
			SupervisorListener listener, WorkerLauncher launcher, Scheduler scheduler, Runnable afterEach) {
		this.config = config;
		this.commands = commands;
		this.control = control;
		this.listener = listener;
		this.launcher = launcher;
		this.scheduler = scheduler;
		this.afterEach = afterEach;
	}

	SupervisorConfig config() {
		return this.config;
	}

	WorkerCommand.Factory commands() {
		return this.commands;
	}

	WorkerLauncher launcher() {
		return this.launcher;
	}

	LiveWorkers live() {
		return this.live;
	}

	Scheduler clock() {
		return this.scheduler;
	}

	/**
	 * Run something on the supervisor's thread, and tell what it has changed.
	 * @param task what to run
	 * @return {@code false} if it will not run, because all is over
	 */
	boolean run(Runnable task) {
		return this.scheduler.execute(guarded(task));
	}

	/**
	 * Run something later on the supervisor's thread, and tell what it has changed.
	 * @param delay how much later
	 * @param task what to run
	 * @return cancels it
	 */
	Runnable later(Duration delay, Runnable task) {
		return this.scheduler.schedule(delay, guarded(task));
	}

	void drain(int number) {
		attempt(() -> this.control.drain(number));
	}

	boolean stop(int number) {
		try {
			return this.control.stop(number);
		}
		catch (RuntimeException ex) {
			logger.error("A worker could not be told to stop", ex);
			return false;
		}
	}

	void changed(SupervisorStatus status) {
		attempt(() -> this.listener.onChange(status));
	}

	void exited(int number) {
		attempt(() -> this.listener.onExit(number));
	}

	void allErrored() {
		attempt(this.listener::onAllErrored);
	}

	private Runnable guarded(Runnable task) {
		return () -> {
			attempt(task);
			attempt(this.afterEach);
		};
	}

	private static void attempt(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			logger.error("The supervision of workers failed in part", ex);
		}
	}

}
