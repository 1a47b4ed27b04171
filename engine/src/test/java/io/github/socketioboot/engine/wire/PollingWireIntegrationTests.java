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

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Long polling of Engine.IO 4, and what the server makes of each packet.
 */
@Timeout(120)
class PollingWireIntegrationTests {

	private static final String SESSION_UNKNOWN = "400 {\"code\":1,\"message\":\"Session ID unknown\"}";

	@RegisterExtension
	private final WireServer server = new WireServer();

	@Test
	void postAndPoll() throws Exception {
		String polling = this.server.startEngine().openPolling();
		RawHttp.Answer post = this.server.http().post(polling, "4a");
		assertThat(post.statusLine()).isEqualTo("HTTP/1.1 200 OK");
		assertThat(post.headers()).usingElementComparator(String.CASE_INSENSITIVE_ORDER)
			.containsExactlyInAnyOrder("Content-Type: text/html", "Content-Length: 2", "cache-control: no-store");
		assertThat(post.text()).isEqualTo("ok");
		RawHttp.Answer poll = this.server.http().get(polling);
		assertThat(poll.statusLine()).isEqualTo("HTTP/1.1 200 OK");
		assertThat(poll.headers()).usingElementComparator(String.CASE_INSENSITIVE_ORDER)
			.containsExactlyInAnyOrder("Content-Type: text/plain; charset=UTF-8", "Content-Length: 2",
					"cache-control: no-store");
		assertThat(poll.text()).isEqualTo("4a");
	}

	@Test
	void severalPacketsInOneBody() throws Exception {
		String polling = this.server.startEngine().openPolling();
		assertThat(this.server.http().post(polling, "4a\u001ebAQIDBA==\u001e4\u20ac").text()).isEqualTo("ok");
		assertThat(this.server.http().get(polling).text()).isEqualTo("4a\u001e4binary 01020304\u001e4\u20ac");
	}

	@Test
	void requestsOfOneConnection() throws Exception {
		String polling = this.server.startEngine().openPolling();
		RawHttp http = this.server.http();
		for (int i = 0; i < 20; i++) {
			assertThat(http.post(polling, "4" + i).text()).isEqualTo("ok");
			assertThat(http.get(polling).text()).isEqualTo("4" + i);
		}
	}

	@Test
	void pollWaitsForPackets() throws Exception {
		String polling = this.server.startEngine().openPolling();
		RawHttp poll = this.server.http().sendGet(polling);
		Session session = this.server.session();
		session.loop().execute(() -> {
			EngineEcho.send(session, "a");
			EngineEcho.send(session, "b");
		});
		assertThat(poll.answer().text()).isEqualTo("4a\u001e4b");
	}

	@Test
	void secondPoll() throws Exception {
		String polling = this.server.startEngine().openPolling();
		RawHttp first = this.server.http().sendGet(polling);
		Wire.awaitPoll(this.server.session());
		assertEmpty(this.server.http().get(polling), 400);
		assertThat(first.answer().summary()).isEqualTo("200 1");
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_ERROR);
		assertThat(this.server.http().get(polling).summary()).isEqualTo(SESSION_UNKNOWN);
	}

	@Test
	void secondPost() throws Exception {
		String polling = this.server.startEngine().openPolling();
		RawHttp first = this.server.http();
		first.send(first.head("POST", polling) + "Content-Length: 10\r\nExpect: 100-continue\r\n\r\n");
		assertThat(first.answer().status()).isEqualTo(100);
		first.send("4half");
		assertEmpty(this.server.http().post(polling, "4b"), 400);
		assertThat(first.isEnded()).isTrue();
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	void binaryPostOfVersion4() throws Exception {
		String polling = this.server.startEngine().openPolling();
		assertEmpty(this.server.http().post(polling, "4a", "Content-Type: application/octet-stream"), 400);
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	void bodyOverTheLimitLeavesTheSessionOpen() throws Exception {
		String polling = this.server.startEngine().openPolling();
		byte[] body = new byte[1_000_001];
		Arrays.fill(body, (byte) '4');
		assertEmpty(this.server.http().post(polling, body), 413);
		assertThat(this.server.http().post(polling, "4a").summary()).isEqualTo("200 ok");
		assertThat(this.server.http().get(polling).text()).isEqualTo("4a");
	}

	@Test
	void chunkedBodyOverTheLimit() throws Exception {
		String polling = this.server.maxPayload(1000).startEngine().openPolling();
		RawHttp http = this.server.http();
		http.send(http.head("POST", polling) + "Transfer-Encoding: chunked\r\n\r\n");
		http.send("1f4\r\n" + "4".repeat(500) + "\r\n1f5\r\n" + "4".repeat(501) + "\r\n0\r\n\r\n");
		assertThat(http.answer().status()).isEqualTo(413);
		assertThat(this.server.http().post(polling, "4a").summary()).isEqualTo("200 ok");
	}

	@Test
	void bodyOfExactlyTheLimit() throws Exception {
		String polling = this.server.startEngine().openPolling();
		String message = "4" + "x".repeat(999_999);
		assertThat(this.server.http().post(polling, message).summary()).isEqualTo("200 ok");
		assertThat(this.server.http().get(polling).text()).isEqualTo(message);
	}

	@Test
	void limitCountsBytesOfAllPackets() throws Exception {
		String polling = this.server.maxPayload(9).startEngine().openPolling();
		assertThat(this.server.http().post(polling, "4\u20ac\u001e4\u20ac").summary()).isEqualTo("200 ok");
		assertThat(this.server.http().post(polling, "4\u20ac\u001e4\u20acx").status()).isEqualTo(413);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE", "PATCH" })
	void otherMethods(String method) throws Exception {
		String polling = this.server.startEngine().openPolling();
		assertEmpty(this.server.http().request(method, polling, "Content-Length: 0"), 500);
		assertThat(this.server.http().post(polling, "4a").summary()).isEqualTo("200 ok");
	}

	@Test
	void pollIsDropped() throws Exception {
		String polling = this.server.startEngine().openPolling();
		RawHttp poll = this.server.http().sendGet(polling);
		Wire.awaitPoll(this.server.session());
		poll.close();
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_ERROR);
		assertThat(this.server.http().get(polling).summary()).isEqualTo(SESSION_UNKNOWN);
	}

	@Test
	void postIsDropped() throws Exception {
		String polling = this.server.startEngine().openPolling();
		RawHttp post = this.server.http();
		post.send(post.head("POST", polling) + "Content-Length: 100\r\n\r\n4half");
		post.close();
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@ParameterizedTest
	@ValueSource(strings = { "9x", "x", "", "4a\u001e", "4a\u001e\u001e4b", "\u001e", "b\u00e9" })
	void malformedPacket(String body) throws Exception {
		String polling = this.server.startEngine().openPolling();
		assertThat(this.server.http().post(polling, body).summary()).isEqualTo("200 ok");
		assertThat(this.server.closed()).isEqualTo(CloseReason.PARSE_ERROR);
		assertThat(this.server.http().get(polling).summary()).isEqualTo(SESSION_UNKNOWN);
	}

	@Test
	void malformedPacketWhileAPollPends() throws Exception {
		String polling = this.server.startEngine().openPolling();
		RawHttp poll = this.server.http().sendGet(polling);
		Wire.awaitPoll(this.server.session());
		assertThat(this.server.http().post(polling, "x").summary()).isEqualTo("200 ok");
		assertThat(poll.answer().summary()).isEqualTo("200 1");
	}

	@Test
	void pingFromTheClient() throws Exception {
		String polling = this.server.startEngine().openPolling();
		assertThat(this.server.http().post(polling, "2").summary()).isEqualTo("200 ok");
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	void pingFromTheClientOverWebSocket() throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		assertThat(socket.text("2").next()).isEqualTo("close");
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@ParameterizedTest
	@ValueSource(strings = { "9x", "x", "" })
	void malformedPacketOverWebSocket(String packet) throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		socket.text(packet);
		assertThat(socket.hex(2)).isEqualTo("8800");
		assertThat(this.server.closed()).isEqualTo(CloseReason.PARSE_ERROR);
		assertThat(socket.isEndedAfterClose()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "5", "6", "1" })
	void packetsWithoutEffectOnAWebSocket(String packet) throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		socket.text(packet).text("4a");
		assertThat(socket.next()).isEqualTo("4a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "5", "6" })
	void packetsWithoutEffectOnPolling(String packet) throws Exception {
		String polling = this.server.startEngine().openPolling();
		assertThat(this.server.http().post(polling, packet + "\u001e4a").summary()).isEqualTo("200 ok");
		assertThat(this.server.http().get(polling).text()).isEqualTo("4a");
	}

	@Test
	void binaryFrameIsAMessage() throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		assertThat(socket.binary(1, 2, 3).next()).isEqualTo("4binary 010203");
		assertThat(socket.binary().next()).isEqualTo("4binary ");
	}

	@Test
	void fragmentedMessage() throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		socket.frame(0x01, "4a".getBytes(StandardCharsets.UTF_8));
		socket.frame(0x00, "b".getBytes(StandardCharsets.UTF_8));
		socket.frame(0x80, "c".getBytes(StandardCharsets.UTF_8));
		assertThat(socket.next()).isEqualTo("4abc");
	}

	@ParameterizedTest
	@CsvSource({ "1023,gzip,", "1024,gzip,gzip", "1024,'deflate',deflate", "1024,'identity',", "1024,'gzip;q=0',",
			"2000,'deflate, gzip;q=0.5, br',deflate" })
	void compression(int length, String accepted, String coding) throws Exception {
		String polling = this.server.startEngine().openPolling();
		String message = "4" + "x".repeat(length - 1);
		this.server.http().post(polling, message);
		RawHttp.Answer answer = this.server.http().get(polling, "Accept-Encoding: " + accepted);
		assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
		if ("gzip".equals(coding)) {
			try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
				assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(message);
			}
		}
		else if (coding == null) {
			assertThat(answer.text()).isEqualTo(message);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Mozilla/4.0 (compatible;MSIE 8.0)", "Mozilla/5.0 (Trident/7.0; rv:11.0)" })
	void answersToOldBrowsers(String agent) throws Exception {
		this.server.startEngine();
		assertThat(this.server.http().get(WireServer.POLLING, "User-Agent: " + agent).header("X-XSS-Protection"))
			.isEqualTo("0");
		assertThat(this.server.http().get(WireServer.POLLING, "User-Agent: other").header("X-XSS-Protection")).isNull();
	}

	private static void assertEmpty(RawHttp.Answer answer, int status) {
		assertThat(answer.summary()).isEqualTo(status + " ");
		assertThat(answer.header("Content-Type")).isNull();
	}

}
