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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.socketioboot.load.LoadApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * New sessions go where there are fewest.
 */
class EvenSpreadIntegrationTests {

	private static final int HANDSHAKES = 300;

	private static final int MOST = 110;

	private static ClusterProcess cluster;

	@BeforeAll
	static void start() {
		cluster = ClusterProcess.application(LoadApplication.class).instances("3").start().awaitReady(3);
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Test
	void spreadsSimultaneousHandshakes() throws IOException {
		List<HttpConnection> connections = new ArrayList<>();
		try {
			for (int i = 0; i < HANDSHAKES; i++) {
				connections.add(new HttpConnection(cluster.port()));
			}
			for (HttpConnection connection : connections) {
				connection.send(HttpConnection.getHead(PollingSession.HANDSHAKE));
			}
			Map<String, Integer> sessions = new TreeMap<>();
			for (HttpConnection connection : connections) {
				sessions.merge(PollingSession.sid(connection.answer()).substring(0, 4), 1, Integer::sum);
			}
			assertThat(sessions).hasSize(3);
			assertThat(sessions.values()).as("sessions of each worker").allMatch((count) -> count <= MOST);
		}
		finally {
			for (HttpConnection connection : connections) {
				connection.close();
			}
		}
	}

	@Test
	void spreadsHandshakesOverTheFewConnectionsOfABalancer() throws IOException {
		Map<String, Integer> sessions = new TreeMap<>();
		for (int i = 0; i < 3; i++) {
			try (HttpConnection connection = new HttpConnection(cluster.port())) {
				for (int j = 0; j < HANDSHAKES / 3; j++) {
					HttpConnection.Answer answer = connection.get(PollingSession.HANDSHAKE);
					assertThat(answer.status()).isEqualTo(200);
					sessions.merge(PollingSession.sid(answer).substring(0, 4), 1, Integer::sum);
				}
			}
		}
		assertThat(sessions).hasSize(3);
		assertThat(sessions.values()).as("sessions of each worker").allMatch((count) -> count <= MOST);
	}

	@Test
	void spreadsRequestsToTheWebServers() throws IOException {
		try (HttpConnection connection = new HttpConnection(cluster.httpPort())) {
			List<String> answers = new ArrayList<>();
			for (int i = 0; i < 60; i++) {
				HttpConnection.Answer answer = connection.get("/who");
				assertThat(answer.status()).isEqualTo(200);
				answers.add(answer.body().replaceAll(".*\"worker\":(\\d).*", "$1"));
			}
			Map<String, Long> counts = answers.stream()
				.collect(Collectors.groupingBy((worker) -> worker, Collectors.counting()));
			assertThat(counts).containsOnlyKeys("0", "1", "2");
		}
	}

}
