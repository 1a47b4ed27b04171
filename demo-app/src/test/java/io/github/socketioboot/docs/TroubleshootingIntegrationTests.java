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
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.SocketIoHandshakeInterceptor;
import io.github.socketioboot.demo.cluster.HttpConnection;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.HandshakeDecision;
import io.github.socketioboot.engine.session.RefusalReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the page about troubleshooting says of answers and closed connections is so, and
 * is counted under the reason that it names.
 */
@SpringBootTest(classes = TroubleshootingIntegrationTests.Application.class,
		webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "socketio.port=0", "socketio.max-payload=1KB", "socketio.limits.events-per-second=5",
				"socketio.transports=polling,websocket" })
@Timeout(180)
class TroubleshootingIntegrationTests {

	private static final String UPGRADE = "Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

	@Value("${local.socketio.port}")
	int port;

	@Autowired
	SocketIOServer server;

	private EngineStatistics statistics;

	@BeforeEach
	void statistics() {
		this.statistics = ((EngineSocketIOServer) this.server).statistics();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			400; Transport unknown;            bad-request; EIO=4; ''
			400; Session ID unknown;           bad-request; EIO=4&transport=polling&sid=AAAAAAAAAAAAAAAAAAAA; ''
			400; Bad request;                  bad-request; EIO=4&transport=websocket; ''
			400; Unsupported protocol version; bad-request; EIO=3&transport=polling; ''
			403; Origin not allowed;           origin;      EIO=4&transport=polling; Origin: http://other.example
			403; any other;                    handshake;   EIO=4&transport=polling; X-Robot: yes
			426; '';                           bad-request; EIO=4&transport=websocket; Sec-WebSocket-Version: 8|%s
			""")
	void requestsAreAnsweredAndCountedAsThePageSays(int status, String message, String reason, String query,
			String headers) throws IOException {
		long before = this.statistics.refused(reason(reason));
		HttpConnection.Answer answer = get(query, headers.formatted(UPGRADE).split("\\|"));
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.body()).contains(message.equals("any other") ? "no robots" : message);
		assertThat(this.statistics.refused(reason(reason))).isEqualTo(before + 1);
		assertSaid(status, message, reason);
	}

	@Test
	void postThatOpensNothingIsAnswered400() throws IOException {
		try (HttpConnection connection = new HttpConnection(this.port)) {
			HttpConnection.Answer answer = connection.post("/socket.io/?EIO=4&transport=polling", "40");
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.body()).contains("Bad handshake method");
		}
		assertSaid(400, "Bad handshake method", "bad-request");
	}

	@Test
	void webSocketOfAnotherOriginIsAnswered403() throws IOException {
		HttpConnection.Answer answer = get("EIO=4&transport=websocket",
				("Sec-WebSocket-Version: 13|Origin: http://other.example|" + UPGRADE).split("\\|"));
		assertThat(answer.status()).isEqualTo(403);
	}

	@Test
	void otherPathIsAnswered404() throws IOException {
		try (HttpConnection connection = new HttpConnection(this.port)) {
			assertThat(connection.get("/other/?EIO=4&transport=polling").status()).isEqualTo(404);
		}
		assertSaid(404, "", "");
	}

	@Test
	void bodyThatIsTooLargeIsAnswered413() throws IOException {
		long before = this.statistics.refused(RefusalReason.PAYLOAD);
		try (Polling polling = new Polling(this.port)) {
			assertThat(polling.post("4" + "a".repeat(2000))).isEqualTo(413);
		}
		assertThat(this.statistics.refused(RefusalReason.PAYLOAD)).isEqualTo(before + 1);
		assertSaid(413, "", "payload");
	}

	@Test
	void clientThatSendsTooManyEventsIsDisconnected() throws IOException {
		assertEndsSession(List.of("40", "42[\"x\"]\u001e".repeat(20) + "42[\"x\"]"));
		assertThat(this.statistics.refused(RefusalReason.EVENT_RATE)).isPositive();
	}

	@Test
	void clientThatSendsAnEventBeforeItIsConnectedIsDisconnected() throws IOException {
		assertEndsSession(List.of("42[\"x\"]"));
	}

	private void assertEndsSession(List<String> bodies) throws IOException {
		long before = forcedCloses();
		try (Polling polling = new Polling(this.port)) {
			for (String body : bodies) {
				polling.post(body);
				polling.poll();
			}
			await().atMost(60, TimeUnit.SECONDS).until(() -> forcedCloses() > before);
		}
	}

	private long forcedCloses() {
		return this.statistics.closed(CloseReason.FORCED_CLOSE)
				+ this.statistics.closed(CloseReason.FORCED_SERVER_CLOSE);
	}

	private HttpConnection.Answer get(String query, String... headers) throws IOException {
		try (HttpConnection connection = new HttpConnection(this.port)) {
			return connection.get("/socket.io/?" + query, headers);
		}
	}

	private static RefusalReason reason(String name) {
		return RefusalReason.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

	private static void assertSaid(int status, String message, String reason) throws IOException {
		assertThat(Files.readAllLines(Page.PROJECT.resolve("docs").resolve("troubleshooting.md")))
			.anySatisfy((line) -> assertThat(line).startsWith("| " + status).contains(message).contains(reason));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SocketIoHandshakeInterceptor noRobots() {
			return (handshake) -> handshake.headers().contains("x-robot") ? HandshakeDecision.refuse("no robots")
					: HandshakeDecision.ALLOW;
		}

	}

	/**
	 * A polling session over one connection.
	 */
	private static final class Polling implements AutoCloseable {

		private final HttpConnection connection;

		private final String target;

		Polling(int port) throws IOException {
			this.connection = new HttpConnection(port);
			String target = "/socket.io/?EIO=4&transport=polling";
			String handshake = this.connection.get(target).body();
			this.target = target + "&sid=" + handshake.replaceFirst(".*\"sid\":\"([^\"]*)\".*", "$1");
		}

		int post(String body) throws IOException {
			return this.connection.post(this.target, body).status();
		}

		String poll() throws IOException {
			return this.connection.get(this.target).body();
		}

		@Override
		public void close() throws IOException {
			this.connection.close();
		}

	}

}
