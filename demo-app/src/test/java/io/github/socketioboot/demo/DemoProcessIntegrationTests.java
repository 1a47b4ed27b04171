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
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.interop.NodeProgram;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The demo as one process, from its jar, ended by a signal.
 */
@DisabledOnOs(OS.WINDOWS)
class DemoProcessIntegrationTests {

	private static final long LIMIT_SECONDS = 60;

	@BeforeAll
	static void needJar() {
		DemoProcess.assumeBuilt();
	}

	@ParameterizedTest
	@CsvSource({ "INT, 130", "TERM, 143" })
	void drainsOnASignal(String signal, int code) throws InterruptedException {
		try (DemoProcess demo = DemoProcess.start("--server.port=0", "--socketio.port=0",
				"--socketio.cluster.instances=1", "--socketio.drain.spread=100ms")) {
			int port = port(demo);
			BlockingQueue<String> overPolling = disconnects(port, Polling.NAME);
			BlockingQueue<String> overWebSocket = disconnects(port, WebSocket.NAME);
			awaitUp(demo, port, 2);
			demo.signal(signal);
			assertThat(demo.exitCode()).isEqualTo(code);
			assertThat(overPolling.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("transport close");
			// This client calls it an error when a WebSocket ends, whatever the reason
			assertThat(overWebSocket.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("transport error");
			assertThat(demo.output()).doesNotContain("WARN", "ERROR", "Exception");
		}
	}

	@Test
	void tellsJavaScriptClientsToComeBack() {
		NodeProgram.assumeAvailable();
		try (DemoProcess demo = DemoProcess.start("--server.port=0", "--socketio.port=0",
				"--socketio.cluster.instances=1", "--socketio.drain.spread=100ms")) {
			int port = port(demo);
			try (NodeProgram clients = NodeProgram.start("watch.js", "http://localhost:" + port)) {
				assertThat(events(clients)).allMatch("connect"::equals);
				awaitUp(demo, port, 2);
				demo.signal("INT");
				assertThat(events(clients)).allMatch("transport close"::equals);
			}
			assertThat(demo.exitCode()).isEqualTo(130);
		}
	}

	private static int port(DemoProcess demo) {
		// The web server is the first to start
		return await().atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
			.until(() -> demo.get("/api/endpoint").path("port").asInt(), (found) -> found > 0);
	}

	private static void awaitUp(DemoProcess demo, int port, int sockets) {
		await().atMost(LIMIT_SECONDS, TimeUnit.SECONDS).untilAsserted(() -> {
			JsonNode health = demo.get("/actuator/health");
			assertThat(health.get("status").asString()).isEqualTo("UP");
			JsonNode details = health.at("/components/socketio/details");
			assertThat(details.path("port").asInt()).isEqualTo(port);
			assertThat(details.path("sockets").asInt()).isEqualTo(sockets);
		});
	}

	private static List<String> events(NodeProgram clients) {
		return List.of(clients.requireLine().get("event").asString(), clients.requireLine().get("event").asString());
	}

	private static BlockingQueue<String> disconnects(int port, String transport) throws InterruptedException {
		Socket socket = IO.socket(URI.create("http://localhost:" + port),
				IO.Options.builder()
					.setForceNew(true)
					.setReconnection(false)
					.setTransports(new String[] { transport })
					.build());
		BlockingQueue<String> connects = new LinkedBlockingQueue<>();
		BlockingQueue<String> disconnects = new LinkedBlockingQueue<>();
		socket.on(Socket.EVENT_CONNECT, (args) -> connects.add("connect"));
		socket.on(Socket.EVENT_DISCONNECT, (args) -> disconnects.add((String) args[0]));
		socket.connect();
		assertThat(connects.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
		return disconnects;
	}

}
