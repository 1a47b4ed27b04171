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

package io.github.socketioboot.autoconfigure.health;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.TestClient;
import io.github.socketioboot.autoconfigure.cluster.Hosts;
import io.github.socketioboot.cluster.ClusterNode;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SocketIoHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class,
				SocketIoHealthContributorAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class,
				AvailabilityProbesAutoConfiguration.class, HealthEndpointAutoConfiguration.class,
				HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class))
		.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate");

	@Test
	void runningServerIsUp() {
		this.runner.run((context) -> {
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			Health health = health(context.getBean(HealthContributorRegistry.class));
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("role", "single")
				.containsEntry("port", server.port())
				.containsEntry("sockets", 0)
				.containsEntry("draining", false)
				.hasSize(4);
		});
	}

	@Test
	void drainingServerIsOutOfServiceAndAStoppedOneDown() {
		this.runner.run((context) -> {
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			HealthContributorRegistry registry = context.getBean(HealthContributorRegistry.class);
			try (TestClient client = TestClient.connect(server.port())) {
				await().atMost(Duration.ofSeconds(30))
					.until(() -> Integer.valueOf(1).equals(health(registry).getDetails().get("sockets")));
				CompletableFuture<Void> drained = server.drain(Duration.ofSeconds(20), Duration.ZERO)
					.toCompletableFuture();
				Health draining = health(registry);
				assertThat(draining.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(draining.getDetails()).containsEntry("draining", true);
				drained.join();
			}
			server.stop();
			assertThat(health(registry).getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@ParameterizedTest(name = "{0} ready of {1}: {3}")
	@CsvSource({ "2, 2, false, UP, ", "1, 2, false, UP, true", "0, 2, false, DOWN, true",
			"2, 2, true, OUT_OF_SERVICE, " })
	void workerTellsTheStateOfItsHost(int ready, int instances, boolean draining, String status,
			@Nullable Boolean degraded) {
		WorkerState[] states = new WorkerState[instances];
		for (int i = 0; i < instances; i++) {
			states[i] = (i < ready) ? WorkerState.READY : WorkerState.BACKOFF;
		}
		Worker worker = Mockito.mock(Worker.class);
		Mockito.when(worker.host()).thenReturn(Hosts.host(instances, draining, states));
		ClusterNode node = Mockito.mock(ClusterNode.class);
		Mockito.when(node.adapter()).thenReturn("local");
		Mockito.when(node.isConnected()).thenReturn(true);
		Mockito.when(node.members()).thenReturn(Set.of("2@host", "1@host"));
		this.runner.withBean(Worker.class, () -> worker)
			.withBean("node", ClusterNode.class, () -> node, (definition) -> definition.setAutowireCandidate(true))
			.withBean("adapters", AdapterFactory.class, () -> AdapterFactory.IN_MEMORY,
					(definition) -> definition.setPrimary(true))
			.run((context) -> {
				Health health = health(context.getBean(HealthContributorRegistry.class));
				assertThat(health.getStatus().getCode()).isEqualTo(status);
				assertThat(health.getDetails()).containsEntry("role", "worker")
					.containsEntry("port", 9092)
					.containsEntry("sockets", 5)
					.containsEntry("draining", draining)
					.containsEntry("adapter", "local")
					.containsKey("members");
				assertThat(health.getDetails().get("degraded")).isEqualTo(degraded);
				assertThat(health.getDetails().get("members")).asInstanceOf(InstanceOfAssertFactories.ITERABLE)
					.asString()
					.isEqualTo("[1@host, 2@host]");
				assertThat(health.getDetails().get("workers")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(2);
			});
	}

	@Test
	void adapterOfTheApplicationIsNamed() {
		AdapterFactory unnamed = (namespace) -> AdapterFactory.IN_MEMORY.create(namespace);
		assertThat(adapter(worker(), new OwnAdapters())).isEqualTo("OwnAdapters");
		assertThat(adapter(worker(), unnamed)).isEqualTo("custom");
		assertThat(adapter(worker(), AdapterFactory.IN_MEMORY)).isEqualTo("none");
		assertThat(adapter(null, new OwnAdapters())).isEqualTo("OwnAdapters");
	}

	@Test
	void readinessGroupHasTheServer() {
		this.runner.withPropertyValues("management.endpoint.health.probes.enabled=true").run((context) -> {
			HealthEndpointGroup readiness = context.getBean(HealthEndpointGroups.class).get("readiness");
			assertThat(readiness).isNotNull();
			assertThat(readiness.isMember("socketio")).isTrue();
			assertThat(readiness.isMember("readinessState")).isTrue();
			assertThat(readiness.isMember("diskSpace")).isFalse();
			HealthEndpointGroup liveness = context.getBean(HealthEndpointGroups.class).get("liveness");
			assertThat(liveness).isNotNull();
			assertThat(liveness.isMember("socketio")).isFalse();
		});
	}

	@Test
	void membersThatTheApplicationConfiguresStayAsTheyAre() {
		this.runner
			.withPropertyValues("management.endpoint.health.probes.enabled=true",
					"management.endpoint.health.group.readiness.include=readinessState")
			.run((context) -> {
				HealthEndpointGroup readiness = context.getBean(HealthEndpointGroups.class).get("readiness");
				assertThat(readiness).isNotNull();
				assertThat(readiness.isMember("socketio")).isFalse();
			});
	}

	@Test
	void ownIndicatorReplacesTheConfiguredOne() {
		HealthIndicator own = () -> Health.unknown().build();
		this.runner.withBean("socketioHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketIoHealthIndicator.class));
	}

	@Test
	void healthIsLeftOutWhenDisabledOrAbsentOrWithoutServer() {
		this.runner.withPropertyValues("management.health.socketio.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketIoHealthIndicator.class));
		this.runner.withPropertyValues("socketio.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketIoHealthIndicator.class));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class,
					SocketIoHealthContributorAutoConfiguration.class))
			.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate")
			.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("socketioHealthIndicator"));
	}

	private @Nullable Object adapter(@Nullable Worker worker, AdapterFactory adapters) {
		AtomicReference<@Nullable Object> adapter = new AtomicReference<>();
		ApplicationContextRunner own = this.runner.withBean(AdapterFactory.class, () -> adapters);
		((worker != null) ? own.withBean(Worker.class, () -> worker) : own).run((context) -> adapter
			.set(health(context.getBean(HealthContributorRegistry.class)).getDetails().get("adapter")));
		return adapter.get();
	}

	private static Worker worker() {
		Worker worker = Mockito.mock(Worker.class);
		Mockito.when(worker.host()).thenReturn(Hosts.host(1, false, WorkerState.READY));
		return worker;
	}

	private static Health health(HealthContributorRegistry registry) {
		HealthIndicator indicator = (HealthIndicator) registry.getContributor("socketio");
		assertThat(indicator).isNotNull();
		return indicator.health();
	}

	/**
	 * Adapters that an application brings.
	 */
	private static final class OwnAdapters implements AdapterFactory {

		@Override
		public Adapter create(AdapterNamespace namespace) {
			return AdapterFactory.IN_MEMORY.create(namespace);
		}

	}

}
