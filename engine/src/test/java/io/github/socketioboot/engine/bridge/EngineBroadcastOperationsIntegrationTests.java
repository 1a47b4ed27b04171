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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.corundumstudio.socketio.BroadcastAckCallback;
import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.adapter.InMemoryAdapter;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import io.github.socketioboot.engine.netty.ServerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Each public method of netty-socketio's {@code BroadcastOperations}: three clients of
 * which one is in room {@code a}, one in {@code a} and {@code b}, one in none.
 */
class EngineBroadcastOperationsIntegrationTests {

	private final List<BroadcastOptions> broadcasts = new CopyOnWriteArrayList<>();

	private AttackedServer server;

	private RawPeer inA;

	private RawPeer inBoth;

	private RawPeer inNone;

	@BeforeEach
	void serve() {
		ServerConfig defaults = ServerConfig.DEFAULT;
		EngineSocketIOServer server = EngineSocketIOServer.builder()
			.server(new ServerConfig("127.0.0.1", 0, defaults.path(), 2, defaults.cors(), defaults.cookie(),
					defaults.limits(), defaults.httpCompressionThreshold(), defaults.webSocketCompression(),
					defaults.serveClient(), defaults.healthPath(), defaults.sslContext(), defaults.session()))
			.adapters((namespace) -> new InMemoryAdapter(namespace) {

				@Override
				public void broadcast(BroadcastPacket packet, BroadcastOptions options) {
					EngineBroadcastOperationsIntegrationTests.this.broadcasts.add(options);
					super.broadcast(packet, options);
				}

			})
			.build();
		server.addEventListener("join", String.class, (client, room, ack) -> client.joinRoom(room));
		server.start();
		this.server = new AttackedServer(server, server.port());
		this.inA = join("a");
		this.inBoth = join("a", "b");
		this.inNone = join();
	}

	private RawPeer join(String... rooms) {
		RawPeer peer = this.server.join();
		for (String room : rooms) {
			peer.sendText("421[\"join\",\"" + room + "\"]");
			peer.expectText("431[]");
		}
		await().until(() -> client(peer) != null);
		return peer;
	}

	@AfterEach
	void stop() {
		this.inA.close();
		this.inBoth.close();
		this.inNone.close();
		this.server.close();
	}

	@Test
	void namespaceBroadcastReachesEveryone() {
		server().getNamespace("").getBroadcastOperations().sendEvent("news", "a", 1);

		receives("42[\"news\",\"a\",1]", this.inA, this.inBoth, this.inNone);
	}

	@Test
	void roomBroadcastReachesItsMembers() {
		server().getNamespace("").getRoomOperations("a").sendEvent("news", 1);

		receives("42[\"news\",1]", this.inA, this.inBoth);
	}

	@Test
	void clientInSeveralRoomsReceivesOnce() {
		server().getNamespace("").getRoomOperations("a", "b").sendEvent("news", 1);

		receives("42[\"news\",1]", this.inA, this.inBoth);
	}

	@Test
	void noRoomsAreNobody() {
		server().getNamespace("").getRoomOperations(new String[0]).sendEvent("news", 1);
		server().getRoomOperations().sendEvent("news", 1);
		server().getNamespace("").getRoomOperations("unknown").sendEvent("news", 1);

		receives("42[\"news\",1]");
	}

	@Test
	void serverBroadcastReachesEveryNamespace() {
		server().addNamespace("/chat");
		this.inA.sendText("40/chat,");
		this.inA.expectText("40/chat,{");
		server().getBroadcastOperations().sendEvent("news", 1);

		assertThat(List.of(this.inA.nextText(), this.inA.nextText())).containsExactlyInAnyOrder("42[\"news\",1]",
				"42/chat,[\"news\",1]");
		receives("42[\"news\",1]", this.inBoth, this.inNone);
	}

	@Test
	void serverRoomBroadcastReachesTheRoomInEveryNamespace() {
		server().addNamespace("/chat");
		this.inNone.sendText("40/chat,");
		this.inNone.expectText("40/chat,{");
		server().getNamespace("/chat").getAllClients().forEach((client) -> client.joinRoom("b"));
		server().getRoomOperations("a", "b").sendEvent("news", 1);

		assertThat(this.inNone.nextText()).isEqualTo("42/chat,[\"news\",1]");
		receives("42[\"news\",1]", this.inA, this.inBoth);
	}

	@Test
	void excludedClientDoesNotReceive() {
		server().getBroadcastOperations().sendEvent("news", client(this.inA), "a", 1);

		receives("42[\"news\",\"a\",1]", this.inBoth, this.inNone);
	}

	@Test
	void excludedClientIsNamedToOtherNodes() {
		SocketIOClient excluded = client(this.inA);
		server().getBroadcastOperations().sendEvent("news", excluded, 1);

		assertThat(this.broadcasts).singleElement()
			.satisfies((options) -> assertThat(options.except()).containsExactly(excluded.getSessionId().toString()));
	}

	@Test
	void predicateExcludesClients() {
		server().getRoomOperations("a").sendEvent("news", (client) -> client.getAllRooms().contains("b"), 1);

		receives("42[\"news\",1]", this.inA);
	}

	@Test
	void operationsTellTheirClients() {
		assertThat(server().getBroadcastOperations().getClients()).hasSize(3);
		assertThat(server().getRoomOperations("a", "b").getClients()).containsExactlyInAnyOrder(client(this.inA),
				client(this.inBoth));
		assertThat(server().getNamespace("").getRoomOperations("b").getClients()).containsExactly(client(this.inBoth));
		assertThat(server().getRoomOperations("unknown").getClients()).isEmpty();
	}

	@Test
	void packetIsSent() {
		Packet packet = new Packet(PacketType.MESSAGE, EngineIOVersion.UNKNOWN);
		packet.setSubType(PacketType.EVENT);
		packet.setName("news");
		packet.setData(List.of(1));
		server().getRoomOperations("a").send(packet);

		receives("42[\"news\",1]", this.inA, this.inBoth);
	}

	@Test
	void packetForOneClientIsRefused() {
		Packet packet = new Packet(PacketType.MESSAGE, EngineIOVersion.UNKNOWN);
		packet.setSubType(PacketType.ACK);
		BroadcastOperations operations = server().getBroadcastOperations();

		assertThatIllegalArgumentException().isThrownBy(() -> operations.send(packet)).withMessageContaining("ACK");
	}

	@Test
	void membersAreDisconnected() {
		server().getRoomOperations("b").disconnect();

		receives("41", this.inBoth);
		assertThat(server().getAllClients()).hasSize(2);
	}

	@Test
	void membersAreAsked() {
		Answers answers = new Answers();
		server().getRoomOperations("a", "b").sendEvent("question", "?", answers);

		answer(this.inA, this.inBoth);
		await().until(() -> answers.complete);
		// The end is told when the last answer has come, not when all have been handled
		await().untilAsserted(() -> assertThat(answers.clients)
			.containsExactlyInAnyOrder(client(this.inA).getSessionId(), client(this.inBoth).getSessionId()));
		receives("", new RawPeer[0]);
	}

	@Test
	void membersAreAskedByAPacket() {
		Answers answers = new Answers();
		Packet packet = new Packet(PacketType.MESSAGE, EngineIOVersion.UNKNOWN);
		packet.setSubType(PacketType.EVENT);
		packet.setName("question");
		packet.setData(List.of("?"));
		server().getRoomOperations("b").send(packet, answers);

		answer(this.inBoth);
		await().until(() -> answers.complete);
	}

	@Test
	void excludedClientIsNotAsked() {
		Answers answers = new Answers();
		server().getRoomOperations("a").sendEvent("question", "?", client(this.inA), answers);

		answer(this.inBoth);
		await().until(() -> answers.complete);
		receives("", new RawPeer[0]);
	}

	@Test
	void clientsThatThePredicateExcludesAreNotAsked() {
		Answers answers = new Answers();
		server().getRoomOperations("a")
			.sendEvent("question", "?", (client) -> client.getAllRooms().contains("b"), answers);

		answer(this.inA);
		await().until(() -> answers.complete);
		receives("", new RawPeer[0]);
	}

	@Test
	void nobodyToAskIsTheEnd() {
		Answers answers = new Answers();
		server().getRoomOperations("unknown").sendEvent("question", "?", answers);

		await().until(() -> answers.complete);
		assertThat(answers.clients).isEmpty();
	}

	private static void answer(RawPeer... peers) {
		for (RawPeer peer : peers) {
			String question = peer.expectText("42");
			assertThat(question).endsWith("[\"question\",\"?\"]");
			peer.sendText("43" + question.replaceAll("42(\\d+).*", "$1") + "[\"!\"]");
		}
	}

	/**
	 * Check that these clients receive a packet, once, and the others do not.
	 */
	private void receives(String packet, RawPeer... receivers) {
		Set<RawPeer> expected = Set.of(receivers);
		List<RawPeer> mistaken = new ArrayList<>();
		// Follows everything sent before
		server().getAllClients().forEach((client) -> client.sendEvent("end"));
		for (RawPeer peer : List.of(this.inA, this.inBoth, this.inNone)) {
			List<String> received = new ArrayList<>();
			if (expected.contains(peer)) {
				received.add(peer.nextText());
			}
			if (!packet.equals("41") || !expected.contains(peer)) {
				received.add(peer.nextText());
				if (!received.remove(received.size() - 1).equals("42[\"end\"]")) {
					mistaken.add(peer);
				}
			}
			if (expected.contains(peer)) {
				assertThat(received).containsExactly(packet);
			}
		}
		assertThat(mistaken).as("received what was not for them, or twice").isEmpty();
	}

	private SocketIOServer server() {
		return this.server.server();
	}

	private SocketIOClient client(RawPeer peer) {
		return server().getAllClients()
			.stream()
			.filter((client) -> client.getHandshakeData().getAddress().getPort() == peer.localPort())
			.findFirst()
			.orElse(null);
	}

	private static final class Answers extends BroadcastAckCallback<String> {

		private final Set<UUID> clients = ConcurrentHashMap.newKeySet();

		private volatile boolean complete;

		Answers() {
			super(String.class);
		}

		@Override
		protected void onClientSuccess(SocketIOClient client, String result) {
			assertThat(result).isEqualTo("!");
			this.clients.add(client.getSessionId());
		}

		@Override
		protected void onAllSuccess() {
			this.complete = true;
		}

	}

}
