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
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.corundumstudio.socketio.AuthTokenListener;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.AuthorizationResult;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.engine.bridge.RawPeer.Answer;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * {@code AuthTokenListener} and {@code AuthorizationListener}.
 */
class AuthenticationIntegrationTests {

	private final List<Object> seen = new CopyOnWriteArrayList<>();

	@Test
	void listenerIsGivenThePayloadOfTheConnectPacket() {
		try (AttackedServer server = serve((auth, client) -> {
			this.seen.add(auth);
			this.seen.add(client.getHandshakeData().getAuthToken());
			return AuthTokenResult.AuthTokenResultSuccess;
		}); RawPeer peer = server.open()) {
			peer.sendText("40{\"token\":\"abc\"}");
			peer.expectText("40{");

			assertThat(this.seen).containsExactly(Map.of("token", "abc"), Map.of("token", "abc"));
		}
	}

	@Test
	void listenerIsAskedWithoutAPayloadToo() {
		try (AttackedServer server = serve((auth, client) -> {
			this.seen.add(String.valueOf(auth));
			return AuthTokenResult.AuthTokenResultSuccess;
		}); RawPeer peer = server.join()) {
			assertThat(this.seen).containsExactly("null");
		}
	}

	@Test
	void everyListenerMustAgree() {
		try (AttackedServer server = serve((auth, client) -> AuthTokenResult.AuthTokenResultSuccess,
				(auth, client) -> new AuthTokenResult(false, "the second one")); RawPeer peer = server.open()) {
			peer.sendText("40");

			assertThat(peer.nextText()).isEqualTo("44{\"message\":\"the second one\"}");
		}
	}

	@Test
	void refusalTellsMessageAndData() {
		try (AttackedServer server = serve(
				(auth, client) -> new AuthTokenResult(false, Map.of("message", "not you", "data", Map.of("code", 42))));
				RawPeer peer = server.open()) {
			peer.sendText("40");

			assertThat(peer.nextText()).isEqualTo("44{\"message\":\"not you\",\"data\":{\"code\":42}}");
		}
	}

	@Test
	void refusalWithAnyObjectTellsItAsData() {
		try (AttackedServer server = serve((auth, client) -> new AuthTokenResult(false, List.of(1, 2)));
				RawPeer peer = server.open()) {
			peer.sendText("40");

			assertThat(peer.nextText()).isEqualTo("44{\"message\":\"Not authorized\",\"data\":[1,2]}");
		}
	}

	@Test
	void refusalWithoutDataHasAMessage() {
		try (AttackedServer server = serve((auth, client) -> new AuthTokenResult(false, null));
				RawPeer peer = server.open()) {
			peer.sendText("40");

			assertThat(peer.nextText()).isEqualTo("44{\"message\":\"Not authorized\"}");
		}
	}

	@Test
	void listenerThatFailsRefusesWithoutDetailsAndIsReported() {
		List<Exception> failures = new CopyOnWriteArrayList<>();
		try (AttackedServer server = Wire.OURS
			.serve((listeners) -> listeners.getNamespace("").addAuthTokenListener((auth, client) -> {
				throw new IllegalStateException("database secret");
			}), (configuration) -> configuration
				.setExceptionListener(new ListenersIntegrationTests.Failures(failures)));
				RawPeer peer = server.open()) {
			peer.sendText("40");

			assertThat(peer.nextText()).isEqualTo("44{\"message\":\"Internal error\"}");
			assertThat(failures).singleElement()
				.satisfies((failure) -> assertThat(failure).hasMessage("database secret"));
		}
	}

	@Test
	void refusedClientIsNeverToldToListeners() {
		try (AttackedServer server = Wire.OURS.serve((listeners) -> {
			listeners.getNamespace("").addAuthTokenListener((auth, client) -> new AuthTokenResult(auth != null, null));
			listeners.addConnectListener((client) -> this.seen.add("connect"));
			listeners.addDisconnectListener((client) -> this.seen.add("disconnect"));
		}); RawPeer refused = server.open()) {
			refused.sendText("40");
			refused.expectText("44");
			refused.close();
			try (RawPeer admitted = server.open()) {
				admitted.sendText("40{\"token\":1}");
				admitted.expectText("40{");
				admitted.sendText("41");
			}

			await().until(() -> this.seen.size() == 2);
			assertThat(this.seen).containsExactly("connect", "disconnect");
		}
	}

	@Test
	void roomsAndStateOfTheListenerCountFromTheConnectOn() {
		try (AttackedServer server = serve((auth, client) -> {
			client.joinRoom("early");
			client.set("user", "ann");
			return AuthTokenResult.AuthTokenResultSuccess;
		}); RawPeer peer = server.join()) {
			var client = server.server().getAllClients().iterator().next();

			assertThat(client.<String>get("user")).isEqualTo("ann");
			server.server().getRoomOperations("early").sendEvent("news", 1);
			peer.expectText("42[\"news\",1]");
		}
	}

	@Test
	void eachNamespaceHasListenersOfItsOwn() {
		try (AttackedServer server = Wire.OURS.serve((listeners) -> listeners.addNamespace("/admin")
			.addAuthTokenListener((auth, client) -> new AuthTokenResult(false, "admins only")));
				RawPeer peer = server.join()) {
			peer.sendText("40/admin,");

			assertThat(peer.nextText()).isEqualTo("44/admin,{\"message\":\"admins only\"}");
		}
	}

	@Test
	void payloadOfTheConnectPacketCanBeReplaced() {
		try (AttackedServer server = serve((auth, client) -> {
			client.getHandshakeData().setAuthToken("user 7");
			return AuthTokenResult.AuthTokenResultSuccess;
		}); RawPeer peer = server.join()) {
			var client = server.server().getAllClients().iterator().next();

			assertThat(client.getHandshakeData().getAuthToken()).isEqualTo("user 7");
		}
	}

	@Test
	void authorizationListenerSeesTheHandshakeAndItsParametersBecomeState() {
		try (AttackedServer server = configured((configuration) -> configuration.setAuthorizationListener((data) -> {
			this.seen.add(data.getSingleUrlParam("user"));
			this.seen.add(data.getUrlParams().get("user"));
			this.seen.add(data.getHttpHeaders().get("X-Test"));
			this.seen.add(data.getAddress().getAddress().isLoopbackAddress());
			this.seen.add(data.getLocal().getAddress().isLoopbackAddress());
			this.seen.add(data.getUrl());
			this.seen.add(data.isXdomain());
			this.seen.add(String.valueOf(data.getAuthToken()));
			return new AuthorizationResult(true, Map.of("user", data.getSingleUrlParam("user")));
		})); RawPeer peer = server.connect()) {
			String target = "/socket.io/?EIO=4&transport=websocket&user=ann";
			assertThat(peer.upgrade(target, "X-Test: yes")).isEqualTo(101);
			peer.expectText("0{");
			peer.sendText("40");
			peer.expectText("40{");

			assertThat(this.seen).containsExactly("ann", List.of("ann"), "yes", true, true, target, false, "null");
			var client = server.server().getAllClients().iterator().next();
			assertThat(client.<String>get("user")).isEqualTo("ann");
			assertThat(client.has("user")).isTrue();
		}
	}

	@Test
	void authorizationListenerMayRefuseAHandshake() {
		try (AttackedServer server = configured((configuration) -> configuration
			.setAuthorizationListener((data) -> AuthorizationResult.FAILED_AUTHORIZATION));
				RawPeer polling = server.connect();
				RawPeer webSocket = server.connect()) {
			Answer answer = polling.request("GET", "/socket.io/?EIO=4&transport=polling", "");

			assertThat(answer).isNotNull();
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
			assertThat(webSocket.upgrade("/socket.io/?EIO=4&transport=websocket")).isEqualTo(400);
		}
	}

	@Test
	void authorizationListenerThatFailsRefuses() {
		try (AttackedServer server = configured((configuration) -> configuration.setAuthorizationListener((data) -> {
			throw new IllegalStateException("database secret");
		})); RawPeer peer = server.connect()) {
			Answer answer = peer.request("GET", "/socket.io/?EIO=4&transport=polling", "");

			assertThat(answer).isNotNull();
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.body()).doesNotContain("secret");
		}
	}

	private static AttackedServer serve(AuthTokenListener... listeners) {
		return Wire.OURS.serve((server) -> {
			for (AuthTokenListener listener : listeners) {
				server.getNamespace("").addAuthTokenListener(listener);
			}
		});
	}

	private static AttackedServer configured(Consumer<Configuration> settings) {
		Consumer<SocketIOServer> none = (server) -> {
		};
		return Wire.OURS.serve(none, settings);
	}

}
