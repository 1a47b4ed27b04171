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
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import io.github.socketioboot.engine.bridge.RawPeer.Answer;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Weaknesses of netty-socketio's own wire in its sessions: each attack succeeds there and
 * fails on the engine.
 */
class StockSessionWeaknessesIntegrationTests {

	@AfterAll
	static void awaitStopped() throws InterruptedException {
		Wire.awaitStopped();
	}

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final String CHOSEN_ID = "11111111-2222-3333-4444-555555555555";

	@ParameterizedTest
	@EnumSource
	void publicIdGivesAccessToTheSession(Wire wire) {
		Queue<UUID> speakers = new ConcurrentLinkedQueue<>();
		try (AttackedServer server = wire.serve((listeners) -> listeners.addEventListener("say", String.class,
				(client, text, ack) -> speakers.add(client.getSessionId())));
				RawPeer victim = server.join();
				RawPeer attacker = server.connect()) {
			await().until(() -> !server.server().getAllClients().isEmpty());
			SocketIOClient client = server.server().getAllClients().iterator().next();
			Answer answer = attacker.request("POST", POLLING + "&sid=" + client.getSessionId(),
					"42[\"say\",\"in the victim's name\"]");

			assertThat(answer).isNotNull();
			assertThat(answer.status()).isEqualTo(wire.isVulnerable() ? 200 : 400);
			victim.sendText("42[\"say\",\"in my own name\"]");
			int spoken = wire.isVulnerable() ? 2 : 1;
			await().until(() -> speakers.size() >= spoken);
			assertThat(speakers).hasSize(spoken).containsOnly(client.getSessionId());
		}
	}

	@ParameterizedTest
	@EnumSource
	void headerChoosesTheSessionId(Wire wire) {
		assertThat(takesChosenId(wire, "io: " + CHOSEN_ID)).isEqualTo(wire.isVulnerable());
	}

	@ParameterizedTest
	@EnumSource
	void cookieChoosesTheSessionId(Wire wire) {
		assertThat(takesChosenId(wire, "Cookie: io=" + CHOSEN_ID)).isEqualTo(wire.isVulnerable());
	}

	private static boolean takesChosenId(Wire wire, String header) {
		try (AttackedServer server = wire.serve((listeners) -> {
		}); RawPeer attacker = server.connect()) {
			Answer answer = attacker.request("GET", POLLING, "", header);

			assertThat(answer).isNotNull();
			assertThat(answer.body()).contains("\"sid\":");
			return answer.body().contains(CHOSEN_ID);
		}
	}

	@ParameterizedTest
	@MethodSource("requestsThatAreNoHandshake")
	void requestThatIsNoHandshakeLeavesASessionForEver(Wire wire, String method) {
		try (AttackedServer server = wire.serve((listeners) -> {
		}, StockSessionWeaknessesIntegrationTests::quickHeartbeat);
				RawPeer attacker = server.connect();
				RawPeer other = server.connect()) {
			// The header is how to learn the session's id from stock
			Answer answer = attacker.request(method, POLLING, "", "io: " + CHOSEN_ID);
			assertThat(answer).isNotNull();
			if (server.server() instanceof EngineSocketIOServer engine) {
				assertThat(engine.sessions()).isZero();
			}
			// By the time that this one is given up the one before should be, too
			joinUntilGivenUp(server);
			Answer poll = other.request("GET", POLLING + "&sid=" + CHOSEN_ID, "");

			assertThat(poll).isNotNull();
			boolean lives = poll.status() == 200 && poll.body().contains("\"sid\":\"" + CHOSEN_ID);
			assertThat(lives).isEqualTo(wire.isVulnerable());
		}
	}

	static List<Object[]> requestsThatAreNoHandshake() {
		List<Object[]> requests = new ArrayList<>();
		for (Wire wire : Wire.values()) {
			for (String method : List.of("OPTIONS", "POST", "HEAD")) {
				requests.add(new Object[] { wire, method });
			}
		}
		return requests;
	}

	@ParameterizedTest
	@EnumSource
	void lostClientIsToldToStayAway(Wire wire) {
		try (AttackedServer server = wire.serve((listeners) -> {
		}, StockSessionWeaknessesIntegrationTests::quickHeartbeat)) {
			List<String> messages = joinUntilGivenUp(server);

			// JavaScript clients do not reconnect after a DISCONNECT packet
			assertThat(messages.contains("41")).isEqualTo(wire.isVulnerable());
		}
	}

	private static void quickHeartbeat(Configuration configuration) {
		configuration.setPingInterval(200);
		configuration.setPingTimeout(200);
	}

	// Without a look at the answers: a server on a busy machine gives up before
	private static List<String> joinUntilGivenUp(AttackedServer server) {
		try (RawPeer peer = server.open()) {
			peer.sendText("40");
			List<String> messages = new ArrayList<>();
			for (String text = peer.nextText(); text != null; text = peer.nextText()) {
				messages.add(text);
			}
			return messages;
		}
	}

}
