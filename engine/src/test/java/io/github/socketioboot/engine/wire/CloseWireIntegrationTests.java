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
import io.github.socketioboot.engine.session.Session;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ends of sessions, by either side.
 */
@Timeout(120)
class CloseWireIntegrationTests {

	private static final String SESSION_UNKNOWN = "400 {\"code\":1,\"message\":\"Session ID unknown\"}";

	@RegisterExtension
	private final WireServer server = new WireServer();

	@Test
	void serverClosesWhileAPollPends() throws Exception {
		String polling = this.server.startEngine().openPolling();
		RawHttp poll = this.server.http().sendGet(polling);
		Session session = this.server.session();
		Wire.awaitPoll(session);
		session.loop().execute(() -> session.close(CloseReason.FORCED_CLOSE));
		assertThat(poll.answer().text()).isEqualTo("1");
		assertThat(this.server.closed()).isEqualTo(CloseReason.FORCED_CLOSE);
		assertThat(this.server.http().get(polling).summary()).isEqualTo(SESSION_UNKNOWN);
	}

	@Test
	void serverClosesWhileNoPollPends() throws Exception {
		String polling = this.server.startEngine().openPolling();
		Session session = this.server.session();
		Wire.onLoop(session, () -> session.close(CloseReason.FORCED_CLOSE));
		assertThat(this.server.isAnyClosed()).isFalse();
		assertThat(this.server.http().get(polling).text()).isEqualTo("6\u001e1");
		assertThat(this.server.closed()).isEqualTo(CloseReason.FORCED_CLOSE);
	}

	@Test
	void whatWasSentGoesOutFirst() throws Exception {
		String polling = this.server.startEngine().openPolling();
		Session session = this.server.session();
		Wire.onLoop(session, () -> {
			EngineEcho.send(session, "bye");
			session.close(CloseReason.FORCED_CLOSE);
		});
		assertThat(this.server.http().get(polling).text()).isEqualTo("4bye");
		assertThat(this.server.isAnyClosed()).isFalse();
		assertThat(this.server.http().get(polling).text()).isEqualTo("6\u001e1");
		assertThat(this.server.closed()).isEqualTo(CloseReason.FORCED_CLOSE);
	}

	@Test
	void serverClosesAWebSocketAfterWhatWasSent() throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		Session session = this.server.session();
		session.loop().execute(() -> {
			EngineEcho.send(session, "bye");
			session.close(CloseReason.FORCED_CLOSE);
			EngineEcho.send(session, "too late");
		});
		assertThat(socket.hex(8)).isEqualTo("8104" + "34627965" + "8800");
		assertThat(socket.isEndedAfterClose()).isTrue();
		assertThat(this.server.closed()).isEqualTo(CloseReason.FORCED_CLOSE);
	}

	@Test
	void clientClosesByPacket() throws Exception {
		String polling = this.server.startEngine().openPolling();
		RawHttp poll = this.server.http().sendGet(polling);
		Wire.awaitPoll(this.server.session());
		assertThat(this.server.http().post(polling, "1").summary()).isEqualTo("200 ok");
		assertThat(poll.answer().text()).isEqualTo("6");
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
		assertThat(this.server.http().get(polling).summary()).isEqualTo(SESSION_UNKNOWN);
	}

	@Test
	void packetsBehindTheClientsCloseAreIgnored() throws Exception {
		String polling = this.server.startEngine().openPolling();
		assertThat(this.server.http().post(polling, "4a\u001e1\u001ex").summary()).isEqualTo("200 ok");
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
	}

	@ParameterizedTest
	@CsvSource({ "'',8800", "03e8,880203e8", "03e8627965,880203e8", "0fa0,88020fa0" })
	void closeFrameIsAnswered(String payload, String answer) throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		socket.frame(0x88, HexFormat.of().parseHex(payload));
		assertThat(socket.hex(answer.length() / 2)).isEqualTo(answer);
		assertThat(socket.isEnded()).isTrue();
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	void lostWebSocket() throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		socket.abort();
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	void messageOverTheLimit() throws Exception {
		RawWebSocket socket = this.server.maxPayload(1000).startEngine().openWebSocket();
		String largest = "4" + "x".repeat(999);
		assertThat(socket.text(largest).next()).isEqualTo(largest);
		socket.text(largest + "x");
		assertThat(socket.next()).isEqualTo("close 03f1");
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	void fragmentsOverTheLimit() throws Exception {
		RawWebSocket socket = this.server.maxPayload(1000).startEngine().openWebSocket();
		socket.frame(0x01, "4".repeat(600).getBytes(StandardCharsets.UTF_8));
		socket.frame(0x80, "4".repeat(600).getBytes(StandardCharsets.UTF_8));
		assertThat(socket.next()).isEqualTo("close 03f1");
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	void frameWithoutMask() throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		socket.bytes("81023461");
		assertThat(socket.hex(4)).isEqualTo("880203ea");
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@ParameterizedTest
	@CsvSource({ "c1803700000000", "8380370000000a", "8080370000000a" })
	void framesAgainstTheProtocol(String frame) throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		socket.bytes(frame);
		assertThat(socket.hex(4)).isEqualTo("880203ea");
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	void textThatIsNotUtf8() throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		socket.frame(0x81, new byte[] { '4', (byte) 0xc3, '(' });
		assertThat(socket.hex(4)).isEqualTo("880203ef");
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	void pingFrame() throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		socket.frame(0x89, "abc".getBytes(StandardCharsets.US_ASCII));
		assertThat(socket.hex(5)).isEqualTo("8a03616263");
		socket.frame(0x8a, "unasked".getBytes(StandardCharsets.US_ASCII));
		assertThat(socket.text("4a").next()).isEqualTo("4a");
	}

	// Often, since the answer to a poll may have to change loops
	@RepeatedTest(20)
	void stopOfTheServerEndsPollsAndWebSockets() throws Exception {
		RawWebSocket socket = this.server.startEngine().openWebSocket();
		this.server.session();
		RawHttp poll = this.server.http().sendGet(this.server.openPolling());
		Wire.awaitPoll(this.server.session());
		this.server.server().stop();
		assertThat(socket.next()).isEqualTo("close");
		assertThat(poll.answer().text()).isEqualTo("1");
		assertThat(this.server.closed()).isEqualTo(CloseReason.SERVER_SHUTTING_DOWN);
		assertThat(this.server.closed()).isEqualTo(CloseReason.SERVER_SHUTTING_DOWN);
	}

}
