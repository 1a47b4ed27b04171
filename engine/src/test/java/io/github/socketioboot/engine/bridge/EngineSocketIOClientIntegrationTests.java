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

import java.net.InetSocketAddress;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.AuthorizationResult;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.corundumstudio.socketio.store.MemoryStore;
import com.corundumstudio.socketio.store.MemoryStoreFactory;
import com.corundumstudio.socketio.store.Store;
import io.github.socketioboot.engine.bridge.RawPeer.Answer;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Each public method of netty-socketio's {@code SocketIOClient}.
 */
class EngineSocketIOClientIntegrationTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	@Test
	void sessionIdIsTheOneThatTheClientWasTold() {
		try (AttackedServer server = serve(); RawPeer peer = server.open()) {
			peer.sendText("40");
			String answer = peer.expectText("40{");
			SocketIOClient client = client(server);

			assertThat(answer).isEqualTo("40{\"sid\":\"" + client.getSessionId() + "\"}");
			assertThat(server.server().getClient(client.getSessionId())).isSameAs(client);
		}
	}

	@Test
	void transportIsTheCurrentOne() {
		try (AttackedServer server = serve(); RawPeer peer = server.join(); RawPeer polling = server.connect()) {
			assertThat(client(server).getTransport()).isEqualTo(Transport.WEBSOCKET);
			peer.sendText("41");
			await().until(() -> server.server().getAllClients().isEmpty());
			join(polling);

			assertThat(client(server).getTransport()).isEqualTo(Transport.POLLING);
		}
	}

	@Test
	void versionIsThatOfTheClient() {
		try (AttackedServer server = serve(); RawPeer newer = server.join()) {
			assertThat(client(server).getEngineIOVersion()).isEqualTo(EngineIOVersion.V4);
		}
		try (AttackedServer server = serve(); RawPeer older = server.connect()) {
			older.upgrade("/socket.io/?EIO=3&transport=websocket");
			older.expectText("0{");
			older.expectText("40");
			assertThat(client(server).getEngineIOVersion()).isEqualTo(EngineIOVersion.V3);
		}
	}

	@Test
	void handshakeDataDescribesTheFirstRequest() {
		Date before = new Date();
		try (AttackedServer server = serve(); RawPeer peer = server.connect()) {
			peer.upgrade("/socket.io/?EIO=4&transport=websocket&name=ann&tag=a&tag=b", "X-Test: yes",
					"Origin: http://127.0.0.1");
			peer.expectText("0{");
			peer.sendText("40{\"token\":1}");
			peer.expectText("40{");
			HandshakeData data = client(server).getHandshakeData();

			assertThat(data.getUrl()).isEqualTo("/socket.io/?EIO=4&transport=websocket&name=ann&tag=a&tag=b");
			assertThat(data.getSingleUrlParam("name")).isEqualTo("ann");
			assertThat(data.getSingleUrlParam("tag")).isNull();
			assertThat(data.getSingleUrlParam("none")).isNull();
			assertThat(data.getUrlParams()).containsEntry("tag", List.of("a", "b"));
			assertThat(data.getHttpHeaders().get("x-test")).isEqualTo("yes");
			assertThat(data.isXdomain()).isTrue();
			assertThat(data.getAuthToken()).isEqualTo(Map.of("token", 1));
			assertThat(data.getTime()).isAfterOrEqualTo(before).isBeforeOrEqualTo(new Date());
			assertThat(data.getAddress()).isEqualTo(client(server).getRemoteAddress());
			assertThat(data.getLocal().getPort()).isEqualTo(server.port());
		}
	}

	@Test
	void remoteAddressIsThatOfTheConnection() {
		try (AttackedServer server = serve(); RawPeer peer = server.join()) {
			InetSocketAddress address = (InetSocketAddress) client(server).getRemoteAddress();

			assertThat(address.getAddress().isLoopbackAddress()).isTrue();
			assertThat(address.getPort()).isEqualTo(peer.localPort());
		}
	}

	@Test
	void eventIsSent() {
		try (AttackedServer server = serve(); RawPeer peer = server.join()) {
			client(server).sendEvent("news", "text", 1, null, Map.of("a", true));
			client(server).sendEvent("empty");

			assertThat(peer.nextText()).isEqualTo("42[\"news\",\"text\",1,null,{\"a\":true}]");
			assertThat(peer.nextText()).isEqualTo("42[\"empty\"]");
		}
	}

	@Test
	void eventWithBytesIsSent() {
		try (AttackedServer server = serve(); RawPeer peer = server.join()) {
			client(server).sendEvent("file", new ListenersIntegrationTests.Upload("a", new byte[] { 1, 2 }));

			assertThat(peer.nextText())
				.isEqualTo("451-[\"file\",{\"name\":\"a\",\"content\":{\"_placeholder\":true,\"num\":0}}]");
			assertThat(peer.nextFrame().payload()).containsExactly(1, 2);
		}
	}

	@Test
	void packetIsSentByItsType() {
		try (AttackedServer server = serve(); RawPeer peer = server.join()) {
			Packet event = packet(PacketType.EVENT, List.of("a", 2));
			event.setName("news");
			client(server).send(event);
			Packet asking = packet(PacketType.EVENT, List.of("b"));
			asking.setName("news");
			asking.setAckId(77L);
			client(server).send(asking);
			Packet ack = packet(PacketType.ACK, List.of("yes"));
			ack.setAckId(5L);
			client(server).send(ack);
			client(server).send(packet(PacketType.ERROR, Map.of("message", "no")));
			client(server).send(packet(PacketType.DISCONNECT, null));

			assertThat(peer.nextText()).isEqualTo("42[\"news\",\"a\",2]");
			assertThat(peer.nextText()).isEqualTo("4277[\"news\",\"b\"]");
			assertThat(peer.nextText()).isEqualTo("435[\"yes\"]");
			assertThat(peer.nextText()).isEqualTo("44{\"message\":\"no\"}");
			assertThat(peer.nextText()).isEqualTo("41");
			assertThat(server.server().getAllClients()).isEmpty();
		}
	}

	@Test
	void packetThatOnlyTheEngineMaySendIsRefused() {
		try (AttackedServer server = serve(); RawPeer peer = server.join()) {
			SocketIOClient client = client(server);

			assertThatIllegalArgumentException().isThrownBy(() -> client.send(new Packet(PacketType.PING)))
				.withMessageContaining("PING");
			assertThatIllegalArgumentException().isThrownBy(() -> client.send(packet(PacketType.CONNECT, null)))
				.withMessageContaining("CONNECT");
		}
	}

	@Test
	void packetWithCallbackAsksForAnAnswer() {
		List<String> answers = new CopyOnWriteArrayList<>();
		try (AttackedServer server = serve(); RawPeer peer = server.join()) {
			Packet event = packet(PacketType.EVENT, List.of("?"));
			event.setName("question");
			client(server).send(event, new AckCallback<>(String.class) {

				@Override
				public void onSuccess(String result) {
					answers.add(result);
				}

			});
			String question = peer.expectText("42");
			peer.sendText("43" + question.replaceAll("42(\\d+).*", "$1") + "[\"!\"]");

			await().until(() -> answers.equals(List.of("!")));
		}
	}

	@Test
	void disconnectLeavesOtherNamespacesOfTheConnection() {
		try (AttackedServer server = serve((listeners) -> listeners.addNamespace("/chat"));
				RawPeer peer = server.join()) {
			peer.sendText("40/chat,");
			peer.expectText("40/chat,{");
			SocketIOClient root = client(server);
			root.disconnect();

			assertThat(peer.nextText()).isEqualTo("41");
			assertThat(server.server().getAllClients()).isEmpty();
			assertThat(root.isChannelOpen()).isTrue();
			server.server().getNamespace("/chat").getBroadcastOperations().sendEvent("still", "here");
			assertThat(peer.nextText()).isEqualTo("42/chat,[\"still\",\"here\"]");
		}
	}

	@Test
	void whatIsSentToAClientThatHasLeftIsDropped() {
		try (AttackedServer server = serve(); RawPeer peer = server.join()) {
			SocketIOClient client = client(server);
			client.disconnect();
			client.sendEvent("late", 1);
			client.joinRoom("late");
			client.disconnect();

			assertThat(peer.nextText()).isEqualTo("41");
			assertThat(client.isWritable()).isFalse();
			peer.sendText("40");
			peer.expectText("40{");
			assertThat(server.server().getRoomOperations("late").getClients()).isEmpty();
		}
	}

	@Test
	void channelIsOpenUntilTheConnectionEnds() {
		try (AttackedServer server = serve(); RawPeer peer = server.join()) {
			SocketIOClient client = client(server);
			assertThat(client.isChannelOpen()).isTrue();
			assertThat(client.isWritable()).isTrue();
			peer.close();

			await().until(() -> !client.isChannelOpen());
			assertThat(client.isWritable()).isFalse();
		}
	}

	@Test
	void pollingClientIsWritableWhileItPolls() {
		try (AttackedServer server = serve(); RawPeer polling = server.connect()) {
			String session = join(polling);
			SocketIOClient client = client(server);
			assertThat(client.isWritable()).isFalse();
			polling.send("GET " + session + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

			await().until(client::isWritable);
		}
	}

	@Test
	void clientJoinsAndLeavesRooms() {
		try (AttackedServer server = serve(); RawPeer peer = server.join(); RawPeer other = server.join()) {
			await().until(() -> server.server().getAllClients().size() == 2);
			SocketIOClient client = client(server);
			assertThat(client.getAllRooms()).isEmpty();
			client.joinRoom("a");
			client.joinRoom("a");
			client.joinRooms(Set.of("b", "c", "d"));
			server.server().getAllClients().forEach((every) -> every.joinRoom("all"));

			assertThat(client.getAllRooms()).containsExactlyInAnyOrder("a", "b", "c", "d", "all");
			assertThat(client.getCurrentRoomSize("all")).isEqualTo(2);
			assertThat(client.getCurrentRoomSize("a")).isEqualTo(1);
			assertThat(client.getCurrentRoomSize("none")).isZero();
			client.leaveRoom("a");
			client.leaveRooms(Set.of("b", "c", "never joined"));
			assertThat(client.getAllRooms()).containsExactlyInAnyOrder("d", "all");
			assertThat(client.getCurrentRoomSize("a")).isZero();
		}
	}

	@Test
	void roomsAreGoneForDisconnectListeners() {
		List<Object> rooms = new CopyOnWriteArrayList<>();
		try (AttackedServer server = serve(
				(listeners) -> listeners.addDisconnectListener((client) -> rooms.add(client.getAllRooms())));
				RawPeer peer = server.join()) {
			client(server).joinRoom("a");
			peer.sendText("41");

			await().until(() -> rooms.size() == 1);
			assertThat(rooms).containsExactly(Set.of());
			assertThat(server.server().getRoomOperations("a").getClients()).isEmpty();
		}
	}

	@Test
	void stateIsKept() {
		try (AttackedServer server = serve(); RawPeer peer = server.join()) {
			SocketIOClient client = client(server);
			assertThat(client.has("key")).isFalse();
			assertThat(client.<String>get("key")).isNull();
			client.del("key");
			client.set("key", "value");

			assertThat(client(server).<String>get("key")).isEqualTo("value");
			assertThat(client.has("key")).isTrue();
			client.del("key");
			assertThat(client.has("key")).isFalse();
		}
	}

	@Test
	void stateIsSharedByTheNamespacesOfAConnectionAndByThemOnly() {
		try (AttackedServer server = serve((listeners) -> listeners.addNamespace("/chat"));
				RawPeer peer = server.join()) {
			peer.sendText("40/chat,");
			peer.expectText("40/chat,{");
			SocketIOClient root = client(server);
			SocketIOClient chat = server.server().getNamespace("/chat").getAllClients().iterator().next();
			root.set("user", "ann");

			assertThat(chat.<String>get("user")).isEqualTo("ann");
			try (RawPeer other = server.open()) {
				other.sendText("40/chat,");
				other.expectText("40/chat,{");
				await().until(() -> server.server().getNamespace("/chat").getAllClients().size() == 2);
				assertThat(server.server().getNamespace("/chat").getAllClients())
					.filteredOn((client) -> client.has("user"))
					.containsExactly(chat);
			}
		}
	}

	@Test
	void stateIsKeptInStoresOfTheFactory() {
		List<UUID> created = new CopyOnWriteArrayList<>();
		MemoryStoreFactory factory = new MemoryStoreFactory() {

			@Override
			public Store createStore(UUID sessionId) {
				created.add(sessionId);
				return new MemoryStore();
			}

		};
		try (AttackedServer server = Wire.OURS.serve((listeners) -> {
		}, (configuration) -> configuration.setStoreFactory(factory)); RawPeer peer = server.join()) {
			SocketIOClient client = client(server);
			assertThat(created).as("made when needed").isEmpty();
			client.set("key", "value");
			client.set("other", "value");

			assertThat(created).containsExactly(client.getSessionId());
		}
	}

	@Test
	void stateIsToldAsDataOfTheSocket() {
		try (AttackedServer server = serve((listeners) -> listeners.addNamespace("/chat"));
				RawPeer peer = server.join()) {
			peer.sendText("40/chat,");
			peer.expectText("40/chat,{");
			SocketIOClient client = client(server);
			assertThat(data(server, "")).isNull();
			client.set("user", Map.of("name", "ann"));
			client.set("secret", new ClientDataTests.Broken("x"));

			assertThat(data(server, "")).isEqualTo(Map.of("user", Map.of("name", "ann")));
			assertThat(data(server, "/chat")).isEqualTo(data(server, ""));
			client.del("user");
			assertThat(data(server, "")).isNull();
		}
	}

	@Test
	void parametersOfTheAuthorizationAreToldAsData() {
		try (AttackedServer server = Wire.OURS.serve((listeners) -> {
		}, (configuration) -> configuration
			.setAuthorizationListener((handshake) -> new AuthorizationResult(true, Map.of("tenant", "one"))));
				RawPeer peer = server.join()) {
			SocketIOClient client = client(server);
			assertThat(data(server, "")).isEqualTo(Map.of("tenant", "one"));
			client.set("user", "ann");
			assertThat(data(server, "")).isEqualTo(Map.of("tenant", "one", "user", "ann"));
		}
	}

	@Test
	void stateInStoresOfAnotherFactoryIsNotTold() {
		MemoryStoreFactory factory = new MemoryStoreFactory() {
		};
		try (AttackedServer server = Wire.OURS.serve((listeners) -> {
		}, (configuration) -> configuration.setStoreFactory(factory)); RawPeer peer = server.join()) {
			client(server).set("user", "ann");

			assertThat(data(server, "")).isNull();
		}
	}

	@Test
	void namespaceIsTheOneOfTheClient() {
		try (AttackedServer server = serve((listeners) -> listeners.addNamespace("/chat"));
				RawPeer peer = server.join()) {
			peer.sendText("40/chat,");
			peer.expectText("40/chat,{");

			assertThat(client(server).getNamespace()).isSameAs(server.server().getNamespace(""));
			SocketIOClient chat = server.server().getNamespace("/chat").getAllClients().iterator().next();
			assertThat(chat.getNamespace().getName()).isEqualTo("/chat");
			assertThat(chat.getSessionId()).isNotEqualTo(client(server).getSessionId());
			assertThat(chat).isNotEqualTo(client(server)).hasToString("/chat#" + chat.getSessionId());
		}
	}

	@Test
	void innardsOfTheStockClientAreRefused() {
		try (AttackedServer server = serve(); RawPeer peer = server.join()) {
			EngineSocketIOClient client = (EngineSocketIOClient) client(server);

			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(client::getBaseClient);
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(client::onDisconnect);
			assertThat(client.socket().uuid()).isEqualTo(client.getSessionId());
			assertThat(client.getDisconnectReason()).isNull();
		}
	}

	private static Packet packet(PacketType type, Object data) {
		Packet packet = new Packet(PacketType.MESSAGE, EngineIOVersion.V4);
		packet.setSubType(type);
		packet.setData(data);
		return packet;
	}

	private static String join(RawPeer polling) {
		Answer handshake = polling.request("GET", POLLING, "");
		assertThat(handshake).isNotNull();
		String session = POLLING + "&sid=" + handshake.body().replaceAll(".*\"sid\":\"([^\"]*)\".*", "$1");
		assertThat(polling.request("POST", session, "40")).isNotNull();
		Answer connected = polling.request("GET", session, "");
		assertThat(connected).isNotNull();
		assertThat(connected.body()).startsWith("40{");
		return session;
	}

	private static @Nullable Object data(AttackedServer server, String namespace) {
		return ((EngineSocketIONamespace) server.server().getNamespace(namespace)).namespace()
			.broadcast()
			.fetchSockets()
			.join()
			.get(0)
			.data();
	}

	private static SocketIOClient client(AttackedServer server) {
		await().until(() -> !server.server().getAllClients().isEmpty());
		return server.server().getAllClients().iterator().next();
	}

	private static AttackedServer serve() {
		return serve((listeners) -> {
		});
	}

	private static AttackedServer serve(Consumer<SocketIOServer> listeners) {
		return Wire.OURS.serve(listeners);
	}

}
