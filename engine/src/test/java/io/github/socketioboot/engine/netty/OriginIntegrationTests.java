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
import java.time.Duration;
import java.util.List;

import io.github.socketioboot.engine.netty.RawConnection.Response;
import io.github.socketioboot.engine.session.RefusalReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What pages of other origins are answered, whatever they ask for.
 */
@Timeout(120)
class OriginIntegrationTests {

	private static final String FRIEND = "Origin: http://friend.example\r\n";

	private static final String FOREIGNER = "Origin: http://foreigner.example\r\n";

	private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
			+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

	private HttpFrontFixture fixture;

	@BeforeEach
	void start() throws Exception {
		this.fixture = new HttpFrontFixture(HttpFrontFixture.LIMITS, new CorsConfig(List.of("http://friend.example"),
				List.of(), List.of(), List.of(), List.of(), true, Duration.ofMinutes(1)));
	}

	@AfterEach
	void stop() throws Exception {
		this.fixture.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "OPTIONS", "PUT" })
	void foreignersAreRefused(String method) throws IOException {
		Response response = exchange(HttpFrontFixture.request(method, "", FOREIGNER));
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.headers()).doesNotContainKey("Access-Control-Allow-Origin").containsEntry("Vary", "Origin");
		assertThat(this.fixture.accepted).hasValue(0);
		assertThat(this.fixture.statistics.refused(RefusalReason.ORIGIN)).isOne();
	}

	@Test
	void foreignersAreRefusedOverWebSocket() throws IOException {
		Response response = exchange(webSocket(FOREIGNER));
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.body()).isEqualTo("Origin not allowed");
		assertThat(this.fixture.accepted).hasValue(0);
	}

	@Test
	void foreignersGetAtNoSessionEither() throws IOException {
		String sid = this.fixture.handshake();
		assertThat(exchange(HttpFrontFixture.request("GET", sid, FOREIGNER)).status()).isEqualTo(403);
		assertThat(this.fixture.isOpen(sid)).isTrue();
	}

	@Test
	void friendsAreServed() throws IOException {
		assertGranted(exchange(HttpFrontFixture.request("GET", "", FRIEND)), 200);
		assertGranted(exchange(webSocket(FRIEND)), 101);
	}

	@Test
	void friendsMayReadErrors() throws IOException {
		assertGranted(exchange(HttpFrontFixture.request("GET", "nobody", FRIEND)), 400);
		assertGranted(exchange(HttpFrontFixture.request("POST", "", FRIEND)), 400);
	}

	@Test
	void friendsMayAskBefore() throws IOException {
		Response response = exchange(HttpFrontFixture.request("OPTIONS", "",
				FRIEND + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: x-a\r\n"));
		assertGranted(response, 204);
		assertThat(response.headers()).containsEntry("Access-Control-Allow-Methods", "GET,POST")
			.containsEntry("Access-Control-Allow-Headers", "x-a")
			.containsEntry("Access-Control-Max-Age", "60");
	}

	@Test
	void pagesOfTheServerAreServed() throws IOException {
		assertThat(exchange(HttpFrontFixture.request("GET", "", "Origin: http://x\r\n")).status()).isEqualTo(200);
		assertThat(exchange(webSocket("Origin: http://x\r\n")).status()).isEqualTo(101);
	}

	@Test
	void originsWithForbiddenCharactersAreBadRequests() throws IOException {
		assertThat(exchange(HttpFrontFixture.request("GET", "", "Origin: http://x\u007f\r\n")).status()).isEqualTo(400);
	}

	@Test
	void friendsMayImportTheClientAsAModule() throws IOException {
		Assumptions.assumeTrue(new ClientFiles().isPresent(), "built without the browser client");
		String target = "/socket.io/socket.io.esm.min.js";
		assertGranted(exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + FRIEND + "\r\n"), 200);
	}

	private static void assertGranted(Response response, int status) {
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.headers()).containsEntry("Access-Control-Allow-Origin", "http://friend.example")
			.containsEntry("Access-Control-Allow-Credentials", "true");
	}

	private static String webSocket(String headers) {
		return HttpFrontFixture.request("GET", "", headers + UPGRADE).replace("polling", "websocket");
	}

	private Response exchange(String request) throws IOException {
		return RawConnection.exchange(this.fixture.port, request);
	}

}
