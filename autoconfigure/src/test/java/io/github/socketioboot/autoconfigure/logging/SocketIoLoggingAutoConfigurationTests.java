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

package io.github.socketioboot.autoconfigure.logging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.corundumstudio.socketio.SocketIOClient;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticationException;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.TestClient;
import io.github.socketioboot.autoconfigure.cluster.Hosts;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.session.AccessLog;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SocketIoLoggingAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String LOGGER = "test.handlers";

	private static final String PATTERN = "%msg [%X{socketio.id}] [%X{socketio.namespace}] [%X{socketio.instance}] "
			+ "[%X{socketio.user}]";

	private static final Logger logger = LoggerFactory.getLogger(LOGGER);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoLoggingAutoConfiguration.class))
		.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate");

	@Test
	void linesOfHandlersTellTheSocketAndThoseBehindThemDoNot() {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try (LogLines log = LogLines.ofPattern(LOGGER, PATTERN)) {
			thread.submit(() -> MDC.put("socketio.namespace", "mine"));
			this.runner.withBean("socketIoHandlerExecutor", ExecutorService.class, () -> thread).run((context) -> {
				EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
				String id = talk(server, "/chat");
				assertThat(log.lines()).containsExactly("connect [%s] [/chat] [] []".formatted(id),
						"event [%s] [/chat] [] []".formatted(id), "disconnect [%s] [/chat] [] []".formatted(id));
				thread.submit(() -> logger.debug("after")).get();
				assertThat(log.lines()).endsWith("after [] [mine] [] []");
			});
		}
		finally {
			thread.shutdownNow();
		}
	}

	@Test
	void linesTellTheWorkerAndByPropertyTheUser() {
		Worker worker = Mockito.mock(Worker.class);
		Mockito.when(worker.identity()).thenReturn(Hosts.IDENTITY);
		try (LogLines log = LogLines.ofPattern(LOGGER, PATTERN)) {
			this.runner.withPropertyValues("socketio.mdc.include-user=true")
				.withBean(Worker.class, () -> worker)
				.withBean(SocketIoAuthenticator.class, () -> (namespace, auth, handshake) -> () -> "ann")
				.run((context) -> {
					String id = talk(context.getBean(EngineSocketIOServer.class), "/chat");
					assertThat(log.lines()).contains("event [%s] [/chat] [0] [ann]".formatted(id));
				});
		}
	}

	@Test
	void linesAreNotMarkedWhenDisabled() {
		try (LogLines log = LogLines.ofPattern(LOGGER, PATTERN)) {
			this.runner.withPropertyValues("socketio.mdc.enabled=false").run((context) -> {
				assertThat(context).doesNotHaveBean("socketIoMdcCustomizer");
				talk(context.getBean(EngineSocketIOServer.class), "/chat");
				assertThat(log.lines()).contains("event [] [] [] []");
			});
		}
	}

	@Test
	void accessLogTellsWhoConnectsIsRefusedAndDisconnectsAsFields() {
		try (LogLines log = LogLines.structured(AccessLog.LOGGER)) {
			this.runner.withBean(SocketIoAuthenticator.class, () -> (namespace, auth, handshake) -> {
				if (!auth.containsKey("token")) {
					throw new SocketIoAuthenticationException("no token");
				}
				return null;
			}).run((context) -> {
				EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
				String id = talk(server, "/chat");
				try (TestClient refused = TestClient.begin(server.port(), "/chat", Map.of())) {
					assertThat(refused.refusal()).isNotNull();
				}
				try (TestClient unknown = TestClient.begin(server.port(), "/made-up", Map.of())) {
					assertThat(unknown.refusal()).isNotNull();
				}
				await().atMost(LIMIT).until(() -> log.lines().size() >= 4);
				List<JsonNode> lines = log.lines().stream().map((line) -> JsonMapper.shared().readTree(line)).toList();
				assertThat(lines.get(0).path("access").toString())
					.isEqualTo(("{'event':'connect','socket':'%s','namespace':'/chat','transport':'websocket',"
							+ "'address':'127.0.0.1'}")
						.formatted(id)
						.replace('\'', '"'));
				JsonNode disconnect = lines.get(1).path("access");
				assertThat(disconnect.path("event").asString()).isEqualTo("disconnect");
				assertThat(disconnect.path("socket").asString()).isEqualTo(id);
				assertThat(disconnect.path("reason").asString()).isEqualTo("client namespace disconnect");
				assertThat(disconnect.path("duration").isIntegralNumber()).isTrue();
				assertThat(lines.get(1).path("socketio").path("id").asString()).isEqualTo(id);
				assertThat(lines.subList(2, 4)).extracting((line) -> line.path("access").toString())
					.containsExactly(
							"{'event':'refuse','address':'127.0.0.1','reason':'namespace','namespace':'/chat'}"
								.replace('\'', '"'),
							"{'event':'refuse','address':'127.0.0.1','reason':'namespace'}".replace('\'', '"'));
				assertThat(log.lines()).noneMatch((line) -> line.contains("secret") || line.contains("made-up"));
				server.getAllClients().forEach(SocketIOClient::disconnect);
			});
		}
	}

	private static String talk(EngineSocketIOServer server, String namespace) {
		server.addNamespace(namespace).addConnectListener((client) -> logger.debug("connect"));
		server.getNamespace(namespace).addEventListener("event", String.class, (client, data, ack) -> {
			logger.debug("event");
			ack.sendAckData("done");
		});
		server.getNamespace(namespace).addDisconnectListener((client) -> logger.debug("disconnect"));
		String id;
		try (LogLines disconnects = LogLines.ofPattern(LOGGER, "%msg")) {
			try (TestClient client = TestClient.connect(server.port(), namespace, Map.of("token", "secret"))) {
				assertThat(client.ask("event", "secret")).containsExactly("done");
				id = client.socket().id();
			}
			await().atMost(LIMIT).until(() -> disconnects.lines().contains("disconnect"));
		}
		return id;
	}

}
