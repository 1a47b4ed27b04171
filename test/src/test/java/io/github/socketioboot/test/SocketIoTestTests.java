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

package io.github.socketioboot.test;

import io.github.socketioboot.test.chat.AdminHandler;
import io.github.socketioboot.test.chat.ChatApplication;
import io.github.socketioboot.test.chat.ChatHandler;
import io.github.socketioboot.test.chat.ChatHandler.Said;
import io.github.socketioboot.test.chat.Greetings;
import io.github.socketioboot.test.client.SocketIoTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * Tests for {@link SocketIoTest}.
 */
@SocketIoTest(properties = { "socketio.cluster.instances=2", "socketio.cluster.adapter=auto" })
@ContextConfiguration(classes = ChatApplication.class)
class SocketIoTestTests {

	@MockitoBean
	Greetings greetings;

	@Autowired
	ApplicationContext context;

	@Test
	void handlersServeRealClientsOfAServerOnAFreePort(SocketIoTestClient alice, SocketIoTestClient bob,
			@Autowired Environment environment) {
		given(this.greetings.of("you")).willReturn("hello");
		alice.connect();
		bob.connect();
		bob.expectEvent("welcome");
		assertThat(alice.expectEvent("welcome", String.class)).isEqualTo("hello");
		Said answer = alice.emitWithAck("say", "hi").as(Said.class);
		assertThat(answer).isEqualTo(new Said(alice.id(), "hi"));
		assertThat(bob.expectEvent("said", Said.class)).isEqualTo(answer);
		assertThat(environment.getProperty("local.socketio.port", Integer.class)).isNotEqualTo(9092);
	}

	@Test
	void handlersAndHooksAreBeansAndOtherComponentsAreNot() {
		assertThat(this.context.getBeanNamesForType(ChatHandler.class)).isNotEmpty();
		assertThat(this.context.getBeanNamesForType(AdminHandler.class)).isNotEmpty();
		assertThat(this.context.containsBean("tokenAuthenticator")).isTrue();
		assertThat(this.context.containsBean("unrelated")).isFalse();
	}

}
