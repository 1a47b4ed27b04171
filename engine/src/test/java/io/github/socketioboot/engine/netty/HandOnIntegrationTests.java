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

package io.github.socketioboot.engine.netty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.socketioboot.engine.netty.RawConnection.Response;
import io.github.socketioboot.engine.session.HandshakeDecision;
import io.github.socketioboot.engine.session.HandshakeInterceptor;
import io.github.socketioboot.engine.session.RefusalReason;
import io.github.socketioboot.engine.session.Session;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.EpollSocketChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Connections that servers get from a source and hand on to each other.
 */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class HandOnIntegrationTests {

	private static final String HELLO_CHUNKED = "3;x=\"\\\"\"\r\n4he\r\n3\r\nllo\r\n0\r\nTrailer: x\r\n\r\n";

	private @Nullable TwoServers servers;

	@AfterEach
	void stop() throws Exception {
		if (this.servers != null) {
			this.servers.close();
		}
	}

	private TwoServers start() throws Exception {
		return start(HttpFrontFixture.LIMITS, null);
	}

	private TwoServers start(LimitsConfig limits, @Nullable HandshakeInterceptor interceptor) throws Exception {
		TwoServers servers = new TwoServers(limits, interceptor);
		this.servers = servers;
		return servers;
	}

	@Test
	void aServerWithASourceTellsItsAddressAndClosesItFirst() throws Exception {
		TwoServers servers = start();
		assertThat(servers.first.fixture.port).isEqualTo(servers.port());
		assertThat(servers.first.closed).isFalse();
		servers.first.fixture.close();
		assertThat(servers.first.closed).isTrue();
	}

	@Test
	void adoptedConnectionsAreServedWhereverTheirFirstBytesWereCut() throws Exception {
		TwoServers servers = start();
		String requests = HttpFrontFixture.health() + HttpFrontFixture.get("");
		for (int cut = 0; cut <= requests.length(); cut++) {
			try (RawConnection connection = servers.open(servers.first, requests.substring(0, cut))) {
				connection.send(requests.substring(cut));
				assertThat(connection.read().body()).isEqualTo("UP\n");
				assertThat(connection.read().body()).contains("\"sid\":\"1st-");
			}
		}
		assertThat(servers.first.fixture.accepted).hasValue(requests.length() + 1);
		ConnectionSink sink = sink(servers.first);
		assertThat(sink.sessions()).isEqualTo(requests.length() + 1);
		assertThat(sink.sessionsOpened()).isEqualTo(requests.length() + 1);
	}

	@Test
	void sessionsOfAdoptedConnectionsKnowTheirClient() throws Exception {
		TwoServers servers = start();
		try (RawConnection connection = servers.open(servers.first, HttpFrontFixture.get(""))) {
			assertThat(connection.read().status()).isEqualTo(200);
			Session session = servers.first.fixture.sessions.remove();
			assertThat(session.handshake().remoteAddress().getPort()).isEqualTo(connection.port());
			assertThat(session.handshake().localAddress().getPort()).isEqualTo(servers.port());
			assertThat(session.handshake().secure()).isFalse();
		}
	}

	@Test
	void postsForASessionElsewhereAreHandedOnWhereverTheyWereCut() throws Exception {
		TwoServers servers = start();
		String sid = handshake(servers, servers.second);
		String request = HttpFrontFixture.post(sid, "4hello");
		for (int cut = 0; cut <= request.length(); cut++) {
			try (RawConnection connection = servers.open(servers.first, request.substring(0, cut))) {
				connection.send(request.substring(cut));
				assertThat(connection.read().body()).isEqualTo("ok");
			}
			assertThat(servers.second.fixture.messages.remove()).isEqualTo("hello");
		}
		assertThat(servers.first.handedOn).hasSize(request.length() + 1);
		assertThat(servers.first.fixture.statistics.refused(RefusalReason.BAD_REQUEST)).isZero();
	}

	@Test
	void laterRequestsForASessionElsewhereAreHandedOnWhereverTheyWereCut() throws Exception {
		TwoServers servers = start();
		String sid = handshake(servers, servers.second);
		String requests = HttpFrontFixture.health() + HttpFrontFixture.get("nobody")
				+ HttpFrontFixture.request("POST", sid, "Transfer-Encoding: chunked\r\n") + HELLO_CHUNKED
				+ HttpFrontFixture.post(sid, "4again") + HttpFrontFixture.health();
		for (int cut = 0; cut <= requests.length(); cut++) {
			try (RawConnection connection = servers.open(servers.first, requests.substring(0, cut))) {
				connection.send(requests.substring(cut));
				assertThat(connection.read().body()).isEqualTo("UP\n");
				assertThat(connection.read().status()).isEqualTo(400);
				assertThat(connection.read().body()).isEqualTo("ok");
				assertThat(connection.read().body()).isEqualTo("ok");
				assertThat(connection.read().body()).isEqualTo("UP\n");
			}
			assertThat(servers.second.fixture.messages).containsExactly("hello", "again");
			servers.second.fixture.messages.clear();
		}
	}

	@Test
	void connectionsMayGoToAndFro() throws Exception {
		TwoServers servers = start();
		String there = handshake(servers, servers.second);
		String here = handshake(servers, servers.first);
		int rounds = 200;
		StringBuilder requests = new StringBuilder();
		for (int i = 0; i < rounds; i++) {
			requests.append(HttpFrontFixture.post(there, "4to " + i)).append(HttpFrontFixture.post(here, "4fro " + i));
		}
		try (RawConnection connection = servers.open(servers.first, "")) {
			connection.send(requests.toString());
			for (int i = 0; i < 2 * rounds; i++) {
				assertThat(connection.read().body()).isEqualTo("ok");
			}
		}
		assertThat(servers.first.handedOn).hasSize(rounds);
		assertThat(servers.second.handedOn).hasSize(rounds);
		assertThat(servers.first.fixture.messages).hasSize(rounds).endsWith("fro " + (rounds - 1));
		assertThat(servers.second.fixture.messages).hasSize(rounds).endsWith("to " + (rounds - 1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 10_000, 100_000, 900_000 })
	void bodiesOfAnySizeFollowTheirHead(int size) throws Exception {
		TwoServers servers = start();
		String sid = handshake(servers, servers.second);
		try (RawConnection connection = servers.open(servers.first, "")) {
			connection.send(HttpFrontFixture.post(sid, "4" + "x".repeat(size)) + HttpFrontFixture.health());
			assertThat(connection.read().body()).isEqualTo("ok");
			assertThat(connection.read().body()).isEqualTo("UP\n");
		}
		assertThat(servers.second.fixture.messages).containsExactly("x".repeat(size));
	}

	@Test
	void headsAreHandedOnByteForByte() throws Exception {
		TwoServers servers = start();
		servers.first.handsHandshakesOn = true;
		servers.first.fixture.server.refuseSessions();
		StringBuilder all = new StringBuilder();
		for (char character = 0x80; character <= 0xff; character++) {
			all.append(character);
		}
		String head = "GET " + HttpFrontFixture.target("") + "&x=" + all + " HTTP/1.1\r\nHost:x\r\nB:" + all
				+ "\r\na:1\r\nA:2\r\nempty:\r\n\r\n";
		try (RawConnection connection = servers.open(servers.first, head)) {
			assertThat(connection.read().body()).contains("\"sid\":\"2nd-");
		}
		assertThat(servers.first.handedOn).containsExactly(head);
		Session session = servers.second.fixture.sessions.remove();
		assertThat(session.handshake().uri()).endsWith(all);
		assertThat(session.handshake().headers().get("B")).isEqualTo(all.toString());
		assertThat(session.handshake().headers().getAll("a")).containsExactly("1", "2");
	}

	@Test
	void upgradesOfASessionElsewhereAreHandedOn() throws Exception {
		TwoServers servers = start();
		String sid = handshake(servers, servers.second);
		String request = HttpFrontFixture
			.request("GET", sid,
					"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
							+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
			.replace("polling", "websocket");
		try (RawConnection connection = servers.open(servers.first, request.substring(0, 100))) {
			connection.send(request.substring(100));
			assertThat(connection.readHead().status()).isEqualTo(101);
			// Masked with zeros
			connection.send("\u0081\u0086\0\0\0\0" + "2probe");
			assertThat(connection.readBytes(8)).isEqualTo("\u0081\u00063probe");
		}
	}

	@Test
	void sessionsUnknownEverywhereAreRefusedOnTheSpot() throws Exception {
		TwoServers servers = start();
		for (String sid : new String[] { "1st-xxxxxxxxxxxxxxxx", "nobody" }) {
			try (RawConnection connection = servers.open(servers.first, HttpFrontFixture.get(sid))) {
				assertThat(connection.read().body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
			}
		}
		assertThat(servers.first.handedOn).isEmpty();
	}

	@Test
	void handshakesAreHandedOnWhileTheServerDrains() throws Exception {
		TwoServers servers = start();
		servers.first.handsHandshakesOn = true;
		assertThat(handshake(servers, servers.first)).startsWith("1st-");
		servers.first.fixture.server.refuseSessions();
		assertThat(handshake(servers, servers.first)).startsWith("2nd-");
		servers.first.handsHandshakesOn = false;
		try (RawConnection connection = servers.open(servers.first, HttpFrontFixture.get(""))) {
			assertThat(connection.read().status()).isEqualTo(503);
		}
	}

	@Test
	void handshakesOnAConnectionThatCarriedOthersAreShared() throws Exception {
		TwoServers servers = start();
		servers.first.sharesSessions = true;
		servers.second.sharesSessions = true;
		try (RawConnection connection = servers.open(servers.first, "")) {
			for (int i = 0; i < 20; i++) {
				connection.send(HttpFrontFixture.get("") + HttpFrontFixture.health());
				TwoServers.Side expected = (i % 2 == 0) ? servers.first : servers.second;
				assertThat(connection.read().body()).contains("\"sid\":\"" + expected.prefix);
				assertThat(connection.read().body()).isEqualTo("UP\n");
			}
			servers.second.sharesSessions = false;
			for (int i = 0; i < 3; i++) {
				connection.send(HttpFrontFixture.get(""));
				assertThat(connection.read().body()).contains("\"sid\":\"2nd-");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "abc" })
	void handshakesAreHandedOnWhenTheDrainBeginsDuringTheInterceptor(String body) throws Exception {
		TwoServers servers = start(HttpFrontFixture.LIMITS, (handshake) -> {
			TwoServers running = this.servers;
			assertThat(running).isNotNull();
			running.first.fixture.server.refuseSessions();
			return HandshakeDecision.ALLOW;
		});
		servers.first.handsHandshakesOn = true;
		String headers = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
		String request = HttpFrontFixture.request("GET", "", headers) + body;
		try (RawConnection connection = servers.open(servers.first, request)) {
			// A body may have been read by then
			assertThat(connection.read().status()).isEqualTo(body.isEmpty() ? 200 : 503);
		}
		assertThat(servers.second.fixture.accepted).hasValue(body.isEmpty() ? 1 : 0);
	}

	@Test
	void connectionsHandedOnAreNoLongerCounted() throws Exception {
		LimitsConfig limits = new LimitsConfig(1, 1, 0, 2048, Duration.ofSeconds(30), Duration.ofSeconds(30),
				Duration.ofSeconds(30));
		TwoServers servers = start(limits, null);
		String sid = handshake(servers, servers.second);
		await().until(() -> servers.second.fixture.server.connections() == 0);
		for (int i = 0; i < 10; i++) {
			try (RawConnection connection = servers.open(servers.first, HttpFrontFixture.post(sid, "4hello"))) {
				assertThat(connection.read().body()).isEqualTo("ok");
				assertThat(servers.first.fixture.server.connections()).isZero();
				assertThat(servers.second.fixture.server.connections()).isOne();
				try (RawConnection refused = servers.open(servers.second, HttpFrontFixture.health())) {
					assertThat(refused.read().status()).isEqualTo(503);
				}
			}
			await().until(() -> servers.second.fixture.server.connections() == 0);
		}
	}

	@Test
	void clientsMayLeaveAtAnyTime() throws Exception {
		TwoServers servers = start(new LimitsConfig(10_000, 0, 0, 2048, Duration.ofSeconds(60), Duration.ofSeconds(60),
				Duration.ofSeconds(60)), null);
		String sid = handshake(servers, servers.second);
		for (int i = 0; i < 200; i++) {
			RawConnection connection = servers.open(servers.first, "");
			connection.send(HttpFrontFixture.post(sid, "x".repeat(i)).substring(0, 50 + i));
			connection.reset();
		}
		assertThat(handshake(servers, servers.first)).startsWith("1st-");
		assertThat(handshake(servers, servers.second)).startsWith("2nd-");
		await().atMost(Duration.ofSeconds(30)).until(() -> servers.first.fixture.server.connections() == 0);
		await().atMost(Duration.ofSeconds(30)).until(() -> servers.second.fixture.server.connections() == 0);
	}

	@Test
	void connectionsThatComeTooLateAreClosed() throws Exception {
		TwoServers servers = start();
		servers.first.fixture.close();
		try (RawConnection connection = servers.open(servers.first, HttpFrontFixture.health())) {
			assertThat(connection.readAll()).isEmpty();
		}
	}

	@Test
	void descriptorsThatAreNoConnectionAreClosed() throws Exception {
		TwoServers servers = start();
		EpollSocketChannel channel = new EpollSocketChannel();
		sink(servers.first).adopt(channel,
				Unpooled.copiedBuffer(HttpFrontFixture.health(), StandardCharsets.ISO_8859_1));
		await().until(() -> !channel.isOpen());
	}

	private static ConnectionSink sink(TwoServers.Side side) {
		ConnectionSink sink = side.sink;
		assertThat(sink).isNotNull();
		return sink;
	}

	private static String handshake(TwoServers servers, TwoServers.Side side) throws IOException, InterruptedException {
		try (RawConnection connection = servers.open(side, HttpFrontFixture.get(""))) {
			Response response = connection.read();
			assertThat(response.status()).isEqualTo(200);
			return HttpFrontFixture.sid(response.body());
		}
	}

}
