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

package io.github.socketioboot.demo;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.socket.client.IO;
import io.socket.client.Socket;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chat's events and its REST side, over real sockets.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "socketio.port=0", "socketio.drain.spread=0s" })
class ChatIntegrationTests {

	private static final long LIMIT_SECONDS = 30;

	private final List<Socket> sockets = new ArrayList<>();

	@Autowired
	private Environment environment;

	@LocalServerPort
	private int port;

	@AfterEach
	void disconnect() {
		this.sockets.forEach(Socket::disconnect);
	}

	@Test
	void tellsWhichRoomsThereAre() throws Exception {
		Socket socket = socket();
		BlockingQueue<Object[]> rooms = queue(socket, "rooms");
		socket.connect();
		assertThat(names((JSONArray) taken(rooms)[0])).containsExactly("lobby", "java", "coffee");
	}

	@Test
	void handsAMessageToTheOthersInTheRoom() throws Exception {
		Socket ada = joined("java", "Ada");
		Socket bob = joined("java", " Bob ");
		Socket eve = joined("coffee", "Eve");
		BlockingQueue<Object[]> toAda = queue(ada, "message");
		BlockingQueue<Object[]> toBob = queue(bob, "message");
		BlockingQueue<Object[]> toEve = queue(eve, "message");
		JSONObject posted = ask(ada, "message", "Hello");
		JSONObject message = (JSONObject) taken(toBob)[0];
		assertThat(message.getString("id")).isEqualTo(posted.getString("id"));
		assertThat(message.getString("room")).isEqualTo("java");
		assertThat(message.getString("author")).isEqualTo("Ada");
		assertThat(message.getString("text")).isEqualTo("Hello");
		ask(ada, "echo");
		ask(eve, "echo");
		assertThat(toAda).isEmpty();
		assertThat(toEve).isEmpty();
	}

	@Test
	void tellsWhoIsThereAndWhatWasSaid() throws Exception {
		Socket ada = joined("coffee", "Ada");
		BlockingQueue<Object[]> people = queue(ada, "people");
		ask(ada, "message", "Anybody?");
		Socket bob = socket();
		bob.connect();
		JSONObject joined = ask(bob, "join", new JSONObject(Map.of("room", "coffee", "name", "Bob")));
		JSONArray messages = joined.getJSONArray("messages");
		assertThat(messages.getJSONObject(messages.length() - 1).getString("text")).isEqualTo("Anybody?");
		assertThat(joined.getJSONArray("people").toString()).contains("\"Ada\"", "\"Bob\"");
		awaitPeople(people, "Bob", true);
		bob.disconnect();
		awaitPeople(people, "Bob", false);
	}

	@Test
	void tellsTheOthersWhoIsTyping() throws Exception {
		Socket ada = joined("java", "Ada");
		Socket bob = joined("java", "Bob");
		BlockingQueue<Object[]> typing = queue(bob, "typing");
		ada.emit("typing", true);
		JSONObject notice = (JSONObject) taken(typing)[0];
		assertThat(notice.getString("name")).isEqualTo("Ada");
		assertThat(notice.getBoolean("active")).isTrue();
		ada.emit("typing", false);
		assertThat(((JSONObject) taken(typing)[0]).getBoolean("active")).isFalse();
	}

	@Test
	void refusesWhatItCannotTake() throws Exception {
		Socket socket = socket();
		socket.connect();
		assertThat(ask(socket, "message", "Hello").getString("error")).isEqualTo("Join a room first");
		assertThat(ask(socket, "join", new JSONObject(Map.of("room", "attic", "name", "Ada"))).getString("error"))
			.isEqualTo("There is no such room");
		assertThat(ask(socket, "join", new JSONObject(Map.of("room", "java", "name", "a".repeat(25)))).has("error"))
			.isTrue();
		assertThat(ask(socket, "join", new JSONObject(Map.of("room", "java", "name", "Ada"))).has("error")).isFalse();
		assertThat(ask(socket, "message", "   ").getString("error"))
			.isEqualTo("The text must have 1 to 500 characters");
		assertThat(ask(socket, "message", "a".repeat(501)).has("error")).isTrue();
	}

	@Test
	void takesMessagesOverHttp() throws Exception {
		Socket ada = joined("lobby", "Ada");
		BlockingQueue<Object[]> messages = queue(ada, "message");
		assertThat(post("lobby", "{\"author\":\"Build\",\"text\":\"Green\"}")).isEqualTo(201);
		JSONObject message = (JSONObject) taken(messages)[0];
		assertThat(message.getString("author")).isEqualTo("Build");
		assertThat(message.getString("text")).isEqualTo("Green");
		assertThat(post("attic", "{\"author\":\"Build\",\"text\":\"Green\"}")).isEqualTo(400);
		assertThat(post("lobby", "{\"author\":\"Build\"}")).isEqualTo(400);
		JSONArray rooms = new JSONArray(get("/api/rooms"));
		assertThat(names(rooms)).containsExactly("lobby", "java", "coffee");
		assertThat(rooms.getJSONObject(0).getInt("people")).isPositive();
		assertThat(get("/api/rooms/lobby/messages")).contains("Green");
	}

	@Test
	void servesThePage() {
		assertThat(get("/")).contains("<title>Rooms</title>");
		assertThat(get("/api/endpoint")).contains("\"port\":" + socketIoPort());
	}

	private int socketIoPort() {
		return this.environment.getRequiredProperty("local.socketio.port", Integer.class);
	}

	private String get(String path) {
		return String.valueOf(rest().get().uri(path).retrieve().body(String.class));
	}

	private int post(String room, String body) {
		return rest().post()
			.uri("/api/rooms/{room}/messages", room)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange((request, response) -> response.getStatusCode().value());
	}

	private RestClient rest() {
		return RestClient.create("http://localhost:" + this.port);
	}

	private Socket socket() {
		Socket socket = IO.socket(URI.create("http://localhost:" + socketIoPort()),
				IO.Options.builder().setForceNew(true).build());
		this.sockets.add(socket);
		return socket;
	}

	private Socket joined(String room, String name) throws Exception {
		Socket socket = socket();
		socket.connect();
		JSONObject joined = ask(socket, "join", new JSONObject(Map.of("room", room, "name", name)));
		assertThat(joined.getString("room")).isEqualTo(room);
		return socket;
	}

	private static void awaitPeople(BlockingQueue<Object[]> queue, String name, boolean there) throws Exception {
		boolean found;
		do {
			JSONArray people = ((JSONObject) taken(queue)[0]).getJSONArray("people");
			found = false;
			for (int i = 0; i < people.length(); i++) {
				found |= people.getString(i).equals(name);
			}
		}
		while (found != there);
	}

	private static List<String> names(JSONArray rooms) throws JSONException {
		List<String> names = new ArrayList<>();
		for (int i = 0; i < rooms.length(); i++) {
			names.add(rooms.getJSONObject(i).getString("name"));
		}
		return names;
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

	private static JSONObject ask(Socket socket, String event, Object... args) throws InterruptedException {
		BlockingQueue<Object[]> answers = new LinkedBlockingQueue<>();
		socket.emit(event, args, answers::add);
		Object answer = taken(answers)[0];
		return (answer instanceof JSONObject json) ? json : new JSONObject();
	}

}
