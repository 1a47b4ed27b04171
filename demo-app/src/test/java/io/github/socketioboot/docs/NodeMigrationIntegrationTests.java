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

package io.github.socketioboot.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.socketioboot.interop.NodeProgram;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both sides of the page about moving from Node.js do the same.
 */
@Timeout(180)
class NodeMigrationIntegrationTests {

	private static final long LIMIT_SECONDS = 60;

	@Test
	void nodeSideServesClients(@TempDir Path folder) throws Exception {
		NodeProgram.assumeAvailable();
		Path blocks = Files.writeString(folder.resolve("blocks.js"), blocks());
		try (NodeProgram node = NodeProgram.start("page.js", blocks.toString())) {
			assertServes(node.requireLine().asInt());
		}
	}

	/**
	 * All blocks up to those that make a cluster.
	 */
	private static String blocks() throws IOException {
		Path file = Page.PROJECT.resolve("docs").resolve("migration-from-node.md");
		List<CodeBlock> blocks = new Page(file, Files.readString(file)).blocks("js");
		return blocks.stream()
			.map(CodeBlock::text)
			.takeWhile((text) -> !text.contains("node:cluster"))
			.collect(Collectors.joining());
	}

	@Test
	void javaSideServesThemToo() throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.config.name=migration", "socketio.port=0")
			.run()) {
			assertServes(context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class));
		}
	}

	private static void assertServes(int port) throws Exception {
		BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
		Socket ann = socket(port, "/", "user-ann", Map.of());
		Socket bob = socket(port, "/", "user-bob", Map.of());
		Socket admin = socket(port, "/admin", "user-admin", Map.of());
		Socket stranger = socket(port, "/admin", "?", Map.of());
		Socket robot = socket(port, "/", "user-robot", Map.of("x-robot", List.of("yes")));
		try {
			bob.on("chat", (args) -> heard.add(args[0]));
			bob.connect();
			assertThat(ask(bob, "who")).isEqualTo(1);
			ann.connect();
			assertThat(ask(ann, "chat", new JSONObject().put("from", "ann").put("text", "hello"))).isEqualTo("heard");
			assertThat(heard.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isInstanceOfSatisfying(JSONObject.class,
					(message) -> assertThat(message.optString("text")).isEqualTo("hello"));
			assertThat(ask(bob, "who")).isEqualTo(2);
			admin.connect();
			assertThat(ask(admin, "ping")).isEqualTo("pong");
			assertThat(refusal(stranger)).isInstanceOfSatisfying(JSONObject.class, (refusal) -> {
				assertThat(refusal.optString("message")).isEqualTo("who are you?");
				assertThat(refusal.optJSONObject("data")).hasToString("{\"code\":401}");
			});
			assertThat(refusal(robot)).isInstanceOf(Exception.class);
			assertThat(heard).isEmpty();
		}
		finally {
			List.of(ann, bob, admin, stranger, robot).forEach(Socket::close);
		}
	}

	private static Object refusal(Socket socket) throws InterruptedException {
		BlockingQueue<Object> refusals = new LinkedBlockingQueue<>();
		socket.on(Socket.EVENT_CONNECT, (args) -> refusals.add("connected"));
		socket.on(Socket.EVENT_CONNECT_ERROR, (args) -> refusals.add(args[0]));
		socket.connect();
		Object refusal = refusals.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
		assertThat(refusal).isNotNull();
		return refusal;
	}

	private static Object ask(Socket socket, String event, Object... args) throws InterruptedException {
		BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
		socket.emit(event, args, (Ack) (answer) -> answers.add(answer[0]));
		Object answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
		assertThat(answer).as("answer to " + event).isNotNull();
		return answer;
	}

	private static Socket socket(int port, String namespace, String token, Map<String, List<String>> headers) {
		return IO.socket(URI.create("http://127.0.0.1:" + port + namespace),
				IO.Options.builder()
					.setForceNew(true)
					.setAuth(Map.of("token", token))
					.setExtraHeaders(headers)
					.build());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ LobbyHandlers.Lobby.class, LobbyHandlers.Admin.class, Doors.Authenticator.class,
			Doors.Maintenance.class })
	static class Application {

	}

}
