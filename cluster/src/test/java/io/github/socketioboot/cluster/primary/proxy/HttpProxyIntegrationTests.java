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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.primary.proxy.ProxyConfig.Origin;
import io.github.socketioboot.engine.BufferLeakExtension;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(BufferLeakExtension.class)
class HttpProxyIntegrationTests {

	private static final int PREAMBLE_LENGTH = 28;

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@Test
	void passesHeadsUnchanged() throws Exception {
		BlockingQueue<String> heads = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			heads.add(connection.readHead());
			connection.send(
					"HTTP/1.1 299 Quite \u00e9good\r\nX-One: 1\r\nx-two: \u00ff 2\r\nX-One: 3\r\nContent-Length: 2\r\n\r\nok");
			connection.awaitEnd();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			client.send(
					"GET /a%20b/\u00e4?x=%zz&y HTTP/1.1\r\nhost: Example:1\r\nX-A: \u00fc  b\r\nAccept: */*\r\nX-A: c\r\n\r\n");
			assertThat(client.readHead()).isEqualTo(
					"HTTP/1.1 299 Quite \u00e9good\r\nX-One: 1\r\nx-two: \u00ff 2\r\nX-One: 3\r\nContent-Length: 2\r\n\r\n");
			assertThat(client.read(2)).isEqualTo("ok");
			assertThat(take(heads))
				.isEqualTo("GET /a%20b/\u00e4?x=%zz&y HTTP/1.1\r\nhost: Example:1\r\nX-A: \u00fc  b\r\nAccept: */*\r\n"
						+ "X-A: c\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n");
		}
	}

	@Test
	void dropsFieldsOfTheConnection() throws Exception {
		BlockingQueue<String> heads = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.read(PREAMBLE_LENGTH);
			heads.add(connection.readHead());
			connection.send("HTTP/1.1 200 OK\r\nConnection: x-hop, close\r\nKeep-Alive: 3\r\nX-Hop: 1\r\n"
					+ "X-Stays: 1\r\nContent-Length: 0\r\n\r\n");
			connection.awaitEnd();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.PREAMBLE)).with(upstream);
				RawClient client = proxy.connect()) {
			client
				.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, X-Hop , host\r\nx-hop: 1\r\nTE: trailers\r\n"
						+ "Keep-Alive: 5\r\nProxy-Connection: x\r\nUpgrade: h2c\r\nHTTP2-Settings: y\r\nForwarded: for=b\r\n"
						+ "X-Forwarded-For: c\r\n\r\n");
			assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\r\nX-Stays: 1\r\nContent-Length: 0\r\n\r\n");
			assertThat(take(heads))
				.isEqualTo("GET / HTTP/1.1\r\nHost: a\r\nForwarded: for=b\r\nX-Forwarded-For: c\r\n\r\n");
		}
	}

	@Test
	void replacesWhatAClientSaysOfItsAddress() throws Exception {
		assertThat(forwarded(Origin.REPLACED_HEADERS))
			.isEqualTo("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n");
	}

	@Test
	void extendsWhatAProxyInFrontSaysOfItsClient() throws Exception {
		assertThat(forwarded(Origin.EXTENDED_HEADERS))
			.isEqualTo("GET / HTTP/1.1\r\nHost: a\r\nForwarded: for=1.1.1.1\r\n"
					+ "X-Forwarded-Proto: https\r\nx-forwarded-host: b\r\nX-Forwarded-For: 2.2.2.2, 3.3.3.3, 127.0.0.1\r\n\r\n");
	}

	private static String forwarded(Origin origin) throws Exception {
		BlockingQueue<String> heads = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> {
			heads.add(head);
			return "";
		}));
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(origin)).with(upstream);
				RawClient client = proxy.connect()) {
			client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 2.2.2.2\r\nForwarded: for=1.1.1.1\r\n"
					+ "X-Forwarded-Proto: https\r\nx-forwarded-for: 3.3.3.3\r\nx-forwarded-host: b\r\n\r\n");
			client.readHead();
			assertThat(proxy.requests().get(0).forwarded()).isEqualTo("2.2.2.2, 3.3.3.3");
			assertThat(proxy.requests().get(0).client().getPort()).isEqualTo(client.socket().getLocalPort());
			return take(heads);
		}
	}

	@Test
	void servesHttp10ClientsWithoutHostOrChunks() throws Exception {
		BlockingQueue<String> heads = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			heads.add(connection.readHead());
			connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
			heads.add(connection.readHead());
			connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
			connection.awaitEnd();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			client.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
			assertThat(client.readHead())
				.isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n");
			assertThat(client.read(1)).isEqualTo("1");
			assertThat(take(heads)).startsWith("GET /1 HTTP/1.1\r\nHost: \r\n");
			client.send("GET /2 HTTP/1.0\r\nHost: b\r\nConnection: keep-alive\r\n\r\n");
			assertThat(client.readToEnd()).isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcde");
			assertThat(take(heads)).startsWith("GET /2 HTTP/1.1\r\nHost: b\r\n");
		}
	}

	@Test
	void knowsAnswersWithoutABody() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
			connection.readHead();
			connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
			connection.readHead();
			connection.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n");
			connection.readHead();
			connection.send("HTTP/1.1 204 No Content\r\n\r\n");
			connection.readHead();
			connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n5");
			connection.awaitEnd();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			client.send("HEAD /1 HTTP/1.1\r\nHost: a\r\n\r\nHEAD /2 HTTP/1.1\r\nHost: a\r\n\r\n")
				.get("/3")
				.get("/4")
				.get("/5");
			assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
			assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\r\n\r\n");
			assertThat(client.readHead()).isEqualTo("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n");
			assertThat(client.readHead()).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
			assertThat(client.readAnswer()).isEqualTo("200 OK|5");
			assertThat(upstream.connections()).isEqualTo(1);
		}
	}

	@Test
	void passesInterimAnswers() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			String head = connection.readHead();
			connection.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
			if (head.contains("Expect: 100-continue")) {
				connection.send("HTTP/1.1 100 Continue\r\n\r\n");
			}
			String body = connection.read(4);
			connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + body);
			connection.awaitEnd();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
			assertThat(client.readHead()).isEqualTo("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
			assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
			client.send("body");
			assertThat(client.readAnswer()).isEqualTo("200 OK|body");
		}
	}

	@Test
	void passesChunksAndTrailersBothWays() throws Exception {
		BlockingQueue<String> requests = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			String head = connection.readHead();
			requests.add(head + connection.readHead());
			connection.send("HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n"
					+ "2;a=b\r\nhi\r\n0\r\nX-Sum: 2\r\n\r\n");
			connection.awaitEnd();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			client
				.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n"
						+ "0\r\nX-End: 1\r\nContent-Length: 9\r\n\r\n");
			assertThat(client.readHead())
				.isEqualTo("HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n");
			assertThat(client.readHead()).isEqualTo("2\r\nhi\r\n0\r\nX-Sum: 2\r\n\r\n");
			assertThat(take(requests)).isEqualTo("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
					+ "X-Forwarded-For: 127.0.0.1\r\n\r\n3\r\nabc\r\na\r\n0123456789\r\n0\r\nX-End: 1\r\n\r\n");
		}
	}

	@Test
	void chunksAnAnswerThatEndsWithItsConnection() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection.send("HTTP/1.0 200 OK\r\n\r\nabc");
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			for (int i = 0; i < 2; i++) {
				client.get("/");
				assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
				assertThat(client.readHead()).isEqualTo("3\r\nabc\r\n0\r\n\r\n");
			}
			await().atMost(LIMIT).until(() -> upstream.outstanding() == 0);
		}
	}

	@Test
	void servesPipelinedRequestsInOrderEachFromItsWorker() throws Exception {
		try (RawUpstream first = RawUpstream.tcp(RawUpstream.answering((head) -> "first " + head.substring(5, 7)));
				RawUpstream second = RawUpstream.tcp(RawUpstream.answering((head) -> "second " + head.substring(5, 7)));
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(first, second);
				RawClient client = proxy.connect()) {
			StringBuilder requests = new StringBuilder();
			for (int i = 10; i < 60; i++) {
				requests.append("GET /").append(i).append("?sid=").append(i % 2).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
			}
			client.send(requests.toString());
			for (int i = 10; i < 60; i++) {
				assertThat(client.readAnswer()).isEqualTo("200 OK|" + ((i % 2 == 0) ? "first " : "second ") + i);
			}
		}
	}

	@Test
	void servesThousandsOfRequestsOfOneConnectionFromTwoWorkers() throws Exception {
		try (RawUpstream first = RawUpstream.tcp(RawUpstream.answering((head) -> "first"));
				RawUpstream second = RawUpstream.tcp(RawUpstream.answering((head) -> "second"));
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(first, second);
				RawClient client = proxy.connect()) {
			for (int i = 0; i < 2000; i++) {
				client.get("/?sid=" + (i % 3) % 2);
				assertThat(client.readAnswer()).isEqualTo(((i % 3) % 2 == 0) ? "200 OK|first" : "200 OK|second");
			}
			assertThat(first.connections() + second.connections()).isLessThanOrEqualTo(4);
			await().atMost(LIMIT).until(() -> first.outstanding() + second.outstanding() == 0);
			assertThat(first.begun() + second.begun()).isEqualTo(2000);
		}
	}

	@Test
	void servesARequestHoweverItsBytesArrive() throws Exception {
		String request = "POST /?sid=0 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			while (connection.readHead() != null) {
				connection.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + connection.read(3));
			}
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			client.socket().setTcpNoDelay(true);
			for (int split = 1; split < request.length(); split++) {
				client.send(request.substring(0, split)).send(request.substring(split));
				assertThat(client.readAnswer()).isEqualTo("200 OK|abc");
			}
		}
	}

	@Test
	void sharesConnectionsBetweenClientsWhenHeadersTellTheirAddress() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> "x"));
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream)) {
			for (int i = 0; i < 20; i++) {
				try (RawClient client = proxy.connect()) {
					client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
					assertThat(client.readToEnd())
						.isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");
				}
			}
			assertThat(upstream.connections()).isLessThan(5);
		}
	}

	@Test
	void servesOverNioAsWell() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> "x"));
				ProxyFixture proxy = ProxyFixture
					.of(ProxyFixture.config(Origin.REPLACED_HEADERS), true, ByteBufAllocator.DEFAULT)
					.with(upstream);
				RawClient client = proxy.connect()) {
			for (int i = 0; i < 10; i++) {
				assertThat(client.get("/").readAnswer()).isEqualTo("200 OK|x");
			}
		}
	}

	@Test
	void closesIdleConnectionsAndEndsBusyOnesWhenDraining() throws Exception {
		BlockingQueue<String> go = new LinkedBlockingQueue<>();
		BlockingQueue<String> heads = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> {
			heads.add(head);
			return take(go);
		}));
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient idle = proxy.connect();
				RawClient busy = proxy.connect()) {
			go.add("a");
			assertThat(idle.get("/").readAnswer()).isEqualTo("200 OK|a");
			busy.get("/");
			take(heads);
			take(heads);
			proxy.proxy().drain();
			assertThat(idle.readToEnd()).isEmpty();
			go.add("b");
			assertThat(busy.readToEnd())
				.isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nb");
			try (RawClient late = proxy.connect()) {
				go.add("c");
				assertThat(late.get("/").readToEnd()).endsWith("Connection: close\r\n\r\nc");
			}
		}
	}

	private static String take(BlockingQueue<String> queue) {
		try {
			String value = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
			assertThat(value).isNotNull();
			return value;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
