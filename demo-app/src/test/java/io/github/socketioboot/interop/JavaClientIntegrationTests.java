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

package io.github.socketioboot.interop;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The official Java client against our server.
 */
class JavaClientIntegrationTests {

	private static final long LIMIT_SECONDS = 30;

	private static InteropServer server;

	private final List<Socket> sockets = new ArrayList<>();

	@BeforeAll
	static void start() {
		server = new SpringServer();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void disconnect() {
		this.sockets.forEach((socket) -> {
			socket.disconnect();
			socket.io().reconnection(false);
		});
	}

	@ParameterizedTest
	@EnumSource
	void connectsByTheTransportThatItAsksFor(Transports transports) throws Exception {
		Socket socket = connected(transports, "/");
		assertThat(socket.id()).isNotEmpty();
		await().atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(ask(socket, "transport")).containsExactly(transports.last()));
		BlockingQueue<Object[]> said = queue(socket, "said");
		socket.emit("say-back", new JSONObject(Map.of("text", "hi")));
		assertThat(((JSONObject) taken(said)[0]).getString("text")).isEqualTo("hi");
	}

	@ParameterizedTest
	@EnumSource
	void getsAcks(Transports transports) throws Exception {
		Socket socket = connected(transports, "/");
		for (String text : List.of("", "hello", "h\u00e9llo \u4f60\u597d \ud83d\ude00", "x".repeat(100_000))) {
			assertThat(ask(socket, "echo-text", text)).containsExactly(text);
		}
		JSONObject value = new JSONObject("{\"number\":1.5,\"list\":[1,[2,{}]],\"nothing\":null}");
		assertThat(ask(socket, "echo-json", value)[0]).hasToString(value.toString());
		Object[] pair = ask(socket, "echo-pair", "one", value);
		assertThat(pair).hasSize(2);
		assertThat(pair[0]).isEqualTo("one");
	}

	@ParameterizedTest
	@EnumSource
	void answersTheServer(Transports transports) throws Exception {
		Socket socket = connected(transports, "/");
		socket.on("question", (args) -> ((Ack) args[1]).call(args[0] + " Yes"));
		socket.on("binary-question", (args) -> {
			byte[] answer = Arrays.copyOf((byte[]) args[0], 3);
			((Ack) args[1]).call(answer);
		});
		BlockingQueue<Object[]> answered = queue(socket, "answered");
		socket.emit("ask-me", "Ready?");
		assertThat(taken(answered)).containsExactly("Ready? Yes");
		BlockingQueue<Object[]> binary = queue(socket, "binary-answered");
		socket.emit("ask-me-binary", (Object) new byte[] { 1, 2 });
		assertThat((byte[]) taken(binary)[0]).containsExactly(1, 2, 0);
	}

	@ParameterizedTest
	@EnumSource
	void sendsAndGetsBytes(Transports transports) throws Exception {
		Socket socket = connected(transports, "/");
		for (int length : new int[] { 0, 1, 125, 126, 65_536, 300_000 }) {
			byte[] sent = new byte[length];
			for (int i = 0; i < length; i++) {
				sent[i] = (byte) (i * 7);
			}
			assertThat((byte[]) ask(socket, "echo-binary", sent)[0]).isEqualTo(sent);
		}
		BlockingQueue<Object[]> wrapped = queue(socket, "wrapped");
		socket.emit("wrap-binary", "name", "data".getBytes(StandardCharsets.UTF_8));
		JSONObject value = (JSONObject) taken(wrapped)[0];
		assertThat(value.getString("label")).isEqualTo("name");
		assertThat((byte[]) value.get("data")).asString(StandardCharsets.UTF_8).isEqualTo("data");
		assertThat((byte[]) value.getJSONArray("more").get(0)).containsExactly(1);
	}

	@ParameterizedTest
	@EnumSource
	void keepsTheOrderOfEvents(Transports transports) throws Exception {
		Socket socket = connected(transports, "/");
		List<Object> numbers = new CopyOnWriteArrayList<>();
		socket.on("number", (args) -> numbers.add(args[0]));
		for (int i = 0; i < 200; i++) {
			socket.emit("number-back", i);
		}
		socket.emit("count", 200);
		await().atMost(LIMIT_SECONDS, TimeUnit.SECONDS).until(() -> numbers.size() == 400);
		List<Object> expected = new ArrayList<>();
		IntStream.range(0, 200).forEach(expected::add);
		IntStream.range(0, 200).forEach(expected::add);
		assertThat(numbers).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource
	void hasSeveralNamespacesOnOneConnection(Transports transports) throws Exception {
		Socket root = connected(transports, "/");
		Socket other = root.io().socket("/other");
		this.sockets.add(other);
		BlockingQueue<Object[]> connected = queue(other, Socket.EVENT_CONNECT);
		other.connect();
		taken(connected);
		assertThat(ask(other, "echo-text", "a")).containsExactly("other: a");
		assertThat(ask(root, "echo-text", "a")).containsExactly("a");
		other.disconnect();
		assertThat(ask(root, "echo-text", "still here")).containsExactly("still here");
	}

	@ParameterizedTest
	@EnumSource
	void isLetIntoANamespaceOrRefused(Transports transports) throws Exception {
		Socket admin = connected(transports, "/admin", Map.of("token", "secret"));
		assertThat(ask(admin, "who-am-i")).containsExactly("ada");
		Socket refused = socket(transports, "/admin", Map.of("token", "wrong"));
		BlockingQueue<Object[]> errors = queue(refused, Socket.EVENT_CONNECT_ERROR);
		refused.connect();
		JSONObject error = (JSONObject) taken(errors)[0];
		assertThat(error.getString("message")).isEqualTo("not authorized");
		assertThat(error.getJSONObject("data").getString("code")).isEqualTo("E_TOKEN");
		Socket unknown = socket(transports, "/nowhere", Map.of());
		errors = queue(unknown, Socket.EVENT_CONNECT_ERROR);
		unknown.connect();
		assertThat(((JSONObject) taken(errors)[0]).getString("message")).isEqualTo("Invalid namespace");
	}

	@ParameterizedTest
	@EnumSource
	void getsWhatIsSaidInItsRoomsOnce(Transports transports) throws Exception {
		List<Socket> members = List.of(connected(transports, "/"), connected(transports, "/"),
				connected(transports, "/"));
		List<List<Object>> heard = new ArrayList<>();
		for (Socket member : members) {
			List<Object> texts = new CopyOnWriteArrayList<>();
			heard.add(texts);
			member.on("shouted", (args) -> texts.add(args[0]));
		}
		String room = "java-" + transports;
		ask(members.get(0), "join", room);
		ask(members.get(0), "join", room + "-2");
		ask(members.get(1), "join", room);
		ask(members.get(2), "shout", room, "first");
		ask(members.get(1), "leave", room);
		ask(members.get(2), "shout", room, "second");
		for (Socket member : members) {
			ask(member, "echo-text", "end");
		}
		assertThat(heard).containsExactly(List.of("first", "second"), List.of("first"), List.of());
	}

	@ParameterizedTest
	@EnumSource
	void getsVolatileEventsWhileItListens(Transports transports) throws Exception {
		Socket socket = connected(transports, "/");
		BlockingQueue<Object[]> perhaps = queue(socket, "perhaps");
		await().atMost(LIMIT_SECONDS, TimeUnit.SECONDS).until(() -> {
			socket.emit("perhaps");
			return !perhaps.isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource
	void isToldToLeaveForGood(Transports transports) throws Exception {
		Socket socket = connected(transports, "/");
		BlockingQueue<Object[]> reasons = queue(socket, Socket.EVENT_DISCONNECT);
		socket.emit("kick");
		assertThat(taken(reasons)).containsExactly("io server disconnect");
	}

	@ParameterizedTest
	@EnumSource
	void comesBackAfterTheServersRestart(Transports transports) throws Exception {
		Socket socket = connected(transports, "/");
		String before = socket.id();
		BlockingQueue<Object[]> reasons = queue(socket, Socket.EVENT_DISCONNECT);
		BlockingQueue<Object[]> connected = queue(socket, Socket.EVENT_CONNECT);
		await().atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(ask(socket, "transport")).containsExactly(transports.last()));
		// This client calls it an error when a WebSocket ends, whatever the reason
		String socketReason = (transports != Transports.POLLING) ? "transport error" : "transport close";
		server.restart();
		assertThat(taken(reasons)).containsExactly(socketReason);
		taken(connected);
		assertThat(socket.id()).isNotEqualTo(before);
		assertThat(ask(socket, "echo-text", "again")).containsExactly("again");
	}

	private Socket socket(Transports transports, String namespace, Map<String, String> auth) {
		IO.Options options = IO.Options.builder()
			.setForceNew(true)
			.setTransports(transports.names)
			.setReconnectionDelay(50)
			.setReconnectionDelayMax(200)
			.setAuth(auth)
			.build();
		Socket socket = IO.socket(URI.create("http://localhost:" + server.port() + namespace), options);
		this.sockets.add(socket);
		return socket;
	}

	private Socket connected(Transports transports, String namespace) throws Exception {
		return connected(transports, namespace, Map.of());
	}

	private Socket connected(Transports transports, String namespace, Map<String, String> auth) throws Exception {
		Socket socket = socket(transports, namespace, auth);
		BlockingQueue<Object[]> connected = queue(socket, Socket.EVENT_CONNECT);
		socket.connect();
		taken(connected);
		return socket;
	}

	private static BlockingQueue<Object[]> queue(Socket socket, String event) {
		BlockingQueue<Object[]> queue = new LinkedBlockingQueue<>();
		socket.on(event, queue::add);
		return queue;
	}

	private static Object[] taken(BlockingQueue<Object[]> queue) throws InterruptedException {
		Object[] taken = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
		assertThat(taken).as("event within the limit").isNotNull();
		return taken;
	}

	private static Object[] ask(Socket socket, String event, Object... args) throws InterruptedException {
		BlockingQueue<Object[]> answers = new LinkedBlockingQueue<>();
		socket.emit(event, args, answers::add);
		return taken(answers);
	}

	enum Transports {

		POLLING(Polling.NAME), WEBSOCKET(WebSocket.NAME), UPGRADE(Polling.NAME, WebSocket.NAME);

		private final String[] names;

		Transports(String... names) {
			this.names = names;
		}

		String last() {
			return this.names[this.names.length - 1];
		}

	}

}
