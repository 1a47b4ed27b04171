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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.RawWebSocketClient;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticationException;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import io.github.socketioboot.autoconfigure.SocketIoOperations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What pages of the Admin UI send and are sent.
 */
@TestInstance(Lifecycle.PER_CLASS)
class AdminUiIntegrationTests {

	/**
	 * Of the password "changeit", with the least cost.
	 */
	static final String HASH = "$2a$04$Q5AhoxqFPNOLM/XpTn5ftO5vpAYzeilTUiIP9SYyoOAiUPFzKwSHO";

	private static final String LOGIN = "40/admin,{\"username\":\"admin\",\"password\":\"changeit\"}";

	private static final String REFUSED = "44/admin,{\"message\":\"invalid credentials\"}";

	private static final JsonMapper MAPPER = new JsonMapper();

	private ConfigurableApplicationContext production;

	private ConfigurableApplicationContext development;

	private final List<RawWebSocketClient> clients = new ArrayList<>();

	@BeforeAll
	void start() {
		this.production = run("--socketio.admin.server-id=srv1");
		this.development = run("--socketio.admin.mode=development", "--socketio.admin.read-only=false");
	}

	@AfterAll
	void stop() {
		this.production.close();
		this.development.close();
	}

	@AfterEach
	void leave() {
		this.clients.forEach(RawWebSocketClient::close);
		this.clients.clear();
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		return run((context) -> {
		}, arguments);
	}

	static ConfigurableApplicationContext run(Consumer<GenericApplicationContext> beans, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--socketio.port=0", "--socketio.host=127.0.0.1",
				"--server.shutdown=immediate", "--socketio.admin.enabled=true", "--socketio.admin.username=admin",
				"--socketio.admin.password=" + HASH));
		all.addAll(List.of(arguments));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers((ApplicationContextInitializer<GenericApplicationContext>) beans::accept)
			.run(all.toArray(String[]::new));
	}

	@Test
	void pagesWithoutCredentialsAreRefused() {
		RawWebSocketClient page = open(this.production);
		page.send("40/admin,");
		assertThat(page.next()).isEqualTo(REFUSED);
		page.send("40/admin,{\"username\":\"admin\",\"password\":\"wrong\"}");
		assertThat(page.next()).isEqualTo(REFUSED);
		page.send("40/admin,{\"username\":\"root\",\"password\":\"changeit\"}");
		assertThat(page.next()).isEqualTo(REFUSED);
		page.send("40/admin,{\"sessionId\":\"092662964735d51c\"}");
		assertThat(page.next()).isEqualTo(REFUSED);
	}

	@Test
	void pagesLogInAndComeBackWithTheirSession() {
		RawWebSocketClient page = open(this.production);
		page.send(LOGIN);
		// The page listens from the connect on
		assertThat(page.next()).matches("40/admin,\\{\"sid\":\"[^\"]+\"}");
		String session = page.awaitMessage("42/admin,[\"session\"");
		assertThat(session).matches("42/admin,\\[\"session\",\"[0-9a-f]{32}\"]");
		assertThat(page.awaitMessage("42/admin,[\"config\""))
			.isEqualTo("42/admin,[\"config\",{\"supportedFeatures\":[\"AGGREGATED_EVENTS\"]}]");
		RawWebSocketClient again = open(this.production);
		again.send("40/admin,{\"sessionId\":\"%s\"}".formatted(arguments(session).get(1).asString()));
		assertThat(again.next()).startsWith("40/admin,{\"sid\":");
		again.awaitMessage("42/admin,[\"config\"");
	}

	@Test
	void pagesAreToldHowTheServerIs() {
		RawWebSocketClient page = logIn(this.production);
		JsonNode stats = arguments(page.awaitMessage("42/admin,[\"server_stats\"")).get(1);
		assertThat(stats.propertyNames()).containsExactly("serverId", "hostname", "pid", "uptime", "clientsCount",
				"pollingClientsCount", "aggregatedEvents", "namespaces");
		assertThat(stats.get("serverId").asString()).isEqualTo("srv1");
		assertThat(stats.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
		assertThat(stats.get("uptime").asDouble()).isPositive();
		assertThat(stats.get("clientsCount").asInt()).isPositive();
		assertThat(stats.get("pollingClientsCount").asInt()).isZero();
		Map<String, Integer> namespaces = new HashMap<>();
		stats.get("namespaces")
			.forEach((entry) -> namespaces.put(entry.get("name").asString(), entry.get("socketsCount").asInt()));
		assertThat(namespaces).containsOnlyKeys("/", "/admin");
		assertThat(namespaces.get("/admin")).isPositive();
		// Counted from now on, and each count is told but once
		user(this.production);
		Map<String, Long> counts = new LinkedHashMap<>();
		while (!counts.keySet()
			.containsAll(List.of("rawConnection", "packetsIn", "packetsOut", "bytesIn", "bytesOut"))) {
			stats.get("aggregatedEvents").forEach((entry) -> {
				assertThat(entry.get("timestamp").asLong() % 1000).isZero();
				counts.merge(entry.get("type").asString(), entry.get("count").asLong(), Long::sum);
			});
			stats = arguments(page.awaitMessage("42/admin,[\"server_stats\"")).get(1);
		}
		assertThat(counts.get("bytesOut")).isGreaterThan(counts.get("packetsOut"));
	}

	@Test
	void readOnlyPagesCommandNothing() {
		RawWebSocketClient user = user(this.production);
		RawWebSocketClient page = logIn(this.production);
		page.send("42/admin,[\"_disconnect\",\"/\",true]");
		page.send("42/admin,[\"emit\",\"/\",null,\"evt\"]");
		// Behind that
		page.awaitMessage("42/admin,[\"server_stats\"");
		user.send("42[\"echo\",\"here\"]");
		assertThat(user.next()).isEqualTo("42[\"echo\",\"here\"]");
	}

	@Test
	void loginsAreRefusedForAWhileAfterManyFailures() {
		try (ConfigurableApplicationContext context = run()) {
			RawWebSocketClient page = open(context);
			for (int i = 0; i < FailedLogins.MAX_FAILURES; i++) {
				page.send("40/admin,{\"username\":\"admin\",\"password\":\"guess\"}");
				assertThat(page.next()).isEqualTo(REFUSED);
			}
			page.send(LOGIN);
			assertThat(page.next()).isEqualTo("44/admin,{\"message\":\"too many attempts, try again later\"}");
			leave();
		}
	}

	@Test
	void everyPageMayConnectWithoutAuthentication() {
		try (ConfigurableApplicationContext context = run("--socketio.admin.auth=false")) {
			RawWebSocketClient page = open(context);
			page.send("40/admin,");
			assertThat(page.next()).startsWith("40/admin,{\"sid\":");
			leave();
		}
	}

	@Test
	void pagesInDevelopmentAreToldAllSockets() {
		RawWebSocketClient user = user(this.development, "&access_token=hidden&x=1", "Cookie", "secret=1",
				"Authorization", "Bearer hidden", "X-Tenant", "blue");
		RawWebSocketClient page = open(this.development);
		page.send(LOGIN);
		String id = MAPPER.readTree(page.next().substring("40/admin,".length())).get("sid").asString();
		List<JsonNode> told = new ArrayList<>();
		String event = "";
		while (!event.equals("all_sockets")) {
			String message = page.next();
			event = arguments(message).get(0).asString();
			// Others come and go, too
			if (message.contains(id) || event.equals("config")) {
				told.add(arguments(message));
			}
		}
		assertThat(told).extracting((message) -> message.get(0).asString())
			.containsExactly("room_joined", "socket_connected", "config", "all_sockets");
		assertThat(told.get(0).get(1).asString()).isEqualTo("/admin");
		assertThat(told.get(0).get(2).asString()).isEqualTo(id);
		assertThat(told.get(0).get(4).asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
		assertThat(told.get(1).get(1).get("id").asString()).isEqualTo(id);
		assertThat(told.get(2).get(1).toString()).isEqualTo(
				"{\"supportedFeatures\":[\"EMIT\",\"JOIN\",\"LEAVE\",\"DISCONNECT\",\"MJOIN\",\"MLEAVE\",\"MDISCONNECT\",\"AGGREGATED_EVENTS\",\"ALL_EVENTS\"]}");
		JsonNode socket = null;
		for (JsonNode candidate : told.get(3).get(1)) {
			socket = candidate.get("handshake").get("headers").has("x-tenant") ? candidate : socket;
		}
		assertThat(socket).isNotNull();
		assertThat(socket.propertyNames()).containsExactly("id", "clientId", "transport", "nsp", "data", "handshake",
				"rooms");
		assertThat(socket.get("clientId").asString()).matches("[A-Za-z0-9_-]{12}");
		assertThat(socket.get("transport").asString()).isEqualTo("websocket");
		assertThat(socket.get("data").toString()).isEqualTo("{\"user\":\"ada\"}");
		assertThat(socket.get("rooms").toString()).contains("\"lobby\"", socket.get("id").asString());
		JsonNode handshake = socket.get("handshake");
		assertThat(handshake.propertyNames()).containsExactly("address", "headers", "query", "issued", "secure", "time",
				"url", "xdomain");
		assertThat(handshake.get("headers").get("x-tenant").asString()).isEqualTo("blue");
		assertThat(handshake.get("query").get("x").asString()).isEqualTo("1");
		assertThat(handshake.get("url").asString()).contains("&x=1");
		assertThat(handshake.toString()).doesNotContain("hidden", "secret", "right");
		user.send("41");
	}

	@Test
	void pagesInDevelopmentAreToldWhatHappens() {
		RawWebSocketClient page = logIn(this.development);
		page.awaitMessage("42/admin,[\"all_sockets\"");
		RawWebSocketClient user = user(this.development);
		JsonNode connected = arguments(page.awaitMessage("42/admin,[\"socket_connected\"")).get(1);
		String id = connected.get("id").asString();
		assertThat(connected.get("nsp").asString()).isEqualTo("/");
		page.awaitMessage("42/admin,[\"room_joined\",\"/\",\"lobby\",\"" + id + "\"");
		page.awaitMessage(
				"42/admin,[\"socket_updated\",{\"id\":\"" + id + "\",\"nsp\":\"/\",\"data\":{\"user\":\"ada\"}}]");
		user.send("42[\"echo\",\"x\"]");
		page.awaitMessage("42/admin,[\"event_received\",\"/\",\"" + id + "\",[\"echo\",\"x\"],\"");
		page.awaitMessage("42/admin,[\"event_sent\",\"/\",\"" + id + "\",[\"echo\",\"x\"],\"");
		this.development.getBean(SocketIoOperations.class).to("lobby").emit("news", 1);
		page.awaitMessage("42/admin,[\"event_sent\",\"/\",\"" + id + "\",[\"news\",1],\"");
		user.send("41");
		page.awaitMessage("42/admin,[\"socket_disconnected\",\"/\",\"" + id + "\",\"client namespace disconnect\",\"");
		page.awaitMessage("42/admin,[\"room_left\",\"/\",\"" + id + "\",\"" + id + "\",\"");
		page.awaitMessage("42/admin,[\"room_left\",\"/\",\"lobby\",\"" + id + "\",\"");
	}

	@Test
	void pagesCommandSockets() {
		RawWebSocketClient page = logIn(this.development);
		page.awaitMessage("42/admin,[\"all_sockets\"");
		RawWebSocketClient user = user(this.development);
		String id = arguments(page.awaitMessage("42/admin,[\"socket_connected\"")).get(1).get("id").asString();
		page.send("42/admin,[\"join\",\"/\",\"newroom\",\"" + id + "\"]");
		page.awaitMessage("42/admin,[\"room_joined\",\"/\",\"newroom\",\"" + id + "\",\"");
		page.send("42/admin,[\"emit\",\"/\",\"newroom\",\"evt\",\"arg1\",{\"a\":1}]");
		user.awaitMessage("42[\"evt\",\"arg1\",{\"a\":1}]");
		page.awaitMessage("42/admin,[\"event_sent\",\"/\",\"" + id + "\",[\"evt\",\"arg1\",{\"a\":1}],\"");
		page.send("42/admin,[\"leave\",\"/\",\"newroom\"]");
		page.awaitMessage("42/admin,[\"room_left\",\"/\",\"newroom\",\"" + id + "\",\"");
		for (String nonsense : List.of("[\"emit\"]", "[\"emit\",\"/unknown\",null,\"evt\"]",
				"[\"emit\",\"/\",null,\"connect\"]", "[\"emit\",\"/\",{},\"evt\"]", "[\"join\",\"/\",7]",
				"[\"_disconnect\",\"/\",\"yes\"]", "[\"_disconnect\",null,true]", "[\"leave\",\"admin\",\"r\"]")) {
			page.send("42/admin," + nonsense);
		}
		page.send("42/admin,[\"emit\",\"/\",\"" + id + "\",\"last\"]");
		assertThat(user.next()).isEqualTo("42[\"last\"]");
		page.send("42/admin,[\"_disconnect\",\"/\",true,\"" + id + "\"]");
		page.awaitMessage("42/admin,[\"socket_disconnected\",\"/\",\"" + id + "\",\"server namespace disconnect\",\"");
		page.awaitMessage("42/admin,[\"room_left\",\"/\",\"" + id + "\"");
	}

	private RawWebSocketClient open(ConfigurableApplicationContext context, String... more) {
		String[] headers = (more.length > 1) ? Arrays.copyOfRange(more, 1, more.length) : new String[0];
		RawWebSocketClient client = RawWebSocketClient.open(
				context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class),
				(more.length > 0) ? more[0] : "", headers);
		this.clients.add(client);
		return client;
	}

	private RawWebSocketClient user(ConfigurableApplicationContext context, String... more) {
		RawWebSocketClient user = open(context, more);
		user.send("40{\"token\":\"right\"}");
		user.awaitMessage("42[\"welcome\"]");
		return user;
	}

	private RawWebSocketClient logIn(ConfigurableApplicationContext context) {
		RawWebSocketClient page = open(context);
		page.send(LOGIN);
		page.awaitMessage("40/admin,");
		page.awaitMessage("42/admin,[\"config\"");
		return page;
	}

	private static JsonNode arguments(String message) {
		return MAPPER.readTree(message.substring("42/admin,".length()));
	}

	/**
	 * An application whose own authentication would let no page in.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SocketIoAuthenticator authenticator() {
			return (namespace, auth, handshake) -> {
				if (!"right".equals(auth.get("token"))) {
					throw new SocketIoAuthenticationException("no");
				}
				return null;
			};
		}

		@Bean
		Object listeners(SocketIOServer server) {
			server.addConnectListener((client) -> {
				client.joinRoom("lobby");
				client.set("user", "ada");
				client.sendEvent("welcome");
			});
			server.addEventListener("echo", String.class, (client, data, ack) -> client.sendEvent("echo", data));
			return new Object();
		}

	}

}
