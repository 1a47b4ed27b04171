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

package io.github.socketioboot.engine.wire;

import io.github.socketioboot.engine.namespace.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for broadcasts on the wire.
 */
class BroadcastWireIntegrationTests {

	private static final int EVENTS = 60;

	@RegisterExtension
	private final WireServer server = new WireServer();

	@Test
	void clientThatReadsLateGetsAllInOrder() throws Exception {
		this.server.startSocketIo();
		RawWebSocket client = join();
		Socket socket = this.server.namespace("/").sockets().iterator().next();
		String filling = "x".repeat(100_000);
		for (int i = 0; i < EVENTS; i++) {
			this.server.namespace("/").broadcast().emit("news", i, filling);
			socket.emit("own", i);
		}
		for (int i = 0; i < EVENTS; i++) {
			assertThat(client.next()).isEqualTo("42[\"news\"," + i + ",\"" + filling + "\"]");
			assertThat(client.next()).isEqualTo("42[\"own\"," + i + "]");
		}
	}

	@Test
	void oneAtATimeReachesAllClients() throws Exception {
		this.server.startSocketIo();
		RawWebSocket[] clients = new RawWebSocket[5];
		for (int i = 0; i < clients.length; i++) {
			clients[i] = join();
		}
		for (int i = 0; i < EVENTS; i++) {
			this.server.namespace("/").broadcast().emit("news", i);
			for (RawWebSocket client : clients) {
				assertThat(client.next()).isEqualTo("42[\"news\"," + i + "]");
			}
		}
	}

	@Test
	void clientThatHasGoneDisturbsNobody() throws Exception {
		this.server.startSocketIo();
		RawWebSocket gone = join();
		RawWebSocket left = join();
		gone.abort();
		for (int i = 0; i < EVENTS; i++) {
			this.server.namespace("/").broadcast().emit("news", i);
			assertThat(left.next()).isEqualTo("42[\"news\"," + i + "]");
		}
		this.server.closed();
		assertThat(this.server.namespace("/").sockets()).hasSize(1);
	}

	private RawWebSocket join() throws Exception {
		RawWebSocket client = this.server.openWebSocket();
		assertThat(client.text("40").next()).startsWith("40{\"sid\":\"");
		assertThat(this.server.handler().next()).startsWith("connect / ");
		return client;
	}

}
