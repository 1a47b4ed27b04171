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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import io.github.socketioboot.engine.bridge.RawPeer.Answer;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Weaknesses of netty-socketio's own wire in letting clients in: each attack succeeds
 * there and fails on the engine.
 */
class StockAdmissionWeaknessesIntegrationTests {

	@AfterAll
	static void awaitStopped() throws InterruptedException {
		Wire.awaitStopped();
	}

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final String FOREIGN_ORIGIN = "http://evil.example";

	@ParameterizedTest
	@EnumSource
	void connectListenersRunBeforeAnyConnectPacket(Wire wire) {
		Queue<SocketIOClient> connected = new ConcurrentLinkedQueue<>();
		try (AttackedServer server = wire.serve((listeners) -> listeners.addConnectListener(connected::add));
				RawPeer silent = server.open();
				RawPeer honest = server.join()) {
			int expected = wire.isVulnerable() ? 2 : 1;
			await().until(() -> connected.size() >= expected);

			assertThat(connected).hasSize(expected);
		}
	}

	@ParameterizedTest
	@EnumSource
	void refusedClientStaysInTheNamespace(Wire wire) {
		try (AttackedServer server = wire.serve((listeners) -> root(listeners.getNamespace(""))
			.addAuthTokenListener((auth, client) -> new AuthTokenResult(String.valueOf(auth).contains("good"), "no")));
				RawPeer attacker = server.open()) {
			attacker.sendText("40{\"token\":\"bad\"}");
			attacker.expectText("44");

			boolean member = !server.server().getAllClients().isEmpty();
			server.server().getBroadcastOperations().sendEvent("secret", "for members");
			attacker.sendText("40{\"token\":\"good\"}");
			boolean eavesdrops = String.valueOf(attacker.nextText()).startsWith("42[\"secret\"");

			assertThat(member).isEqualTo(wire.isVulnerable());
			assertThat(eavesdrops).isEqualTo(wire.isVulnerable());
		}
	}

	@ParameterizedTest
	@EnumSource
	void authenticationIsSkippedWithoutPayload(Wire wire) {
		try (AttackedServer server = wire.serve((listeners) -> root(listeners.getNamespace(""))
			.addAuthTokenListener((auth, client) -> new AuthTokenResult(false, "no")));
				RawPeer attacker = server.open()) {
			attacker.sendText("40");
			boolean admitted = String.valueOf(attacker.nextText()).startsWith("40{");

			assertThat(admitted).isEqualTo(wire.isVulnerable());
		}
	}

	@ParameterizedTest
	@EnumSource
	void anyOriginMayReadWithCredentials(Wire wire) {
		try (AttackedServer server = wire.serve((listeners) -> {
		}); RawPeer attacker = server.connect()) {
			Answer answer = attacker.request("GET", POLLING, "", "Origin: " + FOREIGN_ORIGIN);

			assertThat(answer).isNotNull();
			boolean readable = answer.status() == 200
					&& answer.header("Access-Control-Allow-Origin").equals(FOREIGN_ORIGIN)
					&& answer.header("Access-Control-Allow-Credentials").equals("true");
			assertThat(readable).isEqualTo(wire.isVulnerable());
		}
	}

	@ParameterizedTest
	@EnumSource
	void anyOriginMayOpenWebSockets(Wire wire) {
		try (AttackedServer server = wire.serve((listeners) -> {
		}); RawPeer attacker = server.connect()) {
			int status = attacker.upgrade("/socket.io/?EIO=4&transport=websocket", "Origin: " + FOREIGN_ORIGIN);

			assertThat(status).isEqualTo(wire.isVulnerable() ? 101 : 403);
		}
	}

	private static SocketIONamespace root(SocketIONamespace namespace) {
		assertThat(namespace).isNotNull();
		return namespace;
	}

}
