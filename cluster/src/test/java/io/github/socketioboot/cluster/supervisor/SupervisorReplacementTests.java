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

import io.github.socketioboot.cluster.supervisor.SupervisorConfig.OnTimeout;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor} on replacing workers: reload, restart, memory, scale.
 */
class SupervisorReplacementTests {

	private static final long MEGABYTE = 1024 * 1024;

	@Test
	void reloadReplacesWorkerAfterWorkerByASuccessorThatIsReady() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		assertThat(fixture.reload()).isEqualTo(1);
		assertThat(fixture.events).containsExactly("start 0/3");
		assertThat(fixture.states()).containsExactly("0/1 ready", "0/3 starting", "1/2 ready");
		fixture.ready(3);
		assertThat(fixture.events).containsExactly("start 0/3", "drain 1", "stop 1");
		assertThat(fixture.states()).containsExactly("0/1 draining", "0/3 ready", "1/2 ready");
		assertThat(fixture.worker(1).reason()).isEqualTo("reload 1");
		assertThat(fixture.reloadStatus()).isEqualTo(new ReloadStatus(1, "running", ""));
		fixture.events.clear();
		fixture.end(1, 143);
		assertThat(fixture.events).containsExactly("exit 1", "start 1/4");
		fixture.ready(4);
		fixture.end(2, 143);
		assertThat(fixture.states()).containsExactly("0/3 ready", "1/4 ready");
		assertThat(fixture.workers()).extracting(WorkerStatus::restarts).containsExactly(1, 1);
		assertThat(fixture.reloadStatus()).isEqualTo(new ReloadStatus(1, "done", ""));
	}

	@Test
	void reloadKillsAnOldWorkerThatDoesNotEndAndGoesOn() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		fixture.reload();
		fixture.ready(3);
		fixture.advance(SupervisorFixture.KILL_TIMEOUT);
		assertThat(fixture.process(1).isKilled()).isTrue();
		assertThat(fixture.states()).containsExactly("0/3 ready", "1/2 ready", "1/4 starting");
	}

	@Test
	void reloadReplacesAsManyAtATimeAsAskedFor() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(3, 2, OnTimeout.ABORT)).started();
		fixture.reload();
		assertThat(fixture.events).containsExactly("start 0/4", "start 1/5");
		fixture.ready(5);
		fixture.end(2, 143);
		assertThat(fixture.events).endsWith("exit 2", "start 2/6");
		fixture.ready(4);
		fixture.ready(6);
		fixture.end(1, 143);
		fixture.end(3, 143);
		assertThat(fixture.reloadStatus().state()).isEqualTo("done");
	}

	@Test
	void reloadIsAbortedByASuccessorThatEnds() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		fixture.reload();
		fixture.advance(Duration.ofMillis(2300));
		fixture.end(3, 1);
		assertThat(fixture.events).containsExactly("start 0/3", "exit 3");
		assertThat(fixture.states()).containsExactly("0/1 ready", "1/2 ready");
		assertThat(fixture.reloadStatus()).isEqualTo(
				new ReloadStatus(1, "aborted", "worker 0 (pid 1003): exit code 1 after 2.3 s, before it was ready"));
		assertThat(fixture.worker(1).reason()).startsWith("not replaced, worker 0 (pid 1003): exit code 1");
		fixture.advance(Duration.ofMinutes(5));
		assertThat(fixture.processes).hasSize(3);
	}

	@Test
	void reloadIsAbortedByASuccessorThatIsNotReadyInTime() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		fixture.reload();
		fixture.advance(SupervisorFixture.LISTEN_TIMEOUT);
		assertThat(fixture.events).containsExactly("start 0/3", "stop 3");
		fixture.end(3, 143);
		assertThat(fixture.states()).containsExactly("0/1 ready", "1/2 ready");
		assertThat(fixture.reloadStatus().state()).isEqualTo("aborted");
		assertThat(fixture.reloadStatus().reason()).isEqualTo(
				"worker 0 (pid 1003): not ready within 1 min 0 s (signal 15 (TERM)) after 1 min 0 s, before it was ready");
	}

	@Test
	void reloadIsAbortedByASuccessorThatFailsOnceItIsReady() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		fixture.reload();
		fixture.ready(3);
		fixture.end(3, 1);
		assertThat(fixture.reloadStatus().state()).isEqualTo("running");
		fixture.end(1, 143);
		assertThat(fixture.reloadStatus())
			.isEqualTo(new ReloadStatus(1, "aborted", "worker 0 (pid 1003): exit code 1 after 0 ms"));
		assertThat(fixture.states()).containsExactly("0/3 backoff", "1/2 ready");
	}

	@Test
	void reloadThatIsAbortedFinishesWhatIsUnderWay() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(3, 2, OnTimeout.ABORT)).started();
		fixture.reload();
		fixture.end(4, 1);
		assertThat(fixture.reloadStatus().state()).isEqualTo("running");
		fixture.ready(5);
		fixture.end(2, 143);
		assertThat(fixture.reloadStatus().state()).isEqualTo("aborted");
		assertThat(fixture.states()).containsExactly("0/1 ready", "1/5 ready", "2/3 ready");
	}

	@Test
	void reloadFallsBackToARestartIfAskedFor() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2, 1, OnTimeout.RESTART)).started();
		fixture.reload();
		fixture.end(3, 1);
		assertThat(fixture.events).containsExactly("start 0/3", "exit 3", "drain 1", "stop 1");
		fixture.end(1, 143);
		assertThat(fixture.events).endsWith("exit 1", "start 0/4");
		fixture.ready(4);
		assertThat(fixture.events).last().isEqualTo("start 1/5");
		fixture.ready(5);
		fixture.end(2, 143);
		assertThat(fixture.reloadStatus().state()).isEqualTo("done");
	}

	@Test
	void reloadThatFellBackInVainLeavesTheOtherWorkersAlone() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2, 1, OnTimeout.RESTART)).started();
		fixture.reload();
		fixture.end(3, 1);
		fixture.end(1, 143);
		fixture.end(4, 1);
		assertThat(fixture.reloadStatus().state()).isEqualTo("aborted");
		assertThat(fixture.states()).containsExactly("0/4 backoff", "1/2 ready");
		fixture.advance(Duration.ofMillis(100));
		fixture.ready(5);
		assertThat(fixture.states()).containsExactly("0/5 ready", "1/2 ready");
	}

	@Test
	void aSecondReloadIsTheRunningOne() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		assertThat(fixture.reload()).isEqualTo(1);
		assertThat(fixture.reload()).isEqualTo(1);
		assertThat(fixture.processes).hasSize(2);
		fixture.ready(2);
		fixture.end(1, 143);
		assertThat(fixture.reload()).isEqualTo(2);
	}

	@Test
	void reloadStartsErroredWorkersAgain() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1, 1));
		fixture.supervisor.start();
		fixture.time.run();
		fixture.end(1, 1);
		assertThat(fixture.events).last().isEqualTo("all errored");
		fixture.reload();
		assertThat(fixture.states()).containsExactly("0/2 starting");
		fixture.end(2, 1);
		assertThat(fixture.reloadStatus().state()).isEqualTo("aborted");
		assertThat(fixture.events.stream().filter("all errored"::equals)).hasSize(2);
		fixture.reload();
		fixture.ready(3);
		assertThat(fixture.reloadStatus()).isEqualTo(new ReloadStatus(2, "done", ""));
		assertThat(fixture.states()).containsExactly("0/3 ready");
	}

	@Test
	void reloadDoesNotWaitForADelayedRestart() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		fixture.end(1, 1);
		fixture.reload();
		assertThat(fixture.states()).containsExactly("0/2 starting");
		fixture.advance(Duration.ofSeconds(10));
		assertThat(fixture.processes).hasSize(2);
	}

	@Test
	void reloadDuringTheStartReplacesWhatHasStarted() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2));
		fixture.supervisor.start();
		fixture.reload();
		assertThat(fixture.states()).containsExactly("0/1 starting", "0/3 starting", "1/2 starting");
		fixture.ready(3);
		assertThat(fixture.events).endsWith("start 1/2", "stop 1");
		fixture.end(1, 143);
		fixture.ready(2);
		fixture.ready(4);
		assertThat(fixture.events).endsWith("start 1/4", "drain 2", "stop 2");
		fixture.end(2, 143);
		assertThat(fixture.reloadStatus().state()).isEqualTo("done");
		assertThat(fixture.states()).containsExactly("0/3 ready", "1/4 ready");
	}

	@Test
	void aSuccessorTakesThePlaceOfAWorkerThatCrashes() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		fixture.reload();
		fixture.end(1, 1);
		assertThat(fixture.states()).containsExactly("0/3 starting", "1/2 ready");
		fixture.ready(3);
		assertThat(fixture.states()).containsExactly("0/3 ready", "1/2 ready", "1/4 starting");
	}

	@Test
	void aSuccessorThatFailsAfterTheCrashOfItsFormerIsRestarted() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		fixture.reload();
		fixture.end(1, 1);
		fixture.end(3, 1);
		assertThat(fixture.reloadStatus().state()).isEqualTo("aborted");
		assertThat(fixture.states()).containsExactly("0/3 backoff", "1/2 ready");
	}

	@Test
	void restartReplacesOneWorkerByASuccessor() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		assertThat(fixture.restart(1)).isTrue();
		assertThat(fixture.restart(1)).isTrue();
		assertThat(fixture.restart(2)).isFalse();
		assertThat(fixture.restart(-1)).isFalse();
		assertThat(fixture.events).containsExactly("start 1/3");
		fixture.ready(3);
		fixture.end(2, 143);
		assertThat(fixture.states()).containsExactly("0/1 ready", "1/3 ready");
		assertThat(fixture.processes).hasSize(3);
	}

	@Test
	void restartThatFailsKeepsTheWorker() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		fixture.restart(0);
		fixture.end(2, 1);
		assertThat(fixture.states()).containsExactly("0/1 ready");
		assertThat(fixture.worker(1).reason()).startsWith("not replaced, worker 0 (pid 1002): exit code 1");
	}

	@Test
	void restartOfAWorkerThatIsNotReadyEndsItFirst() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1));
		fixture.supervisor.start();
		fixture.time.run();
		fixture.restart(0);
		assertThat(fixture.events).containsExactly("start 0/1", "stop 1");
		fixture.end(1, 143);
		assertThat(fixture.states()).containsExactly("0/2 starting");
	}

	@Test
	void restartStartsAnErroredWorkerAgain() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1, 1)).started();
		fixture.end(1, 1);
		assertThat(fixture.states()).containsExactly("0/1 errored");
		fixture.restart(0);
		fixture.ready(2);
		assertThat(fixture.states()).containsExactly("0/2 ready");
	}

	@Test
	void reloadReplacesAgainWhatIsBeingRestarted() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(1)).started();
		fixture.restart(0);
		fixture.reload();
		fixture.ready(2);
		fixture.end(1, 143);
		assertThat(fixture.states()).containsExactly("0/2 ready", "0/3 starting");
		fixture.ready(3);
		fixture.end(2, 143);
		assertThat(fixture.reloadStatus().state()).isEqualTo("done");
	}

	@Test
	void replacesAWorkerThatHasGrownTooLarge() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.limited(2, 500 * MEGABYTE)).started();
		fixture.process(2).grow(500 * MEGABYTE);
		fixture.advance(Duration.ofMinutes(1));
		assertThat(fixture.supervisor.memory(2)).isEqualTo(500 * MEGABYTE);
		assertThat(fixture.events).isEmpty();
		fixture.process(2).grow(501 * MEGABYTE);
		fixture.advance(Fleet.MEMORY_INTERVAL);
		assertThat(fixture.events).containsExactly("start 1/3");
		assertThat(fixture.worker(3).reason()).isEqualTo("memory 501 MB is above 500 MB");
		fixture.ready(3);
		assertThat(fixture.worker(2).state()).isEqualTo(WorkerState.DRAINING);
		fixture.end(2, 143);
		assertThat(fixture.supervisor.memory(2)).isZero();
		assertThat(fixture.states()).containsExactly("0/1 ready", "1/3 ready");
	}

	@Test
	void replacesOneTooLargeWorkerAtATime() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.limited(2, 500 * MEGABYTE)).started();
		fixture.processes.forEach((process) -> process.grow(600 * MEGABYTE));
		fixture.advance(Backoff.RESET_AFTER.plus(Fleet.MEMORY_INTERVAL));
		assertThat(fixture.events).containsExactly("start 0/3");
	}

	@Test
	void doesNotReplaceAWorkerThatIsTooLargeFromTheStart() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.limited(1, 500 * MEGABYTE)).started();
		fixture.process(1).grow(600 * MEGABYTE);
		fixture.advance(Duration.ofSeconds(29));
		assertThat(fixture.events).isEmpty();
	}

	@Test
	void waitsBeforeItTriesAgainToReplaceATooLargeWorker() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.limited(1, 500 * MEGABYTE)).started();
		fixture.process(1).grow(600 * MEGABYTE);
		fixture.advance(Backoff.RESET_AFTER.plus(Fleet.MEMORY_INTERVAL));
		fixture.end(2, 1);
		fixture.advance(Fleet.MEMORY_PAUSE.minusSeconds(1));
		assertThat(fixture.processes).hasSize(2);
		fixture.advance(Fleet.MEMORY_INTERVAL);
		assertThat(fixture.processes).hasSize(3);
	}

	@Test
	void scalesUpAtTheSmallestFreeIndexes() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		fixture.scale(4);
		assertThat(fixture.events).containsExactly("start 2/3");
		fixture.ready(3);
		fixture.ready(4);
		assertThat(fixture.states()).containsExactly("0/1 ready", "1/2 ready", "2/3 ready", "3/4 ready");
		assertThat(fixture.supervisor.status().instances()).isEqualTo(4);
	}

	@Test
	void scalesDownFromTheHighestIndexOneAfterTheOther() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(4)).started();
		fixture.scale(2);
		assertThat(fixture.events).containsExactly("drain 4", "drain 3", "stop 4");
		assertThat(fixture.states()).containsExactly("0/1 ready", "1/2 ready", "2/3 draining", "3/4 draining");
		fixture.end(4, 143);
		assertThat(fixture.events).endsWith("exit 4", "stop 3");
		fixture.advance(SupervisorFixture.KILL_TIMEOUT);
		assertThat(fixture.process(3).isKilled()).isTrue();
		assertThat(fixture.states()).containsExactly("0/1 ready", "1/2 ready");
	}

	@Test
	void scalesUpWhileAWorkerOfTheSameIndexStillDrains() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		fixture.scale(1);
		fixture.scale(2);
		assertThat(fixture.states()).containsExactly("0/1 ready", "1/2 draining", "1/3 starting");
		fixture.end(2, 143);
		fixture.ready(3);
		assertThat(fixture.states()).containsExactly("0/1 ready", "1/3 ready");
	}

	@Test
	void scalesDownWorkersThatAreNotReady() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(4));
		fixture.supervisor.start();
		fixture.time.run();
		fixture.ready(1);
		fixture.end(2, 1);
		assertThat(fixture.states()).containsExactly("0/1 ready", "1/2 backoff", "2/3 starting", "3/4 starting");
		fixture.scale(1);
		assertThat(fixture.events).endsWith("stop 3");
		fixture.end(3, 143);
		fixture.advance(Duration.ofMinutes(1));
		assertThat(fixture.states()).containsExactly("0/1 ready");
		assertThat(fixture.processes).hasSize(3);
	}

	@Test
	void scalingDownAmidAReloadDoesNotStopIt() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(3)).started();
		fixture.reload();
		fixture.ready(4);
		fixture.end(1, 143);
		assertThat(fixture.events).last().isEqualTo("start 1/5");
		fixture.scale(1);
		assertThat(fixture.reloadStatus().state()).isEqualTo("done");
		assertThat(fixture.events).contains("stop 5", "drain 3", "drain 2", "stop 3");
		fixture.end(5, 143);
		fixture.end(3, 143);
		fixture.end(2, 143);
		assertThat(fixture.states()).containsExactly("0/4 ready");
	}

	@Test
	void scalingToTheSameNumberDoesNothing() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2)).started();
		int changes = fixture.changes.size();
		fixture.scale(2);
		assertThat(fixture.events).isEmpty();
		assertThat(fixture.changes).hasSize(changes);
	}

	@Test
	void scalingAwayTheLastHealthyWorkerTellsThatAllAreErrored() {
		SupervisorFixture fixture = new SupervisorFixture(SupervisorFixture.config(2, 1));
		fixture.supervisor.start();
		fixture.time.run();
		fixture.end(1, 1);
		fixture.ready(2);
		fixture.scale(1);
		assertThat(fixture.events).doesNotContain("all errored");
		fixture.end(2, 143);
		assertThat(fixture.events).endsWith("exit 2", "all errored");
	}

}
