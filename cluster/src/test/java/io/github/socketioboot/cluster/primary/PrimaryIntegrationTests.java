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
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.cluster.primary.HttpConnection.Answer;
import io.github.socketioboot.cluster.primary.PrimaryConfig.HandOff;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Connections of real clients on their way through a primary to real worker processes.
 */
@TestInstance(Lifecycle.PER_CLASS)
@EnabledOnOs(OS.LINUX)
class PrimaryIntegrationTests {

	private static final int WORKERS = 3;

	private PrimaryFixture fixture;

	@BeforeAll
	void start() throws Exception {
		this.fixture = new PrimaryFixture(WORKERS);
		this.fixture.start().awaitReady(WORKERS);
	}

	@AfterAll
	void stop() throws Exception {
		this.fixture.close();
	}

	@Test
	void bringsEachRequestToItsSessionsWorker() throws Exception {
		Map<Integer, PollingSession> sessions = sessionOfEachWorker();
		for (int i = 0; i < 10; i++) {
			for (PollingSession session : sessions.values()) {
				try (HttpConnection sending = this.fixture.connect(); HttpConnection polling = this.fixture.connect()) {
					assertThat(session.echo(sending, polling, "hello " + i)).isEqualTo("hello " + i);
				}
			}
		}
	}

	@Test
	void bringsRequestsOfOneConnectionToTheirSessionsWorkers() throws Exception {
		Map<Integer, PollingSession> sessions = sessionOfEachWorker();
		try (HttpConnection connection = this.fixture.connect()) {
			for (int i = 0; i < 10; i++) {
				for (PollingSession session : sessions.values()) {
					assertThat(session.echo(connection, "hello " + i)).isEqualTo("hello " + i);
				}
			}
		}
	}

	@Test
	void bringsPipelinedRequestsToTheirSessionsWorkers() throws Exception {
		List<PollingSession> sessions = List.copyOf(sessionOfEachWorker().values());
		try (HttpConnection connection = this.fixture.connect(); HttpConnection polling = this.fixture.connect()) {
			StringBuilder requests = new StringBuilder();
			for (PollingSession session : sessions) {
				requests.append("POST " + session.target()
						+ " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n4hi");
			}
			connection.send(requests.toString());
			for (PollingSession session : sessions) {
				Answer answer = connection.read();
				assertThat(answer.status()).as(answer.body()).isEqualTo(200);
				assertThat(polling.get(session.target()).body()).isEqualTo("4hi");
			}
		}
	}

	@Test
	void readsAHeadHoweverItIsCut() throws Exception {
		try (HttpConnection first = this.fixture.connect()) {
			PollingSession session = PollingSession.open(first);
			String request = "POST " + session.target()
					+ " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n4hi";
			try (HttpConnection polling = this.fixture.connect()) {
				for (int cut = 1; cut < request.length(); cut++) {
					try (HttpConnection connection = this.fixture.connect()) {
						connection.send(request.substring(0, cut));
						connection.send(request.substring(cut));
						assertThat(connection.read().status()).as("cut at %s", cut).isEqualTo(200);
					}
					assertThat(polling.get(session.target()).body()).isEqualTo("4hi");
				}
			}
		}
	}

	@Test
	void answersUnknownSessionsThroughAWorker() throws Exception {
		try (HttpConnection connection = this.fixture.connect()) {
			Answer answer = connection.get(PollingSession.HANDSHAKE + "&sid=----0123456789abcdef");
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.body()).contains("\"code\":1");
		}
	}

	@Test
	void tellsWorkersTheClientsAddress() throws Exception {
		try (HttpConnection connection = this.fixture.connect()) {
			String client = "127.0.0.1:" + connection.socket().getLocalPort();
			assertThat(PollingSession.open(connection).echo(connection, "origin")).contains(client).endsWith(" false");
		}
	}

	@Test
	void spreadsManyHandshakesAtOnce() throws Exception {
		List<HttpConnection> connections = new ArrayList<>();
		ExecutorService clients = Executors.newFixedThreadPool(50);
		try {
			await().atMost(PrimaryFixture.WAIT).untilAsserted(() -> assertThat(sessions()).isZero());
			List<Callable<PollingSession>> handshakes = new ArrayList<>();
			for (int i = 0; i < 300; i++) {
				HttpConnection connection = this.fixture.connect();
				connections.add(connection);
				handshakes.add(() -> PollingSession.open(connection));
			}
			Map<Integer, Integer> counts = new HashMap<>();
			for (Future<PollingSession> session : clients.invokeAll(handshakes)) {
				counts.merge(this.fixture.workerOf(session.get().sid()), 1, Integer::sum);
			}
			assertThat(counts).hasSize(WORKERS);
			assertThat(counts.values()).allSatisfy((count) -> assertThat(count).isBetween(90, 110));
		}
		finally {
			clients.shutdownNow();
			for (HttpConnection connection : connections) {
				connection.close();
			}
		}
	}

	@Test
	void refusesAHeadThatDoesNotEnd() throws Exception {
		try (HttpConnection connection = this.fixture.connect()) {
			connection.send("GET /socket.io/?x=" + "a".repeat(20 << 10));
			Answer answer = connection.read();
			assertThat(answer.status()).isEqualTo(431);
			assertThat(answer.headers()).containsEntry("connection", "close");
			assertThat(connection.isAtEnd()).isTrue();
		}
	}

	@Test
	void refusesAHeadThatDoesNotCome() throws Exception {
		try (HttpConnection silent = this.fixture.connect(); HttpConnection slow = this.fixture.connect()) {
			slow.send("GET /socket.io/ HTTP/1.1\r\nHost:");
			assertThat(slow.read().status()).isEqualTo(408);
			assertThat(slow.isAtEnd()).isTrue();
			assertThat(silent.isAtEnd()).isTrue();
		}
	}

	@Test
	void readsRequestsWithBodiesThatFollowLater() throws Exception {
		Map<Integer, PollingSession> sessions = sessionOfEachWorker();
		for (PollingSession session : sessions.values()) {
			try (HttpConnection connection = this.fixture.connect(); HttpConnection polling = this.fixture.connect()) {
				String text = "x".repeat(200_000);
				connection
					.send("POST " + session.target() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200001\r\n"
							+ "Content-Type: text/plain\r\n\r\n4" + text);
				assertThat(connection.read().status()).isEqualTo(200);
				assertThat(polling.get(session.target()).body()).isEqualTo("4" + text);
			}
		}
	}

	@Test
	void closesConnectionsThatAreNotHttp() throws Exception {
		try (HttpConnection connection = this.fixture.connect()) {
			connection.send("\u0016\u0003\u0001\u0002");
			assertThat(connection.isAtEnd()).isTrue();
		}
	}

	@Test
	void servesRequestsOfAllMethodsAndForms() throws Exception {
		for (String request : List.of("OPTIONS /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n",
				"GET http://localhost" + PollingSession.HANDSHAKE + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
				"GET /health HTTP/1.0\r\n\r\n", "PUT /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
				"nonsense\r\n\r\n")) {
			try (HttpConnection connection = this.fixture.connect()) {
				connection.send(request);
				assertThat(connection.read().status()).as(request).isBetween(200, 499);
			}
		}
	}

	@Test
	void leavesNoDescriptorBehind() throws Exception {
		connectAndClose(200);
		long before = descriptors();
		for (int i = 0; i < 25; i++) {
			connectAndClose(200);
		}
		await().atMost(PrimaryFixture.WAIT).untilAsserted(() -> assertThat(descriptors()).isLessThan(before + 20));
	}

	// Not too often with the same sessions, which end unless they are polled
	private void connectAndClose(int times) throws IOException {
		List<PollingSession> all = List.copyOf(sessionOfEachWorker().values());
		for (int i = 0; i < times; i++) {
			try (HttpConnection connection = this.fixture.connect()) {
				switch (i % 10) {
					case 0 -> connection.send("GET /socket.io/ HT");
					case 1 -> connection.socket().setSoLinger(true, 0);
					case 2 -> {
						connection.send(HttpConnection.getRequest("/health"));
						connection.socket().setSoLinger(true, 0);
					}
					default ->
						assertThat(connection.post(all.get(i % all.size()).target(), "6").status()).isEqualTo(200);
				}
			}
		}
	}

	private static long descriptors() throws IOException {
		try (var files = Files.list(Path.of("/proc/self/fd"))) {
			return files.count();
		}
	}

	@Test
	void sharesThePortOfWebServers() throws Exception {
		Set<String> pids = new TreeSet<>();
		await().atMost(PrimaryFixture.WAIT).untilAsserted(() -> {
			pids.add(this.fixture.web("/pid"));
			assertThat(pids).hasSize(WORKERS);
		});
	}

	@Test
	void tellsWorkersHowTheHostIsDoing() throws Exception {
		await().atMost(PrimaryFixture.WAIT).untilAsserted(() -> {
			String host = this.fixture.web("/host");
			assertThat(host).contains("pid=" + ProcessHandle.current().pid(), "port=" + this.fixture.port(),
					"descriptors=true", "draining=false");
			for (int number : this.fixture.numbers()) {
				assertThat(host).contains("number=" + number);
			}
		});
	}

	@Test
	void refusesCommandsThatMakeNoSense() throws Exception {
		assertThat(this.fixture.web("/command/scale/0")).contains("done=false");
		assertThat(this.fixture.web("/command/scale/1025")).contains("done=false");
		assertThat(this.fixture.web("/command/restart/77")).contains("done=false");
	}

	@Test
	void failsWhenThePortIsInUse(@TempDir Path parent) throws Exception {
		try (ServerSocket taken = new ServerSocket(0)) {
			int free = FreePort.find();
			assertFails(PrimaryFixture.config(parent, taken.getLocalPort(), free, 1, HandOff.AUTO),
					PortUnavailableException.class, "socketio.port: " + taken.getLocalPort());
			assertFails(PrimaryFixture.config(parent, free, taken.getLocalPort(), 1, HandOff.AUTO),
					PortUnavailableException.class, "server.port: " + taken.getLocalPort());
			// What was reserved before the failure is free again
			try (ServerSocket again = new ServerSocket(free)) {
				assertThat(again.isBound()).isTrue();
			}
		}
		assertThat(parent).isEmptyDirectory();
	}

	@Test
	void failsWhenNoPrivateFolderCanBeMade(@TempDir Path parent) throws Exception {
		Path none = parent.resolve("none");
		assertFails(PrimaryFixture.config(none, FreePort.find(), FreePort.find(), 1, HandOff.AUTO),
				PrivateDirectoryException.class, none.toString());
		Path deep = Files.createDirectory(parent.resolve("d".repeat(100)));
		assertFails(PrimaryFixture.config(deep, FreePort.find(), FreePort.find(), 1, HandOff.AUTO),
				PrivateDirectoryException.class, "too long");
		assertThat(deep).isEmptyDirectory();
	}

	private static void assertFails(PrimaryConfig config, Class<? extends Exception> type, String message) {
		Primary primary = new Primary(config, (identity) -> {
			throw new IllegalStateException("no worker is started");
		});
		assertThatThrownBy(() -> primary.start().toCompletableFuture().get(10, TimeUnit.SECONDS))
			.isInstanceOfAny(ExecutionException.class, CompletionException.class)
			.cause()
			.isInstanceOf(type)
			.hasMessageContaining(message);
	}

	@Test
	void refusesConnectionsUntilAWorkerIsReady() throws Exception {
		try (PrimaryFixture other = new PrimaryFixture(1)) {
			other.holdStarts();
			other.start();
			assertThatThrownBy(() -> new Socket("127.0.0.1", other.port())).isInstanceOf(IOException.class);
			other.releaseStarts();
			other.awaitReady(1);
			try (HttpConnection connection = other.connect()) {
				assertThat(PollingSession.open(connection).echo(connection, "a")).isEqualTo("a");
			}
		}
	}

	private int sessions() throws IOException {
		int sum = 0;
		String host = this.fixture.web("/host");
		for (String part : host.split("report=WorkerReport\\[sessions=", -1)) {
			String digits = part.split("\\D", 2)[0];
			sum += digits.isEmpty() ? 0 : Integer.parseInt(digits);
		}
		return sum;
	}

	private Map<Integer, PollingSession> sessionOfEachWorker() throws IOException {
		Map<Integer, PollingSession> sessions = new HashMap<>();
		for (int i = 0; i < 100 && sessions.size() < WORKERS; i++) {
			try (HttpConnection connection = this.fixture.connect()) {
				PollingSession session = PollingSession.open(connection);
				sessions.put(this.fixture.workerOf(session.sid()), session);
			}
		}
		assertThat(sessions).hasSize(WORKERS);
		return sessions;
	}

}
