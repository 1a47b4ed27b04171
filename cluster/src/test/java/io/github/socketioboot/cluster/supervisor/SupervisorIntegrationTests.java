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
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Supervisor} with real processes.
 */
@DisabledOnOs(OS.WINDOWS)
class SupervisorIntegrationTests {

	private static final String SLEEP = "echo pid $$; exec sleep 600";

	@Test
	void aWorkerSurvivesTheSignalsOfTheTerminal() throws Exception {
		try (ProcessFixture fixture = ProcessFixture.command(ProcessFixture.java(SleepingProgram.class))) {
			long pid = Long.parseLong(fixture.awaitValue("pid"));
			await().atMost(ProcessFixture.LIMIT).until(() -> fixture.supervisor().isWorker(1, pid));
			// the system hands signals over by number: TERM would come too late
			fixture.signal("INT", pid);
			fixture.signal("HUP", pid);
			fixture.signal("TERM", pid);
			assertThat(fixture.awaitState(WorkerState.ERRORED).reason()).startsWith("signal 15 (TERM) after ");
		}
	}

	@Test
	void aWorkerThatIsKilledIsReplacedByAnother() throws Exception {
		try (ProcessFixture fixture = ProcessFixture.ready(2, SLEEP, ProcessFixture.LIMIT)) {
			WorkerStatus worker = fixture
				.awaitWorker((status) -> status.index() == 1 && status.state() == WorkerState.READY);
			fixture.signal("KILL", worker.pid());
			WorkerStatus successor = fixture.awaitWorker((status) -> status.index() == 1
					&& status.number() != worker.number() && status.state() == WorkerState.READY);
			assertThat(successor.restarts()).isEqualTo(1);
			assertThat(successor.pid()).isNotZero().isNotEqualTo(worker.pid());
			ProcessFixture.awaitGone(worker.pid());
		}
	}

	@Test
	void stopLetsWorkersFinish() {
		try (ProcessFixture fixture = ProcessFixture.ready(2,
				"trap 'echo finished; exit 0' TERM; echo runs; while :; do sleep 0.1; done", ProcessFixture.LIMIT)) {
			fixture.awaitOutput("[worker 0] runs");
			fixture.awaitOutput("[worker 1] runs");
			List<Long> pids = fixture.workers().map(WorkerStatus::pid).toList();
			assertThat(fixture.supervisor().stop().toCompletableFuture()).succeedsWithin(ProcessFixture.LIMIT);
			fixture.awaitOutput("[worker 0] finished");
			fixture.awaitOutput("[worker 1] finished");
			pids.forEach(ProcessFixture::awaitGone);
			assertThat(fixture.workers()).extracting(WorkerStatus::state).containsOnly(WorkerState.STOPPED);
		}
	}

	@Test
	void stopKillsAWorkerThatDoesNotEndAndWhatItHasStarted() {
		try (ProcessFixture fixture = ProcessFixture.ready(1,
				"trap '' TERM; sleep 600 & echo child $!; while :; do sleep 1; done", Duration.ofMillis(200))) {
			long child = Long.parseLong(fixture.awaitValue("child"));
			long pid = fixture.awaitState(WorkerState.READY).pid();
			assertThat(fixture.supervisor().stop().toCompletableFuture()).succeedsWithin(ProcessFixture.LIMIT);
			ProcessFixture.awaitGone(pid);
			ProcessFixture.awaitGone(child);
		}
	}

	@Test
	void killLeavesNothing() {
		try (ProcessFixture fixture = ProcessFixture.ready(3, "trap '' TERM; " + SLEEP, ProcessFixture.LIMIT)) {
			IntStream.range(0, 3)
				.forEach((index) -> fixture
					.awaitWorker((status) -> status.index() == index && status.state() == WorkerState.READY));
			List<Long> pids = fixture.workers().map(WorkerStatus::pid).toList();
			fixture.supervisor().kill();
			assertThat(fixture.supervisor().stop().toCompletableFuture()).succeedsWithin(ProcessFixture.LIMIT);
			pids.forEach(ProcessFixture::awaitGone);
		}
	}

	@Test
	void aReloadReplacesRealProcesses() {
		try (ProcessFixture fixture = ProcessFixture.ready(2, SLEEP, ProcessFixture.LIMIT)) {
			fixture.awaitWorker((status) -> status.index() == 1 && status.state() == WorkerState.READY);
			List<Long> pids = fixture.workers().map(WorkerStatus::pid).toList();
			assertThat(fixture.supervisor().reload().toCompletableFuture()).succeedsWithin(ProcessFixture.LIMIT);
			pids.forEach(ProcessFixture::awaitGone);
			fixture.awaitWorker((status) -> status.number() == 4 && status.state() == WorkerState.READY);
			assertThat(fixture.workers()).extracting(WorkerStatus::pid).doesNotContainAnyElementsOf(pids);
		}
	}

	@Test
	void theExitCodeOfAWorkerIsTold() {
		try (ProcessFixture fixture = ProcessFixture.running(1, "exit 42")) {
			assertThat(fixture.awaitState(WorkerState.BACKOFF).reason()).startsWith("exit code 42 after ");
		}
	}

	@Test
	void aProgramThatIsNotThereIsTold() {
		try (ProcessFixture fixture = ProcessFixture.command(List.of("/there/is/no/such/program"))) {
			assertThat(fixture.awaitState(WorkerState.ERRORED).reason())
				.startsWith("exit code 127, its program cannot be run");
			assertThat(fixture.allErrored()).isEqualTo(1);
			await().atMost(ProcessFixture.LIMIT)
				.untilAsserted(() -> assertThat(fixture.errors()).singleElement()
					.asString()
					.startsWith("[worker 0] ")
					.contains("/there/is/no/such/program"));
		}
	}

	@Test
	void aJvmThatIsOutOfMemoryIsTold() {
		List<String> command = ProcessFixture.java(GreedyProgram.class, "-Xmx16m", "-XX:+ExitOnOutOfMemoryError");
		try (ProcessFixture fixture = ProcessFixture.command(command)) {
			assertThat(fixture.awaitState(WorkerState.ERRORED).reason())
				.startsWith("out of memory (exit code 3) after ");
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void theSizeOfAWorkerIsKnown() {
		try (ProcessFixture fixture = ProcessFixture.command(ProcessFixture.java(SleepingProgram.class))) {
			long pid = Long.parseLong(fixture.awaitValue("pid"));
			ChildProcess process = new ChildProcess(new ProcessBesideThis(pid), new CompletableFuture<>());
			assertThat(process.memory()).isBetween(5_000_000L, 1_000_000_000L);
			assertThat(new ChildProcess(new ProcessBesideThis(Integer.MAX_VALUE), new CompletableFuture<>()).memory())
				.isZero();
		}
	}

	@Test
	void aWorkerHasItsEnvironmentAndNoInput() {
		try (ProcessFixture fixture = ProcessFixture.running(1,
				"cat; echo env `env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= | sort`; exec sleep 600")) {
			assertThat(fixture.awaitValue("env")).isEqualTo("INDEX=0 NUMBER=1 PATH=/usr/bin:/bin");
		}
	}

	@Test
	void linesOfWorkersAreMarkedAndNeverTorn() {
		String script = "i=0; while [ $i -lt 2000 ]; do echo \"$INDEX:$i:abcdefghijklmnopqrstuvwxyz:end\"; i=$((i+1));"
				+ " done; printf 'last words'; exit 1";
		try (ProcessFixture fixture = ProcessFixture.running(3, script)) {
			for (int index = 0; index < 3; index++) {
				fixture.awaitOutput("[worker " + index + "] last words");
				String start = "[worker " + index + "] ";
				assertThat(fixture.output().stream().filter((line) -> line.startsWith(start))).hasSize(2001)
					.startsWith(start + index + ":0:abcdefghijklmnopqrstuvwxyz:end")
					.contains(start + index + ":1999:abcdefghijklmnopqrstuvwxyz:end");
			}
			assertThat(fixture.output()).hasSize(6003)
				.allMatch((line) -> line.matches("\\[worker (\\d)\\] (\\1:\\d+:[a-z]{26}:end|last words)"));
			assertThat(fixture.errors()).isEmpty();
		}
	}

	@Test
	void whatAWorkerSaysRightBeforeItsEndIsNotLost() {
		try (ProcessFixture fixture = ProcessFixture.ready(1, "echo out $NUMBER; echo err $NUMBER >&2; exit 1",
				ProcessFixture.LIMIT)) {
			fixture.awaitOutput("[worker 0] out 40");
			await().atMost(ProcessFixture.LIMIT).untilAsserted(() -> {
				assertThat(fixture.output()).contains(IntStream.rangeClosed(1, 30)
					.mapToObj((number) -> "[worker 0] out " + number)
					.toArray(String[]::new));
				assertThat(fixture.errors()).contains(IntStream.rangeClosed(1, 30)
					.mapToObj((number) -> "[worker 0] err " + number)
					.toArray(String[]::new));
			});
		}
	}

	@Test
	void aBrokenOutputDoesNotHoldWorkersUp() {
		AtomicInteger attempts = new AtomicInteger();
		OutputStream broken = new OutputStream() {

			@Override
			public void write(int b) throws IOException {
				attempts.incrementAndGet();
				throw new IOException("broken pipe");
			}

		};
		String script = "i=0; while [ $i -lt 5000 ]; do echo 'a line of some length, to fill any pipe'; i=$((i+1)); done;"
				+ " exit 42";
		try (ProcessFixture fixture = ProcessFixture.writingTo(broken, script)) {
			assertThat(fixture.awaitState(WorkerState.BACKOFF).reason()).startsWith("exit code 42 after ");
			assertThat(attempts).hasPositiveValue();
		}
	}

	@Test
	void theEndOfAWorkerDoesNotWaitForWhatItHasStarted() throws Exception {
		try (ProcessFixture fixture = ProcessFixture.running(1, "sleep 600 & echo child $!; exit 42")) {
			long child = Long.parseLong(fixture.awaitValue("child"));
			try {
				assertThat(fixture.awaitState(WorkerState.BACKOFF).reason()).startsWith("exit code 42 after ");
			}
			finally {
				fixture.signal("KILL", child);
			}
		}
	}

	@Test
	void manyRestartsLeaveNoThreadsAndDescriptors() {
		int restarts = Integer.getInteger("socketio.test.restarts", 60);
		long pipes = pipes();
		try (ProcessFixture fixture = ProcessFixture.ready(1, "echo run $NUMBER; exit 1", ProcessFixture.LIMIT)) {
			fixture.awaitOutput("[worker 0] run 10");
			fixture.awaitWorker((worker) -> worker.number() >= restarts);
			fixture.supervisor().kill();
			assertThat(fixture.supervisor().stop().toCompletableFuture()).succeedsWithin(ProcessFixture.LIMIT);
			await().atMost(ProcessFixture.LIMIT).untilAsserted(() -> {
				assertThat(threads("socketio-worker-")).as("threads of workers").isZero();
				assertThat(threads("socketio-supervisor")).as("threads of supervisors").isZero();
				assertThat(pipes()).as("pipes").isLessThanOrEqualTo(pipes);
			});
		}
	}

	private static long threads(String name) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(name))
			.count();
	}

	/**
	 * Return how many pipes this process has open, 0 where that is not known.
	 */
	private static long pipes() {
		try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.filter(SupervisorIntegrationTests::isPipe).count();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private static boolean isPipe(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
		}
		catch (IOException ex) {
			return false; // it has just been closed
		}
	}

}
