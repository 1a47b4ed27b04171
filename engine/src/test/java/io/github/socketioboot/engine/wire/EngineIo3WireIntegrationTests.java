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

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.github.socketioboot.engine.session.CloseReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of Engine.IO 3 and Socket.IO 2.
 */
@Timeout(120)
class EngineIo3WireIntegrationTests {

	private static final String POLLING = "/socket.io/?EIO=3&transport=polling";

	private static final String WEBSOCKET = "/socket.io/?EIO=3&transport=websocket";

	private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

	@RegisterExtension
	private final WireServer server = new WireServer();

	@ParameterizedTest
	@ValueSource(strings = { POLLING, "/socket.io/?transport=polling", "/socket.io/?EIO=5&transport=polling" })
	void handshake(String target) throws Exception {
		RawHttp.Answer answer = this.server.allowEio3().startEngine().http().get(target);
		assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
		assertThat(answer.text()).matches("118:0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[\"websocket\"],"
				+ "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
	}

	@Test
	void lengthsAreUtf16Units() throws Exception {
		String polling = open(POLLING, false);
		assertThat(this.server.http().post(polling, "6:4hello2:4\u20ac3:4\ud83d\ude00").text()).isEqualTo("ok");
		assertThat(this.server.http().get(polling).text()).isEqualTo("6:4hello2:4\u20ac3:4\ud83d\ude00");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "4a", "3:4a", "x:4a", "2:9a", "2:4\ud83d\ude00" })
	void malformedBody(String body) throws Exception {
		String polling = open(POLLING, false);
		assertThat(this.server.http().post(polling, body).summary()).isEqualTo("200 ok");
		assertThat(this.server.closed()).isEqualTo(CloseReason.PARSE_ERROR);
	}

	@Test
	void binaryBody() throws Exception {
		String polling = open(POLLING, true);
		byte[] event = HexFormat.of()
			.parseHex("00" + hexLength(("451-[\"echo\"," + PLACEHOLDER + "]").length()) + "ff"
					+ hex("451-[\"echo\"," + PLACEHOLDER + "]") + "0105ff0401020304");
		assertThat(this.server.http().post(polling, event, "Content-Type: application/octet-stream").text())
			.isEqualTo("ok");
		RawHttp.Answer answer = this.server.http().get(polling);
		assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
		assertThat(answer.hex()).isEqualTo(HexFormat.of().formatHex(event));
	}

	@Test
	void base64Body() throws Exception {
		String polling = open(POLLING + "&b64=1", true);
		String event = "451-[\"echo\"," + PLACEHOLDER + "]";
		String body = event.length() + ":" + event + "10:b4AQIDBA==";
		assertThat(this.server.http().post(polling, body).text()).isEqualTo("ok");
		RawHttp.Answer answer = this.server.http().get(polling);
		assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
		assertThat(answer.text()).isEqualTo(body);
	}

	@Test
	void binaryFramesCarryAType() throws Exception {
		RawWebSocket client = connect();
		client.text("451-[\"echo\"," + PLACEHOLDER + "]").binary(4, 1, 2, 3);
		assertThat(client.next()).isEqualTo("451-[\"echo\"," + PLACEHOLDER + "]");
		assertThat(client.hex(6)).isEqualTo("820404010203");
	}

	@Test
	void upgrade() throws Exception {
		String polling = open(POLLING, false);
		RawWebSocket socket = this.server.webSocket(polling.replace("transport=polling", "transport=websocket"));
		assertThat(socket.text("2probe").next()).isEqualTo("3probe");
		assertThat(this.server.http().get(polling).text()).isEqualTo("1:6");
		assertThat(socket.text("5").text("4a").next()).isEqualTo("4a");
	}

	@Test
	void rootIsConnectedByItself() throws Exception {
		RawWebSocket client = this.server.allowEio3().startSocketIo().webSocket(WEBSOCKET);
		assertThat(client.next()).startsWith("0{");
		assertThat(client.next()).isEqualTo("40");
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
		assertThat(client.text("42[\"echo\",1]").next()).isEqualTo("42[\"echo\",1]");
		assertThat(client.text("425[\"foo\",2]").next()).isEqualTo("435[2]");
	}

	@Test
	void queryOfTheNamespaceIsItsAuth() throws Exception {
		RawWebSocket client = connect();
		assertThat(client.text("40/admin?token=a").next()).isEqualTo("40/admin,");
		assertThat(this.server.handler().next()).isEqualTo("connect /admin {token=a}");
		assertThat(client.text("42/admin,[\"echo\"]").next()).isEqualTo("42/admin,[\"echo\"]");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "40/deny|44/deny,{\"content\":\"Please retry later\",\"code\":42}", "40/mw|44/mw,\"no data\"",
					"40/none|44/none,{\"message\":\"Invalid namespace\"}" })
	void refused(String packet, String answer) throws Exception {
		RawWebSocket client = connect();
		assertThat(client.text(packet).next()).isEqualTo(answer);
		assertThat(client.text("42[\"echo\"]").next()).isEqualTo("42[\"echo\"]");
	}

	@Test
	void refusedRootIsClosedByTheConnectTimeout() throws Exception {
		this.server.allowEio3().connectTimeout(5000);
		this.server.handler().refuseAll();
		RawWebSocket client = this.server.startSocketIo().webSocket(WEBSOCKET);
		assertThat(client.next()).startsWith("0{");
		assertThat(client.next()).isEqualTo("44\"refused\"");
		assertThat(client.hex(2)).isEqualTo("8800");
	}

	@Test
	void leave() throws Exception {
		RawWebSocket client = connect();
		assertThat(client.text("42[\"leave\"]").next()).isEqualTo("41");
	}

	private RawWebSocket connect() throws Exception {
		RawWebSocket client = this.server.allowEio3().startSocketIo().webSocket(WEBSOCKET);
		assertThat(client.next()).startsWith("0{");
		assertThat(client.next()).isEqualTo("40");
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
		return client;
	}

	/**
	 * Open a polling session and, with Socket.IO above, read its connect.
	 */
	private String open(String target, boolean socketIo) throws Exception {
		this.server.allowEio3();
		if (socketIo) {
			this.server.startSocketIo();
		}
		else {
			this.server.startEngine();
		}
		String body = this.server.http().get(target).text();
		int sid = body.indexOf("sid") + 6;
		String polling = target + "&sid=" + body.substring(sid, sid + 20);
		if (socketIo && !body.endsWith("2:40")) {
			assertThat(this.server.http().get(polling).text()).isEqualTo("2:40");
		}
		return polling;
	}

	private static String hexLength(int length) {
		StringBuilder digits = new StringBuilder();
		for (char digit : Integer.toString(length).toCharArray()) {
			digits.append('0').append(digit);
		}
		return digits.toString();
	}

	private static String hex(String ascii) {
		return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
	}

}
