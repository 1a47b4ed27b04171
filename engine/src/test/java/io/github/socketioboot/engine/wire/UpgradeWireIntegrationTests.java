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

import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.transport.TransportName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Upgrades from polling to WebSocket.
 */
@Timeout(120)
class UpgradeWireIntegrationTests {

	private static final String BAD_REQUEST = "400 {\"code\":3,\"message\":\"Bad request\"}";

	private static final String SHORT_TIMEOUT = "short-timeout";

	@RegisterExtension
	private final WireServer server = new WireServer();

	private String polling;

	private Session session;

	@BeforeEach
	void open(TestInfo test) throws Exception {
		this.server.upgradeTimeout(test.getTags().contains(SHORT_TIMEOUT) ? 5000 : 60_000).startEngine();
		this.polling = this.server.openPolling();
		this.session = this.server.session();
	}

	@Test
	void wholeUpgrade() throws Exception {
		RawHttp poll = this.server.http().sendGet(this.polling);
		Wire.awaitPoll(this.session);
		RawWebSocket socket = probe();
		assertThat(poll.answer().text()).isEqualTo("6");
		socket.text("5").text("4a");
		assertThat(socket.next()).isEqualTo("4a");
		assertThat(this.session.transport()).isEqualTo(TransportName.WEBSOCKET);
	}

	@Test
	void everyPollIsReleasedDuringTheProbe() throws Exception {
		RawWebSocket socket = probe();
		for (int i = 0; i < 3; i++) {
			assertThat(this.server.http().get(this.polling).text()).isEqualTo("6");
		}
		socket.text("5").text("4a");
		assertThat(socket.next()).isEqualTo("4a");
	}

	@Test
	void pendingPollIsAnsweredByTheSwitch() throws Exception {
		RawHttp poll = this.server.http().sendGet(this.polling);
		Wire.awaitPoll(this.session);
		RawWebSocket socket = webSocket();
		socket.text("5").text("4a");
		assertThat(poll.answer().text()).isEqualTo("1");
		assertThat(socket.next()).isEqualTo("4a");
	}

	@Test
	void packetsTakeOneWayOnly() throws Exception {
		RawWebSocket socket = probe();
		send("over polling");
		assertThat(this.server.http().get(this.polling).text()).isEqualTo("4over polling");
		send("over WebSocket");
		send("in order");
		assertThat(socket.isSilent()).isTrue();
		socket.text("5");
		assertThat(socket.next()).isEqualTo("4over WebSocket");
		assertThat(socket.next()).isEqualTo("4in order");
		send("after");
		assertThat(socket.next()).isEqualTo("4after");
	}

	@Test
	void upgradeWithoutProbe() throws Exception {
		RawWebSocket socket = webSocket();
		assertThat(socket.text("5").text("4a").next()).isEqualTo("4a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "4x", "2", "2probes", "3", "1", "x", "" })
	void otherPacketFirst(String packet) throws Exception {
		RawWebSocket socket = webSocket();
		socket.text(packet);
		assertThat(socket.hex(2)).isEqualTo("8800");
		assertPollingGoesOn();
		assertThat(webSocket().text("5").text("4b").next()).isEqualTo("4b");
	}

	@Test
	@Tag(SHORT_TIMEOUT)
	void upgradeThatTakesTooLong() throws Exception {
		RawWebSocket socket = webSocket();
		assertThat(socket.hex(2)).isEqualTo("8800");
		assertPollingGoesOn();
		assertThat(webSocket().text("5").text("4b").next()).isEqualTo("4b");
	}

	@Test
	void webSocketIsLostDuringTheProbe() throws Exception {
		RawWebSocket socket = probe();
		socket.abort();
		assertPollingGoesOn();
	}

	@Test
	void sessionEndsDuringTheProbe() throws Exception {
		RawWebSocket socket = probe();
		this.server.http().post(this.polling, "1");
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
		assertThat(socket.hex(2)).isEqualTo("8800");
	}

	@Test
	void secondWebSocketWhileUpgrading() throws Exception {
		RawWebSocket first = probe();
		RawWebSocket second = webSocket();
		assertThat(second.hex(2)).isEqualTo("8800");
		assertThat(first.text("5").text("4a").next()).isEqualTo("4a");
	}

	@Test
	void secondWebSocketAfterTheUpgrade() throws Exception {
		RawWebSocket first = probe();
		assertThat(first.text("5").text("4a").next()).isEqualTo("4a");
		RawWebSocket second = webSocket();
		assertThat(second.hex(2)).isEqualTo("8800");
		assertThat(first.text("4b").next()).isEqualTo("4b");
	}

	@Test
	void pollingAfterTheUpgrade() throws Exception {
		RawWebSocket socket = probe();
		assertThat(socket.text("5").text("4a").next()).isEqualTo("4a");
		assertThat(this.server.http().get(this.polling).summary()).isEqualTo(BAD_REQUEST);
		assertThat(this.server.http().post(this.polling, "4x").summary()).isEqualTo(BAD_REQUEST);
		assertThat(socket.text("4b").next()).isEqualTo("4b");
	}

	@Test
	void lossOfTheWebSocketEndsTheSession() throws Exception {
		RawWebSocket socket = probe();
		assertThat(socket.text("5").text("4a").next()).isEqualTo("4a");
		socket.close();
		assertThat(this.server.closed()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
		assertThat(this.server.http().get(this.polling).summary())
			.isEqualTo("400 {\"code\":1,\"message\":\"Session ID unknown\"}");
	}

	private void assertPollingGoesOn() throws Exception {
		assertThat(this.server.http().post(this.polling, "4a").summary()).isEqualTo("200 ok");
		assertThat(this.server.http().get(this.polling).text()).isEqualTo("4a");
	}

	private void send(String text) throws Exception {
		Wire.onLoop(this.session, () -> EngineEcho.send(this.session, text));
	}

	private RawWebSocket probe() throws Exception {
		RawWebSocket socket = webSocket();
		assertThat(socket.text("2probe").next()).isEqualTo("3probe");
		return socket;
	}

	private RawWebSocket webSocket() throws Exception {
		return this.server.webSocket(this.polling.replace("transport=polling", "transport=websocket"));
	}

}
