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

import io.github.socketioboot.test.SocketIoTest;
import io.github.socketioboot.test.client.SocketIoTestClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@SocketIoTest
class ChatHandlerTests {

	@Test
	void everybodyHearsWhatIsSaid(SocketIoTestClient alice, SocketIoTestClient bob) {
		alice.connect();
		bob.connect().emitWithAck("say", "hi"); // answered: he has entered the room
		bob.expectEvent("said");
		ChatHandler.Said answer = alice.emitWithAck("say", "hello").as(ChatHandler.Said.class);
		assertThat(answer).isEqualTo(new ChatHandler.Said(alice.id(), "hello"));
		assertThat(bob.expectEvent("said", ChatHandler.Said.class)).isEqualTo(answer);
	}

}
