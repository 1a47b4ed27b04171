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
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.socketioboot.cluster.primary.HttpConnection.Answer;
import io.github.socketioboot.cluster.primary.PrimaryConfig.HandOff;
import io.github.socketioboot.cluster.primary.PrimaryConfig.Routing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A primary behind a balancer: whom workers take for the client, who is kept together,
 * and what the balancer learns of the host's health.
 */
@EnabledOnOs(OS.LINUX)
class PrimaryForwardingIntegrationTests {

	private PrimaryFixture fixture;

	@AfterEach
	void stop() throws Exception {
		if (this.fixture != null) {
			this.fixture.close();
		}
	}

	@ParameterizedTest
	@EnumSource(value = HandOff.class, names = { "AUTO", "PROXY" })
	void workersAndRoutingGoByTheClientOfWhomTrustedProxiesSpeak(HandOff handOff) throws Exception {
		PrimaryFixture fixture = start(2, handOff);
		Set<Integer> all = new TreeSet<>();
		for (int i = 1; i < 12; i++) {
			String address = "203.0.113." + i;
			Set<Integer> workers = new TreeSet<>();
			try (HttpConnection connection = fixture.connect(); HttpConnection other = fixture.connect()) {
				connection.send("PROXY TCP4 " + address + " 198.51.100.2 4660 443\r\n");
				for (int session = 0; session < 3; session++) {
					workers.add(open(fixture, connection, "X-Forwarded-For: 9.9.9.9\r\n", address + ":4660 false"));
				}
				workers.add(open(fixture, other,
						"X-Forwarded-For: 9.9.9.9, " + address + "\r\nX-Forwarded-Proto: https\r\n",
						address + ":0 true"));
			}
			assertThat(workers).hasSize(1);
			all.addAll(workers);
		}
		assertThat(all).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(value = HandOff.class, names = { "AUTO", "PROXY" })
	void nobodyElseIsBelieved(HandOff handOff) throws Exception {
		PrimaryFixture fixture = start(1, handOff);
		try (HttpConnection connection = stranger(fixture)) {
			open(fixture, connection, "X-Forwarded-For: 203.0.113.1\r\nX-Forwarded-Proto: https\r\n",
					"127.0.0.2:" + connection.socket().getLocalPort() + " false");
		}
		try (HttpConnection connection = stranger(fixture)) {
			connection.send("PROXY TCP4 203.0.113.1 198.51.100.2 4660 443\r\n");
			assertThat(connection.get("/health").status()).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@EnumSource(value = HandOff.class, names = { "AUTO", "PROXY" })
	void healthIsToldToSimpleChecksAndAtOnceWhenThereIsNoWorker(HandOff handOff) throws Exception {
		PrimaryFixture fixture = start(1, handOff);
		for (String method : List.of("GET", "HEAD")) {
			String answer = raw(fixture, method + " /health HTTP/1.0\r\n\r\n");
			assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith(method.equals("GET") ? "\r\n\r\nUP\n" : "\r\n\r\n");
		}
		fixture.holdStarts();
		PrimaryFixture.signal(Long.parseLong(fixture.web("/pid")), "KILL");
		// A check that waited for the next worker would be told nothing
		await().atMost(PrimaryFixture.WAIT).pollInterval(Duration.ofMillis(1)).untilAsserted(() -> {
			try (HttpConnection connection = fixture.connect()) {
				Answer answer = connection.get("/health?from=balancer");
				assertThat(answer.status()).isEqualTo(503);
			}
		});
		fixture.releaseStarts();
		await().atMost(PrimaryFixture.WAIT)
			.untilAsserted(() -> assertThat(raw(fixture, "HEAD /health HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 "));
	}

	@ParameterizedTest
	@EnumSource(value = HandOff.class, names = { "AUTO", "PROXY" })
	void keptConnectionsDoNotSeeAReload(HandOff handOff) throws Exception {
		PrimaryFixture fixture = start(2, handOff);
		List<HttpConnection> kept = new ArrayList<>();
		try {
			for (int i = 0; i < 8; i++) {
				kept.add(fixture.connect());
				assertThat(kept.get(i).get("/health").status()).isEqualTo(200);
			}
			fixture.primary().reload();
			await().atMost(PrimaryFixture.WAIT).pollInterval(Duration.ofMillis(20)).until(() -> {
				for (int i = 0; i < kept.size(); i++) {
					assertThat(get("/health", fixture, kept, i)).isEqualTo(200);
					assertThat(get(PollingSession.HANDSHAKE, fixture, kept, i)).isEqualTo(200);
				}
				return fixture.web("/host").contains("state=done");
			});
		}
		finally {
			for (HttpConnection connection : kept) {
				connection.close();
			}
		}
	}

	// A worker that ends closes what is idle; a balancer then connects again
	private static int get(String target, PrimaryFixture fixture, List<HttpConnection> kept, int index)
			throws IOException {
		try {
			return kept.get(index).get(target).status();
		}
		catch (IOException ex) {
			kept.get(index).close();
			kept.set(index, fixture.connect());
			return kept.get(index).get(target).status();
		}
	}

	private PrimaryFixture start(int workers, HandOff handOff) throws Exception {
		PrimaryFixture fixture = new PrimaryFixture(workers, handOff,
				(config) -> PrimaryFixture.withRouting(config, Routing.ADDRESS, WorkerProgram.TRUSTING));
		this.fixture = fixture;
		fixture.arguments = List.of("trusting");
		return fixture.start().awaitReady(workers);
	}

	private static int open(PrimaryFixture fixture, HttpConnection connection, String headers, String origin)
			throws IOException {
		connection.send("GET " + PollingSession.HANDSHAKE + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
		Answer answer = connection.read();
		assertThat(answer.status()).isEqualTo(200);
		PollingSession session = new PollingSession(answer.body().substring(9, 29));
		assertThat(session.echo(connection, "origin")).isEqualTo("/" + origin);
		return fixture.workerOf(session.sid());
	}

	private static HttpConnection stranger(PrimaryFixture fixture) throws IOException {
		return new HttpConnection(
				new Socket(InetAddress.getByName("127.0.0.1"), fixture.port(), InetAddress.getByName("127.0.0.2"), 0));
	}

	private static String raw(PrimaryFixture fixture, String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), fixture.port())) {
			socket.setSoTimeout((int) PrimaryFixture.WAIT.toMillis());
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

}
