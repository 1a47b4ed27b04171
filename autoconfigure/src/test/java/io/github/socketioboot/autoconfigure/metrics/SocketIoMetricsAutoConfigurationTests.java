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

package io.github.socketioboot.autoconfigure.metrics;

import java.time.Duration;
import java.util.Map;

import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.TestClient;
import io.github.socketioboot.autoconfigure.cluster.Hosts;
import io.github.socketioboot.cluster.ClusterNode;
import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.namespace.EventObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SocketIoMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoMetricsAutoConfiguration.class,
						MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
		.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate");

	@Test
	void serverIsMeasured() {
		this.runner.withBean(SimpleMeterRegistry.class).run((context) -> {
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			server.addConnectListener((client) -> client.joinRoom("room"));
			try (TestClient client = TestClient.connect(server.port())) {
				await().atMost(Duration.ofSeconds(30)).until(() -> registry.get("socketio.rooms").gauge().value() == 1);
				assertThat(gauge(registry, "socketio.connections", "transport", "websocket")).isEqualTo(1);
				assertThat(gauge(registry, "socketio.connections", "transport", "polling")).isZero();
				assertThat(gauge(registry, "socketio.sockets", "namespace", "/")).isEqualTo(1);
				assertThat(registry.get("socketio.outbound.bytes").functionCounter().count()).isPositive();
				assertThat(client.socket().connected()).isTrue();
			}
			await().atMost(Duration.ofSeconds(30))
				.until(() -> registry.get("socketio.disconnects")
					.functionCounters()
					.stream()
					.mapToDouble((counter) -> counter.count())
					.sum() == 1);
			assertThat(registry.get("socketio.refused").tag("reason", "event-rate").functionCounter().count()).isZero();
		});
	}

	@Test
	void eventsAndHandlersAreMeasured() {
		this.runner.withBean(SimpleMeterRegistry.class).run((context) -> {
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			server.addEventListener("known", String.class, (client, data, ack) -> {
				if (data.equals("bad")) {
					throw new IllegalStateException(data);
				}
				client.sendEvent("known", data);
			});
			try (TestClient client = TestClient.connect(server.port())) {
				client.socket().emit("known", "good");
				client.socket().emit("known", "bad");
				client.socket().emit("unknown", "x");
				await().atMost(Duration.ofSeconds(30))
					.untilAsserted(() -> assertThat(events(registry, "in", "other", "unhandled")).isEqualTo(1));
			}
			assertThat(events(registry, "in", "known", "success")).isEqualTo(1);
			assertThat(events(registry, "in", "known", "error")).isEqualTo(1);
			assertThat(events(registry, "out", "known", "success")).isEqualTo(1);
			assertThat(registry.get("socketio.handler").tag("event", "known").timer().count()).isEqualTo(2);
			assertThat(registry.find("socketio.events").tag("event", "unknown").counter()).isNull();
		});
	}

	@Test
	void whateverClientsSendThereAreNoMoreMeters() {
		this.runner.withBean(SimpleMeterRegistry.class).run((context) -> {
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			server.addEventListener("known", String.class, (client, data, ack) -> ack.sendAckData("done"));
			try (TestClient client = TestClient.connect(server.port())) {
				assertThat(client.ask("known", "x")).containsExactly("done");
				client.socket().emit("first unknown", "x");
				await().atMost(Duration.ofSeconds(30))
					.until(() -> events(registry, "in", EventObserver.OTHER, "unhandled") == 1);
				int meters = registry.getMeters().size();
				for (int i = 0; i < 50; i++) {
					client.socket().emit("made up " + i, "x");
					client.socket().emit("*", "x");
					client.socket().emit("known\n" + i + "\u0000", "x");
					try (TestClient refused = TestClient.begin(server.port(), "/made-up-" + i, Map.of())) {
						assertThat(refused.refusal()).isNotNull();
					}
				}
				await().atMost(Duration.ofSeconds(30))
					.until(() -> events(registry, "in", EventObserver.OTHER, "unhandled") == 151);
				assertThat(registry.get("socketio.refused").tag("reason", "namespace").functionCounter().count())
					.isEqualTo(50);
				assertThat(registry.getMeters()).hasSize(meters);
			}
		});
	}

	@Test
	void metersOfAWorkerAreTaggedAndThoseOfItsHostAreThere() {
		Worker worker = Mockito.mock(Worker.class);
		Mockito.when(worker.identity()).thenReturn(Hosts.IDENTITY);
		Mockito.when(worker.host()).thenReturn(Hosts.host(2, false, WorkerState.READY, WorkerState.READY));
		ClusterNode node = Mockito.mock(ClusterNode.class);
		Mockito.when(node.statistics()).thenReturn(new ClusterStatistics());
		Mockito.when(node.create(Mockito.any()))
			.thenAnswer((call) -> AdapterFactory.IN_MEMORY.create(call.getArgument(0)));
		this.runner.withBean(SimpleMeterRegistry.class)
			.withBean(Worker.class, () -> worker)
			.withBean(ClusterNode.class, () -> node)
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.get("socketio.rooms").tag("instance", "0").gauge().value()).isZero();
				assertThat(registry.get("socketio.workers").tag("state", "ready").gauge().value()).isEqualTo(2);
				assertThat(registry.get("socketio.cluster.messages")
					.tag("direction", "out")
					.tag("type", "broadcast")
					.functionCounter()
					.count()).isZero();
				assertThat(registry.get("socketio.cluster.latency").functionTimer().count()).isZero();
			});
	}

	private static double events(MeterRegistry registry, String direction, String event, String outcome) {
		Counter counter = registry.find("socketio.events")
			.tag("direction", direction)
			.tag("event", event)
			.tag("outcome", outcome)
			.counter();
		return (counter != null) ? counter.count() : 0;
	}

	@Test
	void namespacesThatAreAddedLaterAreMeasured() {
		this.runner.withBean(SimpleMeterRegistry.class).run((context) -> {
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			server.addNamespace("/later");
			assertThat(gauge(registry, "socketio.sockets", "namespace", "/later")).isZero();
			server.removeNamespace("/later");
			assertThat(gauge(registry, "socketio.sockets", "namespace", "/later")).isZero();
		});
	}

	@Test
	void metersAreLeftOutWithoutRegistryOrClasses() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoMetricsAutoConfiguration.class))
			.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketIoMeters.class));
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("socketIoMeters"));
	}

	private static double gauge(MeterRegistry registry, String name, String tag, String value) {
		return registry.get(name).tag(tag, value).gauge().value();
	}

}
