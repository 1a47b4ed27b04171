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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.adapter.TooManyRoomsException;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.RefusalReason;
import io.github.socketioboot.engine.transport.TransportName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Socket}.
 */
class SocketTests {

	private EngineFixture fixture = new EngineFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void emitsAreSentInOrder() {
		FakeSession session = this.fixture.connected();
		Socket socket = this.fixture.socketOf(session);
		socket.emit("foo", "bar", 1, null, true, Map.of("a", List.of(1)));
		socket.emit("second");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(session.sent).containsExactly("2[\"foo\",\"bar\",1,null,true,{\"a\":[1]}]",
					"2[\"second\"]"));
	}

	@Test
	void binaryArgumentsBecomeAttachments() {
		FakeSession session = this.fixture.connected();
		this.fixture.socketOf(session).emit("bin", new byte[] { 1, 2 });
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sentAttachments).hasSize(1));
		assertThat(session.sent).containsExactly("51-[\"bin\",{\"_placeholder\":true,\"num\":0}]");
		assertThat(session.sentAttachments.get(0)).containsExactly(1, 2);
	}

	@Test
	void reservedNamesAreRefused() {
		Socket socket = this.fixture.socketOf(this.fixture.connected());
		assertThatIllegalArgumentException().isThrownBy(() -> socket.emit("connect"))
			.withMessage("\"connect\" is a reserved event name");
		assertThatIllegalArgumentException().isThrownBy(() -> this.fixture.root().broadcast().emit("disconnect"))
			.withMessage("\"disconnect\" is a reserved event name");
	}

	@Test
	void volatileEmitIsDroppedWhenTheTransportIsNotReady() {
		FakeSession session = this.fixture.connected();
		Socket socket = this.fixture.socketOf(session);
		session.writable = false;
		socket.namespace().broadcast().to(socket.id()).volatile_().emit("dropped");
		socket.emit("kept");
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).containsExactly("2[\"kept\"]"));
	}

	@Test
	void rawPacketsAreSentForTheNamespaceOfTheSocket() {
		FakeSession session = this.fixture.connected();
		Socket socket = this.fixture.socketOf(session);
		socket.send(new SocketPacket(SocketPacketType.EVENT, "/ignored", 12, List.of("foo")));
		socket.send(new SocketPacket(SocketPacketType.BINARY_ACK, "/", 3, List.of("ok")));
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(session.sent).containsExactly("212[\"foo\"]", "33[\"ok\"]"));
	}

	@Test
	void acknowledgementOfTheClientReachesTheListenerOnce() {
		FakeSession session = this.fixture.connected();
		Acknowledgement listener = new Acknowledgement();
		this.fixture.socketOf(session).emit("q", List.of(), listener, Duration.ZERO);
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).containsExactly("20[\"q\"]"));
		session.receive("30[\"a\",1]", "30[\"again\"]", "399[\"unknown\"]");
		EngineFixture.eventually().untilAsserted(() -> assertThat(listener.calls).containsExactly("[a, 1]"));
		session.end(CloseReason.TRANSPORT_CLOSE);
		awaitDisconnect();
		assertThat(listener.calls).containsExactly("[a, 1]");
	}

	@Test
	void acknowledgementWithoutPayloadIsAccepted() {
		FakeSession session = this.fixture.connected();
		Acknowledgement listener = new Acknowledgement();
		this.fixture.socketOf(session).emit("q", List.of(), listener, Duration.ZERO);
		EngineFixture.eventually().until(() -> session.sent.size() == 1);
		session.receive("30");
		EngineFixture.eventually().untilAsserted(() -> assertThat(listener.calls).containsExactly("[]"));
	}

	@Test
	void ackIdsAreCountedPerNamespace() {
		FakeSession one = this.fixture.connected();
		FakeSession two = this.fixture.connected();
		this.fixture.socketOf(one).emit("q", List.of(), new Acknowledgement(), Duration.ZERO);
		this.fixture.socketOf(two).emit("q", List.of(), new Acknowledgement(), Duration.ZERO);
		this.fixture.root().broadcast().emitWithAck("q");
		EngineFixture.eventually().untilAsserted(() -> assertThat(one.sent).containsExactly("20[\"q\"]", "22[\"q\"]"));
		EngineFixture.eventually().untilAsserted(() -> assertThat(two.sent).containsExactly("21[\"q\"]", "22[\"q\"]"));
	}

	@Test
	void listenerLearnsOfTheTimeout() {
		FakeSession session = this.fixture.connected();
		Acknowledgement listener = new Acknowledgement();
		this.fixture.socketOf(session).emit("q", List.of(), listener, Duration.ofMillis(20));
		EngineFixture.eventually().untilAsserted(() -> assertThat(listener.calls).containsExactly("TIMEOUT"));
		session.receive("30[\"late\"]", "2[\"after\"]");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).endsWith("event after []"));
		assertThat(listener.calls).containsExactly("TIMEOUT");
	}

	@Test
	void listenerLearnsOfTheDisconnectBeforeTheHandlerDoes() {
		FakeSession session = this.fixture.connected();
		Socket socket = this.fixture.socketOf(session);
		Acknowledgement listener = new Acknowledgement(this.fixture.handler.calls);
		socket.emit("q", List.of(), listener, Duration.ofSeconds(30));
		EngineFixture.eventually().until(() -> session.sent.size() == 1);
		session.end(CloseReason.TRANSPORT_CLOSE);
		awaitDisconnect();
		assertThat(this.fixture.handler.calls).containsSubsequence("DISCONNECTED", "disconnecting transport close []",
				"disconnect transport close []");
		socket.emit("q", List.of(), listener, Duration.ofSeconds(30));
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).filteredOn("DISCONNECTED"::equals).hasSize(2));
	}

	@Test
	void acknowledgementsOutstandingAreBounded() {
		FakeSession session = this.fixture.connected();
		session.maxOutboundBuffer = Long.MAX_VALUE;
		Socket socket = this.fixture.socketOf(session);
		for (int i = 0; i < Socket.MAX_PENDING_ACKS; i++) {
			socket.emit("q", List.of(), (args) -> {
			}, Duration.ZERO);
		}
		Acknowledgement listener = new Acknowledgement();
		socket.emit("q", List.of(), listener, Duration.ZERO);
		EngineFixture.eventually().untilAsserted(() -> assertThat(listener.calls).containsExactly("TOO_MANY"));
		assertThat(session.sent).hasSize(Socket.MAX_PENDING_ACKS);
	}

	@Test
	void clientIsAnsweredOnce() {
		FakeSession session = this.fixture.connected();
		session.receive("212[\"foo\"]");
		EngineFixture.eventually().until(() -> this.fixture.handler.acks.size() == 1);
		Ack ack = this.fixture.handler.acks.get(0);
		assertThat(ack.isSent()).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> ack.send(List.of(unwritable())));
		ack.send(List.of("ok"));
		ack.send(List.of("again"));
		assertThat(ack.isSent()).isTrue();
		this.fixture.socketOf(session).emit("marker");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(session.sent).containsExactly("312[\"ok\"]", "2[\"marker\"]"));
	}

	private static Object unwritable() {
		Map<String, Object> itself = new HashMap<>();
		itself.put("itself", itself);
		return itself;
	}

	@Test
	void disconnectSendsThePacketBehindWhatWasSentBefore() {
		FakeSession session = this.fixture.connected();
		Socket socket = this.fixture.socketOf(session);
		socket.emit("bye");
		socket.disconnect(false);
		assertThat(socket.isConnected()).isFalse();
		socket.emit("too late");
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).containsExactly("2[\"bye\"]", "1"));
		awaitDisconnect();
		assertThat(this.fixture.handler.calls).endsWith("disconnect server namespace disconnect []");
		assertThat(session.open).isTrue();
		assertThat(socket.isSessionOpen()).isTrue();
		assertThat(this.fixture.root().sockets()).isEmpty();
	}

	@Test
	void disconnectWithCloseLeavesAllNamespaces() {
		RecordingHandler admin = new RecordingHandler();
		this.fixture.engine.of("/admin").handler(admin);
		FakeSession session = this.fixture.connected();
		Socket socket = this.fixture.socketOf(session);
		session.receive("0/admin,");
		EngineFixture.eventually().until(() -> session.sent.size() == 1);
		session.sent.clear();
		socket.disconnect(true);
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).containsExactly("1", "1/admin,"));
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(session.closes).containsExactly(CloseReason.FORCED_CLOSE));
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(admin.calls).endsWith("disconnect server namespace disconnect []"));
		awaitDisconnect();
		assertThat(this.fixture.handler.calls).endsWith("disconnect server namespace disconnect []");
	}

	@Test
	void tooManyRoomsAreRefusedAndCounted() {
		this.fixture.close();
		this.fixture = new EngineFixture(EngineFixture.config(Duration.ofSeconds(45), 64, 2, 0));
		Socket socket = this.fixture.socketOf(this.fixture.connected());
		socket.join("a", "b");
		assertThatExceptionOfType(TooManyRoomsException.class).isThrownBy(() -> socket.join("c"));
		assertThat(this.fixture.statistics.refused(RefusalReason.ROOMS)).isOne();
		socket.leave("a");
		socket.join("c");
		assertThat(socket.rooms()).containsExactlyInAnyOrder("b", "c");
	}

	@Test
	void emitterFasterThanTheLoopIsCutOff() throws Exception {
		FakeSession session = this.fixture.connected();
		session.maxOutboundBuffer = 10_000;
		Socket socket = this.fixture.socketOf(session);
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		session.loop().execute(() -> {
			blocked.countDown();
			try {
				go.await(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < 200; i++) {
			socket.emit("x", "0123456789".repeat(10));
		}
		go.countDown();
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(session.closes).containsExactly(CloseReason.SLOW_CONSUMER));
		assertThat(session.sent).hasSizeLessThan(100);
		awaitDisconnect();
		assertThat(this.fixture.handler.calls).endsWith("disconnect slow consumer []");
	}

	@Test
	void bytesThatHaveArrivedCountNoMore() {
		FakeSession session = this.fixture.connected();
		session.maxOutboundBuffer = 1_000;
		Socket socket = this.fixture.socketOf(session);
		for (int i = 0; i < 100; i++) {
			socket.emit("x", "0123456789".repeat(10));
			int expected = i + 1;
			EngineFixture.eventually().until(() -> session.sent.size() == expected);
		}
		assertThat(session.closes).isEmpty();
	}

	@Test
	void factsOfTheSessionAreTold() {
		FakeSession session = this.fixture.connected();
		Socket socket = this.fixture.socketOf(session);
		assertThat(socket.transport()).isEqualTo(TransportName.WEBSOCKET);
		assertThat(socket.version()).isEqualTo(EngineVersion.V4);
		assertThat(socket.remoteAddress().getPort()).isEqualTo(4711);
		assertThat(socket.isWritable()).isTrue();
		assertThat(socket.sessionAttributes()).containsEntry("tenant", "one");
		assertThat(socket.namespace()).isSameAs(this.fixture.root());
		assertThat(this.fixture.root().socket(socket.uuid())).isSameAs(socket);
		assertThat(socket.attachment()).isNull();
		socket.attach("client");
		assertThat(socket.attachment()).isEqualTo("client");
	}

	@Test
	void detailsDescribeTheSocket() {
		FakeSession session = this.fixture.connected();
		Socket socket = this.fixture.socketOf(session);
		socket.join("room");
		SocketDetails details = socket.details();
		assertThat(details.id()).isEqualTo(socket.id());
		assertThat(details.rooms()).isEqualTo(Set.of(socket.id(), "room"));
		assertThat(details.data()).isEqualTo("data");
		assertThat(details.handshake().headers()).containsEntry("x-test", List.of("yes"));
		assertThat(details.handshake().query()).containsEntry("color", List.of("red"));
		assertThat(details.handshake().xdomain()).isTrue();
		assertThat(details.handshake().issued()).isEqualTo(42);
		assertThat(details.handshake().address()).isEqualTo("127.0.0.1");
	}

	private void awaitDisconnect() {
		EngineFixture.eventually()
			.until(() -> this.fixture.handler.calls.stream().anyMatch((call) -> call.startsWith("disconnect ")));
	}

	/**
	 * Listener that remembers what it was told.
	 */
	private static final class Acknowledgement implements AckListener {

		private final List<String> calls;

		Acknowledgement() {
			this(new CopyOnWriteArrayList<>());
		}

		Acknowledgement(List<String> calls) {
			this.calls = calls;
		}

		@Override
		public void onAck(List<@Nullable Object> args) {
			this.calls.add(args.toString());
		}

		@Override
		public void onFailure(AckFailure failure) {
			this.calls.add(failure.name());
		}

	}

}
