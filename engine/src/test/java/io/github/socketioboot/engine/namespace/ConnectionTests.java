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

package io.github.socketioboot.engine.namespace;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.RefusalReason;
import io.github.socketioboot.engine.transport.TransportName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Connection}: the rules of CONNECT, DISCONNECT, errors and limits.
 */
class ConnectionTests {

	private EngineFixture fixture = new EngineFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private void configure(NamespaceConfig config) {
		this.fixture.close();
		this.fixture = new EngineFixture(config);
	}

	private void handler(RecordingHandler handler) {
		this.fixture.close();
		this.fixture = new EngineFixture(NamespaceConfig.DEFAULT, handler, null);
	}

	@Test
	void connectIsAnsweredWithAFreshId() {
		FakeSession session = this.fixture.session();
		session.receive("0");
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).hasSize(1));
		Socket socket = this.fixture.socketOf(session);
		assertThat(session.sent).containsExactly("0{\"sid\":\"" + socket.id() + "\"}");
		assertThat(socket.id()).isNotEqualTo(session.id()).hasSize(36);
		EngineFixture.eventually()
			.untilAsserted(
					() -> assertThat(this.fixture.handler.calls).containsExactly("authenticate null", "connect"));
	}

	@Test
	void noNamespaceIsJoinedWithoutConnect() throws Exception {
		FakeSession session = this.fixture.session();
		session.onLoop(() -> {
		});
		assertThat(session.sent).isEmpty();
		assertThat(this.fixture.handler.calls).isEmpty();
	}

	@Test
	void authReachesTheHandler() {
		FakeSession session = this.fixture.session();
		session.receive("0{\"token\":\"123\"}");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).startsWith("authenticate {token=123}"));
		assertThat(this.fixture.handler.socket().auth()).isEqualTo(Map.of("token", "123"));
	}

	@Test
	void otherNamespacesAreJoinedWithoutTheRoot() {
		this.fixture.engine.of("admin").handler(this.fixture.handler);
		FakeSession session = this.fixture.session();
		session.receive("0/admin,{\"token\":\"a\"}");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(session.sent).singleElement().asString().startsWith("0/admin,{\"sid\":\""));
		assertThat(this.fixture.root().sockets()).isEmpty();
		assertThat(this.fixture.engine.of("/admin").sockets()).hasSize(1);
	}

	@Test
	void unknownNamespaceIsRefusedAndTheConnectionStays() {
		FakeSession session = this.fixture.session();
		session.receive("0/nope,", "0/admin?x=1,");
		assertThat(session.sent).containsExactly("4/nope,{\"message\":\"Invalid namespace\"}",
				"4/admin?x=1,{\"message\":\"Invalid namespace\"}");
		assertThat(session.open).isTrue();
		assertThat(this.fixture.statistics.refused(RefusalReason.NAMESPACE)).isEqualTo(2);
	}

	@Test
	void refusalCarriesMessageAndData() {
		handler(new RecordingHandler() {

			@Override
			public void authenticate(Socket socket, @Nullable Object auth) throws ConnectRefusedException {
				throw new ConnectRefusedException("not authorized", Map.of("code", 42));
			}

		});
		FakeSession session = this.fixture.session();
		session.receive("0");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(session.sent)
				.containsExactly("4{\"message\":\"not authorized\",\"data\":{\"code\":42}}"));
		assertThat(session.open).isTrue();
		assertThat(this.fixture.handler.calls).isEmpty();
		assertThat(this.fixture.statistics.refused(RefusalReason.NAMESPACE)).isOne();
	}

	@Test
	void refusedClientMayTryAgain() {
		handler(new RecordingHandler() {

			@Override
			public void authenticate(Socket socket, @Nullable Object auth) throws ConnectRefusedException {
				if (auth == null) {
					throw new ConnectRefusedException("no data");
				}
			}

		});
		FakeSession session = this.fixture.session();
		session.receive("0");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(session.sent).containsExactly("4{\"message\":\"no data\"}"));
		session.receive("0{\"token\":1}");
		EngineFixture.eventually().until(() -> this.fixture.root().sockets().size() == 1);
	}

	@Test
	void failureOfTheHandlerRefusesWithoutDetails() {
		handler(new RecordingHandler() {

			@Override
			public void authenticate(Socket socket, @Nullable Object auth) {
				throw new IllegalStateException("secret detail");
			}

		});
		FakeSession session = this.fixture.session();
		session.receive("0");
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).hasSize(1));
		assertThat(session.sent).containsExactly("4{\"message\":\"Internal server error\"}");
		assertThat(this.fixture.handler.errors).singleElement().isInstanceOf(IllegalStateException.class);
		assertThat(this.fixture.root().sockets()).isEmpty();
	}

	@Test
	void dataThatIsNoJsonIsLeftOut() {
		handler(new RecordingHandler() {

			@Override
			public void authenticate(Socket socket, @Nullable Object auth) throws ConnectRefusedException {
				Map<String, Object> itself = new HashMap<>();
				itself.put("itself", itself);
				throw new ConnectRefusedException("no", itself);
			}

		});
		FakeSession session = this.fixture.session();
		session.receive("0");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(session.sent).containsExactly("4{\"message\":\"no\"}"));
	}

	@Test
	void socketIsNoMemberWhileItIsAuthenticated() throws Exception {
		CountDownLatch authenticating = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		handler(new RecordingHandler() {

			@Override
			public void authenticate(Socket socket, @Nullable Object auth) throws ConnectRefusedException {
				super.authenticate(socket, auth);
				socket.join("room");
				authenticating.countDown();
				await(go);
			}

		});
		FakeSession session = this.fixture.session();
		session.receive("0");
		assertThat(authenticating.await(10, TimeUnit.SECONDS)).isTrue();
		Namespace root = this.fixture.root();
		assertThat(root.sockets()).isEmpty();
		assertThat(root.rooms()).isEmpty();
		assertThat(this.fixture.handler.socket().isConnected()).isFalse();
		root.broadcast().emit("missed");
		root.broadcast().to("room").emit("missed");
		go.countDown();
		EngineFixture.eventually().until(() -> root.sockets().size() == 1);
		assertThat(root.rooms()).containsExactly("room");
		root.broadcast().to("room").emit("received");
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).hasSize(2));
		assertThat(session.sent.get(1)).isEqualTo("2[\"received\"]");
	}

	@Test
	void eventsEmittedByTheAuthenticationComeBeforeTheConnect() {
		handler(new RecordingHandler() {

			@Override
			public void authenticate(Socket socket, @Nullable Object auth) {
				socket.emit("early", 1);
			}

		});
		FakeSession session = this.fixture.session();
		session.receive("0");
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).hasSize(2));
		assertThat(session.sent.get(0)).isEqualTo("2[\"early\",1]");
		assertThat(session.sent.get(1)).startsWith("0{");
	}

	@Test
	void disconnectingInTheAuthenticationRefuses() {
		handler(new RecordingHandler() {

			@Override
			public void authenticate(Socket socket, @Nullable Object auth) {
				socket.disconnect(true);
			}

		});
		FakeSession session = this.fixture.session();
		session.receive("0");
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).hasSize(1));
		assertThat(session.sent.get(0)).startsWith("4{\"message\":");
		assertThat(this.fixture.root().sockets()).isEmpty();
	}

	@Test
	void sessionThatEndsWhileAuthenticatingNeverConnects() throws Exception {
		CountDownLatch authenticating = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		handler(new RecordingHandler() {

			@Override
			public void authenticate(Socket socket, @Nullable Object auth) throws ConnectRefusedException {
				super.authenticate(socket, auth);
				authenticating.countDown();
				await(go);
			}

		});
		FakeSession session = this.fixture.session();
		session.receive("0");
		assertThat(authenticating.await(10, TimeUnit.SECONDS)).isTrue();
		session.end(CloseReason.TRANSPORT_CLOSE);
		go.countDown();
		this.fixture.engine.quiesce().get(10, TimeUnit.SECONDS);
		session.onLoop(() -> {
		});
		assertThat(this.fixture.root().sockets()).isEmpty();
		assertThat(session.sent).isEmpty();
		assertThat(this.fixture.handler.calls).containsExactly("authenticate null");
	}

	@ParameterizedTest
	@ValueSource(strings = { "2[\"a\"]", "1", "31[]", "2/admin,[\"a\"]" })
	void packetForANamespaceThatIsNotJoinedClosesTheConnection(String packet) {
		this.fixture.engine.of("/admin");
		FakeSession session = this.fixture.session();
		session.receive(packet);
		assertThat(session.closes).containsExactly(CloseReason.FORCED_CLOSE);
	}

	@Test
	void eventBehindConnectInOneTurnClosesTheConnection() {
		FakeSession session = this.fixture.session();
		session.receive("0", "2[\"a\"]");
		assertThat(session.closes).containsExactly(CloseReason.FORCED_CLOSE);
	}

	@Test
	void secondConnectClosesTheConnection() {
		FakeSession session = this.fixture.connected();
		session.receive("0");
		assertThat(session.closes).containsExactly(CloseReason.FORCED_CLOSE);
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).endsWith("disconnect forced close []"));
	}

	@Test
	void connectErrorOfAClientClosesTheConnection() {
		FakeSession session = this.fixture.connected();
		session.receive("4{\"message\":\"x\"}");
		assertThat(session.closes).containsExactly(CloseReason.FORCED_CLOSE);
	}

	@Test
	void stateErrorOnPollingWithoutAPollDisconnectsAtOnce() {
		FakeSession session = this.fixture.connected();
		session.transport = TransportName.POLLING;
		session.writable = false;
		session.endsLater = true;
		session.receive("0");
		assertThat(session.closes).containsExactly(CloseReason.FORCED_SERVER_CLOSE);
		assertThat(this.fixture.root().sockets()).isEmpty();
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).endsWith("disconnect forced server close []"));
		session.end(CloseReason.FORCED_SERVER_CLOSE);
		assertThat(this.fixture.handler.calls).filteredOn((call) -> call.startsWith("disconnect ")).hasSize(1);
	}

	@Test
	void stateErrorOnPollingWithAPollIsAForcedClose() {
		FakeSession session = this.fixture.connected();
		session.transport = TransportName.POLLING;
		session.receive("0");
		assertThat(session.closes).containsExactly(CloseReason.FORCED_CLOSE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "9", "", "2{\"a\":1}", "2[]", "2[\"connect\"]", "1{\"x\":1}", "0[]", "50-[\"a\"]",
			"511-[\"a\"]" })
	void parserErrorClosesTheConnection(String packet) {
		FakeSession session = this.fixture.connected();
		session.endsLater = true;
		session.receive(packet);
		assertThat(session.closes).containsExactly(CloseReason.FORCED_CLOSE);
		// Until the session has ended the socket stays
		assertThat(this.fixture.root().sockets()).hasSize(1);
		session.end(CloseReason.FORCED_CLOSE);
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).endsWith("disconnect forced close []"));
	}

	@Test
	void nothingIsReadBehindAnError() {
		FakeSession session = this.fixture.connected();
		session.endsLater = true;
		session.receive("9", "2[\"late\"]");
		session.receiveBinary(new byte[1]);
		session.end(CloseReason.FORCED_CLOSE);
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).endsWith("disconnect forced close []"));
		assertThat(this.fixture.handler.calls).noneMatch((call) -> call.startsWith("event"));
		assertThat(session.closes).hasSize(1);
	}

	@Test
	void textBetweenAttachmentsClosesTheConnection() {
		FakeSession session = this.fixture.connected();
		session.receive("51-[\"bin\",{\"_placeholder\":true,\"num\":0}]", "2[\"x\"]");
		assertThat(session.closes).containsExactly(CloseReason.FORCED_CLOSE);
	}

	@Test
	void binaryWithoutHeaderClosesTheConnection() {
		FakeSession session = this.fixture.connected();
		session.receiveBinary(new byte[] { 1 });
		assertThat(session.closes).containsExactly(CloseReason.FORCED_CLOSE);
	}

	@Test
	void binaryEventIsDeliveredWithItsAttachments() {
		FakeSession session = this.fixture.connected();
		session.receive("51-[\"bin\",{\"_placeholder\":true,\"num\":0}]");
		session.receiveBinary(new byte[] { 1, 2, 3 });
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).endsWith("event bin [[1, 2, 3]]"));
	}

	@Test
	void eventWithoutPayloadIsAcceptedAndReachesNobody() {
		FakeSession session = this.fixture.connected();
		session.receive("2", "31", "2[123,\"x\"]");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).containsExactly("authenticate null", "connect",
					"event 123 [x]"));
		assertThat(session.open).isTrue();
	}

	@Test
	void disconnectOfTheClientLeavesTheConnectionOpen() {
		FakeSession session = this.fixture.connected();
		this.fixture.socketOf(session).join("room");
		session.receive("1");
		assertThat(this.fixture.root().sockets()).isEmpty();
		assertThat(this.fixture.root().rooms()).isEmpty();
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).endsWith(
					"disconnecting client namespace disconnect [room]", "disconnect client namespace disconnect []"));
		assertThat(session.open).isTrue();
		session.receive("0");
		EngineFixture.eventually().until(() -> this.fixture.root().sockets().size() == 1);
	}

	@Test
	void eventRightBeforeTheDisconnectIsDelivered() {
		FakeSession session = this.fixture.connected();
		session.receive("2[\"last\"]", "1");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).containsSubsequence("event last []",
					"disconnect client namespace disconnect []"));
	}

	@Test
	void reasonOfTheSessionReachesTheHandlerOnce() {
		FakeSession session = this.fixture.connected();
		session.end(CloseReason.PING_TIMEOUT);
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).containsExactly("authenticate null", "connect",
					"disconnecting ping timeout []", "disconnect ping timeout []"));
	}

	@Test
	void connectionWithoutNamespaceIsClosedAfterTheConnectTimeout() {
		configure(EngineFixture.config(Duration.ofMillis(50), 64, 1000, 0));
		FakeSession session = this.fixture.session();
		session.receive("0/nope,");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(session.closes).containsExactly(CloseReason.FORCED_CLOSE));
	}

	@Test
	void connectedNamespaceStopsTheConnectTimeout() throws Exception {
		configure(EngineFixture.config(Duration.ofSeconds(5), 64, 1000, 0));
		FakeSession connected = this.fixture.connected();
		FakeSession waiting = this.fixture.session();
		EngineFixture.eventually().until(() -> !waiting.closes.isEmpty());
		assertThat(connected.open).isTrue();
	}

	@Test
	void tooManyNamespacesAreRefused() {
		configure(EngineFixture.config(Duration.ofSeconds(45), 1, 1000, 0));
		this.fixture.engine.of("/admin");
		FakeSession session = this.fixture.connected();
		session.receive("0/admin,");
		assertThat(session.sent).containsExactly("4/admin,{\"message\":\"Too many namespaces\"}");
		assertThat(this.fixture.statistics.refused(RefusalReason.NAMESPACES)).isOne();
		session.receive("1");
		EngineFixture.eventually().until(() -> {
			session.sent.clear();
			session.receive("0/admin,");
			return session.sent.stream().noneMatch((packet) -> packet.startsWith("4"));
		});
		EngineFixture.eventually().until(() -> this.fixture.engine.of("/admin").sockets().size() == 1);
	}

	@Test
	void tooManyEventsPerSecondCloseTheConnection() {
		configure(EngineFixture.config(Duration.ofSeconds(45), 64, 1000, 50));
		FakeSession session = this.fixture.connected();
		// Too many for two seconds, as another may begin between them
		String[] events = Collections.nCopies(101, "2[\"x\"]").toArray(String[]::new);
		EngineFixture.eventually().until(() -> {
			session.receive(events);
			return !session.open;
		});
		assertThat(session.closes).containsExactly(CloseReason.FORCED_CLOSE);
		assertThat(this.fixture.statistics.refused(RefusalReason.EVENT_RATE)).isOne();
	}

	@Test
	void refusingOneNamespaceLeavesTheOthers() {
		this.fixture.engine.of("/deny").handler(new NamespaceHandler() {

			@Override
			public void authenticate(Socket socket, @Nullable Object auth) throws ConnectRefusedException {
				throw new ConnectRefusedException("no");
			}

		});
		FakeSession session = this.fixture.connected();
		session.receive("0/deny,");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(session.sent).containsExactly("4/deny,{\"message\":\"no\"}"));
		session.receive("2[\"still\"]");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).endsWith("event still []"));
	}

	@Test
	void heartbeatsReachHandlersThatWantThem() {
		FakeSession session = this.fixture.connected();
		session.heartbeat();
		this.fixture.handler.heartbeats = true;
		session.heartbeat();
		session.receive("2[\"x\"]");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).endsWith("heartbeat V4", "event x []"));
		assertThat(this.fixture.handler.calls).filteredOn("heartbeat V4"::equals).hasSize(1);
	}

	@Test
	void drainWaitsForHandlersAndAcknowledgements() throws Exception {
		FakeSession session = this.fixture.connected();
		session.receive("27[\"question\"]");
		EngineFixture.eventually().until(() -> this.fixture.handler.acks.size() == 1);
		CompletableFuture<List<String>> drained = new CompletableFuture<>();
		session.drain(() -> drained.complete(List.copyOf(session.sent)));
		this.fixture.engine.quiesce().orTimeout(50, TimeUnit.MILLISECONDS).exceptionally((ex) -> null).get();
		assertThat(drained).isNotDone();
		this.fixture.handler.acks.get(0).send(List.of("answer"));
		assertThat(drained.get(10, TimeUnit.SECONDS)).containsExactly("37[\"answer\"]");
	}

	@Test
	void version3ConnectsToTheRootByItself() {
		FakeSession session = this.fixture.session(EngineVersion.V3);
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).containsExactly("0"));
		assertThat(this.fixture.root().sockets()).hasSize(1);
	}

	@Test
	void version3TakesAuthFromTheQueryOfTheNamespace() {
		RecordingHandler handler = new RecordingHandler();
		this.fixture.engine.of("/ok").handler(handler);
		FakeSession session = this.fixture.session(EngineVersion.V3);
		session.receive("0/ok?token=a");
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).containsOnly("0", "0/ok,"));
		assertThat(handler.calls).startsWith("authenticate {token=a}");
		session.receive("2/ok,[\"x\"]");
		EngineFixture.eventually().untilAsserted(() -> assertThat(handler.calls).endsWith("event x []"));
	}

	@Test
	void version3RefusalsBearTheDataOrTheMessage() {
		this.fixture.engine.of("/data").handler(refusing(new ConnectRefusedException("no", Map.of("why", 1))));
		this.fixture.engine.of("/plain").handler(refusing(new ConnectRefusedException("plain refusal")));
		FakeSession session = this.fixture.session(EngineVersion.V3);
		session.receive("0/data", "0/plain", "0/none");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(session.sentWithout("0")).containsExactlyInAnyOrder("4/data,{\"why\":1}",
					"4/plain,\"plain refusal\"", "4/none,{\"message\":\"Invalid namespace\"}"));
	}

	@Test
	void version3RefusedOnTheRootIsClosedAfterTheConnectTimeout() {
		configure(EngineFixture.config(Duration.ofSeconds(5), 64, 1000, 0));
		this.fixture.root().handler(refusing(new ConnectRefusedException("no")));
		FakeSession session = this.fixture.session(EngineVersion.V3);
		EngineFixture.eventually().until(() -> !session.closes.isEmpty());
		assertThat(session.sent).containsExactly("4\"no\"");
		assertThat(session.closes).containsExactly(CloseReason.FORCED_CLOSE);
	}

	private static NamespaceHandler refusing(ConnectRefusedException refusal) {
		return new NamespaceHandler() {

			@Override
			public void authenticate(Socket socket, @Nullable Object auth) throws ConnectRefusedException {
				throw refusal;
			}

		};
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
