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
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionIds;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Ports besides, with and without a header of the PROXY protocol.
 */
@Timeout(120)
class ListenIntegrationTests {

	private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

	/**
	 * From 192.0.2.1, port 4660, to 198.51.100.2, port 443.
	 */
	private static final String TCP4 = SIGNATURE + "2111000cc0000201c6336402123401bb";

	/**
	 * The same over TLS.
	 */
	private static final String TCP4_TLS = SIGNATURE + "21110014c0000201c6336402123401bb2000050100000000";

	private static final String TCP6 = SIGNATURE + "21210024" + "20010db8000000000000000000000001"
			+ "20010db8000000000000000000000002" + "123401bb";

	private final Source source = new Source();

	@TempDir
	private Path folder;

	private @Nullable HttpFrontFixture fixture;

	@AfterEach
	void stop() throws Exception {
		if (this.fixture != null) {
			this.fixture.close();
		}
	}

	@Test
	void aPortBesidesServesClients() throws Exception {
		HttpFrontFixture fixture = start(HttpFrontFixture.LIMITS);
		int port = ((InetSocketAddress) listen(anyPort(), false, false)).getPort();
		assertThat(RawConnection.exchange(port, HttpFrontFixture.get("")).status()).isEqualTo(200);
		this.source.sink().unlisten();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
			while (true) {
				RawConnection.open(port).close();
			}
		});
		assertThat(fixture.server.sessions()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { TCP4, TCP4_TLS, TCP6 })
	void thePreambleTellsWhereTheClientIs(String preamble) throws Exception {
		HttpFrontFixture fixture = start(HttpFrontFixture.LIMITS);
		int port = ((InetSocketAddress) listen(anyPort(), true, false)).getPort();
		String bytes = unhex(preamble) + HttpFrontFixture.get("");
		for (int cut = 0; cut < bytes.length(); cut++) {
			try (RawConnection connection = RawConnection.open(port)) {
				connection.send(bytes.substring(0, cut)).send(bytes.substring(cut));
				assertThat(connection.read().status()).isEqualTo(200);
			}
			assertOrigin(fixture.sessions.remove(), preamble);
		}
	}

	@Test
	void aUnixDomainSocketServesClientsBehindAPreamble() throws Exception {
		HttpFrontFixture fixture = start(HttpFrontFixture.LIMITS);
		SocketAddress address = UnixDomainSocketAddress.of(this.folder.resolve("s"));
		assertThat(listen(address, true, false)).isEqualTo(address);
		try (SocketChannel channel = SocketChannel.open(address)) {
			channel.write(bytes(unhex(TCP4_TLS) + HttpFrontFixture.get("")));
			ByteBuffer answer = ByteBuffer.allocate(12);
			while (answer.hasRemaining() && channel.read(answer) >= 0) {
				// More is to come
			}
			assertThat(new String(answer.array(), StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 200");
		}
		assertOrigin(fixture.sessions.remove(), TCP4_TLS);
		fixture.close();
		assertThat(Files.exists(this.folder.resolve("s"))).isFalse();
	}

	private static void assertOrigin(Session session, String preamble) {
		InetSocketAddress remote = session.handshake().remoteAddress();
		InetSocketAddress local = session.handshake().localAddress();
		assertThat(remote.getAddress().getHostAddress())
			.isEqualTo(preamble.equals(TCP6) ? "2001:db8:0:0:0:0:0:1" : "192.0.2.1");
		assertThat(remote.getPort()).isEqualTo(0x1234);
		assertThat(local.getAddress().getHostAddress())
			.isEqualTo(preamble.equals(TCP6) ? "2001:db8:0:0:0:0:0:2" : "198.51.100.2");
		assertThat(local.getPort()).isEqualTo(443);
		assertThat(session.handshake().secure()).isEqualTo(preamble.equals(TCP4_TLS));
	}

	@ParameterizedTest
	@ValueSource(strings = { SIGNATURE + "20000000", SIGNATURE + "21000000",
			SIGNATURE + "3111000cc0000201c6336402123401bb", SIGNATURE + "2211000cc0000201c6336402123401bb",
			SIGNATURE + "2111ffff", "50524f5859205443503420312e322e332e3420352e362e372e38203120320d0a",
			"50524f585920554e4b4e4f574e0d0a", "1603010200010001000000000000000000000000000000" })
	void connectionsWithoutAProperPreambleAreClosed(String preamble) throws Exception {
		start(HttpFrontFixture.LIMITS);
		int port = ((InetSocketAddress) listen(anyPort(), true, false)).getPort();
		try (RawConnection connection = RawConnection.open(port)) {
			connection.send(unhex(preamble) + HttpFrontFixture.get("") + "\r\n".repeat(1000));
			assertThat(connection.readAll()).isEmpty();
		}
	}

	@Test
	void requestsInsteadOfAPreambleAreNotAnswered() throws Exception {
		start(HttpFrontFixture.LIMITS);
		int port = ((InetSocketAddress) listen(anyPort(), true, false)).getPort();
		try (RawConnection connection = RawConnection.open(port)) {
			assertThat(connection.send(HttpFrontFixture.get("")).readAll()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", SIGNATURE, SIGNATURE + "2111000cc00002" })
	void slowPreamblesAreCutOff(String beginning) throws Exception {
		start(new LimitsConfig(0, 0, 0, 2048, Duration.ofMillis(200), Duration.ofSeconds(60), Duration.ofSeconds(60)));
		int port = ((InetSocketAddress) listen(anyPort(), true, false)).getPort();
		try (RawConnection connection = RawConnection.open(port)) {
			assertThat(connection.send(unhex(beginning)).readAll()).isEmpty();
		}
	}

	@Test
	void connectionsAreLimitedByTheAddressOfThePreamble() throws Exception {
		start(new LimitsConfig(0, 1, 0, 2048, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60)));
		int port = ((InetSocketAddress) listen(anyPort(), true, false)).getPort();
		try (RawConnection one = RawConnection.open(port);
				RawConnection same = RawConnection.open(port);
				RawConnection other = RawConnection.open(port)) {
			assertThat(one.send(unhex(TCP4) + HttpFrontFixture.health()).read().status()).isEqualTo(200);
			assertThat(same.send(unhex(TCP4) + HttpFrontFixture.health()).read().status()).isEqualTo(503);
			assertThat(other.send(unhex(TCP6) + HttpFrontFixture.health()).read().status()).isEqualTo(200);
		}
	}

	@Test
	void sessionsElsewhereAreRefusedBehindAPreamble() throws Exception {
		start(HttpFrontFixture.LIMITS);
		int port = ((InetSocketAddress) listen(anyPort(), true, false)).getPort();
		try (RawConnection connection = RawConnection.open(port)) {
			connection.send(unhex(TCP4) + HttpFrontFixture.get("nobody"));
			assertThat(connection.read().body()).contains("Session ID unknown");
		}
	}

	@Test
	void requestsThatMeetADrainBehindAPreambleAreLeftToTheProxy() throws Exception {
		HttpFrontFixture fixture = start(HttpFrontFixture.LIMITS);
		int port = ((InetSocketAddress) listen(anyPort(), true, false)).getPort();
		fixture.server.refuseSessions();
		String upgrade = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
				+ "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Ng==\r\n\r\n";
		for (String request : List.of(HttpFrontFixture.get(""), HttpFrontFixture.health(), upgrade)) {
			try (RawConnection connection = RawConnection.open(port)) {
				this.source.repeatedElsewhere = false;
				connection.send(unhex(TCP4) + request);
				assertThat(connection.read().status()).isEqualTo(503);
			}
			this.source.repeatedElsewhere = true;
			try (RawConnection connection = RawConnection.open(port)) {
				connection.send(unhex(TCP4) + request);
				assertThat(connection.readAll()).isEmpty();
			}
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aPortCanBeSharedIfAllWhoListenSaySo() throws Exception {
		start(HttpFrontFixture.LIMITS);
		InetSocketAddress shared = (InetSocketAddress) listen(anyPort(), false, true);
		assertThat(listen(shared, false, true)).isEqualTo(shared);
		InetSocketAddress alone = (InetSocketAddress) listen(anyPort(), false, false);
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> listen(alone, false, false));
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> listen(alone, false, true));
	}

	@Test
	void aUnixDomainSocketWithoutPreambleIsRefused() throws Exception {
		start(HttpFrontFixture.LIMITS);
		UnixDomainSocketAddress address = UnixDomainSocketAddress.of(this.folder.resolve("s"));
		assertThatIllegalArgumentException().isThrownBy(() -> listen(address, false, false));
	}

	@Test
	void aSourceThatDoesNotOpenFailsTheStart() {
		this.source.failure = new IllegalStateException("no primary");
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> start(HttpFrontFixture.LIMITS))
			.withRootCauseInstanceOf(IllegalStateException.class);
	}

	private HttpFrontFixture start(LimitsConfig limits) throws Exception {
		HttpFrontFixture fixture = new HttpFrontFixture(limits, CorsConfig.SAME_ORIGIN, new SessionIds(), this.source,
				null, Runnable::run);
		this.fixture = fixture;
		return fixture;
	}

	private SocketAddress listen(SocketAddress address, boolean preamble, boolean shared) throws Exception {
		try {
			return this.source.sink().listen(address, preamble, shared).toCompletableFuture().get(10, TimeUnit.SECONDS);
		}
		catch (java.util.concurrent.ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	private static InetSocketAddress anyPort() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
	}

	private static String unhex(String hex) {
		return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
	}

	private static ByteBuffer bytes(String bytes) {
		return ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
	}

	/**
	 * Delivers nothing.
	 */
	private static final class Source implements ConnectionSource {

		private @Nullable ConnectionSink sink;

		private @Nullable RuntimeException failure;

		private volatile boolean repeatedElsewhere;

		ConnectionSink sink() {
			ConnectionSink sink = this.sink;
			assertThat(sink).isNotNull();
			return sink;
		}

		@Override
		public CompletionStage<InetSocketAddress> open(ConnectionSink connections) {
			this.sink = connections;
			return (this.failure != null) ? CompletableFuture.failedFuture(this.failure)
					: CompletableFuture.completedFuture(InetSocketAddress.createUnresolved("public.example", 1));
		}

		@Override
		public CompletionStage<@Nullable Void> close() {
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public boolean isElsewhere(@Nullable String sid) {
			return true;
		}

		@Override
		public boolean sharesSessions() {
			return false;
		}

		@Override
		public boolean isRepeatedElsewhere() {
			return this.repeatedElsewhere;
		}

		@Override
		public void handOn(Channel channel, ByteBuf bytes) {
			throw new IllegalStateException("must not be handed on");
		}

	}

}
