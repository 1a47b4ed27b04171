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

import io.github.socketioboot.interop.NodeProgram;
import io.github.socketioboot.load.LoadApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is sent by one worker reaches the clients of all.
 */
class ClusterBroadcastIntegrationTests {

	private static final int CLIENTS = 15;

	private static ClusterProcess cluster;

	private static ClusterClients clients;

	@BeforeAll
	static void start() {
		NodeProgram.assumeAvailable();
		cluster = ClusterProcess.application(LoadApplication.class).instances("3").start().awaitReady(3);
		clients = ClusterClients.start(cluster.url(), CLIENTS, "websocket,polling,upgrade");
	}

	@AfterAll
	static void stop() {
		if (clients != null) {
			clients.close();
		}
		if (cluster != null) {
			cluster.close();
		}
	}

	@Test
	void broadcastsOfAllWorkersReachEveryClientOnceAndInOrder() {
		assertThat(ClusterClients.names(clients.status().path("workers"))).hasSize(3);
		JsonNode result = clients.order("publish", "100");
		assertThat(result.path("failures")).as("%s", result).isEmpty();
		assertThat(result.path("received").asInt()).isPositive().isEqualTo(result.path("expected").asInt());
	}

	@Test
	void answersOfAllClientsAreCollected() {
		assertThat(clients.order("ask", "ask-all").path("answer").asInt()).isEqualTo(CLIENTS);
	}

	@Test
	void socketsOfAllWorkersAreFound() {
		assertThat(clients.order("ask", "count").path("answer").asInt()).isEqualTo(CLIENTS);
	}

	@Test
	void healthTellsOfTheWholeHost() {
		await().atMost(ClusterProcess.LIMIT).untilAsserted(() -> {
			JsonNode details = cluster.health().at("/components/socketio/details");
			assertThat(details.path("role").asString()).isEqualTo("worker");
			assertThat(details.path("port").asInt()).isEqualTo(cluster.port());
			assertThat(details.path("members")).hasSize(3);
			assertThat(cluster.workers().stream().mapToInt(ClusterProcess.WorkerInfo::sockets).sum())
				.isEqualTo(CLIENTS);
		});
	}

}
