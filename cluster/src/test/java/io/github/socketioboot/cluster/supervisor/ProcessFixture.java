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

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.supervisor.SupervisorConfig.OnTimeout;
import io.github.socketioboot.cluster.supervisor.SupervisorConfig.Restart;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A supervisor of real processes, which cannot be told anything but by signals. A worker
 * is ready when it has been launched, if a test wants it so.
 */
final class ProcessFixture implements WorkerControl, SupervisorListener, AutoCloseable {

	/**
	 * For what takes long only on a machine that is very busy.
	 */
	static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Duration NEVER = Duration.ofHours(1);

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private final List<Process> helpers = new CopyOnWriteArrayList<>();

	private final AtomicInteger allErrored = new AtomicInteger();

	private final boolean readyAtOnce;

	private final Supervisor supervisor;

	private ProcessFixture(SupervisorConfig config, WorkerCommand.Factory commands, boolean readyAtOnce,
			@Nullable OutputStream out) {
		this.readyAtOnce = readyAtOnce;
		this.supervisor = new Supervisor(config, commands, this, this,
				new ProcessLauncher(new PrintStream((out != null) ? out : this.out), new PrintStream(this.err)),
				new SupervisorThread(), 4);
	}

	private ProcessFixture(SupervisorConfig config, WorkerCommand.Factory commands, boolean readyAtOnce) {
		this(config, commands, readyAtOnce, null);
	}

	/**
	 * Start workers that run a script and are never ready.
	 */
	static ProcessFixture running(int instances, String script) {
		return new ProcessFixture(config(instances, NEVER, NEVER, 2), shell(script), false).started();
	}

	/**
	 * Start workers that run a script and are ready at once.
	 */
	static ProcessFixture ready(int instances, String script, Duration killTimeout) {
		return new ProcessFixture(config(instances, killTimeout, Duration.ZERO, 1000), shell(script), true).started();
	}

	/**
	 * Start a worker that is never ready and whose output goes somewhere else.
	 */
	static ProcessFixture writingTo(OutputStream out, String script) {
		return new ProcessFixture(config(1, NEVER, NEVER, 2), shell(script), false, out).started();
	}

	/**
	 * Start a worker from a command.
	 */
	static ProcessFixture command(List<String> command) {
		return new ProcessFixture(config(1, NEVER, NEVER, 1),
				(index, number) -> new WorkerCommand(command, new File("."), Map.of()), false)
			.started();
	}

	private static SupervisorConfig config(int instances, Duration killTimeout, Duration restartDelay,
			int maxUnstable) {
		Restart restart = new Restart(Duration.ofMillis(1), maxUnstable, restartDelay, NEVER);
		return new SupervisorConfig(instances, NEVER, killTimeout, 1, OnTimeout.ABORT, restart, 0);
	}

	private static WorkerCommand.Factory shell(String script) {
		return (index, number) -> new WorkerCommand(List.of("/bin/sh", "-c", script), new File("."),
				Map.of("PATH", "/usr/bin:/bin", "INDEX", Integer.toString(index), "NUMBER", Integer.toString(number)));
	}

	private ProcessFixture started() {
		this.supervisor.start();
		return this;
	}

	Supervisor supervisor() {
		return this.supervisor;
	}

	int allErrored() {
		return this.allErrored.get();
	}

	List<String> output() {
		return this.out.toString(StandardCharsets.UTF_8).lines().toList();
	}

	List<String> errors() {
		return this.err.toString(StandardCharsets.UTF_8).lines().toList();
	}

	void awaitOutput(String line) {
		await().atMost(LIMIT).untilAsserted(() -> assertThat(output()).contains(line));
	}

	/**
	 * Wait for a line of the first worker.
	 * @param name how it begins
	 * @return the rest of it
	 */
	String awaitValue(String name) {
		String start = "[worker 0] " + name + " ";
		await().atMost(LIMIT).untilAsserted(() -> assertThat(output()).anyMatch((line) -> line.startsWith(start)));
		return output().stream()
			.filter((line) -> line.startsWith(start))
			.map((line) -> line.substring(start.length()))
			.findFirst()
			.orElseThrow();
	}

	WorkerStatus awaitWorker(Predicate<WorkerStatus> condition) {
		await().atMost(LIMIT).until(() -> workers().anyMatch(condition));
		return workers().filter(condition).findFirst().orElseThrow();
	}

	WorkerStatus awaitState(WorkerState state) {
		return awaitWorker((worker) -> worker.state() == state);
	}

	Stream<WorkerStatus> workers() {
		return this.supervisor.status().workers().stream();
	}

	/**
	 * Send a signal, as another process would.
	 */
	void signal(String name, long pid) throws Exception {
		Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid).start();
		this.helpers.add(kill);
		assertThat(kill.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(kill.exitValue()).isZero();
	}

	static void awaitGone(long pid) {
		await().atMost(LIMIT).until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
	}

	static List<String> java(Class<?> main, String... options) {
		List<String> command = new ArrayList<>();
		command.add(System.getProperty("java.home") + "/bin/java");
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		return command;
	}

	@Override
	public void drain(int number) {
	}

	@Override
	public boolean stop(int number) {
		return false;
	}

	@Override
	public void onChange(SupervisorStatus status) {
		if (this.readyAtOnce) {
			status.workers()
				.stream()
				.filter((worker) -> worker.state() == WorkerState.STARTING && worker.pid() != 0)
				.forEach((worker) -> this.supervisor.workerReady(worker.number()));
		}
	}

	@Override
	public void onExit(int number) {
	}

	@Override
	public void onAllErrored() {
		this.allErrored.incrementAndGet();
	}

	@Override
	public void close() {
		this.supervisor.kill();
		assertThat(this.supervisor.stop().toCompletableFuture()).succeedsWithin(LIMIT);
		this.helpers.forEach(Process::destroyForcibly);
	}

}
