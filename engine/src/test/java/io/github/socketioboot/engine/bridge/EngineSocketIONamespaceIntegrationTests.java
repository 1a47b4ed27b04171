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

import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.namespace.Namespace;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Methods of netty-socketio's {@code Namespace} beyond {@code SocketIONamespace}.
 */
class EngineSocketIONamespaceIntegrationTests {

	private AttackedServer server;

	private RawPeer peer;

	private Namespace namespace;

	private SocketIOClient client;

	@BeforeEach
	void serve() {
		this.server = Wire.OURS.serve((listeners) -> {
		});
		this.peer = this.server.join();
		this.namespace = (Namespace) this.server.server().getNamespace("");
		await().until(() -> !this.namespace.getAllClients().isEmpty());
		this.client = this.namespace.getAllClients().iterator().next();
	}

	@AfterEach
	void stop() {
		this.peer.close();
		this.server.close();
	}

	@Test
	void clientsJoinAndLeaveRoomsById() {
		UUID id = this.client.getSessionId();
		this.namespace.join("a", id);
		this.namespace.joinRoom("b", id);
		this.namespace.joinRooms(Set.of("c", "d", "e"), id);
		this.namespace.joinRoom("a", UUID.randomUUID());

		assertThat(this.namespace.getRooms(this.client)).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
		assertThat(this.namespace.getRooms()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
		assertThat(this.namespace.getRoomClients("a")).containsExactly(this.client);
		assertThat(this.namespace.getRoomClientsInCluster("a")).isEqualTo(1);
		this.namespace.leave("a", id);
		this.namespace.leaveRoom("b", id);
		this.namespace.leaveRooms(Set.of("c", "d"), id);
		this.namespace.leaveRoom("e", UUID.randomUUID());
		assertThat(this.namespace.getRooms(this.client)).containsExactly("e");
		assertThat(this.namespace.getRoomClients("a")).isEmpty();
	}

	@Test
	void packetIsDispatchedToARoom() {
		this.client.joinRoom("a");
		Packet packet = new Packet(PacketType.MESSAGE);
		packet.setSubType(PacketType.EVENT);
		packet.setName("news");
		packet.setData(List.of(1));
		this.namespace.dispatch("unknown", packet);
		this.namespace.dispatch("a", packet);

		assertThat(this.peer.nextText()).isEqualTo("42[\"news\",1]");
	}

	@Test
	void authListenersCanBeAsked() {
		this.namespace.addAuthTokenListener((auth, asked) -> new AuthTokenResult("yes".equals(auth), "no"));

		assertThat(this.namespace.onAuthData(this.client, "yes").isSuccess()).isTrue();
		assertThat(this.namespace.onAuthData(this.client, "maybe").getErrorData()).isEqualTo("no");
	}

	@Test
	void clientsAreNotAddedOrRemovedByHand() {
		this.namespace.addClient(this.client);

		assertThat(this.namespace.getAllClients()).hasSize(1);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.namespace.onDisconnect(this.client));
	}

	@Test
	void jsonIsTheEnginesConcern() {
		assertThat(this.namespace.getJsonSupport().getArrays()).isEmpty();
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.namespace.getJsonSupport().readValue("", null, String.class))
			.withMessageContaining("JsonMapper");
	}

	@Test
	void namespaceIsNamedAsOnTheWire() {
		assertThat(this.namespace).hasToString("/").isEqualTo(this.namespace);
		assertThat(((EngineSocketIONamespace) this.namespace).namespace().name()).isEqualTo("/");
	}

}
