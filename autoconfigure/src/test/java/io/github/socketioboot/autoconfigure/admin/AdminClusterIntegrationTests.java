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

package io.github.socketioboot.autoconfigure.admin;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.github.socketioboot.autoconfigure.RawWebSocketClient;
import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.ClusterNode;
import io.github.socketioboot.cluster.memory.InMemoryBus;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Pages of the Admin UI in a cluster of two servers.
 */
class AdminClusterIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final JsonMapper MAPPER = new JsonMapper();

	@Test
	void pagesSeeAndCommandAllServers() {
		try (InMemoryBus bus = new InMemoryBus(true);
				ConfigurableApplicationContext one = run(bus, "one");
				ConfigurableApplicationContext two = run(bus, "two")) {
			await().atMost(LIMIT).until(() -> node(one).members().size() == 2 && node(two).members().size() == 2);
			RawWebSocketClient user = open(two);
			user.send("40{\"token\":\"right\"}");
			user.awaitMessage("42[\"welcome\"]");
			RawWebSocketClient page = open(one);
			page.send("40/admin,{\"username\":\"admin\",\"password\":\"changeit\"}");
			String session = arguments(page.awaitMessage("42/admin,[\"session\"")).get(1).asString();
			JsonNode socket = null;
			for (JsonNode candidate : arguments(page.awaitMessage("42/admin,[\"all_sockets\"")).get(1)) {
				socket = candidate.get("nsp").asString().equals("/") ? candidate : socket;
			}
			assertThat(socket).isNotNull();
			assertThat(socket.get("clientId").asString()).matches("[A-Za-z0-9_-]{12}");
			assertThat(socket.get("transport").asString()).isEqualTo("websocket");
			assertThat(socket.get("data").toString()).isEqualTo("{\"user\":\"ada\"}");
			Set<String> servers = new HashSet<>();
			while (servers.size() < 2) {
				servers
					.add(arguments(page.awaitMessage("42/admin,[\"server_stats\"")).get(1).get("serverId").asString());
			}
			assertThat(servers).containsExactlyInAnyOrder("one", "two");
			String id = socket.get("id").asString();
			user.send("42[\"echo\",\"x\"]");
			page.awaitMessage("42/admin,[\"event_received\",\"/\",\"" + id + "\",[\"echo\",\"x\"],");
			page.send("42/admin,[\"_disconnect\",\"/\",false,\"" + id + "\"]");
			user.awaitMessage("41");
			page.awaitMessage("42/admin,[\"socket_disconnected\",\"/\",\"" + id + "\"");
			// It is told the other server, which may hear of it later than of all that
			await().atMost(LIMIT).until(() -> comeBack(two, session).startsWith("40/admin,{\"sid\":"));
			user.close();
			page.close();
		}
	}

	private static ConfigurableApplicationContext run(InMemoryBus bus, String name) {
		return AdminUiIntegrationTests.run(
				(context) -> context.registerBean(ClusterNode.class,
						() -> new ClusterNode(bus.transport(name), ClusterConfig.DEFAULT)),
				"--socketio.admin.mode=development", "--socketio.admin.read-only=false",
				"--socketio.admin.server-id=" + name);
	}

	private static String comeBack(ConfigurableApplicationContext context, String session) {
		RawWebSocketClient page = open(context);
		page.send("40/admin,{\"sessionId\":\"" + session + "\"}");
		String answer = page.next();
		page.close();
		return answer;
	}

	private static ClusterNode node(ConfigurableApplicationContext context) {
		return context.getBean(ClusterNode.class);
	}

	private static RawWebSocketClient open(ConfigurableApplicationContext context) {
		return RawWebSocketClient
			.open(context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class), "");
	}

	private static JsonNode arguments(String message) {
		return MAPPER.readTree(message.substring("42/admin,".length()));
	}

}
