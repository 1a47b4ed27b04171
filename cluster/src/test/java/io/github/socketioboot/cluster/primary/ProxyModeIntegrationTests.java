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

package io.github.socketioboot.cluster.primary;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import io.github.socketioboot.cluster.primary.HttpConnection.Answer;
import io.github.socketioboot.cluster.primary.PrimaryConfig.HandOff;
import io.github.socketioboot.engine.BufferLeakExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same clients and workers as where connections are handed over, through a proxy in
 * the primary.
 */
@ExtendWith(BufferLeakExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@EnabledOnOs(OS.LINUX)
class ProxyModeIntegrationTests {

	private static final int WORKERS = 2;

	private static final String PASSWORD = "changeit";

	private PrimaryFixture fixture;

	@BeforeAll
	void start() throws Exception {
		this.fixture = new PrimaryFixture(WORKERS, HandOff.PROXY, (config) -> config);
		this.fixture.start().awaitReady(WORKERS);
	}

	@AfterAll
	void stop() throws Exception {
		this.fixture.close();
	}

	@Test
	void bringsRequestsOfOneConnectionToTheirSessionsWorkers() throws Exception {
		Map<Integer, PollingSession> sessions = sessionOfEachWorker();
		try (HttpConnection connection = this.fixture.connect()) {
			for (int i = 0; i < 50; i++) {
				for (PollingSession session : sessions.values()) {
					assertThat(session.echo(connection, "hello " + i)).isEqualTo("hello " + i);
				}
			}
		}
	}

	@Test
	void tellsWorkersTheClientsAddress() throws Exception {
		for (int i = 0; i < 4; i++) {
			try (HttpConnection connection = this.fixture.connect()) {
				String client = "127.0.0.1:" + connection.socket().getLocalPort();
				assertThat(PollingSession.open(connection).echo(connection, "origin")).contains(client)
					.endsWith(" false");
			}
		}
	}

	@Test
	void tellsWorkersThatItProxies() throws Exception {
		assertThat(this.fixture.web("/host")).contains("descriptors=false");
	}

	@Test
	void answersUnknownSessionsThroughAWorker() throws Exception {
		try (HttpConnection connection = this.fixture.connect()) {
			Answer answer = connection.get(PollingSession.HANDSHAKE + "&sid=----0123456789abcdef");
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.body()).contains("\"code\":1");
			assertThat(PollingSession.open(connection).echo(connection, "a")).isEqualTo("a");
		}
	}

	@Test
	void tunnelsWebSockets() throws Exception {
		Messages messages = new Messages();
		WebSocket socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + this.fixture.port() + "/socket.io/?EIO=4&transport=websocket"),
					messages)
			.get(60, TimeUnit.SECONDS);
		assertThat(messages.take()).startsWith("0{\"sid\":");
		for (int i = 0; i < 50; i++) {
			String text = "4" + i + "x".repeat(i * 1000);
			socket.sendText(text, true).get(60, TimeUnit.SECONDS);
			assertThat(messages.take()).isEqualTo(text);
		}
		socket.sendText("4origin", true).get(60, TimeUnit.SECONDS);
		assertThat(messages.take()).contains("127.0.0.1:").endsWith(" false");
		socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(60, TimeUnit.SECONDS);
	}

	@Test
	void spreadsSessions() throws Exception {
		List<HttpConnection> connections = new ArrayList<>();
		Map<Integer, Integer> counts = new HashMap<>();
		try {
			for (int i = 0; i < 60; i++) {
				HttpConnection connection = this.fixture.connect();
				connections.add(connection);
				counts.merge(this.fixture.workerOf(PollingSession.open(connection).sid()), 1, Integer::sum);
			}
		}
		finally {
			for (HttpConnection connection : connections) {
				connection.close();
			}
		}
		assertThat(counts).hasSize(WORKERS);
		assertThat(counts.values()).allSatisfy((count) -> assertThat(count).isBetween(20, 40));
	}

	// Last, as it leaves more sessions on one worker than on the other
	@Test
	@Order(Integer.MAX_VALUE)
	void servesOnWhenAWorkerIsKilled() throws Exception {
		Map<Integer, PollingSession> sessions = sessionOfEachWorker();
		List<Integer> numbers = List.copyOf(sessions.keySet());
		PollingSession lost = sessions.get(numbers.get(0));
		PollingSession stays = sessions.get(numbers.get(1));
		try (HttpConnection connection = this.fixture.connect(); HttpConnection other = this.fixture.connect()) {
			long pid = Long.parseLong(lost.echo(connection, "pid"));
			connection.send(HttpConnection.getRequest(lost.target()));
			PrimaryFixture.signal(pid, "KILL");
			// Asked again elsewhere, where nobody knows the session
			assertThat(connection.read().status()).isBetween(400, 599);
			assertThat(stays.echo(other, "still here")).isEqualTo("still here");
			assertThat(PollingSession.open(connection).echo(connection, "again")).isEqualTo("again");
		}
	}

	@Test
	void endsTlsInThePrimary(@TempDir Path directory) throws Exception {
		KeyStore keys = keys(directory.resolve("keys.p12"));
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(keys, PASSWORD.toCharArray());
		SSLContext server = SSLContext.getInstance("TLS");
		server.init(own.getKeyManagers(), null, null);
		KeyStore known = KeyStore.getInstance("PKCS12");
		known.load(null, null);
		known.setCertificateEntry("server", keys.getCertificate(keys.aliases().nextElement()));
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(known);
		SSLContext client = SSLContext.getInstance("TLS");
		client.init(null, trusted.getTrustManagers(), null);
		try (PrimaryFixture encrypted = new PrimaryFixture(WORKERS, HandOff.AUTO,
				(config) -> withTls(config, server))) {
			encrypted.start().awaitReady(WORKERS);
			Map<Integer, PollingSession> sessions = new HashMap<>();
			try (HttpConnection connection = connect(client, encrypted.port())) {
				for (int i = 0; i < 100 && sessions.size() < WORKERS; i++) {
					PollingSession session = PollingSession.open(connection);
					sessions.put(encrypted.workerOf(session.sid()), session);
				}
				assertThat(sessions).hasSize(WORKERS);
				for (PollingSession session : sessions.values()) {
					assertThat(session.echo(connection, "origin"))
						.contains("127.0.0.1:" + connection.socket().getLocalPort())
						.endsWith(" true");
				}
			}
			Messages messages = new Messages();
			WebSocket socket = HttpClient.newBuilder()
				.sslContext(client)
				.build()
				.newWebSocketBuilder()
				.buildAsync(URI.create("wss://localhost:" + encrypted.port() + "/socket.io/?EIO=4&transport=websocket"),
						messages)
				.get(60, TimeUnit.SECONDS);
			assertThat(messages.take()).startsWith("0{\"sid\":");
			socket.sendText("4origin", true).get(60, TimeUnit.SECONDS);
			assertThat(messages.take()).contains("127.0.0.1:").endsWith(" true");
			socket.abort();
		}
	}

	private static HttpConnection connect(SSLContext client, int port) throws IOException {
		SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port);
		return new HttpConnection(socket);
	}

	private static PrimaryConfig withTls(PrimaryConfig config, SSLContext ssl) {
		return new PrimaryConfig(config.directory(), config.socketIo(), config.http(), config.management(),
				config.routing(), config.loadBalancing(), config.forwarding(), config.handOff(), config.headTimeout(),
				config.maxHeadSize(), config.idleTimeout(), config.workerTimeout(), config.healthPath(), ssl,
				config.link(), config.heartbeatInterval(), config.heartbeatTimeout(), config.supervisor());
	}

	private static KeyStore keys(Path file) throws Exception {
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		Process process = new ProcessBuilder(keytool.toString(), "-genkeypair", "-keyalg", "EC", "-dname",
				"CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-keystore", file.toString(), "-storetype",
				"PKCS12", "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(file)) {
			keys.load(input, PASSWORD.toCharArray());
		}
		return keys;
	}

	private Map<Integer, PollingSession> sessionOfEachWorker() throws IOException {
		Map<Integer, PollingSession> sessions = new HashMap<>();
		for (int i = 0; i < 100 && sessions.size() < WORKERS; i++) {
			try (HttpConnection connection = this.fixture.connect()) {
				PollingSession session = PollingSession.open(connection);
				sessions.put(this.fixture.workerOf(session.sid()), session);
			}
		}
		assertThat(sessions).hasSize(WORKERS);
		return sessions;
	}

	/**
	 * What a client gets over WebSocket.
	 */
	private static final class Messages implements WebSocket.Listener {

		private final BlockingQueue<String> complete = new LinkedBlockingQueue<>();

		private final StringBuilder part = new StringBuilder();

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.part.append(data);
			if (last) {
				this.complete.add(this.part.toString());
				this.part.setLength(0);
			}
			socket.request(1);
			return null;
		}

		String take() throws InterruptedException {
			String message = this.complete.poll(60, TimeUnit.SECONDS);
			assertThat(message).isNotNull();
			return message;
		}

	}

}
