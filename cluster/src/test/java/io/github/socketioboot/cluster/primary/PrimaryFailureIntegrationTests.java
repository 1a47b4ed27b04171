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

package io.github.socketioboot.cluster.primary;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

import io.github.socketioboot.cluster.primary.HttpConnection.Answer;
import io.github.socketioboot.cluster.primary.PrimaryConfig.HandOff;
import io.github.socketioboot.cluster.supervisor.SupervisorConfig.Restart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A primary whose workers die, stand still, are replaced or end.
 */
@EnabledOnOs(OS.LINUX)
class PrimaryFailureIntegrationTests {

	@Test
	void givesAnotherWorkerWhatADeadOneDidNotTakeOver() throws Exception {
		try (PrimaryFixture fixture = new PrimaryFixture(2)) {
			fixture.start().awaitReady(2);
			long victim;
			try (HttpConnection connection = fixture.connect()) {
				victim = Long.parseLong(PollingSession.open(connection).echo(connection, "pid"));
			}
			PrimaryFixture.signal(victim, "STOP");
			List<HttpConnection> connections = new ArrayList<>();
			try {
				for (int i = 0; i < 400; i++) {
					HttpConnection connection = fixture.connect();
					connections.add(connection);
					connection.send(HttpConnection.getRequest(PollingSession.HANDSHAKE));
				}
				PrimaryFixture.signal(victim, "KILL");
				for (HttpConnection connection : connections) {
					assertThat(connection.read().status()).isEqualTo(200);
				}
			}
			finally {
				for (HttpConnection connection : connections) {
					connection.close();
				}
			}
			fixture.awaitReady(2);
		}
	}

	@Test
	void replacesAWorkerThatStandsStill() throws Exception {
		try (PrimaryFixture fixture = new PrimaryFixture(1, HandOff.AUTO,
				(config) -> PrimaryFixture.withHeartbeat(config, Duration.ofMillis(500), Duration.ofSeconds(8)))) {
			fixture.start().awaitReady(1);
			long before = Long.parseLong(fixture.web("/pid"));
			PrimaryFixture.signal(before, "STOP");
			// Waits in the primary, first for the one that stands still
			try (HttpConnection connection = fixture.connect()) {
				assertThat(PollingSession.open(connection).echo(connection, "pid")).isNotEqualTo(Long.toString(before));
			}
			assertThat(ProcessHandle.of(before)).isEmpty();
		}
	}

	@Test
	void letsConnectionsWaitForAWorker() throws Exception {
		try (PrimaryFixture fixture = new PrimaryFixture(1)) {
			fixture.start().awaitReady(1);
			PrimaryFixture.signal(Long.parseLong(fixture.web("/pid")), "KILL");
			try (HttpConnection connection = fixture.connect()) {
				assertThat(connection.get(PollingSession.HANDSHAKE).status()).isEqualTo(200);
			}
		}
	}

	@Test
	void refusesConnectionsThatHaveWaitedTooLong() throws Exception {
		try (PrimaryFixture fixture = new PrimaryFixture(1, HandOff.AUTO,
				(config) -> PrimaryFixture.withWorkerTimeout(config, Duration.ofMillis(1)))) {
			fixture.start().awaitReady(1);
			fixture.holdStarts();
			PrimaryFixture.signal(Long.parseLong(fixture.web("/pid")), "KILL");
			await().atMost(PrimaryFixture.WAIT).pollInterval(Duration.ofMillis(1)).untilAsserted(() -> {
				try (HttpConnection connection = fixture.connect()) {
					Answer answer = connection.get(PollingSession.HANDSHAKE);
					assertThat(answer.status()).isEqualTo(503);
					assertThat(answer.headers()).containsEntry("retry-after", "1")
						.containsEntry("connection", "close")
						.containsEntry("content-length", "0");
					assertThat(connection.isAtEnd()).isTrue();
				}
			});
			fixture.releaseStarts();
			// Serves again without having been told anything
			await().atMost(PrimaryFixture.WAIT).untilAsserted(() -> {
				try (HttpConnection connection = fixture.connect()) {
					assertThat(connection.get(PollingSession.HANDSHAKE).status()).isEqualTo(200);
				}
			});
		}
	}

	@Test
	void servesWhileWorkersAreReplaced() throws Exception {
		try (PrimaryFixture fixture = new PrimaryFixture(2)) {
			fixture.start().awaitReady(2);
			AtomicBoolean over = new AtomicBoolean();
			ExecutorService clients = Executors.newFixedThreadPool(3);
			try {
				Future<Integer> handshakes = clients.submit(whileNot(over, () -> {
					try (HttpConnection connection = fixture.connect()) {
						assertThat(connection.get(PollingSession.HANDSHAKE).status()).isEqualTo(200);
					}
				}));
				Future<Integer> kept = clients.submit(() -> {
					try (HttpConnection connection = fixture.connect()) {
						return whileNot(over,
								() -> assertThat(connection.get(PollingSession.HANDSHAKE).status()).isEqualTo(200))
							.call();
					}
				});
				Future<Integer> web = clients
					.submit(whileNot(over, () -> assertThat(fixture.web("/x")).isEqualTo("/x")));
				fixture.primary().reload();
				await().atMost(PrimaryFixture.WAIT)
					.untilAsserted(() -> assertThat(fixture.web("/host")).contains("state=done"));
				over.set(true);
				assertThat(handshakes.get(1, TimeUnit.MINUTES)).isPositive();
				assertThat(kept.get(1, TimeUnit.MINUTES)).isPositive();
				assertThat(web.get(1, TimeUnit.MINUTES)).isPositive();
			}
			finally {
				over.set(true);
				clients.shutdownNow();
			}
			assertThat(fixture.numbers()).containsExactlyInAnyOrder(1, 2, 3, 4);
			await().atMost(PrimaryFixture.WAIT).untilAsserted(() -> assertThat(PrimaryFixture.children()).hasSize(2));
		}
	}

	private static Callable<Integer> whileNot(AtomicBoolean over, Attempt attempt) {
		return () -> {
			int times = 0;
			while (!over.get()) {
				attempt.run();
				times++;
			}
			return times;
		};
	}

	@Test
	void drainsTheWholeHost() throws Exception {
		try (PrimaryFixture fixture = new PrimaryFixture(2)) {
			fixture.start().awaitReady(2);
			try (HttpConnection connection = fixture.connect()) {
				PollingSession session = PollingSession.open(connection);
				assertThat(fixture.web("/command/drain/0")).contains("done=true");
				await().atMost(PrimaryFixture.WAIT).untilAsserted(() -> {
					assertThat(fixture.web("/host")).contains(" draining=true");
					try (HttpConnection other = fixture.connect()) {
						assertThat(other.get("/health").status()).isEqualTo(503);
					}
				});
				assertThat(connection.get(session.target()).status()).isIn(200, 400);
			}
			assertThat(PrimaryFixture.children()).hasSize(2);
		}
	}

	@Test
	void runsAnotherNumberOfWorkers() throws Exception {
		try (PrimaryFixture fixture = new PrimaryFixture(1)) {
			fixture.start().awaitReady(1);
			assertThat(fixture.web("/command/scale/2")).contains("done=true");
			fixture.awaitReady(2);
			assertThat(fixture.web("/command/scale/1")).contains("done=true");
			await().atMost(PrimaryFixture.WAIT).untilAsserted(() -> assertThat(PrimaryFixture.children()).hasSize(1));
		}
	}

	@Test
	void leavesNothingBehindWhenItStops() throws Exception {
		try (PrimaryFixture fixture = new PrimaryFixture(2)) {
			fixture.start().awaitReady(2);
			fixture.primary().stop().toCompletableFuture().get(1, TimeUnit.MINUTES);
			assertNothingLeft(fixture);
			// A second stop has nothing to do
			fixture.primary().stop().toCompletableFuture().get(1, TimeUnit.MINUTES);
		}
	}

	@Test
	void leavesNothingBehindWhenItIsKilled() throws Exception {
		try (PrimaryFixture fixture = new PrimaryFixture(2)) {
			fixture.start().awaitReady(2);
			fixture.primary().kill();
			assertThat(fixture.files()).isEmpty();
			await().atMost(PrimaryFixture.WAIT).untilAsserted(() -> assertNothingLeft(fixture));
		}
	}

	private static void assertNothingLeft(PrimaryFixture fixture) throws IOException {
		assertThat(PrimaryFixture.children()).isEmpty();
		assertThat(fixture.files()).isEmpty();
		for (int port : Set.of(fixture.port(), fixture.webPort())) {
			try (ServerSocket socket = new ServerSocket(port)) {
				assertThat(socket.isBound()).isTrue();
			}
		}
	}

	@Test
	void failsWhenNoWorkerCanBeKeptRunning() throws Exception {
		Restart restart = new Restart(Duration.ofSeconds(1), 2, Duration.ofMillis(10), Duration.ofMillis(10));
		UnaryOperator<PrimaryConfig> change = (config) -> PrimaryFixture.withRestart(config, restart);
		try (PrimaryFixture fixture = new PrimaryFixture(1, HandOff.AUTO, change)) {
			fixture.arguments = List.of("fail");
			fixture.start();
			assertThat(fixture.primary().failed().toCompletableFuture().get(2, TimeUnit.MINUTES)).isEqualTo(1);
		}
	}

	@FunctionalInterface
	private interface Attempt {

		void run() throws Exception;

	}

}
