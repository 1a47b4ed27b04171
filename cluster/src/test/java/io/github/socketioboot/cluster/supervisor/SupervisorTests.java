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
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.cluster.supervisor.SupervisorConfig.OnTimeout;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Supervisor} on starting, ending and failing workers.
 */
class SupervisorTests {

	@Test
	void startsWorkerAfterWorkerWhenTheFormerIsReady() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(3));
		fixture.supervisor.start();
		fixture.time.run();
		assertThat(fixture.events).containsExactly("start 0/1");
		assertThat(fixture.states()).containsExactly("0/1 starting", "1/2 starting", "2/3 starting");
		fixture.ready(1);
		assertThat(fixture.events).containsExactly("start 0/1", "start 1/2");
		fixture.ready(2);
		fixture.ready(3);
		assertThat(fixture.states()).containsExactly("0/1 ready", "1/2 ready", "2/3 ready");
	}

	@Test
	void startsTheNextWorkerWhenTheFormerHasFailedOnce() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2));
		fixture.supervisor.start();
		fixture.time.run();
		fixture.end(1, 1);
		assertThat(fixture.events).containsExactly("start 0/1", "exit 1", "start 1/2");
		assertThat(fixture.states()).containsExactly("0/1 backoff", "1/2 starting");
	}

	@Test
	void startsSeveralAtOnceWhereThereAreManyProcessors() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(5), 2);
		fixture.supervisor.start();
		fixture.time.run();
		assertThat(fixture.events).containsExactly("start 0/1", "start 1/2");
		fixture.ready(2);
		assertThat(fixture.events).containsExactly("start 0/1", "start 1/2", "start 2/3");
	}

	@Test
	void isStartedOnce() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.CONFIG).started();
		assertThatIllegalStateException().isThrownBy(fixture.supervisor::start);
	}

	@Test
	void refusesNumbersOfWorkersThatNobodyMeans() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SupervisorFixture(SupervisorFixture.config(0)));
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.CONFIG).started();
		assertThatIllegalArgumentException().isThrownBy(() -> fixture.scale(0))
			.withMessage("instances: 0 (expected: 1 to 1024)");
		assertThatIllegalArgumentException().isThrownBy(() -> fixture.scale(1025));
	}

	@Test
	void tellsEachChangeOnceAndWithTheWholeStatus() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		int changes = fixture.changes.size();
		fixture.ready(1);
		fixture.supervisor.workerReady(77);
		fixture.advance(Duration.ofMinutes(1));
		assertThat(fixture.changes).hasSize(changes);
		assertThat(fixture.changes).last().isEqualTo(fixture.supervisor.status());
		WorkerStatus worker = fixture.worker(1);
		assertThat(worker.pid()).isEqualTo(1001);
		assertThat(worker.startedAt()).isEqualTo(1000);
		assertThat(worker.restarts()).isZero();
		assertThat(worker.reason()).isEmpty();
	}

	@Test
	void knowsItsWorkersByNumberAndProcess() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		assertThat(fixture.supervisor.isWorker(1, 1001)).isTrue();
		assertThat(fixture.supervisor.isWorker(1, 0)).isTrue();
		assertThat(fixture.supervisor.isWorker(1, 1002)).isFalse();
		assertThat(fixture.supervisor.isWorker(2, 0)).isFalse();
		fixture.end(1, 1);
		assertThat(fixture.supervisor.isWorker(1, 1001)).isFalse();
	}

	@Test
	void restartsACrashedWorkerWithLongerAndLongerDelays() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1, 1000)).started();
		long[] delays = { 100, 150, 225, 337, 506, 759, 1139, 1708, 2562, 3844, 5766, 8649, 12974, 15000, 15000 };
		int number = 1;
		for (long delay : delays) {
			fixture.end(number, 1);
			assertThat(fixture.worker(number).state()).isEqualTo(WorkerState.BACKOFF);
			fixture.advance(Duration.ofMillis(delay - 1));
			assertThat(fixture.worker(number).state()).isEqualTo(WorkerState.BACKOFF);
			fixture.advance(Duration.ofMillis(2));
			number++;
			assertThat(fixture.states()).containsExactly("0/" + number + " starting");
			assertThat(fixture.worker(number).restarts()).isEqualTo(number - 1);
		}
	}

	@Test
	void startsWithTheShortestDelayAfterAWorkerThatServedLong() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		fixture.end(1, 1);
		fixture.advance(Duration.ofMillis(100));
		fixture.end(2, 1);
		fixture.advance(Duration.ofMillis(150));
		fixture.ready(3);
		fixture.advance(Duration.ofSeconds(30));
		fixture.end(3, 1);
		fixture.advance(Duration.ofMillis(100));
		assertThat(fixture.states()).containsExactly("0/4 starting");
	}

	@Test
	void tellsWhyAWorkerIsDown() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		fixture.advance(Duration.ofSeconds(5));
		fixture.end(1, 137);
		WorkerStatus worker = fixture.worker(1);
		assertThat(worker.reason()).isEqualTo("killed by signal 9 (KILL), perhaps out of memory after 5 s");
		assertThat(worker.pid()).isZero();
		assertThat(worker.startedAt()).isZero();
		fixture.advance(Duration.ofMillis(100));
		assertThat(fixture.worker(2).reason()).startsWith("former worker: killed by signal 9");
		fixture.ready(2);
		assertThat(fixture.worker(2).reason()).isEmpty();
	}

	@Test
	void isErroredAfterTooManyUnstableEndsInARow() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2, 3));
		fixture.supervisor.start();
		fixture.time.run();
		crashAtStart(fixture, 0, 3);
		assertThat(fixture.states()).first().asString().endsWith("errored");
		assertThat(fixture.events).doesNotContain("all errored");
		fixture.advance(Duration.ofMinutes(5));
		crashAtStart(fixture, 1, 3);
		assertThat(fixture.events).containsOnlyOnce("all errored").last().isEqualTo("all errored");
		int started = fixture.processes.size();
		fixture.advance(Duration.ofMinutes(5));
		assertThat(fixture.processes).hasSize(started);
	}

	@Test
	void slowStartsThatFailAreUnstable() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1, 2));
		fixture.supervisor.start();
		fixture.advance(Duration.ofSeconds(20));
		fixture.end(1, 1);
		fixture.advance(Duration.ofSeconds(20));
		fixture.end(2, 1);
		assertThat(fixture.states()).containsExactly("0/2 errored");
	}

	@Test
	void aWorkerThatServedForAWhileBreaksTheRowOfUnstableOnes() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1, 2)).started();
		for (int number = 1; number < 20; number++) {
			fixture.advance((number % 2 == 0) ? Duration.ofMillis(999) : Duration.ofSeconds(1));
			fixture.end(number, 1);
			fixture.advance(Duration.ofSeconds(15));
			fixture.ready(number + 1);
		}
		assertThat(fixture.states()).containsExactly("0/20 ready");
	}

	@Test
	void aWorkerThatFailsRightAfterItWasReadyIsUnstable() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1, 2)).started();
		fixture.advance(Duration.ofMillis(900));
		fixture.end(1, 1);
		fixture.advance(Duration.ofSeconds(10));
		fixture.ready(2);
		fixture.advance(Duration.ofMillis(900));
		fixture.end(2, 1);
		assertThat(fixture.states()).containsExactly("0/2 errored");
	}

	@Test
	void aProgramThatCannotBeStartedIsErroredInTheEnd() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1, 3));
		fixture.launchFails(true);
		fixture.supervisor.start();
		fixture.advance(Duration.ofMinutes(1));
		assertThat(fixture.states()).containsExactly("0/3 errored");
		assertThat(fixture.worker(3).reason()).startsWith("cannot be started: no such program");
		assertThat(fixture.events).endsWith("exit 3", "all errored");
	}

	@Test
	void endsAWorkerThatIsNotReadyInTimeAndStartsAnother() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1, 2));
		fixture.supervisor.start();
		fixture.advance(SupervisorFixture.LISTEN_TIMEOUT);
		assertThat(fixture.states()).containsExactly("0/1 stopping");
		assertThat(fixture.events).containsExactly("start 0/1", "stop 1");
		fixture.ready(1);
		assertThat(fixture.states()).containsExactly("0/1 stopping");
		fixture.advance(SupervisorFixture.KILL_TIMEOUT);
		assertThat(fixture.process(1).isKilled()).isTrue();
		assertThat(fixture.states()).containsExactly("0/1 backoff");
		assertThat(fixture.worker(1).reason()).isEqualTo(
				"not ready within 1 min 0 s, still alive 25 s after it was told to end (killed) after 1 min 25 s");
		fixture.advance(Duration.ofMillis(100).plus(SupervisorFixture.LISTEN_TIMEOUT));
		fixture.end(2, 143);
		assertThat(fixture.states()).containsExactly("0/2 errored");
	}

	@Test
	void killsAWorkerThatDoesNotDoItsWorkAndStartsAnother() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		fixture.supervisor.workerFailed(1, "does not answer");
		fixture.time.run();
		assertThat(fixture.process(1).isKilled()).isTrue();
		assertThat(fixture.events).containsExactly("exit 1");
		assertThat(fixture.worker(1).reason()).startsWith("does not answer (killed)");
		fixture.advance(Duration.ofMillis(100));
		assertThat(fixture.states()).containsExactly("0/2 starting");
	}

	@Test
	void goesOnWithoutAProcessThatCannotBeKilled() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		fixture.process(1).outliveKill();
		fixture.supervisor.workerFailed(1, "does not answer");
		fixture.time.run();
		assertThat(fixture.states()).containsExactly("0/1 stopping");
		fixture.advance(SupervisedWorker.KILLED_TIMEOUT);
		assertThat(fixture.states()).containsExactly("0/1 backoff");
		fixture.end(1, 137);
		fixture.advance(Duration.ofMillis(100));
		assertThat(fixture.states()).containsExactly("0/2 starting");
	}

	@Test
	void failingListenersDoNoHarm() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		Supervisor supervisor = new Supervisor(SupervisorFixture.config(1),
				(index, number) -> new WorkerCommand(List.of("worker"), new File("."), Map.of()), fixture,
				new FailingListener(), (index, command) -> fixture.process(1), fixture.time, 1);
		supervisor.start();
		fixture.time.run();
		supervisor.workerReady(1);
		fixture.time.run();
		assertThat(supervisor.status().workers()).extracting(WorkerStatus::state).containsExactly(WorkerState.READY);
		fixture.end(1, 1);
		assertThat(supervisor.status().workers()).extracting(WorkerStatus::state).containsExactly(WorkerState.BACKOFF);
	}

	@Test
	void stopTellsAllWorkersAndEndsWithTheLast() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		var stopped = fixture.supervisor.stop().toCompletableFuture();
		fixture.time.run();
		assertThat(fixture.events).containsExactly("drain 1", "stop 1", "drain 2", "stop 2");
		assertThat(fixture.states()).containsExactly("0/1 stopping", "1/2 stopping");
		fixture.end(1, 143);
		assertThat(stopped).isNotDone();
		fixture.end(2, 143);
		assertThat(stopped).isCompleted();
		assertThat(fixture.states()).containsExactly("0/1 stopped", "1/2 stopped");
		assertThat(fixture.time.isShutdown()).isTrue();
		assertThat(fixture.processes).hasSize(2);
		assertThat(fixture.supervisor.stop().toCompletableFuture()).isCompleted();
	}

	@Test
	void stopSignalsAWorkerThatCannotBeTold() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2));
		fixture.unreachable(1);
		fixture.supervisor.start();
		fixture.time.run();
		var stopped = fixture.supervisor.stop().toCompletableFuture();
		fixture.time.run();
		assertThat(fixture.process(1).isTerminated()).isTrue();
		fixture.end(1, 143);
		assertThat(stopped).isCompleted();
		assertThat(fixture.processes).hasSize(1);
	}

	@Test
	void stopKillsAWorkerThatDoesNotEndInTime() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		var stopped = fixture.supervisor.stop().toCompletableFuture();
		fixture.advance(SupervisorFixture.KILL_TIMEOUT.minusMillis(1));
		assertThat(fixture.process(1).isKilled()).isFalse();
		fixture.advance(Duration.ofMillis(1));
		assertThat(fixture.process(1).isKilled()).isTrue();
		assertThat(stopped).isCompleted();
	}

	@Test
	void stopEndsWaitingForARestart() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		fixture.end(1, 1);
		var stopped = fixture.supervisor.stop().toCompletableFuture();
		fixture.time.run();
		assertThat(stopped).isCompleted();
		fixture.advance(Duration.ofMinutes(1));
		assertThat(fixture.processes).hasSize(1);
		assertThat(fixture.states()).containsExactly("0/1 stopped");
	}

	@Test
	void stopEndsAReload() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		fixture.reload();
		var stopped = fixture.supervisor.stop().toCompletableFuture();
		fixture.time.run();
		assertThat(fixture.events).containsExactly("start 0/3", "stop 3", "drain 1", "stop 1", "drain 2", "stop 2");
		assertThat(fixture.reloadStatus()).isEqualTo(new ReloadStatus(1, "aborted", "stopped"));
		for (FakeProcess process : fixture.processes) {
			process.end(143);
		}
		fixture.time.run();
		assertThat(stopped).isCompleted();
		assertThat(fixture.supervisor.reload().toCompletableFuture()).isCompletedExceptionally();
		assertThat(fixture.restart(0)).isFalse();
	}

	@Test
	void stopWithoutStartEndsAtOnce() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.CONFIG);
		var stopped = fixture.supervisor.stop().toCompletableFuture();
		fixture.time.run();
		assertThat(stopped).isCompleted();
	}

	@Test
	void killDoesNotWaitForTheSupervisorsThread() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		fixture.reload();
		fixture.supervisor.kill();
		assertThat(fixture.processes).hasSize(3).allMatch(FakeProcess::isKilled);
		fixture.time.run();
		assertThat(fixture.supervisor.stop().toCompletableFuture()).isCompleted();
		assertThat(fixture.processes).hasSize(3);
	}

	@Test
	void killEndsAlsoWhatIsJustBeingStarted() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		fixture.end(1, 1);
		fixture.supervisor.kill();
		fixture.advance(Duration.ofSeconds(1));
		assertThat(fixture.processes).allMatch((process) -> process.exit().toCompletableFuture().isDone());
		assertThat(fixture.supervisor.stop().toCompletableFuture()).isCompleted();
	}

	@Test
	void stateOfTheFixtureCannotBeChangedThroughAStatus() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.CONFIG).started();
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> fixture.supervisor.status().workers().clear());
		assertThat(fixture.supervisor.status().reload()).isEqualTo(ReloadStatus.NONE);
		assertThat(SupervisorFixture.config(1).reloadOnTimeout()).isEqualTo(OnTimeout.ABORT);
	}

	private static void crashAtStart(SupervisorFixture fixture, int index, int times) {
		for (int i = 0; i < times; i++) {
			FakeProcess last = fixture.processes.stream()
				.filter((process) -> process.index() == index)
				.reduce((first, second) -> second)
				.orElseThrow();
			fixture.end(last.number(), 1);
			fixture.advance(Duration.ofSeconds(15));
		}
	}

	private static final class FailingListener implements SupervisorListener {

		@Override
		public void onChange(SupervisorStatus status) {
			throw new IllegalStateException("listener");
		}

		@Override
		public void onExit(int number) {
			throw new IllegalStateException("listener");
		}

		@Override
		public void onAllErrored() {
			throw new IllegalStateException("listener");
		}

	}

}
