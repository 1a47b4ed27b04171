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

package io.github.socketioboot.cluster.primary.proxy;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.socketioboot.cluster.primary.proxy.ProxyConfig.Origin;
import io.github.socketioboot.engine.BufferLeakExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests and answers whose end, or whose meaning, two servers could see differently.
 */
@ExtendWith(BufferLeakExtension.class)
class ProxyFramingIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

	private static final String REFUSAL = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

	@ParameterizedTest
	@ValueSource(strings = { "POST / HTTP/1.1\nHost: a\n\n", "POST / HTTP/1.1\r\n\r\n",
			"POST / HTTP/2.0\r\nHost: a\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\nX\u0000: b\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 35\r\n\r\n",
			"POST / HTTP/1.0\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 35\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0, 35\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +35\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x23\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 35\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
			"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\n12345678",
			"nonsense\r\n\r\n" })
	void refusesHeadsThatCanBeMisunderstood(String request) throws Exception {
		Queue<String> heads = new ConcurrentLinkedQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> {
			heads.add(head);
			return "";
		}));
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			client.send(request + SMUGGLED);
			assertThat(client.readToEnd()).isEqualTo(REFUSAL);
			assertThat(heads).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "x\r\n", "-1\r\nabc\r\n0\r\n\r\n", "3\nabc\r\n0\r\n\r\n", "3\r\nabcd\r\n0\r\n\r\n",
			"100000000\r\n", "0x3\r\nabc\r\n0\r\n\r\n", "3;a\nb\r\nabc\r\n0\r\n\r\n", "0\r\nX: a\n\r\n\r\n" })
	void refusesBrokenChunks(String body) throws Exception {
		Queue<String> ends = new ConcurrentLinkedQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			try {
				connection.awaitEnd();
			}
			finally {
				ends.add("end");
			}
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body + SMUGGLED);
			assertThat(client.readToEnd()).isEqualTo(REFUSAL);
			await().atMost(LIMIT).until(() -> !ends.isEmpty());
			assertThat(upstream.begun()).isOne();
			assertThat(upstream.outstanding()).isZero();
		}
	}

	@Test
	void keepsFramingAndHostThatAClientNamesAway() throws Exception {
		Queue<String> requests = new ConcurrentLinkedQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			requests.add(connection.readHead() + connection.read(SMUGGLED.length()));
			connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
			connection.awaitEnd();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			client.send(
					"POST / HTTP/1.1\r\nHost: a\r\nConnection: Content-Length, host, transfer-encoding, x-forwarded-for\r\n"
							+ "Content-Length: " + SMUGGLED.length() + "\r\n\r\n" + SMUGGLED);
			assertThat(client.readAnswer()).isEqualTo("200 OK|");
			assertThat(requests).containsExactly("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + SMUGGLED.length()
					+ "\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n" + SMUGGLED);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nX : b\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
			"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
			"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n" })
	void answersForAWorkerThatMakesNoSense(String answer) throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection.send(answer);
			connection.awaitEnd();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			assertThat(client.get("/").readAnswer()).isEqualTo("502 Bad Gateway|");
			assertThat(client.get("/").readAnswer()).isEqualTo("502 Bad Gateway|");
			assertThat(upstream.connections()).isEqualTo(2);
		}
	}

	@Test
	void takesNoAnswerThatWasNotAskedFor() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection
				.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb");
			connection.awaitEnd();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			client.send(SMUGGLED + SMUGGLED);
			assertThat(client.readAnswer()).isEqualTo("200 OK|a");
			assertThat(client.readAnswer()).isEqualTo("200 OK|a");
			assertThat(upstream.connections()).isEqualTo(2);
		}
	}

	@Test
	void refusesLongHeadsAndConnect() throws Exception {
		ProxyConfig usual = ProxyFixture.config(Origin.REPLACED_HEADERS);
		try (ProxyFixture proxy = ProxyFixture.of(withHeads(1024, usual.headTimeout()))) {
			String tooLarge = "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
			try (RawClient client = proxy.connect()) {
				assertThat(client.get("/" + "a".repeat(2000)).readToEnd()).isEqualTo(tooLarge);
			}
			try (RawClient client = proxy.connect()) {
				client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(2000) + "\r\n\r\n");
				assertThat(client.readToEnd()).isEqualTo(tooLarge);
			}
			try (RawClient client = proxy.connect()) {
				client.send("CONNECT b:1 HTTP/1.1\r\nHost: b:1\r\n\r\n");
				assertThat(client.readToEnd()).startsWith("HTTP/1.1 501 ");
			}
		}
	}

	@Test
	void refusesSlowHeads() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> "x"));
				ProxyFixture proxy = ProxyFixture.of(withHeads(1024, Duration.ofSeconds(4))).with(upstream);
				RawClient slow = proxy.connect().send("GET / HTTP/1.1\r\nHost");
				RawClient kept = proxy.connect().get("/");
				RawClient silent = proxy.connect()) {
			assertThat(kept.readAnswer()).isEqualTo("200 OK|x");
			kept.send("G");
			assertThat(slow.readToEnd()).startsWith("HTTP/1.1 408 ");
			assertThat(kept.readToEnd()).startsWith("HTTP/1.1 408 ");
			assertThat(silent.readToEnd()).isEmpty();
		}
	}

	private static ProxyConfig withHeads(int maxSize, Duration timeout) {
		ProxyConfig usual = ProxyFixture.config(Origin.REPLACED_HEADERS);
		return new ProxyConfig(maxSize, timeout, usual.idleTimeout(), usual.transferTimeout(), usual.workerTimeout(),
				usual.maxWaiting(), usual.origin(), null);
	}

}
