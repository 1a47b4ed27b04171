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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.github.socketioboot.engine.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Polling by script elements.
 */
@Timeout(120)
class JsonpWireIntegrationTests {

	@RegisterExtension
	private final WireServer server = new WireServer();

	@Test
	void pollIsACallOfTheHandshakesIndex() throws Exception {
		this.server.allowEio3().startEngine();
		RawHttp.Answer handshake = this.server.http().get("/socket.io/?EIO=4&transport=polling&j=a4b");
		assertThat(handshake.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
		assertThat(handshake.text()).startsWith("___eio[4](\"0{\\\"sid\\\":\\\"").endsWith("}\");");
		String polling = polling(handshake.text()) + "&j=7";
		Session session = this.server.session();
		Wire.onLoop(session, () -> EngineEcho.send(session, "\"\u2028\n\u20ac"));
		assertThat(this.server.http().get(polling).text()).isEqualTo("___eio[4](\"4\\\"\\u2028\\n\u20ac\");");
	}

	@Test
	void postIsAForm() throws Exception {
		this.server.allowEio3().startEngine();
		String polling = polling(this.server.http().get("/socket.io/?EIO=3&transport=polling&j=0").text())
			.replace("EIO=4", "EIO=3") + "&j=0";
		assertThat(post(polling, "7:4a\\nb\\\\nc")).isEqualTo("200 ok");
		assertThat(this.server.http().get(polling).text()).isEqualTo("___eio[0](\"7:4a\\nb\\\\nc\");");
	}

	@Test
	void postWithoutData() throws Exception {
		this.server.allowEio3().startEngine();
		String polling = polling(this.server.http().get("/socket.io/?EIO=4&transport=polling&j=1").text()) + "&j=1";
		assertThat(
				this.server.http().post(polling, "x=4a", "Content-Type: application/x-www-form-urlencoded").summary())
			.isEqualTo("200 ok");
		assertThat(post(polling, "4a")).isEqualTo("200 ok");
		assertThat(this.server.http().get(polling).text()).isEqualTo("___eio[1](\"4a\");");
	}

	@Test
	void isRefusedUnlessOldClientsAreServed() throws Exception {
		this.server.startEngine();
		assertThat(this.server.http().get("/socket.io/?EIO=4&transport=polling&j=0").status()).isEqualTo(400);
		assertThat(this.server.server().sessions()).isZero();
	}

	private String post(String polling, String payload) throws Exception {
		return this.server.http()
			.post(polling, "d=" + URLEncoder.encode(payload, StandardCharsets.UTF_8),
					"Content-Type: application/x-www-form-urlencoded")
			.summary();
	}

	private static String polling(String handshake) {
		int sid = handshake.indexOf("sid") + 8;
		return WireServer.POLLING + "&sid=" + handshake.substring(sid, sid + 20);
	}

}
