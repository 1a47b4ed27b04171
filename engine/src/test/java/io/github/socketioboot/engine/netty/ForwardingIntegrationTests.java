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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import io.github.socketioboot.engine.netty.RawConnection.Response;
import io.github.socketioboot.engine.netty.forwarded.ForwardedHeaders;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.github.socketioboot.engine.netty.forwarded.ProxyProtocol;
import io.github.socketioboot.engine.netty.forwarded.TrustedProxies;
import io.github.socketioboot.engine.session.Handshake;
import io.github.socketioboot.engine.session.RefusalReason;
import io.github.socketioboot.engine.session.SessionIds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients behind proxies that are believed, and behind others.
 */
@Timeout(120)
class ForwardingIntegrationTests {

	private static final TrustedProxies LOOPBACK = TrustedProxies.of(List.of("127.0.0.0/8"));

	private static final TrustedProxies OTHERS = TrustedProxies.of(List.of("192.0.2.0/24"));

	private static final String HEADER = "PROXY TCP4 198.51.100.7 198.51.100.2 4660 443\r\n";

	private static final String HTTPS = "X-Forwarded-For: 203.0.113.5\r\nX-Forwarded-Proto: https\r\n"
			+ "X-Forwarded-Host: www.example.org\r\n";

	private @Nullable HttpFrontFixture fixture;

	private @Nullable TwoServers servers;

	@AfterEach
	void stop() throws Exception {
		if (this.fixture != null) {
			this.fixture.close();
		}
		if (this.servers != null) {
			this.servers.close();
		}
	}

	@Test
	void theClientIsWhomATrustedProxySpeaksOf() throws Exception {
		HttpFrontFixture fixture = start(LOOPBACK, ForwardedHeaders.X_FORWARDED, ProxyProtocol.NONE);
		assertThat(handshake(fixture, HTTPS).status()).isEqualTo(200);
		Handshake handshake = fixture.sessions.remove().handshake();
		assertThat(handshake.remoteAddress()).isEqualTo(new InetSocketAddress("203.0.113.5", 0));
		assertThat(handshake.secure()).isTrue();
		assertThat(handshake.headers().getAll("Host")).containsExactly("www.example.org");
		assertThat(handshake.localAddress().getPort()).isEqualTo(fixture.port);
	}

	@Test
	void theStandardHeaderIsUnderstoodAsWell() throws Exception {
		HttpFrontFixture fixture = start(LOOPBACK, ForwardedHeaders.FORWARDED, ProxyProtocol.NONE);
		assertThat(handshake(fixture, HTTPS + "Forwarded: for=\"[2001:db8::5]:81\";proto=https;host=example.net\r\n")
			.status()).isEqualTo(200);
		Handshake handshake = fixture.sessions.remove().handshake();
		assertThat(handshake.remoteAddress()).isEqualTo(new InetSocketAddress("2001:db8::5", 81));
		assertThat(handshake.secure()).isTrue();
		assertThat(handshake.headers().get("Host")).isEqualTo("example.net");
	}

	@Test
	void othersAreNotBelieved() throws Exception {
		HttpFrontFixture fixture = start(OTHERS, ForwardedHeaders.X_FORWARDED, ProxyProtocol.NONE);
		assertThat(handshake(fixture, HTTPS).status()).isEqualTo(200);
		Handshake handshake = fixture.sessions.remove().handshake();
		assertThat(handshake.remoteAddress().getAddress().isLoopbackAddress()).isTrue();
		assertThat(handshake.secure()).isFalse();
		assertThat(handshake.headers().get("Host")).isEqualTo("x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Forwarded-For: ,\r\n", "X-Forwarded-For: unknown\r\nX-Forwarded-Proto: \"\r\n",
			"X-Forwarded-Host: a/b\r\nX-Forwarded-Port: -1\r\n", "X-Forwarded-For: \u00ff\u00fe\r\n" })
	void whatCannotBeReadBreaksNoRequest(String headers) throws Exception {
		HttpFrontFixture fixture = start(LOOPBACK, ForwardedHeaders.X_FORWARDED, ProxyProtocol.NONE);
		assertThat(handshake(fixture, headers).status()).isEqualTo(200);
		assertThat(fixture.sessions.remove().handshake().remoteAddress().getAddress().isLoopbackAddress()).isTrue();
	}

	@Test
	void theOriginIsComparedWithWhatTheClientHasAskedFor() throws Exception {
		HttpFrontFixture fixture = start(LOOPBACK, ForwardedHeaders.X_FORWARDED, ProxyProtocol.NONE);
		assertThat(handshake(fixture, HTTPS + "Origin: https://www.example.org\r\n").status()).isEqualTo(200);
		assertThat(handshake(fixture, HTTPS + "Origin: http://www.example.org\r\n").status()).isEqualTo(403);
		assertThat(handshake(fixture, HTTPS + "Origin: http://x\r\n").status()).isEqualTo(403);
		assertThat(handshake(fixture, HTTPS + "X-Forwarded-Port: 8443\r\nOrigin: https://www.example.org:8443\r\n")
			.status()).isEqualTo(200);
		fixture.close();
		this.fixture = null;
		HttpFrontFixture strict = start(OTHERS, ForwardedHeaders.X_FORWARDED, ProxyProtocol.NONE);
		assertThat(handshake(strict, HTTPS + "Origin: https://www.example.org\r\n").status()).isEqualTo(403);
		assertThat(handshake(strict, HTTPS + "Origin: http://x\r\n").status()).isEqualTo(200);
	}

	@Test
	void clientsOfOneConnectionAreLimitedEachByItself() throws Exception {
		HttpFrontFixture fixture = start(limits(1), LOOPBACK, ForwardedHeaders.X_FORWARDED, ProxyProtocol.NONE);
		String sid = HttpFrontFixture.sid(handshake(fixture, "X-Forwarded-For: 203.0.113.1\r\n").body());
		try (RawConnection poll = RawConnection.open(fixture.port);
				RawConnection shared = RawConnection.open(fixture.port)) {
			poll.send(HttpFrontFixture.request("GET", sid, "X-Forwarded-For: 203.0.113.1\r\n"));
			String request = HttpFrontFixture.request("GET", "", "X-Forwarded-For: 203.0.113.1\r\n");
			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(shared.send(request).read().status()).isEqualTo(429));
			Response refused = shared.send(request).read();
			assertThat(refused.headers()).containsEntry("retry-after", "1").doesNotContainKey("connection");
			assertThat(refused.body()).contains("Too many connections");
			assertThat(fixture.statistics.refused(RefusalReason.CONNECTIONS_PER_ADDRESS)).isGreaterThanOrEqualTo(2);
			for (int i = 2; i < 20; i++) {
				assertThat(shared.send(HttpFrontFixture.request("GET", "", "X-Forwarded-For: 203.0.113." + i + "\r\n"))
					.read()
					.status()).isEqualTo(200);
			}
			assertThat(shared.send(HttpFrontFixture.health()).read().status()).isEqualTo(200);
		}
		// The poll has ended with its connection
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(
					() -> assertThat(handshake(fixture, "X-Forwarded-For: 203.0.113.1\r\n").status()).isEqualTo(200));
	}

	@Test
	void aWebSocketKeepsItsPlaceUntilItIsClosed() throws Exception {
		HttpFrontFixture fixture = start(limits(1), LOOPBACK, ForwardedHeaders.X_FORWARDED, ProxyProtocol.NONE);
		String upgrade = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
				+ "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				+ "X-Forwarded-For: 203.0.113.1\r\n\r\n";
		try (RawConnection socket = RawConnection.open(fixture.port)) {
			assertThat(socket.send(upgrade).readHead().status()).isEqualTo(101);
			assertThat(RawConnection.exchange(fixture.port, upgrade).status()).isEqualTo(429);
			assertThat(handshake(fixture, "X-Forwarded-For: 203.0.113.1\r\n").status()).isEqualTo(429);
			assertThat(handshake(fixture, "X-Forwarded-For: 203.0.113.2\r\n").status()).isEqualTo(200);
		}
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(
					() -> assertThat(handshake(fixture, "X-Forwarded-For: 203.0.113.1\r\n").status()).isEqualTo(200));
	}

	@ParameterizedTest
	@EnumSource(value = ProxyProtocol.class, names = { "OPTIONAL", "REQUIRED" })
	void theProxyProtocolTellsWhoTheClientIs(ProxyProtocol protocol) throws Exception {
		HttpFrontFixture fixture = start(LOOPBACK, ForwardedHeaders.NONE, protocol);
		String bytes = HEADER + HttpFrontFixture.get("") + HttpFrontFixture.get("");
		for (int cut = 0; cut < HEADER.length() + 40; cut++) {
			try (RawConnection connection = RawConnection.open(fixture.port)) {
				connection.send(bytes.substring(0, cut)).send(bytes.substring(cut));
				assertThat(connection.read().status()).isEqualTo(200);
				assertThat(connection.read().status()).isEqualTo(200);
			}
			for (int i = 0; i < 2; i++) {
				Handshake handshake = fixture.sessions.remove().handshake();
				assertThat(handshake.remoteAddress()).isEqualTo(new InetSocketAddress("198.51.100.7", 4660));
				assertThat(handshake.localAddress()).isEqualTo(new InetSocketAddress("198.51.100.2", 443));
				assertThat(handshake.secure()).isFalse();
			}
		}
	}

	@Test
	void aProxyMayLookAfterTheServerForItsOwnSake() throws Exception {
		HttpFrontFixture fixture = start(LOOPBACK, ForwardedHeaders.NONE, ProxyProtocol.REQUIRED);
		for (String header : List.of("PROXY UNKNOWN\r\n", "\r\n\r\n\0\r\nQUIT\n \0\0\0")) {
			assertThat(RawConnection.exchange(fixture.port, header + HttpFrontFixture.health()).body())
				.isEqualTo("UP\n");
			assertThat(RawConnection.exchange(fixture.port, header + HttpFrontFixture.get("")).status()).isEqualTo(200);
			assertThat(fixture.sessions.remove().handshake().remoteAddress().getAddress().isLoopbackAddress()).isTrue();
		}
	}

	@Test
	void aTrustedProxyMayLeaveTheHeaderOutOnlyIfItIsOptional() throws Exception {
		HttpFrontFixture optional = start(LOOPBACK, ForwardedHeaders.NONE, ProxyProtocol.OPTIONAL);
		assertThat(RawConnection.exchange(optional.port, HttpFrontFixture.get("")).status()).isEqualTo(200);
		optional.close();
		this.fixture = null;
		HttpFrontFixture required = start(LOOPBACK, ForwardedHeaders.NONE, ProxyProtocol.REQUIRED);
		try (RawConnection connection = RawConnection.open(required.port)) {
			assertThat(connection.send(HttpFrontFixture.get("")).readAll()).isEmpty();
		}
		assertThat(required.statistics.refused(RefusalReason.BAD_REQUEST)).isOne();
		assertThat(required.accepted).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PROXY TCP4 a b 1 2\r\n", "PROXY TCP4 1.2.3.4 5.6.7.8 1 2 PROXY" })
	void aMalformedHeaderEndsTheConnection(String header) throws Exception {
		HttpFrontFixture fixture = start(LOOPBACK, ForwardedHeaders.NONE, ProxyProtocol.OPTIONAL);
		try (RawConnection connection = RawConnection.open(fixture.port)) {
			connection.send(header + "\r\n" + HttpFrontFixture.get(""));
			assertThat(connection.readAll()).isEmpty();
		}
		assertThat(fixture.statistics.refused(RefusalReason.BAD_REQUEST)).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { HEADER, "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c\u00c0\0\2\1\u00c63d\2\u00124\1\u00bb" })
	void aClientThatSendsAHeaderItselfIsRefused(String header) throws Exception {
		for (ProxyProtocol protocol : ProxyProtocol.values()) {
			HttpFrontFixture fixture = start(OTHERS, ForwardedHeaders.NONE, protocol);
			try (RawConnection connection = RawConnection.open(fixture.port)) {
				assertThat(connection.send(header + HttpFrontFixture.get("")).readAll()).extracting(Response::status)
					.containsExactly(400);
			}
			assertThat(fixture.accepted).hasValue(0);
			assertThat(RawConnection.exchange(fixture.port, HttpFrontFixture.get("")).status()).isEqualTo(200);
			fixture.close();
			this.fixture = null;
		}
	}

	@Test
	void connectionsAreLimitedByTheAddressInTheProxyProtocol() throws Exception {
		HttpFrontFixture fixture = start(limits(1), LOOPBACK, ForwardedHeaders.NONE, ProxyProtocol.REQUIRED);
		try (RawConnection one = RawConnection.open(fixture.port)) {
			assertThat(one.send(HEADER + HttpFrontFixture.health()).read().status()).isEqualTo(200);
			assertThat(RawConnection.exchange(fixture.port, HEADER + HttpFrontFixture.health()).status())
				.isEqualTo(503);
			assertThat(RawConnection
				.exchange(fixture.port, HEADER.replace("198.51.100.7", "198.51.100.8") + HttpFrontFixture.health())
				.status()).isEqualTo(200);
		}
	}

	@Test
	void headersAreBelievedIfTheProxyProtocolNamesATrustedProxy() throws Exception {
		HttpFrontFixture fixture = start(LOOPBACK, ForwardedHeaders.X_FORWARDED, ProxyProtocol.REQUIRED);
		String request = HttpFrontFixture.request("GET", "", HTTPS);
		assertThat(RawConnection.exchange(fixture.port, HEADER + request).status()).isEqualTo(200);
		assertThat(fixture.sessions.remove().handshake().remoteAddress().getHostString()).isEqualTo("198.51.100.7");
		assertThat(RawConnection.exchange(fixture.port, HEADER.replace("198.51.100.7", "127.0.0.9") + request).status())
			.isEqualTo(200);
		assertThat(fixture.sessions.remove().handshake().remoteAddress().getHostString()).isEqualTo("203.0.113.5");
	}

	@ParameterizedTest
	@EnumSource(value = ProxyProtocol.class, names = { "OPTIONAL", "REQUIRED" })
	@EnabledOnOs(OS.LINUX)
	void aConnectionThatIsHandedOnKeepsItsClient(ProxyProtocol protocol) throws Exception {
		TwoServers servers = new TwoServers(HttpFrontFixture.LIMITS,
				new ForwardingConfig(LOOPBACK, ForwardedHeaders.NONE, protocol), null);
		this.servers = servers;
		servers.first.sharesSessions = true;
		for (String header : List.of(HEADER, "PROXY UNKNOWN\r\n")) {
			try (RawConnection connection = servers.open(servers.first, header + HttpFrontFixture.get(""))) {
				assertThat(connection.read().body()).contains("\"sid\":\"1st-");
				assertThat(connection.send(HttpFrontFixture.get("")).read().body()).contains("\"sid\":\"2nd-");
				assertThat(servers.second.fixture.sessions.remove().handshake().remoteAddress())
					.isEqualTo(servers.first.fixture.sessions.remove().handshake().remoteAddress());
			}
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aDrainingServerLetsAnotherOneTellTheHealthOfBoth() throws Exception {
		TwoServers servers = new TwoServers(HttpFrontFixture.LIMITS, null);
		this.servers = servers;
		try (RawConnection connection = servers.open(servers.first, HttpFrontFixture.health())) {
			assertThat(connection.read().body()).isEqualTo("UP\n");
			servers.first.fixture.server.refuseSessions();
			assertThat(connection.send(HttpFrontFixture.health()).read().status()).isEqualTo(503);
			servers.first.handsHandshakesOn = true;
			// With a port of its own, it would speak for itself
			assertThat(connection.send(HttpFrontFixture.health()).read().status()).isEqualTo(503);
			servers.first.sharesSessions = true;
			assertThat(connection.send(HttpFrontFixture.health()).read().body()).isEqualTo("UP\n");
			assertThat(servers.first.handedOn).hasSize(1);
		}
	}

	private static Response handshake(HttpFrontFixture fixture, String headers) throws IOException {
		return RawConnection.exchange(fixture.port, HttpFrontFixture.request("GET", "", headers));
	}

	private static LimitsConfig limits(int perAddress) {
		LimitsConfig usual = HttpFrontFixture.LIMITS;
		return new LimitsConfig(0, perAddress, 0, usual.maxHeaderSize(), usual.headTimeout(), usual.bodyTimeout(),
				usual.idleTimeout());
	}

	private HttpFrontFixture start(TrustedProxies trusted, ForwardedHeaders headers, ProxyProtocol protocol)
			throws Exception {
		return start(HttpFrontFixture.LIMITS, trusted, headers, protocol);
	}

	private HttpFrontFixture start(LimitsConfig limits, TrustedProxies trusted, ForwardedHeaders headers,
			ProxyProtocol protocol) throws Exception {
		HttpFrontFixture fixture = new HttpFrontFixture(limits, CorsConfig.SAME_ORIGIN,
				new ForwardingConfig(trusted, headers, protocol), new SessionIds(), null, null, Runnable::run);
		this.fixture = fixture;
		return fixture;
	}

}
