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

import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.TestClient;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

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
