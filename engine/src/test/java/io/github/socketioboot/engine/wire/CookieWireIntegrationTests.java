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

import io.github.socketioboot.engine.netty.CookieConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cookie of the handshake.
 */
@Timeout(120)
class CookieWireIntegrationTests {

	@RegisterExtension
	private final WireServer server = new WireServer();

	@Test
	void defaults() throws Exception {
		assertCookie(new CookieConfig("io", "/", null, true, "Lax", false, false, null),
				"; Path=/; HttpOnly; SameSite=Lax");
	}

	@Test
	void maxAgeAndStrict() throws Exception {
		assertCookie(new CookieConfig("io", "/", null, true, "Strict", false, false, Duration.ofHours(1)),
				"; Max-Age=3600; Path=/; HttpOnly; SameSite=Strict");
	}

	@Test
	void everythingElse() throws Exception {
		assertCookie(new CookieConfig("my", null, "x.org", false, "None", true, false, Duration.ofDays(1)),
				"; Max-Age=86400; Domain=x.org; Secure; SameSite=None");
	}

	@Test
	void noneByDefault() throws Exception {
		assertThat(this.server.startEngine().http().get(WireServer.POLLING).header("Set-Cookie")).isNull();
	}

	@Test
	void noneOverWebSocket() throws Exception {
		this.server.cookie(new CookieConfig("io", "/", null, true, "Lax", false, false, null)).startEngine();
		assertThat(this.server.webSocket(WireServer.WEBSOCKET).opening().header("Set-Cookie")).isNull();
	}

	@Test
	void isNeverRead() throws Exception {
		this.server.cookie(new CookieConfig("io", "/", null, true, "Lax", false, false, null)).startEngine();
		String polling = this.server.openPolling();
		String sid = polling.substring(polling.lastIndexOf('=') + 1);
		RawHttp.Answer answer = this.server.http().get(WireServer.POLLING, "Cookie: io=" + sid);
		assertThat(answer.text()).startsWith("0{").doesNotContain(sid);
	}

	private void assertCookie(CookieConfig config, String attributes) throws Exception {
		RawHttp http = this.server.cookie(config).startEngine().http();
		RawHttp.Answer answer = http.get(WireServer.POLLING);
		String sid = answer.text().substring(9, 29);
		assertThat(answer.header("Set-Cookie")).isEqualTo(config.name() + "=" + sid + attributes);
		assertThat(http.post(WireServer.POLLING + "&sid=" + sid, "4a").header("Set-Cookie")).isNull();
		assertThat(http.get(WireServer.POLLING + "&sid=" + sid).header("Set-Cookie")).isNull();
	}

}
