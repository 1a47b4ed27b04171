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

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.socketioboot.cluster.supervisor.SupervisorConfig.OnTimeout;
import io.github.socketioboot.cluster.supervisor.SupervisorConfig.Restart;

/**
 * A supervisor of processes that are none, in a time of its own.
 */
final class SupervisorFixture implements WorkerControl, SupervisorListener {

	static final Duration LISTEN_TIMEOUT = Duration.ofSeconds(60);

	static final Duration KILL_TIMEOUT = Duration.ofSeconds(25);

	static final SupervisorConfig CONFIG = new SupervisorConfig(2, LISTEN_TIMEOUT, KILL_TIMEOUT, 1, OnTimeout.ABORT,
			Restart.DEFAULT, 0);

	/**
	 * Everything that was started, told and heard, in order.
	 */
	final List<String> events = new ArrayList<>();

	final List<FakeProcess> processes = new ArrayList<>();

	final List<SupervisorStatus> changes = new ArrayList<>();

	final ManualScheduler time = new ManualScheduler();

	final Supervisor supervisor;

	private final Set<Integer> unreachable = new HashSet<>();

	private boolean launchFails;

	SupervisorFixture(SupervisorConfig config) {
		this(config, 1);
	}

	SupervisorFixture(SupervisorConfig config, int startsAtOnce) {
		this.supervisor = new Supervisor(config, SupervisorFixture::command, this, this, this::launch, this.time,
				startsAtOnce);
	}

	static SupervisorConfig config(int instances) {
		return new SupervisorConfig(instances, LISTEN_TIMEOUT, KILL_TIMEOUT, 1, OnTimeout.ABORT, Restart.DEFAULT, 0);
	}

	static SupervisorConfig config(int instances, int reloadParallel, OnTimeout onTimeout) {
		return new SupervisorConfig(instances, LISTEN_TIMEOUT, KILL_TIMEOUT, reloadParallel, onTimeout, Restart.DEFAULT,
				0);
	}

	static SupervisorConfig config(int instances, int maxUnstable) {
		Restart restart = new Restart(Duration.ofSeconds(1), maxUnstable, Duration.ofMillis(100),
				Duration.ofSeconds(15));
		return new SupervisorConfig(instances, LISTEN_TIMEOUT, KILL_TIMEOUT, 1, OnTimeout.ABORT, restart, 0);
	}

	static SupervisorConfig limited(int instances, long maxMemory) {
		return new SupervisorConfig(instances, LISTEN_TIMEOUT, KILL_TIMEOUT, 1, OnTimeout.ABORT, Restart.DEFAULT,
				maxMemory);
	}

	/**
	 * Start the supervisor, and make worker after worker ready.
	 */
	SupervisorFixture started() {
		this.supervisor.start();
		this.time.run();
		for (int i = 0; i < this.processes.size(); i++) {
			ready(this.processes.get(i).number());
		}
		this.events.clear();
		return this;
	}

	void ready(int number) {
		this.supervisor.workerReady(number);
		this.time.run();
	}

	void end(int number, int code) {
		process(number).end(code);
		this.time.run();
	}

	void advance(Duration duration) {
		this.time.advance(duration);
	}

	FakeProcess process(int number) {
		return this.processes.stream().filter((process) -> process.number() == number).findAny().orElseThrow();
	}

	int reload() {
		var id = this.supervisor.reload().toCompletableFuture();
		this.time.run();
		return id.join();
	}

	boolean restart(int index) {
		var found = this.supervisor.restart(index).toCompletableFuture();
		this.time.run();
		return found.join();
	}

	void scale(int instances) {
		this.supervisor.scale(instances);
		this.time.run();
	}

	/**
	 * Make a worker one that is not linked, so that it can be told nothing.
	 */
	void unreachable(int number) {
		this.unreachable.add(number);
	}

	void launchFails(boolean launchFails) {
		this.launchFails = launchFails;
	}

	List<WorkerStatus> workers() {
		return this.supervisor.status().workers();
	}

	WorkerStatus worker(int number) {
		return workers().stream().filter((worker) -> worker.number() == number).findAny().orElseThrow();
	}

	/**
	 * Return the workers in short, such as {@code 0/1 ready}.
	 */
	List<String> states() {
		return workers().stream()
			.map((worker) -> worker.index() + "/" + worker.number() + " " + worker.state().label())
			.toList();
	}

	ReloadStatus reloadStatus() {
		return this.supervisor.status().reload();
	}

	private static WorkerCommand command(int index, int number) {
		return new WorkerCommand(List.of("worker", Integer.toString(number)), new File("."), Map.of());
	}

	private WorkerProcess launch(int index, WorkerCommand command) throws IOException {
		int number = Integer.parseInt(command.command().get(1));
		if (this.launchFails) {
			throw new IOException("no such program");
		}
		this.events.add("start " + index + "/" + number);
		FakeProcess process = new FakeProcess(index, number);
		this.processes.add(process);
		return process;
	}

	@Override
	public void drain(int number) {
		this.events.add("drain " + number);
	}

	@Override
	public boolean stop(int number) {
		this.events.add("stop " + number);
		return !this.unreachable.contains(number);
	}

	@Override
	public void onChange(SupervisorStatus status) {
		this.changes.add(status);
	}

	@Override
	public void onExit(int number) {
		this.events.add("exit " + number);
	}

	@Override
	public void onAllErrored() {
		this.events.add("all errored");
	}

}
