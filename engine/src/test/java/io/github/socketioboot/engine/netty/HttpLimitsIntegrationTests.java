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
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.socketioboot.engine.netty.RawConnection.Response;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EnginePacketType;
import io.github.socketioboot.engine.protocol.EnginePackets;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.RefusalReason;
import io.github.socketioboot.engine.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Bounds on what clients may take of a server: time, connections, memory.
 */
@Timeout(180)
class HttpLimitsIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final Duration SHORT = Duration.ofMillis(300);

	private @Nullable HttpFrontFixture fixture;

	@AfterEach
	void stop() throws Exception {
		if (this.fixture != null) {
			this.fixture.close();
		}
	}

	@Test
	void connectionsThatSayNothingAreClosed() throws Exception {
		HttpFrontFixture fixture = start(0, 0, 0, SHORT, LONG, LONG);
		try (RawConnection connection = RawConnection.open(fixture.port)) {
			assertThat(connection.readAll()).extracting(Response::status).containsExactly(408);
		}
		assertThat(fixture.statistics.refused(RefusalReason.SLOW_REQUEST)).isOne();
	}

	@Test
	void slowHeadsAreCutOff() throws Exception {
		HttpFrontFixture fixture = start(0, 0, 0, SHORT, LONG, LONG);
		try (RawConnection connection = RawConnection.open(fixture.port)) {
			trickle(connection, "GET / HTTP/1.1\r\nHost: x\r\n" + "X: x\r\n".repeat(100));
			assertThat(connection.readAll()).extracting(Response::status).containsExactly(408);
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void slowHeadsOfLaterRequestsAreCutOff() throws Exception {
		// The first request is there before its time begins
		try (TwoServers servers = new TwoServers(limits(0, 0, 0, SHORT, LONG, LONG), null);
				RawConnection connection = servers.open(servers.first, HttpFrontFixture.health())) {
			assertThat(connection.read().status()).isEqualTo(200);
			trickle(connection, "GET / HTTP/1.1\r\nHost: x\r\n" + "X: x\r\n".repeat(100));
			assertThat(connection.readAll()).extracting(Response::status).containsExactly(408);
		}
	}

	@Test
	void blankLinesDoNotBuyTime() throws Exception {
		HttpFrontFixture fixture = start(0, 0, 0, SHORT, LONG, LONG);
		try (RawConnection connection = RawConnection.open(fixture.port)) {
			trickle(connection, "\r\n".repeat(300));
			assertThat(connection.readAll()).extracting(Response::status).containsExactly(408);
		}
	}

	@Test
	void slowBodiesAreCutOffAndTheirSessionEnds() throws Exception {
		HttpFrontFixture fixture = start(0, 0, 0, LONG, SHORT, LONG);
		String sid = fixture.handshake();
		try (RawConnection connection = RawConnection.open(fixture.port)) {
			connection.send(HttpFrontFixture.request("POST", sid, "Content-Length: 1000\r\n"));
			trickle(connection, "4".repeat(600));
			assertThat(connection.readAll()).extracting(Response::status).containsExactly(408);
		}
		await().atMost(LONG).until(() -> fixture.closed.contains(CloseReason.TRANSPORT_ERROR));
		assertThat(fixture.statistics.refused(RefusalReason.SLOW_REQUEST)).isOne();
		assertThat(fixture.messages).isEmpty();
	}

	@Test
	void bodiesOfAnsweredRequestsAreCutOffToo() throws Exception {
		HttpFrontFixture fixture = start(0, 0, 0, LONG, SHORT, LONG);
		try (RawConnection connection = RawConnection.open(fixture.port)) {
			connection.send("GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
			trickle(connection, "4".repeat(600));
			assertThat(connection.readAll()).extracting(Response::status).containsExactly(200);
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void pendingPollsOutliveTheTimeForRequests() throws Exception {
		// Requests are there before their time begins
		try (TwoServers servers = new TwoServers(limits(0, 0, 0, SHORT, SHORT, SHORT), null);
				RawConnection handshake = servers.open(servers.first, HttpFrontFixture.get(""))) {
			String sid = HttpFrontFixture.sid(handshake.read().body());
			try (RawConnection poll = servers.open(servers.first, HttpFrontFixture.get(sid))) {
				// Three other connections are cut off one after the other meanwhile
				for (int i = 0; i < 3; i++) {
					try (RawConnection connection = servers.open(servers.first, "")) {
						assertThat(connection.readAll()).hasSize(1);
					}
				}
				try (RawConnection post = servers.open(servers.first, HttpFrontFixture.post(sid, "1"))) {
					assertThat(post.read().body()).isEqualTo("ok");
				}
				assertThat(poll.read().body()).isEqualTo("6");
			}
		}
	}

	@Test
	void idleConnectionsAreClosed() throws Exception {
		HttpFrontFixture fixture = start(0, 0, 0, LONG, LONG, SHORT);
		try (RawConnection connection = RawConnection.open(fixture.port)) {
			connection.send(HttpFrontFixture.health());
			assertThat(connection.readAll()).extracting(Response::status).containsExactly(200);
		}
		assertThat(fixture.statistics.refused(RefusalReason.SLOW_REQUEST)).isZero();
	}

	@Test
	void connectionsAreLimited() throws Exception {
		HttpFrontFixture fixture = start(2, 0, 0, LONG, LONG, LONG);
		assertThirdConnectionIsRefused(fixture, RefusalReason.CONNECTIONS);
	}

	@Test
	void connectionsPerAddressAreLimited() throws Exception {
		HttpFrontFixture fixture = start(0, 2, 0, LONG, LONG, LONG);
		assertThirdConnectionIsRefused(fixture, RefusalReason.CONNECTIONS_PER_ADDRESS);
	}

	private void assertThirdConnectionIsRefused(HttpFrontFixture fixture, RefusalReason reason) throws Exception {
		try (RawConnection first = RawConnection.open(fixture.port);
				RawConnection second = RawConnection.open(fixture.port)) {
			assertThat(first.send(HttpFrontFixture.health()).read().status()).isEqualTo(200);
			assertThat(second.send(HttpFrontFixture.health()).read().status()).isEqualTo(200);
			try (RawConnection third = RawConnection.open(fixture.port)) {
				Response refusal = third.read();
				assertThat(refusal.status()).isEqualTo(503);
				assertThat(refusal.headers()).containsEntry("Connection", "close").containsEntry("Retry-After", "1");
				assertThat(third.isClosedByPeer()).isTrue();
			}
			assertThat(fixture.statistics.refused(reason)).isOne();
		}
		await().atMost(LONG).ignoreExceptions().until(() -> fixture.handshake().length() == 20);
	}

	@Test
	void handshakesAreLimited() throws Exception {
		HttpFrontFixture fixture = start(0, 0, 1, LONG, LONG, LONG);
		fixture.handshake();
		Response refusal = null;
		for (int i = 0; i < 100 && (refusal == null || refusal.status() == 200); i++) {
			refusal = RawConnection.exchange(fixture.port, HttpFrontFixture.get(""));
		}
		assertThat(refusal).isNotNull();
		assertThat(refusal.status()).isEqualTo(503);
		assertThat(refusal.headers()).containsEntry("Retry-After", "1");
		assertThat(fixture.statistics.refused(RefusalReason.HANDSHAKE_RATE)).isPositive();
		assertThat(fixture.server.sessions()).isEqualTo(fixture.accepted.get());
	}

	@Test
	void requestsThatAreNoHandshakeLeaveNothingBehind() throws Exception {
		HttpFrontFixture fixture = start(0, 0, 0, LONG, LONG, LONG);
		String[] requests = { HttpFrontFixture.request("POST", "", "Content-Length: 0\r\n"),
				HttpFrontFixture.request("OPTIONS", "", ""), HttpFrontFixture.request("PUT", "", ""),
				HttpFrontFixture.get("AAAAAAAAAAAAAAAAAAAA"),
				HttpFrontFixture.request("GET", "", "Origin: http://evil.example\r\n"),
				HttpFrontFixture.request("GET", "", "").replace("EIO=4", "EIO=3"),
				HttpFrontFixture.request("GET", "", "").replace("polling", "websocket"),
				HttpFrontFixture.request("GET", "", "").replace("polling", "nonsense"),
				HttpFrontFixture.request("GET", "", "Cookie: io=AAAAAAAAAAAAAAAAAAAA\r\nio: AAAAAAAAAAAAAAAAAAAA\r\n")
					.replace("polling", "none") };
		// Once for what classes and pools take for good
		send(fixture, requests, 300);
		long before = usedMemory();
		send(fixture, requests, 3000);
		assertThat(usedMemory() - before).isLessThan(8L << 20);
		assertThat(fixture.accepted).hasValue(0);
		assertThat(fixture.server.sessions()).isZero();
		assertThat(fixture.statistics.refused(RefusalReason.ORIGIN)).isEqualTo(3300);
		assertThat(fixture.statistics.refused(RefusalReason.BAD_REQUEST)).isEqualTo(3300 * (requests.length - 1));
	}

	@Test
	void answersThatAreNotReadStopTheReading() throws Exception {
		HttpFrontFixture fixture = start(0, 0, 0, LONG, LONG, LONG);
		String request = HttpFrontFixture.get("nobody");
		ByteBuffer requests = ByteBuffer.wrap(request.repeat(200_000).getBytes(StandardCharsets.ISO_8859_1));
		try (SocketChannel channel = SocketChannel.open(); Selector selector = Selector.open()) {
			channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
			channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port));
			channel.configureBlocking(false);
			channel.register(selector, SelectionKey.OP_WRITE);
			long answered = 0;
			while (requests.hasRemaining()
					&& (answered == 0 || answered != fixture.statistics.refused(RefusalReason.BAD_REQUEST))) {
				answered = fixture.statistics.refused(RefusalReason.BAD_REQUEST);
				while (requests.hasRemaining() && selector.select(1000) > 0) {
					selector.selectedKeys().clear();
					channel.write(requests);
				}
			}
			// What the buffers of the two sockets hold
			assertThat(answered).isPositive().isLessThan(100_000);
		}
	}

	@Test
	void requestsBehindAPendingPollStopTheReading() throws Exception {
		HttpFrontFixture fixture = start(0, 0, 0, LONG, LONG, LONG);
		String sid = fixture.handshake();
		Session session = fixture.sessions.remove();
		ByteBuffer requests = ByteBuffer.wrap((HttpFrontFixture.get(sid) + HttpFrontFixture.health().repeat(1_000_000))
			.getBytes(StandardCharsets.ISO_8859_1));
		try (SocketChannel channel = SocketChannel.open(); Selector selector = Selector.open()) {
			channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port));
			channel.configureBlocking(false);
			channel.register(selector, SelectionKey.OP_WRITE);
			while (requests.hasRemaining() && selector.select(1000) > 0) {
				selector.selectedKeys().clear();
				channel.write(requests);
			}
			int unread = requests.remaining();
			assertThat(unread).isPositive();
			session.loop().execute(() -> {
				EncodedPacket packet = EnginePackets.encode(EnginePacketType.MESSAGE, "x");
				session.send(packet);
				packet.release();
			});
			channel.keyFor(selector).interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
			ByteBuffer answers = ByteBuffer.allocate(1 << 20);
			while (requests.remaining() > unread - (1 << 20)) {
				assertThat(selector.select(LONG.toMillis())).isPositive();
				selector.selectedKeys().clear();
				channel.write(requests);
				channel.read(answers.clear());
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "keep-alive, true", "keep-alive, false", "close, true", "close, false" })
	void connectionsWhoseAnswerIsNeverReadAreClosed(String connection, boolean pollFirst) throws Exception {
		HttpFrontFixture fixture = start(100, 0, 0, LONG, LONG, SHORT);
		String sid = fixture.handshake();
		Session session = fixture.sessions.remove();
		EncodedPacket packet = EnginePackets.encode(EnginePacketType.MESSAGE, "x".repeat(15_000_000));
		Runnable send = () -> {
			session.send(packet);
			packet.release();
		};
		try (SocketChannel channel = SocketChannel.open()) {
			channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
			await().atMost(LONG).until(() -> fixture.server.connections() == 0);
			channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port));
			await().atMost(LONG).until(() -> fixture.server.connections() == 1);
			if (!pollFirst) {
				session.loop().execute(send);
			}
			channel.write(ByteBuffer.wrap(HttpFrontFixture.request("GET", sid, "Connection: " + connection + "\r\n")
				.getBytes(StandardCharsets.ISO_8859_1)));
			if (pollFirst) {
				session.loop().execute(send);
			}
			// Less than the time for a head or a body
			await().atMost(LONG.dividedBy(2)).until(() -> fixture.server.connections() == 0);
		}
	}

	@Test
	void connectionsWithAnswersThatAreReadLateGoOn() throws Exception {
		HttpFrontFixture fixture = start(0, 0, 0, LONG, LONG, LONG);
		int count = 20_000;
		try (RawConnection connection = RawConnection.open(fixture.port)) {
			Thread writer = new Thread(() -> {
				try {
					for (int i = 0; i < count / 100; i++) {
						connection.send(HttpFrontFixture.get("nobody").repeat(100));
					}
				}
				catch (IOException ex) {
					// The reader fails then
				}
			});
			writer.start();
			// Long enough for the answers to fill the buffers, whose size differs
			writer.join(500);
			for (int i = 0; i < count; i++) {
				assertThat(connection.read().status()).isEqualTo(400);
			}
			writer.join();
		}
	}

	private HttpFrontFixture start(int connections, int perAddress, int handshakes, Duration head, Duration body,
			Duration idle) throws Exception {
		HttpFrontFixture fixture = new HttpFrontFixture(limits(connections, perAddress, handshakes, head, body, idle));
		this.fixture = fixture;
		return fixture;
	}

	private static LimitsConfig limits(int connections, int perAddress, int handshakes, Duration head, Duration body,
			Duration idle) {
		return new LimitsConfig(connections, perAddress, handshakes, 8192, head, body, idle);
	}

	/**
	 * Send a byte now and then until the server has had enough.
	 */
	private static void trickle(RawConnection connection, String bytes) throws IOException {
		for (char next : bytes.toCharArray()) {
			try {
				connection.send(String.valueOf(next));
			}
			catch (IOException ex) {
				return;
			}
			if (connection.hasInputWithin(Duration.ofMillis(20))) {
				return;
			}
		}
	}

	private static void send(HttpFrontFixture fixture, String[] requests, int rounds) throws IOException {
		int rest = rounds;
		while (rest > 0) {
			int batch = Math.min(rest, 50);
			try (RawConnection connection = RawConnection.open(fixture.port)) {
				List<Integer> statuses = new ArrayList<>();
				for (String request : requests) {
					connection.send(request.repeat(batch));
					for (int i = 0; i < batch; i++) {
						statuses.add(connection.read().status());
					}
				}
				assertThat(statuses).containsOnly(400, 403);
			}
			rest -= batch;
		}
	}

	private static long usedMemory() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
