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

package io.github.socketioboot.engine.netty;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EnginePacketType;
import io.github.socketioboot.engine.protocol.EnginePackets;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionConfig;
import io.github.socketioboot.engine.transport.TransportName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link EngineServer} with an echo above its sessions.
 */
@Timeout(60)
class EngineServerIntegrationTests {

	private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();

	private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();

	private final EngineStatistics statistics = new EngineStatistics();

	private final HttpClient client = HttpClient.newHttpClient();

	private @Nullable EngineServer server;

	@AfterEach
	void stop() throws Exception {
		if (this.server != null) {
			this.server.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void echoesOverPolling() throws Exception {
		String base = start(SessionConfig.DEFAULT);
		String sid = pollingHandshake(base);
		assertThat(post(base, sid, "4hello").body()).isEqualTo("ok");
		assertThat(get(base + "&transport=polling&sid=" + sid).body()).isEqualTo("4hello");
	}

	@Test
	void echoesOverWebSocket() throws Exception {
		String base = start(SessionConfig.DEFAULT);
		RecordingListener listener = new RecordingListener();
		WebSocket socket = webSocket(base, "", listener);
		assertThat(listener.next()).startsWith("0{\"sid\":").contains("\"upgrades\":[]");
		socket.sendText("4hello", true);
		assertThat(listener.next()).isEqualTo("4hello");
		socket.sendText("4fra", false).join();
		socket.sendText("gments", true);
		assertThat(listener.next()).isEqualTo("4fragments");
		assertThat(this.statistics.sessions(TransportName.WEBSOCKET)).isOne();
	}

	@Test
	void upgradesFromWhateverLoopTheWebSocketComes() throws Exception {
		String base = start(SessionConfig.DEFAULT);
		for (int i = 0; i < 16; i++) {
			String sid = pollingHandshake(base);
			CompletableFuture<HttpResponse<String>> poll = getAsync(base + "&transport=polling&sid=" + sid);
			RecordingListener listener = new RecordingListener();
			WebSocket socket = webSocket(base, "&sid=" + sid, listener);
			socket.sendText("2probe", true).join();
			assertThat(listener.next()).isEqualTo("3probe");
			assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("6");
			socket.sendText("5", true).join();
			socket.sendText("4upgraded " + i, true).join();
			assertThat(listener.next()).isEqualTo("4upgraded " + i);
			socket.abort();
			assertThat(this.closed.poll(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.TRANSPORT_CLOSE);
		}
		assertThat(this.statistics.sessions(TransportName.WEBSOCKET)).isZero();
		assertThat(this.statistics.sessions(TransportName.POLLING)).isZero();
	}

	@Test
	void closesAClientThatDoesNotRead() throws Exception {
		SessionConfig config = new SessionConfig(Set.of(TransportName.POLLING, TransportName.WEBSOCKET), true, false,
				Duration.ofSeconds(25), Duration.ofSeconds(20), Duration.ofSeconds(10), 1_000_000, 256 * 1024);
		String base = start(config);
		pollingHandshake(base);
		Session session = this.sessions.poll(10, TimeUnit.SECONDS);
		EncodedPacket packet = EnginePackets.encode(EnginePacketType.MESSAGE, "x".repeat(100_000));
		session.loop().execute(() -> {
			for (int i = 0; i < 3; i++) {
				session.send(packet);
			}
			packet.release();
		});
		assertThat(this.closed.poll(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.SLOW_CONSUMER);
		assertThat(this.statistics.closed(CloseReason.SLOW_CONSUMER)).isOne();
	}

	@Test
	void drainsSpreadAndWithoutAPacketThatSendsClientsAway() throws Exception {
		String base = start(SessionConfig.DEFAULT);
		RecordingListener listener = new RecordingListener();
		webSocket(base, "", listener);
		assertThat(listener.next()).startsWith("0");
		this.sessions.clear();
		String sid = pollingHandshake(base);
		Session polling = this.sessions.poll(10, TimeUnit.SECONDS);
		CompletableFuture<HttpResponse<String>> poll = getAsync(base + "&transport=polling&sid=" + sid);
		// The session can write as soon as the poll has come
		await().until(polling::isWritable);
		CompletionStage<Void> drained = this.server.drain(Duration.ofSeconds(20), Duration.ofMillis(200));
		assertThat(getStatus(base + "&transport=polling")).isEqualTo(503);
		assertThat(getStatus(base.substring(0, base.indexOf("/socket.io")) + "/health")).isEqualTo(503);
		drained.toCompletableFuture().get(20, TimeUnit.SECONDS);
		assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("1");
		assertThat(listener.next()).isEqualTo("close 1005");
		assertThat(this.closed).containsExactly(CloseReason.SERVER_SHUTTING_DOWN, CloseReason.SERVER_SHUTTING_DOWN);
	}

	@Test
	void sessionsThatAreBeingOpenedWhenTheServerStopsEndWithIt() throws Exception {
		for (int round = 0; round < 20; round++) {
			String base = start(SessionConfig.DEFAULT);
			CompletableFuture<?>[] handshakes = new CompletableFuture<?>[8];
			for (int i = 0; i < handshakes.length; i++) {
				handshakes[i] = getAsync(base + "&transport=polling");
			}
			CompletableFuture.anyOf(handshakes).get(10, TimeUnit.SECONDS);
			this.server.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
			assertThat(this.closed).hasSameSizeAs(this.sessions);
			assertThat(this.server.sessions()).isZero();
		}
	}

	@Test
	void sessionsThatAreBeingOpenedWhenTheDrainBeginsDoNotHoldItUp() throws Exception {
		for (int round = 0; round < 10; round++) {
			String base = start(SessionConfig.DEFAULT).replace("http:", "ws:");
			CompletableFuture<?>[] handshakes = new CompletableFuture<?>[8];
			for (int i = 0; i < handshakes.length; i++) {
				handshakes[i] = this.client.newWebSocketBuilder()
					.buildAsync(URI.create(base + "&transport=websocket"), new RecordingListener());
			}
			CompletableFuture.anyOf(handshakes).get(10, TimeUnit.SECONDS);
			this.server.drain(Duration.ofMinutes(1), Duration.ZERO).toCompletableFuture().get(30, TimeUnit.SECONDS);
			stop();
			assertThat(this.closed).hasSameSizeAs(this.sessions);
		}
	}

	@Test
	void aDrainingServerLetsBalancersAskAnotherForSessionsThatItDoesNotKnow() throws Exception {
		String base = start(SessionConfig.DEFAULT);
		String elsewhere = base + "&transport=polling&sid=elsewhere";
		assertThat(getStatus(elsewhere)).isEqualTo(400);
		this.server.refuseSessions();
		assertThat(getStatus(elsewhere)).isEqualTo(503);
	}

	@Test
	void saysThatThePortIsTaken() throws Exception {
		String base = start(SessionConfig.DEFAULT);
		int port = URI.create(base).getPort();
		EngineServer second = server(port, SessionConfig.DEFAULT);
		assertThatThrownBy(() -> second.start().toCompletableFuture().get(10, TimeUnit.SECONDS))
			.isInstanceOf(ExecutionException.class)
			.hasCauseInstanceOf(BindException.class);
	}

	private String start(SessionConfig config) throws Exception {
		this.server = server(0, config);
		InetSocketAddress address = this.server.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
		return "http://127.0.0.1:" + address.getPort() + "/socket.io/?EIO=4";
	}

	private EngineServer server(int port, SessionConfig session) {
		ServerConfig defaults = ServerConfig.DEFAULT;
		ServerConfig config = new ServerConfig("127.0.0.1", port, defaults.path(), 2, defaults.cors(), null,
				defaults.limits(), defaults.httpCompressionThreshold(), false, false, defaults.healthPath(), null,
				session);
		return new EngineServer(config, (opened) -> {
			this.sessions.add(opened);
			return new EchoListener(opened, this.closed::add);
		}, null, Runnable::run, this.statistics);
	}

	private String pollingHandshake(String base) throws IOException, InterruptedException {
		HttpResponse<String> response = get(base + "&transport=polling");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).matches("0\\{\"sid\":\"[\\w-]{20}\",\"upgrades\":\\[\"websocket\"],.*}");
		return response.body().substring(9, 29);
	}

	private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
	}

	private int getStatus(String uri) throws IOException, InterruptedException {
		return get(uri).statusCode();
	}

	private CompletableFuture<HttpResponse<String>> getAsync(String uri) {
		return this.client.sendAsync(HttpRequest.newBuilder(URI.create(uri)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String base, String sid, String body) throws IOException, InterruptedException {
		URI uri = URI.create(base + "&transport=polling&sid=" + sid);
		return this.client.send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private WebSocket webSocket(String base, String parameters, RecordingListener listener) throws Exception {
		URI uri = URI.create(base.replace("http:", "ws:") + "&transport=websocket" + parameters);
		return this.client.newWebSocketBuilder().buildAsync(uri, listener).get(10, TimeUnit.SECONDS);
	}

	/**
	 * Keeps what it is told, text and end.
	 */
	private static final class RecordingListener implements WebSocket.Listener {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		String next() throws InterruptedException {
			String message = this.received.poll(10, TimeUnit.SECONDS);
			assertThat(message).as("a message in time").isNotNull();
			return message;
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.received.add(data.toString());
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
			this.received.add("close " + status);
			return null;
		}

	}

}
