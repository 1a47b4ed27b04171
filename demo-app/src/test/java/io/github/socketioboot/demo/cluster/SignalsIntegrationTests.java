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

package io.github.socketioboot.demo.cluster;

import java.io.IOException;
import java.util.List;

import io.github.socketioboot.demo.cluster.ClusterProcess.WorkerInfo;
import io.github.socketioboot.load.LoadApplication;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Signals end a cluster wholly, with the right exit code.
 */
class SignalsIntegrationTests {

	@Test
	void anInterruptOfTheWholeGroupDrains() throws IOException {
		try (ClusterProcess cluster = started(); HttpConnection connection = new HttpConnection(cluster.port())) {
			PollingSession session = PollingSession.open(connection);
			connection.send(HttpConnection.getHead(session.target()));
			cluster.signalGroup("INT");
			// A pending poll gets its answer
			assertThat(connection.answer().body()).contains("1");
			assertThat(cluster.exitCode()).isEqualTo(130);
			cluster.assertNothingLeft();
			assertThat(cluster.allLines()).noneMatch(SignalsIntegrationTests::isTrouble);
		}
	}

	@Test
	void aTermDrainsAndLetsHandlersFinish() throws IOException {
		try (ClusterProcess cluster = started(); HttpConnection connection = new HttpConnection(cluster.port())) {
			PollingSession session = PollingSession.open(connection);
			session.post(connection, "429[\"slow\",1500]");
			connection.send(HttpConnection.getHead(session.target()));
			cluster.signal("TERM");
			assertThat(connection.answer().body()).contains("439[1500]");
			assertThat(cluster.exitCode()).isEqualTo(143);
			cluster.assertNothingLeft();
			assertThat(cluster.allLines()).noneMatch(SignalsIntegrationTests::isTrouble);
		}
	}

	@Test
	void aSecondInterruptEndsAtOnce() throws IOException {
		try (ClusterProcess cluster = started(); HttpConnection connection = new HttpConnection(cluster.port())) {
			PollingSession session = PollingSession.open(connection);
			session.post(connection, "429[\"slow\",100000]");
			cluster.signalGroup("INT");
			awaitRefusal(cluster);
			assertThat(cluster.isAlive()).isTrue();
			long begin = System.nanoTime();
			cluster.signalGroup("INT");
			assertThat(cluster.exitCode()).isEqualTo(130);
			// Long before the drain would have ended
			assertThat((System.nanoTime() - begin) / 1_000_000_000).isLessThan(60);
			cluster.assertNothingLeft();
		}
	}

	@Test
	void noWorkerOutlivesAPrimaryThatIsKilled() {
		try (ClusterProcess cluster = started()) {
			List<WorkerInfo> workers = cluster.workers();
			cluster.signal("KILL");
			assertThat(cluster.exitCode()).isEqualTo(137);
			cluster.assertNothingLeft();
			// One that nobody reaps has no command line any more
			assertThat(workers).hasSize(2)
				.noneMatch((worker) -> ProcessHandle.of(worker.pid())
					.flatMap((process) -> process.info().commandLine())
					.isPresent());
		}
	}

	@Test
	void aHangUpEndsNothing() {
		try (ClusterProcess cluster = started()) {
			List<Long> old = cluster.workers().stream().map(WorkerInfo::pid).toList();
			// As when a terminal is closed
			cluster.signalGroup("HUP");
			await().atMost(ClusterProcess.LIMIT)
				.untilAsserted(() -> assertThat(cluster.workers().stream().map(WorkerInfo::pid)).hasSize(2)
					.doesNotContainAnyElementsOf(old));
			cluster.awaitReady(2);
		}
	}

	private static ClusterProcess started() {
		return ClusterProcess.application(LoadApplication.class)
			.instances("2")
			.with("--socketio.drain.timeout=110s", "--spring.lifecycle.timeout-per-shutdown-phase=115s")
			.start()
			.awaitReady(2);
	}

	private static void awaitRefusal(ClusterProcess cluster) {
		await().atMost(ClusterProcess.LIMIT).until(() -> {
			try (HttpConnection connection = new HttpConnection(cluster.port())) {
				return connection.get(PollingSession.HANDSHAKE).status() != 200;
			}
			catch (IOException ex) {
				return true;
			}
		});
	}

	private static boolean isTrouble(String line) {
		return line.contains(" WARN ") || line.contains(" ERROR ") || line.contains("Exception");
	}

}
