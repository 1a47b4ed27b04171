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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.interop.NodeProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds however connections reach workers: each request finds its session.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StickyRouting {

	private static final int WORKERS = 3;

	private static final String ADDRESS = "127.0.0.77";

	private final ClusterProcess cluster;

	StickyRouting(ClusterProcess.Builder cluster) {
		this.cluster = cluster.instances(Integer.toString(WORKERS)).start().awaitReady(WORKERS);
	}

	abstract String scheme();

	abstract HttpConnection connect() throws IOException;

	abstract HttpConnection connectFrom(String address) throws IOException;

	ClusterProcess cluster() {
		return this.cluster;
	}

	@AfterAll
	void stop() {
		this.cluster.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "pooled", "websocket", "upgrade" })
	void servesFortyClientsWithoutAFailedRequest(String mode) {
		NodeProgram.assumeAvailable();
		try (ClusterClients clients = ClusterClients.start(scheme() + "://localhost:" + this.cluster.port(), 40,
				mode)) {
			JsonNode result = clients.echo(20);
			assertThat(result.path("failures")).as("%s", result).isEmpty();
			assertThat(result.path("echoes").asInt()).isEqualTo(800);
			assertThat(result.path("disconnects")).as("%s", result).isEmpty();
			assertThat(result.path("errors")).as("%s", result).isEmpty();
			assertThat(ClusterClients.names(result.path("workers"))).as("workers in use").hasSize(WORKERS);
		}
	}

	@Test
	void findsTheSessionWhereverTheHeadIsSplit() throws IOException, InterruptedException {
		try (HttpConnection poll = connect()) {
			PollingSession session = PollingSession.open(poll);
			String packet = session.echoPacket(7, "split");
			String request = HttpConnection.postHead(session.target(), packet) + packet;
			for (int position = 1; position < request.length(); position++) {
				try (HttpConnection connection = connect()) {
					connection.send(request.substring(0, position));
					// Gives the other side the time to see the first part alone; it need
					// not
					Thread.sleep(1);
					connection.send(request.substring(position));
					assertThat(connection.answer().body()).as("answer, split at %d", position).isEqualTo("ok");
				}
				session.awaitEcho(poll, 7, "split");
			}
		}
	}

	@Test
	void heedsNothingButTheParameter() throws IOException {
		List<PollingSession> sessions = onEachWorker();
		PollingSession mine = sessions.get(0);
		for (PollingSession other : sessions.subList(1, WORKERS)) {
			String sid = "sid=" + other.sid();
			assertThat(ask(mine.target(), "X-Foo: " + sid)).isEqualTo("ok");
			assertThat(ask(mine.target(), "Cookie: " + sid)).isEqualTo("ok");
			assertThat(ask(mine.target(), "Referer: http://localhost/?" + sid)).isEqualTo("ok");
			assertThat(ask(PollingSession.HANDSHAKE + "&x" + sid + "&sid=" + mine.sid())).isEqualTo("ok");
			assertThat(ask(PollingSession.HANDSHAKE + "&%73%69d=" + mine.sid())).isEqualTo("ok");
			assertThat(ask(PollingSession.HANDSHAKE + "&sid=" + encoded(mine.sid()))).isEqualTo("ok");
			assertThat(post(mine.target(), "42[\"echo\",\"" + sid + "\"]").body()).isEqualTo("ok");
		}
	}

	@Test
	void answersForASessionThatIsUnknown() throws IOException {
		try (HttpConnection connection = connect()) {
			for (String sid : List.of("AAAAAAAAAAAAAAAAAAAA", "x", "%00", "../../etc")) {
				HttpConnection.Answer answer = connection.get(PollingSession.HANDSHAKE + "&sid=" + sid);
				assertThat(answer.status()).isEqualTo(400);
				assertThat(answer.body()).contains("\"code\":1");
			}
		}
	}

	@Test
	void sharesAConnectionBetweenSessionsOfAllWorkers() throws IOException {
		List<PollingSession> sessions = new ArrayList<>(onEachWorker());
		sessions.addAll(onEachWorker());
		try (HttpConnection connection = connect()) {
			int port = connection.localPort();
			for (int round = 0; round < 5; round++) {
				for (PollingSession session : sessions) {
					session.echo(connection, "round " + round);
				}
			}
			assertThat(connection.localPort()).isEqualTo(port);
		}
	}

	@Test
	void answersPipelinedRequestsOfDifferentWorkersInOrder() throws IOException {
		try (HttpConnection connection = connect()) {
			List<PollingSession> sessions = onEachWorker();
			StringBuilder requests = new StringBuilder();
			for (int round = 0; round < 4; round++) {
				for (PollingSession session : sessions) {
					String packet = session.echoPacket(round, session.sid());
					requests.append(HttpConnection.postHead(session.target(), packet)).append(packet);
				}
			}
			connection.send(requests.toString());
			for (int i = 0; i < 4 * WORKERS; i++) {
				assertThat(connection.answer().body()).isEqualTo("ok");
			}
			for (PollingSession session : sessions) {
				session.awaitEcho(connection, 3, session.sid());
			}
		}
	}

	@Test
	void tellsWorkersTheTrueAddressOfClients() throws IOException {
		for (int i = 0; i < 2 * WORKERS; i++) {
			try (HttpConnection connection = connectFrom(ADDRESS)) {
				PollingSession session = PollingSession.open(connection);
				session.post(connection, session.echoPacket(0, "where"));
				String packets;
				do {
					packets = session.poll(connection);
				}
				while (!packets.contains("430["));
				assertThat(packets).contains(ADDRESS);
			}
		}
	}

	/**
	 * Open a session on each worker, through connections of their own: what begins on one
	 * connection stays on one worker.
	 */
	private List<PollingSession> onEachWorker() throws IOException {
		Map<String, PollingSession> sessions = new HashMap<>();
		for (int i = 0; sessions.size() < WORKERS; i++) {
			assertThat(i).as("sessions until each worker has one").isLessThan(100);
			try (HttpConnection connection = connect()) {
				PollingSession session = PollingSession.open(connection);
				sessions.put(session.worker(), session);
			}
		}
		return List.copyOf(sessions.values());
	}

	private String ask(String target, String... headers) throws IOException {
		return post(target, "42[\"echo\",1]", headers).body();
	}

	private HttpConnection.Answer post(String target, String body, String... headers) throws IOException {
		try (HttpConnection connection = connect()) {
			return connection.post(target, body, headers);
		}
	}

	private static String encoded(String sid) {
		StringBuilder encoded = new StringBuilder();
		for (char character : sid.toCharArray()) {
			encoded.append('%').append(Integer.toHexString(character));
		}
		return encoded.toString();
	}

}
