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

package com.example.chat;

import io.github.socketioboot.test.client.SocketIoTestClient;
import io.github.socketioboot.test.cluster.SocketIoTestCluster;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChatClusterTests {

	@Test
	void everybodyHearsWhatIsSaidOnAnotherNode() {
		try (SocketIoTestCluster cluster = SocketIoTestCluster.of(ChatApplication.class).start(2)) {
			SocketIoTestClient alice = cluster.node(0).client().connect();
			SocketIoTestClient bob = cluster.node(1).client().connect();
			bob.emitWithAck("say", "hi");
			bob.expectEvent("said");
			alice.emit("say", "hello");
			assertThat(bob.expectEvent("said", ChatHandler.Said.class).text()).isEqualTo("hello");
			assertThat(cluster.node(0).operations().fetchSockets().join()).hasSize(2);
		}
	}

}
