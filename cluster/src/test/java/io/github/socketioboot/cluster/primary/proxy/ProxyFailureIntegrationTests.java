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

import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.socketioboot.cluster.primary.proxy.ProxyConfig.Origin;
import io.github.socketioboot.engine.BufferLeakExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(BufferLeakExtension.class)
class ProxyFailureIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@TempDir
	Path directory;

	@Test
	void goesToAnotherWorkerWhenOneCannotBeReached() throws Exception {
		RawUpstream gone = RawUpstream.tcp(RawUpstream.answering((head) -> ""));
		gone.close();
		RawUpstream alsoGone = RawUpstream.unix(this.directory.resolve("s"), RawUpstream.answering((head) -> ""));
		alsoGone.close();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			while (connection.readHead() != null) {
				connection.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + connection.read(3));
			}
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS))
					.with(gone, alsoGone, upstream);
				RawClient client = proxy.connect()) {
			for (int i = 0; i < 3; i++) {
				client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
				assertThat(client.readAnswer()).isEqualTo("200 OK|abc");
			}
			assertThat(gone.begun()).isEqualTo(3);
			assertThat(gone.outstanding() + alsoGone.outstanding()).isZero();
		}
	}

	@Test
	void saysSoWhenNoWorkerCanBeReached() throws Exception {
		Upstream[] gone = new Upstream[5];
		for (int i = 0; i < gone.length; i++) {
			RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> ""));
			upstream.close();
			gone[i] = upstream;
		}
		try (ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(gone);
				RawClient client = proxy.connect()) {
			assertThat(client.get("/").readAnswer()).isEqualTo("502 Bad Gateway|");
			assertThat(proxy.requests()).hasSizeLessThanOrEqualTo(4);
			assertThat(client.get("/?sid=1").readAnswer()).isEqualTo("502 Bad Gateway|");
		}
	}

	/**
	 * As when a worker closes an idle connection at the moment of the next request.
	 */
	@Test
	void repeatsOnlyWhatMayBeRepeatedWhenAKeptConnectionEnds() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
			connection.readHead();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			assertThat(client.get("/1?sid=0").readAnswer()).isEqualTo("200 OK|x");
			assertThat(client.get("/2?sid=0").readAnswer()).isEqualTo("200 OK|x");
			client.send("POST /3?sid=0 HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(client.readAnswer()).isEqualTo("502 Bad Gateway|");
			assertThat(client.get("/4?sid=0").readAnswer()).isEqualTo("200 OK|x");
			await().atMost(LIMIT).until(() -> upstream.outstanding() == 0);
		}
	}

	@Test
	void repeatsOnAnotherWorkerWhatALostOneHasNotAnswered() throws Exception {
		try (RawUpstream dying = RawUpstream.tcp((connection) -> connection.readHead());
				RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> "x"));
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS))
					.with(dying, upstream);
				RawClient client = proxy.connect()) {
			assertThat(client.get("/").readAnswer()).isEqualTo("200 OK|x");
			client.send("PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
			assertThat(client.readAnswer()).isEqualTo("502 Bad Gateway|");
			assertThat(upstream.begun()).isOne();
		}
	}

	@Test
	void repeatsNothingThatWasAnsweredInPart() throws Exception {
		try (RawUpstream dying = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection.send("HTTP/1.1 2");
		});
				RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> "x"));
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS))
					.with(dying, upstream);
				RawClient client = proxy.connect()) {
			assertThat(client.get("/").readAnswer()).isEqualTo("502 Bad Gateway|");
			assertThat(upstream.begun()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
			"Transfer-Encoding: chunked\r\n\r\n5\r\nabc" })
	void cutsTheAnswerOffWithTheWorker(String answer) throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection.send("HTTP/1.1 200 OK\r\n" + answer);
			connection.read();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			client.get("/");
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK\r\n");
			assertThat(client.read(3)).isNotEmpty();
			upstream.close();
			assertThat(client.readToEnd()).doesNotContain("0\r\n\r\n");
			await().atMost(LIMIT).until(() -> upstream.outstanding() == 0);
		}
	}

	@Test
	void abandonsTheRequestOfAClientThatHasGone() throws Exception {
		Queue<String> events = new ConcurrentLinkedQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			events.add(connection.readHead());
			connection.awaitEnd();
			events.add("end");
		}); ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream)) {
			try (RawClient client = proxy.connect()) {
				client.get("/");
				await().atMost(LIMIT).until(() -> events.size() == 1);
				assertThat(upstream.outstanding()).isOne();
			}
			await().atMost(LIMIT).until(() -> events.contains("end") && upstream.outstanding() == 0);
		}
	}

	@Test
	void passesAnAnswerThatComesBeforeTheEndOfTheRequest() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
			connection.awaitEnd();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + "a".repeat(1000));
			assertThat(client.readToEnd()).isEqualTo("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
		}
	}

	@Test
	void waitsForAWorker() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			while (connection.readHead() != null) {
				connection.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + connection.read(3));
			}
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS));
				RawClient client = proxy.connect()) {
			client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
			await().atMost(LIMIT).until(() -> proxy.requests().size() == 2);
			proxy.proxy().upstreamsChanged();
			await().atMost(LIMIT).until(() -> proxy.requests().size() == 3);
			proxy.with(upstream).proxy().upstreamsChanged();
			assertThat(client.readAnswer()).isEqualTo("200 OK|abc");
		}
	}

	@Test
	void refusesRequestsThatHaveWaitedTooLongOrAreTooMany() throws Exception {
		ProxyConfig usual = ProxyFixture.config(Origin.REPLACED_HEADERS);
		ProxyConfig config = new ProxyConfig(1024, usual.headTimeout(), usual.idleTimeout(), usual.transferTimeout(),
				Duration.ofSeconds(1), 1, usual.origin(), null);
		String refusal = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n";
		try (ProxyFixture proxy = ProxyFixture.of(config);
				RawClient first = proxy.connect();
				RawClient second = proxy.connect()) {
			first.get("/");
			await().atMost(LIMIT).until(() -> proxy.requests().size() == 2);
			second.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
			assertThat(second.readToEnd()).isEqualTo(refusal + "Connection: close\r\n\r\n");
			assertThat(first.readHead()).isEqualTo(refusal + "\r\n");
			first.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
			assertThat(first.readToEnd()).isEqualTo(refusal + "Connection: close\r\n\r\n");
		}
	}

	@Test
	void givesUpWaitingWithItsClient() throws Exception {
		ProxyConfig usual = ProxyFixture.config(Origin.REPLACED_HEADERS);
		ProxyConfig config = new ProxyConfig(1024, usual.headTimeout(), usual.idleTimeout(), usual.transferTimeout(),
				usual.workerTimeout(), 1, usual.origin(), null);
		try (RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> "x"));
				ProxyFixture proxy = ProxyFixture.of(config)) {
			try (RawClient client = proxy.connect()) {
				client.get("/gone");
				await().atMost(LIMIT).until(() -> proxy.requests().size() == 2);
			}
			await().atMost(LIMIT).untilAsserted(() -> {
				int before = proxy.requests().size();
				try (RawClient client = proxy.connect()) {
					client.get("/");
					// Asked for twice only if there was a place to wait at
					await().atMost(LIMIT)
						.until(() -> proxy.requests().size() == before + 2 || client.input().available() > 0);
					assertThat(proxy.requests()).hasSize(before + 2);
					proxy.with(upstream).proxy().upstreamsChanged();
					assertThat(client.readAnswer()).isEqualTo("200 OK|x");
				}
			});
			assertThat(proxy.requests().stream().map(ProxiedRequest::target).skip(2)).doesNotContain("/gone");
		}
	}

	@Test
	void endsBodiesThatStandStill() throws Exception {
		ProxyConfig usual = ProxyFixture.config(Origin.REPLACED_HEADERS);
		ProxyConfig config = new ProxyConfig(1024, usual.headTimeout(), usual.idleTimeout(), Duration.ofMillis(300),
				usual.workerTimeout(), 1, usual.origin(), null);
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection.awaitEnd();
		}); ProxyFixture proxy = ProxyFixture.of(config).with(upstream); RawClient client = proxy.connect()) {
			client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 408 ");
			assertThat(upstream.outstanding()).isZero();
		}
	}

	@Test
	void resetsAClientThatDoesNotTakeItsAnswer() throws Exception {
		ProxyConfig usual = ProxyFixture.config(Origin.REPLACED_HEADERS);
		ProxyConfig config = new ProxyConfig(1024, usual.headTimeout(), usual.idleTimeout(), Duration.ofMillis(300),
				usual.workerTimeout(), 1, usual.origin(), null);
		Queue<String> events = new ConcurrentLinkedQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
			try {
				connection.output().write(new byte[100_000_000]);
			}
			finally {
				events.add("end");
			}
		}); ProxyFixture proxy = ProxyFixture.of(config).with(upstream); RawClient client = proxy.connect()) {
			client.get("/");
			await().atMost(LIMIT).until(() -> !events.isEmpty() && upstream.outstanding() == 0);
		}
	}

	@Test
	void tellsTheChooserWhatHasFailed() throws Exception {
		RawUpstream gone = RawUpstream.tcp(RawUpstream.answering((head) -> ""));
		gone.close();
		try (RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> "x"));
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(gone, upstream);
				RawClient client = proxy.connect()) {
			assertThat(client.get("/t?a=b").readAnswer()).isEqualTo("200 OK|x");
			assertThat(proxy.requests()).extracting(ProxiedRequest::tried)
				.containsExactly(Set.of(), Set.of(gone.number()));
			assertThat(proxy.requests()).allSatisfy((request) -> {
				assertThat(request.method()).isEqualTo("GET");
				assertThat(request.target()).isEqualTo("/t?a=b");
				assertThat(request.forwarded()).isNull();
			});
		}
	}

}
