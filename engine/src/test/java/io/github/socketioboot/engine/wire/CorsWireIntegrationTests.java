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

import java.time.Duration;
import java.util.List;

import io.github.socketioboot.engine.netty.CorsConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of pages of other origins, which are refused unless allowed.
 */
@Timeout(120)
class CorsWireIntegrationTests {

	private static final String ORIGIN = "Origin: http://client.example";

	private static final String FOREIGN = "Origin: http://foreign.example";

	@RegisterExtension
	private final WireServer server = new WireServer();

	@Test
	void noOriginAllowed() throws Exception {
		this.server.startEngine();
		RawHttp http = this.server.http();
		assertThat(http.get(WireServer.POLLING).status()).isEqualTo(200);
		RawHttp.Answer refused = http.get(WireServer.POLLING, ORIGIN);
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.header("Access-Control-Allow-Origin")).isNull();
		assertThat(http.request("OPTIONS", WireServer.POLLING, ORIGIN, "Access-Control-Request-Method: POST").status())
			.isEqualTo(403);
		RawHttp upgrade = this.server.http().sendGet(WireServer.WEBSOCKET, RawWebSocket.upgrade(ORIGIN));
		assertThat(upgrade.answer().status()).isIn(400, 403);
		assertThat(this.server.server().sessions()).isOne();
	}

	@Test
	void sameOrigin() throws Exception {
		this.server.startEngine();
		String same = "Origin: http://localhost:" + this.server.port();
		RawHttp.Answer answer = this.server.http().get(WireServer.POLLING, same);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
		assertThat(this.server.webSocket(WireServer.WEBSOCKET, same).next()).startsWith("0{");
	}

	@Test
	void sidGivesNoAccessToForeignPages() throws Exception {
		String polling = this.server.cors(allow(false, "http://client.example")).startEngine().openPolling();
		assertThat(this.server.http().post(polling, "4a", FOREIGN).status()).isEqualTo(403);
		assertThat(this.server.http().get(polling, FOREIGN).status()).isEqualTo(403);
		assertThat(this.server.http().post(polling, "4b", ORIGIN).status()).isEqualTo(200);
		assertThat(this.server.http().get(polling, ORIGIN).text()).isEqualTo("4b");
	}

	@Test
	void everyOrigin() throws Exception {
		RawHttp http = this.server.cors(allow(false, "*")).startEngine().http();
		RawHttp.Answer answer = http.get(WireServer.POLLING, ORIGIN);
		assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
		assertThat(answer.header("Vary")).isNull();
		assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
	}

	@Test
	void namedOrigin() throws Exception {
		RawHttp http = this.server.cors(allow(true, "http://client.example")).startEngine().http();
		RawHttp.Answer answer = http.get(WireServer.POLLING, ORIGIN);
		assertCors(answer);
		assertCors(http.get("/socket.io/?EIO=4&transport=tobi", ORIGIN));
		assertCors(this.server.webSocket(WireServer.WEBSOCKET, ORIGIN).opening());
		assertThat(http.get(WireServer.POLLING, FOREIGN).status()).isEqualTo(403);
	}

	@Test
	void namedOriginIsNotToldToRequestsWithoutOrigin() throws Exception {
		RawHttp http = this.server.cors(allow(false, "http://client.example")).startEngine().http();
		RawHttp.Answer answer = http.get(WireServer.POLLING);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
		assertThat(answer.header("Vary")).isEqualTo("Origin");
	}

	@Test
	void patterns() throws Exception {
		CorsConfig config = new CorsConfig(List.of(), List.of("http://*.example"), List.of(), List.of(), List.of(),
				false, null);
		RawHttp http = this.server.cors(config).startEngine().http();
		RawHttp.Answer answer = http.get(WireServer.POLLING, ORIGIN);
		assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("http://client.example");
		assertThat(answer.header("Vary")).isEqualTo("Origin");
		assertThat(http.get(WireServer.POLLING, "Origin: http://client.example.org").status()).isEqualTo(403);
		assertThat(http.get(WireServer.POLLING, "Origin: null").status()).isEqualTo(403);
	}

	@Test
	void preflightWithDefaults() throws Exception {
		RawHttp http = this.server.cors(allow(true, "http://client.example")).startEngine().http();
		RawHttp.Answer answer = http.request("OPTIONS", WireServer.POLLING, ORIGIN,
				"Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type,x-foo");
		assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 204 No Content");
		assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("http://client.example");
		assertThat(answer.header("Vary")).isEqualTo("Origin, Access-Control-Request-Headers");
		assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
		assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET,POST");
		assertThat(answer.header("Access-Control-Allow-Headers")).isEqualTo("content-type,x-foo");
		assertThat(answer.header("Content-Length")).isNull();
	}

	@Test
	void preflightWithEverything() throws Exception {
		CorsConfig config = new CorsConfig(List.of("http://client.example"), List.of(), List.of("GET", "PUT"),
				List.of("X-A", "X-B"), List.of("X-C", "X-D"), false, Duration.ofMinutes(10));
		RawHttp http = this.server.cors(config).startEngine().http();
		RawHttp.Answer answer = http.request("OPTIONS", WireServer.POLLING, ORIGIN,
				"Access-Control-Request-Method: POST");
		assertThat(answer.status()).isEqualTo(204);
		assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET,PUT");
		assertThat(answer.header("Access-Control-Allow-Headers")).isEqualTo("X-A,X-B");
		assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("600");
		assertThat(http.get(WireServer.POLLING, ORIGIN).header("Access-Control-Expose-Headers")).isEqualTo("X-C,X-D");
	}

	@Test
	void preflightOfAForeignPage() throws Exception {
		RawHttp http = this.server.cors(allow(false, "http://client.example")).startEngine().http();
		RawHttp.Answer answer = http.request("OPTIONS", WireServer.POLLING, FOREIGN,
				"Access-Control-Request-Method: POST");
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
	}

	private static void assertCors(RawHttp.Answer answer) {
		assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("http://client.example");
		assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
		assertThat(answer.header("Vary")).isEqualTo("Origin");
	}

	private static CorsConfig allow(boolean credentials, @Nullable String... origins) {
		return new CorsConfig(List.of(origins), List.of(), List.of(), List.of(), List.of(), credentials, null);
	}

}
