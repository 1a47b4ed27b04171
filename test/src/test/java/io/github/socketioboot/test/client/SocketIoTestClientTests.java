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

package io.github.socketioboot.test.client;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.autoconfigure.SocketIoOperations;
import io.github.socketioboot.test.SocketIoTest;
import io.github.socketioboot.test.chat.AdminHandler;
import io.github.socketioboot.test.chat.ChatApplication;
import io.github.socketioboot.test.chat.ChatHandler;
import io.github.socketioboot.test.chat.ChatHandler.Said;
import io.github.socketioboot.test.chat.Greetings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SocketIoTestClient} against the real server.
 */
@SocketIoTest({ ChatHandler.class, AdminHandler.class })
@ContextConfiguration(classes = ChatApplication.class)
@Import(Greetings.class)
class SocketIoTestClientTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	private static final Duration LONG = Duration.ofSeconds(60);

	@Autowired
	SocketIoOperations sockets;

	@Autowired
	SocketIoTestClient field;

	@Test
	void fieldsAreClientsToo(SocketIoTestClient parameter) {
		assertThat(this.field.withTimeout(LONG).connect().id())
			.isNotEqualTo(parameter.withTimeout(LONG).connect().id());
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket", "polling,websocket" })
	void objectsAndBytesComeBackOverEachTransport(String transports, SocketIoTestClient client) {
		client.withTimeout(LONG).transports(transports.split(",")).connect();
		assertThat(client.emitWithAck("say", "hi").as(Said.class)).isEqualTo(new Said(client.id(), "hi"));
		SocketIoTestArguments echo = client.emitWithAck("echo",
				Map.of("bytes", new byte[] { 4, 5 }, "list", List.of(1, 2.5, 1L << 40, true)));
		assertThat(echo.get(0).path("bytes").binaryValue()).containsExactly(4, 5);
		assertThat(echo.get(0).path("list")).hasToString("[1,2.5,1099511627776,true]");
		assertThat(client.emitWithAck("bytes", (Object) new byte[] { 1, 2, 3 }).as(byte[].class)).containsExactly(1, 2,
				3);
	}

	@Test
	void authIsSentWithItsStructure(SocketIoTestClient client) {
		client.withTimeout(LONG).auth(Map.of("user", Map.of("name", "alice"))).connect();
		assertThat(client.expectEvent("welcome", String.class)).isEqualTo("Welcome, alice");
	}

	@Test
	void refusalHasMessageAndData(SocketIoTestClient client) {
		SocketIoTestRefusal refusal = client.withTimeout(LONG).auth(Map.of("token", "wrong")).expectConnectError();
		assertThat(refusal.message()).isEqualTo("not you");
		assertThat(refusal.data(Problem.class)).isEqualTo(new Problem(401));
		assertThat(client.isConnected()).isFalse();
	}

	@Test
	void connectionThatIsRefusedSaysWhy(SocketIoTestClient client) {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> client.withTimeout(LONG).auth(Map.of("token", "wrong")).connect())
			.withMessageStartingWith("The client has not connected to / after ")
			.withMessageContaining("connection: refused: not you");
	}

	@Test
	void clientThatIsAdmittedWasNotRefused(SocketIoTestClient client) {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> client.withTimeout(LONG).namespace("admin").expectConnectError())
			.withMessageStartingWith("The client was not refused by /admin after ")
			.withMessageContaining("connection: connected as ");
	}

	@Test
	void serverThatIsNotThereIsNamed() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		try (SocketIoTestClient client = SocketIoTestClient.of(port).withTimeout(LONG)) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(client::connect)
				.withMessageContaining("client: http://127.0.0.1:" + port + "/ by websocket")
				.withMessageContaining("connection: refused: ");
		}
	}

	@Test
	void namespaceIsServedByItsHandlers(SocketIoTestClient client) {
		client.withTimeout(LONG).namespace("/admin").connect();
		assertThat(client.emitWithAck("ping").as(String.class)).isEqualTo("pong");
	}

	@Test
	void pageOfAnotherOriginIsRefused(SocketIoTestClient client) {
		assertThat(client.withTimeout(LONG)
			.header("Origin", "https://example.org")
			.transports("polling")
			.expectConnectError()).isNotNull();
	}

	@Test
	void missingEventIsExplainedByThoseThatCame(SocketIoTestClient client) {
		client.withTimeout(LONG).connect();
		client.emitWithAck("say", "hi");
		client.withTimeout(SHORT);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> client.expectEvent("sayd"))
			.withMessageStartingWith("No event 'sayd' within 300 ms")
			.withMessageContaining("/ by websocket")
			.withMessageContaining("connection: connected as " + client.id() + ", for ")
			.withMessageEndingWith("received and not expected: welcome(string), said({from, text})");
	}

	@Test
	void missingEventIsNotAwaitedWhenTheConnectionHasEnded(SocketIoTestClient client) {
		client.withTimeout(LONG).connect();
		client.expectEvent("welcome");
		client.emit("leave");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> client.expectEvent("said"))
			.withMessageStartingWith("No event 'said' after ")
			.withMessageContaining("connection: ended: io server disconnect, for ")
			.withMessageEndingWith("received and not expected: no event");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> client.emit("say", "hi"))
			.withMessageStartingWith("The event 'say' was not sent");
	}

	@Test
	void missingAcknowledgementIsExplained(SocketIoTestClient client) {
		client.withTimeout(LONG).connect();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> client.withTimeout(SHORT).emitWithAck("nobody listens"))
			.withMessageStartingWith("No acknowledgement of 'nobody listens' within 300 ms")
			.withMessageContaining("connection: connected as ");
	}

	@Test
	void argumentOfAnotherTypeIsExplained(SocketIoTestClient client) {
		client.withTimeout(LONG).connect();
		SocketIoTestArguments answer = client.emitWithAck("say", "hi");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> answer.as(Integer.class))
			.withMessageStartingWith("Argument 0 of the acknowledgement of 'say' is {from, text} and cannot be read as "
					+ "java.lang.Integer: ");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> answer.get(1))
			.withMessage("There is no argument 1 of the acknowledgement of 'say', which has ({from, text})");
		assertThat(answer.as(new TypeReference<Map<String, String>>() {
		})).containsEntry("text", "hi");
	}

	@Test
	void eventThatMustNotComeFailsTheTest(SocketIoTestClient client) {
		client.withTimeout(LONG).connect();
		client.expectNoEvent("said", Duration.ofMillis(50));
		client.emit("say", "hi");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> client.expectNoEvent("said", LONG))
			.withMessageStartingWith("There is an event said({from, text}) that must not come");
	}

	@Test
	void eventsAreTakenByNameInTheirOrder(SocketIoTestClient client) {
		client.withTimeout(LONG).connect();
		client.emit("say", "one");
		client.emit("say", "two");
		assertThat(client.expectEvent("said", Said.class).text()).isEqualTo("one");
		assertThat(client.expectEvent("welcome", String.class)).isEqualTo("Welcome, you");
		assertThat(client.expectEvent("said", Said.class).text()).isEqualTo("two");
	}

	@Test
	void clientAnswersTheServer(SocketIoTestClient client) throws Exception {
		client.withTimeout(LONG).connect();
		var answers = this.sockets.in(client.id()).emitWithAck("question", List.of(1, 2), new byte[4]);
		SocketIoTestEvent question = client.expectEvent("question");
		assertThat(question).hasToString("question(array of 2, 4 bytes)");
		assertThat(question.asksForAck()).isTrue();
		question.ack(Map.of("sum", 3));
		assertThat(answers.get(LONG.toSeconds(), TimeUnit.SECONDS)).containsExactly(Map.of("sum", 3));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> client.expectEvent("welcome").ack())
			.withMessage("The server has not asked for an acknowledgement of 'welcome'");
	}

	@Test
	void endsOfTheConnectionAreTold(SocketIoTestClient client) {
		client.withTimeout(LONG).connect();
		client.emit("leave");
		assertThat(client.expectDisconnect()).isEqualTo("io server disconnect");
		client.connect();
		client.disconnect();
		assertThat(client.expectDisconnect()).isEqualTo("io client disconnect");
		client.connect();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> client.withTimeout(SHORT).expectDisconnect())
			.withMessageStartingWith("The connection has not ended within 300 ms");
	}

	@Test
	void serverThatSaysNothingIsAwaitedAsLongAsThePropertySays() throws IOException {
		try (ServerSocket silent = new ServerSocket(0);
				GenericApplicationContext context = new GenericApplicationContext()) {
			MockEnvironment environment = new MockEnvironment().withProperty("socketio.test.timeout", "50ms");
			context.setEnvironment(environment);
			context.refresh();
			assertThatIllegalStateException().isThrownBy(() -> SocketIoTestClient.of(context))
				.withMessage("There is no Socket.IO server: 'local.socketio.port' is not set");
			environment.setProperty("local.socketio.port", Integer.toString(silent.getLocalPort()));
			try (SocketIoTestClient client = SocketIoTestClient.of(context)) {
				assertThatExceptionOfType(AssertionError.class).isThrownBy(client::connect)
					.withMessageStartingWith("The client has not connected to / within 50 ms")
					.withMessageContaining("connection: still connecting, for ");
			}
		}
	}

	@Test
	void noMoreThanABoundIsKept() {
		Reception reception = new Reception();
		JsonTrees trees = new JsonTrees(JsonMapper.shared());
		for (int i = 0; i < Reception.MAX_EVENTS + 3; i++) {
			reception.received(
					new SocketIoTestEvent("e", new SocketIoTestArguments("e", List.of(), trees.mapper()), null, trees));
		}
		assertThat(reception.describe()).contains("e(), e(), ", " and 9980 more")
			.endsWith("; 3 later ones were dropped, as 10000 were waiting");
	}

	@Test
	void settingsWithoutSenseAreRefused(SocketIoTestClient client) {
		assertThatIllegalArgumentException().isThrownBy(() -> client.withTimeout(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> client.auth("text").connect());
		assertThatExceptionOfType(AssertionError.class).isThrownBy(client::id)
			.withMessageContaining("connection: not begun");
	}

	private record Problem(int code) {

	}

}
