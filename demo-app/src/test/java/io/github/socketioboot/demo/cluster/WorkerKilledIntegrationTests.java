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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.socketioboot.demo.cluster.ClusterProcess.WorkerInfo;
import io.github.socketioboot.interop.NodeProgram;
import io.github.socketioboot.load.LoadApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A worker is killed while clients are served.
 */
class WorkerKilledIntegrationTests {

	private static final int CLIENTS = 30;

	private static final int HANDSHAKES = 90;

	private static ClusterProcess cluster;

	@BeforeAll
	static void start() {
		NodeProgram.assumeAvailable();
		cluster = ClusterProcess.application(LoadApplication.class).instances("3").start().awaitReady(3);
	}

	@AfterAll
	static void stop() {
		if (cluster != null) {
			cluster.close();
		}
	}

	@Test
	void onlyItsOwnClientsNoticeAndComeBackAtOnce() {
		// Connections of their own: one that clients share is lost to all of them with
		// the
		// worker that has it at the moment
		try (ClusterClients clients = ClusterClients.start(cluster.url(), CLIENTS, "websocket,polling")) {
			clients.order("load", "50");
			JsonNode before = clients.order("settle");
			WorkerInfo victim = cluster.workers()
				.stream()
				.max(Comparator.comparingInt((worker) -> clientsOf(before, worker).size()))
				.orElseThrow();
			Set<Integer> its = clientsOf(before, victim);
			assertThat(its).isNotEmpty();
			ClusterProcess.kill("KILL", Long.toString(victim.pid()));
			await().atMost(ClusterProcess.LIMIT)
				.untilAsserted(() -> assertThat(clients.status().path("moved")).hasSize(its.size()));
			JsonNode after = clients.order("settle");
			assertThat(after.path("settled").asBoolean()).as("%s", after).isTrue();
			assertThat(after.path("moved").valueStream().map(JsonNode::asInt)).containsExactlyInAnyOrderElementsOf(its);
			// The first attempt succeeds, after the client's delay
			assertThat(after.path("errors")).as("%s", after).isEmpty();
			assertThat(after.path("lost").asInt()).isZero();
			WorkerInfo successor = awaitSuccessor(victim);
			assertThat(successor.restarts()).isPositive();
			cluster
				.awaitLine((line) -> line.contains("" + victim.pid()) && line.contains("9") && line.contains("KILL"));
			JsonNode end = clients.order("idle");
			assertThat(end.path("moved")).as("%s", end).hasSize(its.size());
		}
	}

	@Test
	void connectionsOnTheirWayToItAreServedByOthers() throws IOException {
		WorkerInfo victim = cluster.workers().get(0);
		ClusterProcess.kill("STOP", Long.toString(victim.pid()));
		List<HttpConnection> connections = new ArrayList<>();
		try {
			for (int i = 0; i < HANDSHAKES; i++) {
				HttpConnection connection = new HttpConnection(cluster.port());
				connections.add(connection);
				connection.send(HttpConnection.getHead(PollingSession.HANDSHAKE));
			}
			ClusterProcess.kill("KILL", Long.toString(victim.pid()));
			Set<String> workers = connections.stream()
				.map(WorkerKilledIntegrationTests::answeredBy)
				.filter(Objects::nonNull)
				.collect(Collectors.toSet());
			assertThat(workers).hasSizeBetween(2, 3);
		}
		finally {
			for (HttpConnection connection : connections) {
				connection.close();
			}
		}
		awaitSuccessor(victim);
	}

	@Test
	void aWorkerThatDoesNotAnswerIsReplaced() {
		WorkerInfo victim = cluster.workers().get(2);
		ClusterProcess.kill("STOP", Long.toString(victim.pid()));
		awaitSuccessor(victim);
	}

	private static Set<Integer> clientsOf(JsonNode status, WorkerInfo worker) {
		return IntStream.range(0, CLIENTS)
			.filter((client) -> status.path("by").get(client).asLong() == worker.pid())
			.boxed()
			.collect(Collectors.toSet());
	}

	private static String answeredBy(HttpConnection connection) {
		try {
			return PollingSession.sid(connection.answer()).substring(0, 4);
		}
		catch (IOException ex) {
			throw new AssertionError("A connection was lost", ex);
		}
	}

	private static WorkerInfo awaitSuccessor(WorkerInfo victim) {
		await().atMost(ClusterProcess.LIMIT).untilAsserted(() -> {
			List<WorkerInfo> workers = cluster.workers();
			assertThat(workers).hasSize(3).allMatch((worker) -> worker.state().equals("ready"));
			assertThat(workers).noneMatch((worker) -> worker.pid() == victim.pid());
		});
		return cluster.workers()
			.stream()
			.filter((worker) -> worker.index() == victim.index())
			.findFirst()
			.orElseThrow();
	}

}
