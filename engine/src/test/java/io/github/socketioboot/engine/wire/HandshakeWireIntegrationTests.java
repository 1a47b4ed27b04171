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

package io.github.socketioboot.engine.wire;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.HandshakeDecision;
import io.github.socketioboot.engine.transport.TransportName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handshakes and their errors, on both transports.
 */
@Timeout(120)
class HandshakeWireIntegrationTests {

	private static final String TRANSPORT_UNKNOWN = "{\"code\":0,\"message\":\"Transport unknown\"}";

	private static final String SESSION_UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";

	private static final String BAD_METHOD = "{\"code\":2,\"message\":\"Bad handshake method\"}";

	private static final String BAD_REQUEST = "{\"code\":3,\"message\":\"Bad request\"}";

	private static final String UNSUPPORTED_VERSION = "{\"code\":5,\"message\":\"Unsupported protocol version\"}";

	@RegisterExtension
	private final WireServer server = new WireServer();

	@Test
	void polling() throws Exception {
		RawHttp.Answer answer = this.server.startEngine().http().get(WireServer.POLLING);
		assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
		assertThat(answer.headers()).usingElementComparator(String.CASE_INSENSITIVE_ORDER)
			.containsExactlyInAnyOrder("Content-Type: text/plain; charset=UTF-8", "Content-Length: 118",
					"cache-control: no-store");
		assertThat(answer.text()).matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[\"websocket\"],"
				+ "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
	}

	@Test
	void webSocket() throws Exception {
		RawWebSocket socket = this.server.startEngine().webSocket(WireServer.WEBSOCKET);
		assertThat(socket.next()).matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[],"
				+ "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
		assertThat(socket.opening().header("Set-Cookie")).isNull();
		assertThat(socket.opening().header("Sec-WebSocket-Extensions")).isNull();
	}

	@Test
	void settingsAreTold() throws Exception {
		this.server.withoutUpgrades().ping(300, 200).maxPayload(5000).startEngine();
		assertThat(this.server.http().get(WireServer.POLLING).text())
			.endsWith("\"upgrades\":[],\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":5000}");
	}

	@Test
	void noUpgradeToATransportThatIsNotAllowed() throws Exception {
		this.server.transports(TransportName.POLLING).startEngine();
		assertThat(this.server.http().get(WireServer.POLLING).text()).contains("\"upgrades\":[]");
		assertThat(this.server.http().get(WireServer.WEBSOCKET).summary()).isEqualTo("400 " + TRANSPORT_UNKNOWN);
	}

	@Test
	void everySidIsDifferent() throws Exception {
		RawHttp http = this.server.startEngine().http();
		Set<String> sids = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			sids.add(http.get(WireServer.POLLING).text().substring(9, 29));
		}
		assertThat(sids).hasSize(100);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.io/?EIO=4&transport=polling&sid=", "/socket.io/?EIO=4&transport=polling&t=OcKgAv",
			"/socket.io/extra/path?EIO=4&transport=polling", "/socket.io/?transport=websocket&EIO=4&transport=polling",
			"/socket.io/?EIO=3&transport=polling&EIO=4" })
	void accepted(String target) throws Exception {
		assertThat(this.server.startEngine().http().get(target).summary()).startsWith("200 0{\"sid\":");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.io?EIO=4&transport=polling", "/socket.io", "/", "/engine.io/?EIO=4",
			"/Socket.io/?EIO=4&transport=polling" })
	void otherPaths(String target) throws Exception {
		assertThat(this.server.startEngine().http().get(target).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.io/?EIO=5&transport=polling", "/socket.io/?EIO=abc&transport=polling",
			"/socket.io/?transport=polling", "/socket.io/?EIO=3&transport=polling",
			"/socket.io/?EIO=&transport=polling", "/socket.io/?EIO=04&transport=polling" })
	void everyOtherVersionIsTakenFor3(String target) throws Exception {
		assertThat(this.server.startEngine().http().get(target).summary()).isEqualTo("400 " + UNSUPPORTED_VERSION);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "/socket.io/|" + TRANSPORT_UNKNOWN, "/socket.io/?EIO=4|" + TRANSPORT_UNKNOWN,
					"/socket.io/?EIO=4&transport=|" + TRANSPORT_UNKNOWN,
					"/socket.io/?EIO=4&transport=tobi|" + TRANSPORT_UNKNOWN,
					"/socket.io/?EIO=4&transport=__proto__|" + TRANSPORT_UNKNOWN,
					"/socket.io/?EIO=4&transport=webtransport|" + TRANSPORT_UNKNOWN,
					"/socket.io/?EIO=4&transport=tobi&sid=unknown|" + TRANSPORT_UNKNOWN,
					"/socket.io/?EIO=4&transport=polling&sid=unknown|" + SESSION_UNKNOWN,
					"/socket.io/?EIO=3&transport=polling&sid=unknown|" + SESSION_UNKNOWN,
					"/socket.io/?EIO=4&transport=websocket&sid=unknown|" + SESSION_UNKNOWN,
					"/socket.io/?EIO=4&transport=polling&sid=__proto__|" + SESSION_UNKNOWN,
					"/socket.io/?EIO=4&transport=websocket|" + BAD_REQUEST,
					"/socket.io/?EIO=3&transport=websocket|" + BAD_REQUEST,
					"/socket.io/?EIO=4&transport=polling&transport=websocket|" + BAD_REQUEST })
	void refused(String target, String body) throws Exception {
		RawHttp.Answer answer = this.server.startEngine().http().get(target);
		assertThat(answer.summary()).isEqualTo("400 " + body);
		assertThat(answer.headers()).usingElementComparator(String.CASE_INSENSITIVE_ORDER)
			.containsExactlyInAnyOrder("Content-Type: application/json", "Content-Length: " + body.length());
		assertThat(this.server.server().sessions()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "OPTIONS", "PUT", "DELETE" })
	void methodsOtherThanGet(String method) throws Exception {
		assertThat(this.server.startEngine().http().request(method, WireServer.POLLING, "Content-Length: 0").summary())
			.isEqualTo("400 " + BAD_METHOD);
		assertThat(this.server.server().sessions()).isZero();
	}

	@Test
	void head() throws Exception {
		assertThat(this.server.startEngine().http().request("HEAD", WireServer.POLLING).status()).isEqualTo(400);
		assertThat(this.server.server().sessions()).isZero();
	}

	@Test
	void transportOtherThanTheSessions() throws Exception {
		String polling = this.server.startEngine().openPolling();
		assertThat(this.server.http().get(polling.replace("transport=polling", "transport=websocket")).summary())
			.isEqualTo("400 " + BAD_REQUEST);
		assertThat(this.server.http().post(polling, "4a").summary()).isEqualTo("200 ok");
	}

	@Test
	void interceptorRefuses() throws Exception {
		this.server.interceptor((handshake) -> HandshakeDecision.forbid()).startEngine();
		RawHttp.Answer answer = this.server.http().get(WireServer.POLLING);
		assertThat(answer.summary()).isEqualTo("403 {\"code\":4,\"message\":\"Forbidden\"}");
		assertThat(answer.header("Content-Type")).isEqualTo("application/json");
		assertUpgradeRefused(WireServer.WEBSOCKET, "Forbidden");
	}

	@Test
	void interceptorRefusesWithAMessage() throws Exception {
		this.server.interceptor((handshake) -> HandshakeDecision.refuse("thou shall not \"pass\"")).startEngine();
		assertThat(this.server.http().get(WireServer.POLLING).summary())
			.isEqualTo("403 {\"code\":4,\"message\":\"thou shall not \\\"pass\\\"\"}");
		assertUpgradeRefused(WireServer.WEBSOCKET, "thou shall not \"pass\"");
	}

	@Test
	void interceptorFails() throws Exception {
		this.server.interceptor((handshake) -> {
			throw new IllegalStateException("broken");
		}).startEngine();
		assertThat(this.server.http().get(WireServer.POLLING).summary()).isEqualTo("400 " + BAD_REQUEST);
		assertUpgradeRefused(WireServer.WEBSOCKET, "Bad request");
	}

	@Test
	void interceptorIsAskedForHandshakesThatPassedTheOtherChecks() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		this.server.interceptor((handshake) -> {
			asked.incrementAndGet();
			return HandshakeDecision.ALLOW;
		}).startEngine();
		this.server.http().get("/socket.io/?EIO=4&transport=tobi");
		this.server.http().get(WireServer.POLLING + "&sid=unknown");
		this.server.http().post(WireServer.POLLING, "");
		assertThat(asked).hasValue(0);
		String polling = this.server.openPolling();
		assertThat(asked).hasValue(1);
		this.server.http().post(polling, "4a");
		this.server.http().get(polling);
		this.server.webSocket(polling.replace("transport=polling", "transport=websocket"));
		assertThat(asked).hasValue(1);
		this.server.http().get("/socket.io/?EIO=3&transport=polling");
		assertThat(asked).hasValue(2);
	}

	@ParameterizedTest
	@CsvSource({ "/socket.io/?EIO=4&transport=websocket&sid=unknown,Session ID unknown",
			"/socket.io/?EIO=4&transport=tobi,Transport unknown",
			"/socket.io/?EIO=3&transport=websocket,Unsupported protocol version" })
	void refusedUpgrades(String target, String message) throws Exception {
		this.server.startEngine();
		assertUpgradeRefused(target, message);
	}

	@Test
	void upgradeToPolling() throws Exception {
		RawWebSocket socket = this.server.startEngine().webSocket(WireServer.POLLING);
		assertThat(socket.hex(2)).isEqualTo("8800");
		assertThat(socket.isEndedAfterClose()).isTrue();
		assertThat(this.server.server().sessions()).isZero();
	}

	@Test
	void sidOfAWebSocketSessionGivesNoAccess() throws Exception {
		RawWebSocket first = this.server.startEngine().webSocket(WireServer.WEBSOCKET);
		String sid = first.next().substring(9, 29);
		RawWebSocket second = this.server.webSocket(WireServer.WEBSOCKET + "&sid=" + sid);
		assertThat(second.hex(2)).isEqualTo("8800");
		assertThat(this.server.http().get(WireServer.POLLING + "&sid=" + sid).summary())
			.isEqualTo("400 " + BAD_REQUEST);
		assertThat(first.text("4a").next()).isEqualTo("4a");
		first.close();
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
	}

	@ParameterizedTest
	@CsvSource({ "Sec-WebSocket-Version: 8,426", "Sec-WebSocket-Version: 13,400" })
	void upgradeThatIsNoWebSocketHandshake(String header, int status) throws Exception {
		String key = (status == 426) ? "Sec-WebSocket-Key: " + RawWebSocket.KEY : "X-Ignored: 1";
		assertThat(this.server.startEngine()
			.http()
			.get(WireServer.WEBSOCKET, "Upgrade: websocket", "Connection: keep-alive, Upgrade", header, key)
			.status()).isEqualTo(status);
	}

	@Test
	void originWithInvalidCharacters() throws Exception {
		RawHttp.Answer answer = this.server.startEngine()
			.http()
			.get(WireServer.POLLING, "Origin: http://localhost\u007f");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(this.server.server().sessions()).isZero();
	}

	private void assertUpgradeRefused(String target, String message) throws Exception {
		RawHttp http = this.server.http().sendGet(target, RawWebSocket.upgrade());
		RawHttp.Answer answer = http.answer();
		assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
		assertThat(answer.headers()).usingElementComparator(String.CASE_INSENSITIVE_ORDER)
			.containsExactlyInAnyOrder("Connection: close", "Content-type: text/html",
					"Content-Length: " + message.length());
		assertThat(answer.text()).isEqualTo(message);
		assertThat(http.isEnded()).isTrue();
	}

}
