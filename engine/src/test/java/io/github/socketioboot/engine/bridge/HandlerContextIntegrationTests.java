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
import java.util.concurrent.CopyOnWriteArrayList;

import com.corundumstudio.socketio.AuthTokenResult;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import io.github.socketioboot.engine.namespace.HandlerContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What surrounds listeners on their threads.
 */
class HandlerContextIntegrationTests {

	private final ThreadLocal<String> current = ThreadLocal.withInitial(() -> "nothing");

	private final List<String> seen = new CopyOnWriteArrayList<>();

	@Test
	void everyListenerRunsWithinTheContextOfItsSocket() {
		EngineSocketIOServer server = Wire.build(EngineSocketIOServer.builder().handlerContext((socket) -> {
			this.current.set(socket.id());
			return () -> this.current.set("nothing");
		}));
		server.getNamespace("").addAuthTokenListener((auth, client) -> {
			record("auth", client.getSessionId().toString());
			return AuthTokenResult.AuthTokenResultSuccess;
		});
		server.addConnectListener((client) -> record("connect", client.getSessionId().toString()));
		server.addEventListener("good", String.class,
				(client, data, ack) -> record("event", client.getSessionId().toString()));
		server.addEventListener("bad", String.class, (client, data, ack) -> {
			record("bad", client.getSessionId().toString());
			throw new IllegalStateException("expected");
		});
		server.addDisconnectListener((client) -> record("disconnect", client.getSessionId().toString()));
		try (AttackedServer running = Wire.run(server)) {
			try (RawPeer peer = running.join()) {
				peer.sendText("42[\"bad\",\"x\"]");
				peer.sendText("42[\"good\",\"x\"]");
				await().until(() -> this.seen.size() == 4);
			}
			await().until(() -> this.seen.size() == 5);
			assertThat(this.seen).containsExactly("auth", "connect", "bad", "event", "disconnect");
		}
	}

	@Test
	void contextsAreNestedInTheirOrderAndClosedAlsoBehindAFailure() {
		EngineSocketIOServer server = Wire.build(EngineSocketIOServer.builder()
			.handlerContext((socket) -> scope("outer"))
			.handlerContext((socket) -> scope("inner")));
		server.addConnectListener((client) -> {
			this.seen.add("connect");
			throw new IllegalStateException("expected");
		});
		try (AttackedServer running = Wire.run(server); RawPeer peer = running.join()) {
			await().until(() -> this.seen.size() == 9);
			// First the authentication, then the connect
			assertThat(this.seen).containsExactly("outer", "inner", "/inner", "/outer", "outer", "inner", "connect",
					"/inner", "/outer");
		}
	}

	private HandlerContext.Scope scope(String name) {
		this.seen.add(name);
		return () -> this.seen.add("/" + name);
	}

	private void record(String what, String id) {
		this.seen.add(this.current.get().equals(id) ? what : what + " outside of its context");
	}

}
