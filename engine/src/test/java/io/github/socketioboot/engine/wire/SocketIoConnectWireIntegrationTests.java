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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.github.socketioboot.engine.namespace.Socket;
import io.github.socketioboot.engine.session.CloseReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections to namespaces, their refusals and ends.
 */
@Timeout(120)
class SocketIoConnectWireIntegrationTests {

	private static final String UUID_PATTERN = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	@RegisterExtension
	private final WireServer server = new WireServer();

	@Test
	void connectToRoot() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		assertThat(client.text("40").next()).matches("40\\{\"sid\":\"" + UUID_PATTERN + "\"}");
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
	}

	@Test
	void socketIdDiffersFromTheSecretSid() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		String answer = client.text("40").next();
		String id = answer.substring(10, 46);
		Socket socket = this.server.socket("/");
		assertThat(socket.uuid()).isEqualTo(UUID.fromString(id));
		assertThat(this.server.session().id()).hasSize(20).isNotEqualTo(id);
		RawWebSocket other = this.server.openWebSocket();
		assertThat(other.text("40").next()).doesNotContain(id);
	}

	@Test
	void connectWithAuth() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		assertThat(client.text("40{\"token\":\"123\"}").next()).startsWith("40{\"sid\":\"");
		assertThat(this.server.handler().next()).isEqualTo("connect / {token=123}");
	}

	@Test
	void connectToAnotherNamespaceOnly() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		assertThat(client.text("40/admin,{\"token\":\"a\"}").next()).startsWith("40/admin,{\"sid\":\"");
		assertThat(this.server.handler().next()).isEqualTo("connect /admin {token=a}");
		assertThat(client.text("42/admin,[\"echo\",1]").next()).isEqualTo("42/admin,[\"echo\",1]");
	}

	@Test
	void connectWithoutComma() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		assertThat(client.text("40/admin").next()).startsWith("40/admin,{\"sid\":\"");
	}

	@Test
	void nothingIsConnectedByItself() throws Exception {
		String polling = this.server.startSocketIo().openPolling();
		RawHttp poll = this.server.http().sendGet(polling);
		Wire.awaitPoll(this.server.session());
		assertThat(poll.isSilent()).isTrue();
		assertThat(this.server.handler().isSilent()).isTrue();
	}

	@Test
	void socketsOfSeveralNamespacesAreIndependent() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		String root = client.text("40").next();
		String admin = client.text("40/admin,").next();
		assertThat(admin.substring("40/admin,".length())).isNotEqualTo(root.substring("40".length()));
		assertThat(client.text("40/nope,").next()).isEqualTo("44/nope,{\"message\":\"Invalid namespace\"}");
		assertThat(client.text("41").text("42/admin,[\"echo\"]").next()).isEqualTo("42/admin,[\"echo\"]");
		assertThat(this.server.namespace("/").sockets()).isEmpty();
		assertThat(this.server.namespace("/admin").sockets()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"40/deny,|44/deny,{\"message\":\"not authorized\",\"data\":{\"content\":\"Please retry later\",\"code\":42}}",
			"40/mw,|44/mw,{\"message\":\"no data\"}", "40/nope,|44/nope,{\"message\":\"Invalid namespace\"}",
			"40/nope,{\"a\":1}|44/nope,{\"message\":\"Invalid namespace\"}",
			"40/admin?x=1,|44/admin?x=1,{\"message\":\"Invalid namespace\"}",
			"40{\"refuse\":1}|44{\"message\":\"refused\"}" })
	void refused(String connect, String answer) throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		assertThat(client.text(connect).next()).isEqualTo(answer);
		assertThat(client.text("40").next()).startsWith("40{\"sid\":\"");
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
		assertThat(this.server.namespace("/deny").sockets()).isEmpty();
	}

	@Test
	void refusedClientMayTryAgain() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		assertThat(client.text("40{\"refuse\":1}").next()).isEqualTo("44{\"message\":\"refused\"}");
		assertThat(client.text("40{}").next()).startsWith("40{\"sid\":\"");
	}

	@Test
	void eventsOfTheAdmissionComeBeforeTheAnswer() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		assertThat(client.text("40/early,").next()).isEqualTo("42/early,[\"early\",1]");
		assertThat(client.next()).startsWith("40/early,{\"sid\":\"");
	}

	@Test
	void eventBeforeTheAnswerClosesAPollingSession() throws Exception {
		String polling = this.server.startSocketIo().openPolling();
		assertThat(this.server.http().post(polling, "40\u001e42[\"a\"]").text()).isEqualTo("ok");
		assertThat(this.server.http().get(polling).text()).endsWith("6\u001e1");
		assertThat(this.server.closed()).isEqualTo(CloseReason.FORCED_SERVER_CLOSE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "42/admin,[\"a\"]", "43/admin,1[]", "41/admin,", "42/admin[\"x\"]", "40", "40{\"a\":1}",
			"44{\"message\":\"x\"}", "44/admin,\"x\"" })
	void packetsAtTheWrongTime(String packet) throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		client.text("40").next();
		client.text(packet);
		assertThat(client.hex(2)).isEqualTo("8800");
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
		assertThat(this.server.handler().next()).isEqualTo("disconnecting / forced close");
		assertThat(this.server.handler().next()).isEqualTo("disconnect / forced close");
	}

	@Test
	void packetAtTheWrongTimeWithoutAPoll() throws Exception {
		String polling = connectByPolling();
		assertThat(this.server.http().post(polling, "42/admin,[\"a\"]").text()).isEqualTo("ok");
		assertThat(this.server.handler().next()).isEqualTo("disconnecting / forced server close");
		assertThat(this.server.handler().next()).isEqualTo("disconnect / forced server close");
		assertThat(this.server.http().get(polling).text()).isEqualTo("6\u001e1");
	}

	@Test
	void packetAtTheWrongTimeWhileAPollPends() throws Exception {
		String polling = connectByPolling();
		RawHttp poll = this.server.http().sendGet(polling);
		Wire.awaitPoll(this.server.session());
		assertThat(this.server.http().post(polling, "40").text()).isEqualTo("ok");
		assertThat(poll.answer().text()).isEqualTo("1");
		assertThat(this.server.handler().next()).isEqualTo("disconnecting / forced close");
	}

	@Test
	void secondConnectWhileTheFirstIsDecided() throws Exception {
		String polling = this.server.startSocketIo().openPolling();
		this.server.http().post(polling, "40\u001e40");
		assertThat(this.server.http().get(polling).text()).endsWith("6\u001e1");
	}

	@Test
	void connectTimeout() throws Exception {
		this.server.connectTimeout(5000).startSocketIo();
		long start = System.nanoTime();
		RawWebSocket client = this.server.openWebSocket();
		assertThat(client.text("40/nope,").next()).startsWith("44/nope,");
		assertThat(client.text("40/mw,").next()).startsWith("44/mw,");
		assertThat(client.hex(2)).isEqualTo("8800");
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5_000_000_000L);
		assertThat(this.server.closed()).isEqualTo(CloseReason.FORCED_CLOSE);
	}

	@Test
	void connectTimeoutEndsWithTheFirstNamespace() throws Exception {
		RawWebSocket client = this.server.connectTimeout(5000).startSocketIo().openWebSocket();
		client.text("40").next();
		RawWebSocket other = this.server.openWebSocket();
		assertThat(other.next()).isEqualTo("close");
		assertThat(client.text("42[\"echo\"]").next()).isEqualTo("42[\"echo\"]");
	}

	@Test
	void clientLeavesANamespace() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		client.text("40").next();
		client.text("40/admin,").next();
		client.text("41/admin,");
		List<String> calls = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			calls.add(this.server.handler().next());
		}
		// The other namespace is served in parallel
		assertThat(calls).contains("connect / null")
			.containsSubsequence("connect /admin null", "disconnecting /admin client namespace disconnect",
					"disconnect /admin client namespace disconnect");
		assertThat(client.text("42[\"echo\"]").next()).isEqualTo("42[\"echo\"]");
		assertThat(client.text("40/admin,").next()).startsWith("40/admin,{\"sid\":\"");
	}

	@Test
	void eventBeforeALeaveIsDelivered() throws Exception {
		String polling = connectByPolling();
		this.server.http().post(polling, "42[\"last\",1]\u001e41");
		assertThat(this.server.handler().next()).isEqualTo("event last [1]");
		assertThat(this.server.handler().next()).isEqualTo("disconnecting / client namespace disconnect");
	}

	@Test
	void serverSendsAClientAway() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		client.text("40").next();
		client.text("40/admin,").next();
		assertThat(client.text("42/admin,[\"leave\"]").next()).isEqualTo("41/admin,");
		assertThat(client.text("42[\"leave\"]").next()).isEqualTo("41");
		assertThat(client.text("40").next()).startsWith("40{\"sid\":\"");
	}

	@Test
	void serverSendsAClientAwayFromEverywhere() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		client.text("40").next();
		client.text("40/admin,").next();
		client.text("42[\"close\"]");
		assertThat(new String[] { client.next(), client.next() }).containsExactlyInAnyOrder("41", "41/admin,");
		assertThat(client.hex(2)).isEqualTo("8800");
	}

	@Test
	void reasonsFromTheEngine() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		client.text("40").next();
		client.close();
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
		assertThat(this.server.handler().next()).isEqualTo("disconnecting / transport close");
		assertThat(this.server.handler().next()).isEqualTo("disconnect / transport close");
	}

	@Test
	void reasonOfAPollThatIsDropped() throws Exception {
		String polling = connectByPolling();
		RawHttp poll = this.server.http().sendGet(polling);
		Wire.awaitPoll(this.server.session());
		poll.close();
		assertThat(this.server.handler().next()).isEqualTo("disconnecting / transport error");
		assertThat(this.server.handler().next()).isEqualTo("disconnect / transport error");
	}

	@Test
	void reasonOfAMessageThatIsNoEnginePacket() throws Exception {
		String polling = connectByPolling();
		this.server.http().post(polling, "x");
		assertThat(this.server.handler().next()).isEqualTo("disconnecting / parse error");
		assertThat(this.server.handler().next()).isEqualTo("disconnect / parse error");
	}

	@Test
	void reasonOfAMissedHeartbeat() throws Exception {
		RawWebSocket client = this.server.ping(5000, 100).startSocketIo().openWebSocket();
		client.text("40").next();
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
		assertThat(this.server.handler().next()).isEqualTo("disconnecting / ping timeout");
		assertThat(this.server.handler().next()).isEqualTo("disconnect / ping timeout");
	}

	@Test
	void stopOfTheServerSendsNobodyAway() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		client.text("40").next();
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
		this.server.server().drain(Duration.ofSeconds(30), Duration.ZERO);
		assertThat(client.hex(2)).isEqualTo("8800");
		assertThat(this.server.handler().next()).isEqualTo("disconnecting / server shutting down");
	}

	private String connectByPolling() throws Exception {
		String polling = this.server.startSocketIo().openPolling();
		assertThat(this.server.http().post(polling, "40").text()).isEqualTo("ok");
		assertThat(this.server.http().get(polling).text()).startsWith("40{\"sid\":\"");
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
		return polling;
	}

}
