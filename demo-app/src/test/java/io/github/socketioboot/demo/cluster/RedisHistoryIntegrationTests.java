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

package io.github.socketioboot.demo.cluster;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.redis.RedisServer;
import io.socket.client.IO;
import io.socket.client.Socket;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The demo on two servers with one Redis: what was said is with neither of them.
 */
class RedisHistoryIntegrationTests {

	private static final int MAX_MESSAGES = 50;

	private final List<ClusterProcess> servers = new ArrayList<>();

	private RedisServer redis;

	@BeforeEach
	void start() {
		ClusterProcess.assumeBuilt();
		this.redis = RedisServer.startOwn();
		this.servers.add(server());
		this.servers.add(server());
		this.servers.forEach(ClusterProcess::awaitUp);
	}

	@AfterEach
	void stop() {
		this.servers.forEach(ClusterProcess::close);
		this.redis.close();
	}

	@Test
	void whatIsSaidAtOneServerIsToldByTheOthersAlsoWhenItHasGone() throws Exception {
		try (Client ada = new Client(this.servers.get(0)); Client bob = new Client(this.servers.get(1))) {
			ada.join("Ada");
			ada.say("Hello");
			bob.join("Bob");
			bob.say("Hello Ada");
			assertThat(bob.history()).containsExactly("Hello", "Hello Ada");
			assertThat(ada.history()).containsExactly("Hello", "Hello Ada");
			for (int i = 0; i < MAX_MESSAGES; i++) {
				((i % 2 == 0) ? ada : bob).say("line " + i);
			}
			assertThat(ada.history()).hasSize(MAX_MESSAGES).startsWith("line 0").endsWith("line 49");
		}
		this.servers.forEach(ClusterProcess::close);
		this.servers.clear();
		this.servers.add(server().awaitUp());
		try (Client eve = new Client(this.servers.get(0))) {
			assertThat(eve.history()).hasSize(MAX_MESSAGES).endsWith("line 49");
		}
		assertThat(this.redis.command("LLEN chat:history:java")).first().isEqualTo(":" + MAX_MESSAGES);
		assertThat(this.redis.command("PTTL chat:history:java").get(0)).matches(":[1-9][0-9]*");
	}

	@Test
	void chatGoesOnWithoutItsHistoryWhileRedisDoesNotAnswer() throws Exception {
		try (Client ada = new Client(this.servers.get(0)); Client bob = new Client(this.servers.get(0))) {
			ada.join("Ada");
			bob.join("Bob");
			ada.say("before");
			assertThat(bob.next()).isEqualTo("before");
			this.redis.suspend();
			ada.say("meanwhile");
			assertThat(bob.next()).isEqualTo("meanwhile");
			assertThat(bob.join("Bob").getBoolean("historyAvailable")).isFalse();
			assertThat(this.servers.get(0).get("/api/rooms/java/messages").path("status").asInt()).isEqualTo(503);
			this.redis.resume();
			await().atMost(ClusterProcess.LIMIT)
				.untilAsserted(() -> assertThat(bob.join("Bob").getBoolean("historyAvailable")).isTrue());
			ada.say("after");
			assertThat(bob.history()).startsWith("before").endsWith("after");
		}
	}

	private ClusterProcess server() {
		return ClusterProcess.demo()
			.instances("1")
			.with("--socketio.cluster.adapter=redis", "--spring.data.redis.port=" + this.redis.port())
			.start();
	}

	/**
	 * A page in the room {@code java}.
	 */
	private static final class Client implements AutoCloseable {

		private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

		private final Socket socket;

		Client(ClusterProcess server) {
			IO.Options options = IO.Options.builder()
				.setForceNew(true)
				.setTransports(new String[] { "websocket" })
				.build();
			this.socket = IO.socket(URI.create(server.url()), options);
			this.socket.on("message", (args) -> this.messages.add(((JSONObject) args[0]).optString("text")));
			this.socket.connect();
		}

		JSONObject join(String name) throws InterruptedException {
			return ask("join", new JSONObject(Map.of("room", "java", "name", name)));
		}

		void say(String text) throws InterruptedException {
			assertThat(ask("message", text).has("id")).isTrue();
		}

		List<String> history() throws InterruptedException, JSONException {
			JSONObject joined = join("Somebody");
			assertThat(joined.getBoolean("historyAvailable")).isTrue();
			JSONArray messages = joined.getJSONArray("messages");
			List<String> texts = new ArrayList<>();
			for (int i = 0; i < messages.length(); i++) {
				texts.add(messages.getJSONObject(i).getString("text"));
			}
			return texts;
		}

		String next() throws InterruptedException {
			return this.messages.poll(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
		}

		private JSONObject ask(String event, Object value) throws InterruptedException {
			BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
			this.socket.emit(event, new Object[] { value }, (args) -> answers.add(args[0]));
			JSONObject answer = (JSONObject) answers.poll(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
			assertThat(answer).as(event).isNotNull();
			return answer;
		}

		@Override
		public void close() {
			this.socket.close();
		}

	}

}
