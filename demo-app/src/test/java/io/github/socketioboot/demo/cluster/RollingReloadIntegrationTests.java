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

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

import io.github.socketioboot.demo.cluster.ClusterProcess.WorkerInfo;
import io.github.socketioboot.interop.NodeProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The demo is reloaded while clients of all kinds are served. Its jar is a symbolic link.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollingReloadIntegrationTests {

	private static final int CLIENTS = 24;

	private static final int WORKERS = 2;

	private static JarVersions versions;

	private static ClusterProcess cluster;

	@BeforeAll
	static void start() throws IOException {
		NodeProgram.assumeAvailable();
		ClusterProcess.assumeBuilt();
		versions = new JarVersions();
		versions.use(versions.version("1"));
		cluster = ClusterProcess.jar(versions.link())
			.instances(Integer.toString(WORKERS))
			.with("--socketio.limits.events-per-second=0")
			.start()
			.awaitReady(WORKERS);
	}

	@AfterAll
	static void stop() {
		if (cluster != null) {
			cluster.close();
		}
		if (versions != null) {
			versions.close();
		}
	}

	@Test
	@Order(1)
	void serviceGoesOnWhileEveryWorkerIsReplaced() throws IOException {
		assertThat(version()).isEqualTo("1");
		List<Long> old = pids();
		try (ClusterClients clients = ClusterClients.start(cluster.url(), CLIENTS, "websocket,polling,pooled,upgrade");
				RestLoad rest = new RestLoad(cluster.httpPort(), "/api/worker", 4);
				RestLoad handshakes = new RestLoad(cluster.port(), PollingSession.HANDSHAKE, 2)) {
			clients.order("load", "50");
			versions.use(versions.version("2"));
			cluster.signal("HUP");
			awaitReload("done");
			cluster.awaitReady(WORKERS);
			// A client may have yet to notice that its connection has ended
			await().atMost(ClusterProcess.LIMIT)
				.untilAsserted(() -> assertThat(clients.status().path("moved")).hasSize(CLIENTS));
			JsonNode after = clients.order("settle");
			assertThat(pids()).doesNotContainAnyElementsOf(old);
			assertThat(version()).isEqualTo("2");
			assertThat(after.path("settled").asBoolean()).as("%s", after).isTrue();
			assertThat(after.path("moved").valueStream().map(JsonNode::asInt))
				.containsExactlyInAnyOrderElementsOf(IntStream.range(0, CLIENTS).boxed().toList());
			assertThat(after.path("errors")).as("refused attempts, %s", after).isEmpty();
			assertThat(after.at("/disconnects/transport close").asInt()).as("%s", after).isPositive();
			// What crosses the closing of its session may be answered by a reset
			assertThat(ClusterClients.names(after.path("disconnects"))).as("%s", after)
				.isSubsetOf("transport close", "transport error");
			assertThat(after.path("lost").asInt()).as("%s", after).isZero();
			assertThat(after.path("echoes").asInt()).isGreaterThan(CLIENTS);
			assertThat(rest.failures()).isEmpty();
			assertThat(rest.answers()).isPositive();
			assertThat(handshakes.failures()).isEmpty();
			assertThat(handshakes.answers()).isPositive();
		}
	}

	@Test
	@Order(2)
	void aVersionThatCannotStartIsNotTaken() throws IOException {
		List<Long> old = pids();
		try (ClusterClients clients = ClusterClients.start(cluster.url(), CLIENTS, "websocket,polling,pooled,upgrade");
				RestLoad rest = new RestLoad(cluster.httpPort(), "/api/worker", 2);
				RestLoad handshakes = new RestLoad(cluster.port(), PollingSession.HANDSHAKE, 2)) {
			clients.order("load", "50");
			versions.use(versions.broken());
			cluster.signal("HUP");
			JsonNode reload = awaitReload("aborted");
			assertThat(reload.path("reason").asString()).contains("exit code 1");
			cluster.awaitLine((line) -> line.contains("Reload") && line.contains("aborted"));
			assertThat(pids()).containsExactlyElementsOf(old);
			JsonNode after = clients.order("settle");
			assertThat(after.path("moved")).as("%s", after).isEmpty();
			assertThat(after.path("errors")).as("%s", after).isEmpty();
			assertThat(after.path("lost").asInt()).as("%s", after).isZero();
			assertThat(rest.failures()).isEmpty();
			assertThat(handshakes.failures()).isEmpty();
		}
	}

	@Test
	@Order(3)
	void theEndpointReloadsTheVersionThatIsMended() throws IOException {
		List<Long> old = pids();
		versions.use(versions.version("3"));
		assertThat(cluster.post("/actuator/socketio/reload", "{}").path("id").asInt()).isPositive();
		awaitReload("done");
		cluster.awaitReady(WORKERS);
		assertThat(pids()).doesNotContainAnyElementsOf(old);
		assertThat(version()).isEqualTo("3");
	}

	private static JsonNode awaitReload(String state) {
		return await().atMost(ClusterProcess.LIMIT)
			.until(() -> cluster.get("/actuator/socketio").path("reload"),
					(reload) -> state.equals(reload.path("state").asString("")));
	}

	private static List<Long> pids() {
		return cluster.workers().stream().map(WorkerInfo::pid).toList();
	}

	private static String version() throws IOException {
		try (HttpConnection connection = new HttpConnection(cluster.httpPort())) {
			return connection.get("/version.txt").body();
		}
	}

}
