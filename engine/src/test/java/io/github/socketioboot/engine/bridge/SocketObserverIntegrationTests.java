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

package io.github.socketioboot.engine.bridge;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import io.github.socketioboot.engine.namespace.NamespaceHandler;
import io.github.socketioboot.engine.namespace.Socket;
import io.github.socketioboot.engine.namespace.SocketObserver;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What an observer learns of sockets, what it tells others, and namespaces that listeners
 * do not see.
 */
class SocketObserverIntegrationTests {

	private final List<String> seen = new CopyOnWriteArrayList<>();

	@Test
	void socketsAreObservedFromConnectToDisconnect() {
		EngineSocketIOServer server = Wire.build(EngineSocketIOServer.builder().socketObserver(new Recorder()));
		server.addConnectListener((client) -> {
			client.joinRoom("red");
			client.set("user", "ada");
		});
		server.addEventListener("good", String.class, (client, data, ack) -> {
			client.leaveRoom("red");
			client.joinRoom("blue");
			server.getRoomOperations("blue").sendEvent("all", 1);
			client.sendEvent("one", 2);
		});
		try (AttackedServer running = Wire.run(server)) {
			try (RawPeer peer = running.join()) {
				await().until(() -> this.seen.size() == 3);
				peer.sendText("42[\"good\",\"x\"]");
				peer.expectText("42[\"all\",1]");
				peer.expectText("42[\"one\",2]");
			}
			await().until(() -> this.seen.contains("left blue"));
		}
		assertThat(this.seen).containsExactly("connected", "joined red", "data changed", "received good [x]",
				"left red", "joined blue", "sent 42[\"all\",1]", "sent 42[\"one\",2]", "disconnected transport close",
				"left blue");
	}

	@Test
	void applicationsDoNotSeeWhatObserversTellEachOther() {
		EngineSocketIOServer server = Wire.build(EngineSocketIOServer.builder().socketObserver(new Recorder()));
		server.addConnectListener((client) -> client.set("user", "ada"));
		try (AttackedServer running = Wire.run(server); RawPeer peer = running.join()) {
			await().until(() -> this.seen.contains("data changed"));
			assertThat(server.engine().of("/").broadcast().fetchSockets().join()).singleElement()
				.extracting(SocketDetails::data)
				.isEqualTo(Map.of("user", "ada"));
			assertThat(server.engine().of("/").observe().join()).singleElement()
				.extracting(SocketDetails::data)
				.isEqualTo(Map.of("user", "ada", "_admin", "private"));
		}
	}

	@Test
	void idOfAConnectionIsNoPartOfItsSecret() {
		EngineSocketIOServer server = Wire.build(EngineSocketIOServer.builder().sidPrefix("a-_9"));
		try (AttackedServer running = Wire.run(server); RawPeer peer = running.join()) {
			Socket socket = server.engine().of("/").sockets().iterator().next();
			assertThat(socket.clientId()).matches("[A-Za-z0-9_-]{12}").isEqualTo(socket.clientId());
			assertThat(socket.clientId()).doesNotStartWith("a-_9");
		}
	}

	@Test
	void messagesAreCountedWithTheBytesOfTheirData() {
		EngineSocketIOServer server = Wire.build(EngineSocketIOServer.builder());
		server.addEventListener("ping", String.class,
				(client, data, ack) -> client.sendEvent("pong", "é", new byte[3]));
		EngineStatistics statistics = server.statistics();
		try (AttackedServer running = Wire.run(server); RawPeer peer = running.join()) {
			// The answer to the connect may be read before it is counted
			await().until(() -> statistics.messageBytesSent() > 0);
			long received = statistics.messagesReceived();
			long bytesReceived = statistics.messageBytesReceived();
			long sent = statistics.messagesSent();
			long bytesSent = statistics.messageBytesSent();
			peer.sendText("42[\"ping\",\"é\"]");
			await().until(() -> statistics.messagesSent() == sent + 2);
			assertThat(statistics.messagesReceived()).isEqualTo(received + 1);
			// 2["ping","é"]
			assertThat(statistics.messageBytesReceived()).isEqualTo(bytesReceived + 14);
			// 51-["pong","é",{"_placeholder":true,"num":0}] and three bytes
			await().until(() -> statistics.messageBytesSent() == bytesSent + 46 + 3);
		}
	}

	@Test
	void namespacesWithAHandlerOfTheirOwnAreNoneOfTheApplication() {
		EngineSocketIOServer server = Wire.build(EngineSocketIOServer.builder());
		server.engine().of("/own", (namespace) -> new NamespaceHandler() {
		});
		assertThat(server.getAllNamespaces()).hasSize(1);
		assertThat(server.getNamespace("/own")).isNull();
		assertThatIllegalStateException().isThrownBy(() -> server.addNamespace("/own")).withMessageContaining("/own");
		server.removeNamespace("/own");
		assertThat(server.engine().find("/own")).isNotNull();
		server.engine().of("/bare");
		assertThat(server.getNamespace("/bare")).isNotNull();
	}

	/**
	 * Notes what it is told.
	 */
	private final class Recorder implements SocketObserver {

		@Override
		public void onConnected(Socket socket) {
			note("connected");
		}

		@Override
		public void onUpgraded(Socket socket) {
			note("upgraded");
		}

		@Override
		public void onDataChanged(Socket socket) {
			note("data changed");
		}

		@Override
		public void onDisconnected(Socket socket, CloseReason reason) {
			note("disconnected " + reason);
		}

		@Override
		public void onJoined(Socket socket, String room) {
			note("joined " + room);
		}

		@Override
		public void onLeft(Socket socket, String room) {
			note("left " + room);
		}

		@Override
		public void onReceived(Socket socket, String event, List<Object> args) {
			note("received " + event + " " + args);
		}

		@Override
		public void onSent(Socket socket, EncodedPacket packet) {
			(packet.parts().isEmpty() ? List.of(packet) : packet.parts()).forEach((part) -> {
				ByteBuf text = part.text();
				note("sent " + text.toString(StandardCharsets.UTF_8));
				text.release();
			});
		}

		@Override
		public Object privateData(Socket socket) {
			return "private";
		}

		private void note(String what) {
			SocketObserverIntegrationTests.this.seen.add(what);
		}

	}

}
