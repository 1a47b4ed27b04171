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
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.redis.RedisServer;
import io.socket.client.IO;
import io.socket.client.Socket;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of the Admin UI on two servers with a real Redis between them.
 */
class AdminSessionsIntegrationTests {

	private static final Map<String, String> LOGIN = Map.of("username", "admin", "password", "changeit");

	private static RedisServer redis;

	private static ConfigurableApplicationContext first;

	private static ConfigurableApplicationContext second;

	@BeforeAll
	static void start() {
		redis = RedisServer.startOwn();
		String[] settings = { "--socketio.cluster.adapter=redis", "--spring.data.redis.port=" + redis.port(),
				"--spring.data.redis.timeout=5s", "--socketio.admin.session-lifetime=1h" };
		first = AdminUiPageIntegrationTests.start("http://localhost", settings);
		second = AdminUiPageIntegrationTests.start("http://localhost", settings);
	}

	@AfterAll
	static void stop() {
		second.close();
		first.close();
		redis.close();
	}

	@Test
	void sessionsHoldOnAllServersUntilTheyExpireAndLoginsGoOnWithoutRedis() throws Exception {
		String session;
		try (Page page = new Page(first, LOGIN)) {
			session = page.session();
			assertThat(page.outcome()).isEqualTo("connected");
		}
		try (Page page = new Page(second, Map.of("sessionId", session))) {
			assertThat(page.outcome()).isEqualTo("connected");
		}
		String millis = redis.command("PTTL socket.io-admin#" + session).get(0);
		assertThat(millis).startsWith(":");
		assertThat(Long.parseLong(millis.substring(1))).isBetween(1L, TimeUnit.HOURS.toMillis(1));
		redis.command("DEL socket.io-admin#" + session);
		try (Page page = new Page(second, Map.of("sessionId", session))) {
			assertThat(page.outcome()).isEqualTo("invalid credentials");
		}
		redis.kill();
		try (Page page = new Page(second, LOGIN)) {
			assertThat(page.outcome()).isEqualTo("connected");
		}
	}

	/**
	 * A page that connects to the Admin UI's namespace.
	 */
	private static final class Page implements AutoCloseable {

		private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();

		private final BlockingQueue<String> sessions = new LinkedBlockingQueue<>();

		private final Socket socket;

		Page(ConfigurableApplicationContext server, Map<String, String> auth) {
			this.socket = IO.socket(URI.create(AdminUiPageIntegrationTests.address(server) + "/admin"),
					IO.Options.builder().setForceNew(true).setReconnection(false).setAuth(auth).build());
			this.socket.on(Socket.EVENT_CONNECT, (args) -> this.outcomes.add("connected"));
			this.socket.on(Socket.EVENT_CONNECT_ERROR, (args) -> this.outcomes
				.add((args[0] instanceof JSONObject refusal) ? refusal.optString("message") : String.valueOf(args[0])));
			this.socket.on("session", (args) -> this.sessions.add((String) args[0]));
			this.socket.connect();
		}

		String outcome() throws InterruptedException {
			return this.outcomes.poll(60, TimeUnit.SECONDS);
		}

		String session() throws InterruptedException {
			String session = this.sessions.poll(60, TimeUnit.SECONDS);
			assertThat(session).isNotNull();
			return session;
		}

		@Override
		public void close() {
			this.socket.close();
		}

	}

}
