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

package io.github.socketioboot.autoconfigure.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.cluster.SocketIoClusterAutoConfiguration;
import io.github.socketioboot.autoconfigure.health.SocketIoHealthContributorAutoConfiguration;
import io.github.socketioboot.autoconfigure.metrics.SocketIoMetricsAutoConfiguration;
import io.github.socketioboot.cluster.redis.RedisNode;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SocketIoRedisAutoConfiguration}. The tests of the demo use a real
 * Redis.
 */
class SocketIoRedisAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class,
				SocketIoClusterAutoConfiguration.class, SocketIoRedisAutoConfiguration.class,
				SocketIoHealthContributorAutoConfiguration.class, SocketIoMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate");

	@ParameterizedTest
	@ValueSource(strings = { "auto", "none" })
	void nothingOfRedisIsThereUnlessAskedFor(String adapter) {
		away().withPropertyValues("socketio.cluster.adapter=" + adapter)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RedisNode.class));
	}

	@Test
	void otherAdaptersNeedNoSpringDataRedis() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.data.redis"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(EngineSocketIOServer.class));
	}

	@Test
	void serverIsServingWhileRedisIsAway() {
		away().withPropertyValues("socketio.cluster.adapter=redis").run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(RedisNode.class);
			assertThat(context.getBean(AdapterFactory.class)).isSameAs(context.getBean(RedisNode.class));
			InetSocketAddress address = new InetSocketAddress("127.0.0.1",
					context.getBean(EngineSocketIOServer.class).port());
			assertThat(address.getPort()).isPositive();
			await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				Health health = context.getBean("socketioHealthIndicator", HealthIndicator.class).health();
				assertThat(health).isNotNull();
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).containsEntry("role", "single")
					.containsEntry("adapter", "redis")
					.containsEntry("redis", "down")
					.containsEntry("degraded", true);
			});
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBeansOfType(MeterBinder.class).values().forEach((meters) -> meters.bindTo(registry));
			assertThat(registry.get("socketio.cluster.messages")
				.tags("direction", "out", "type", "broadcast")
				.functionCounter()
				.count()).isZero();
			assertThat(registry.get("socketio.cluster.dropped").functionCounters())
				.extracting((counter) -> counter.getId().getTag("reason"))
				.containsExactlyInAnyOrder("unreachable", "malformed", "foreign", "overflow");
		});
	}

	@Test
	void missingSpringDataRedisStopsTheStart() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.data.redis"))
			.withPropertyValues("socketio.cluster.adapter=redis")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("socketio.cluster.adapter")
				.hasMessageContaining("Spring Data Redis"));
	}

	@Test
	void missingConnectionStopsTheStart() {
		this.runner.withPropertyValues("socketio.cluster.adapter=redis")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("socketio.cluster.adapter")
				.hasMessageContaining("RedisConnectionFactory"));
	}

	@Test
	void shardedProtocolNeedsLettuce() {
		away().withPropertyValues("socketio.cluster.adapter=redis", "socketio.cluster.redis.protocol=sharded")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("socketio.cluster.redis.protocol")
				.hasMessageContaining("Lettuce"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "static", "dynamic", "dynamic-private" })
	void shardedProtocolStartsWithLettuce(String mode) {
		// Nobody listens there
		this.runner.withBean(RedisConnectionFactory.class, () -> new LettuceConnectionFactory("127.0.0.1", 1))
			.withPropertyValues("socketio.cluster.adapter=redis", "socketio.cluster.redis.protocol=sharded",
					"socketio.cluster.redis.subscription-mode=" + mode)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(RedisNode.class));
	}

	@Test
	void emptyKeyStopsTheStart() {
		away().withPropertyValues("socketio.cluster.adapter=redis", "socketio.cluster.redis.key= ")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("socketio.cluster.redis.key"));
	}

	@Test
	void serverThatIsToFailFastDoesNotStartWithoutRedis() {
		LettuceConnectionFactory connections = new LettuceConnectionFactory(unreachable());
		this.runner.withBean(RedisConnectionFactory.class, () -> connections)
			.withPropertyValues("socketio.cluster.adapter=redis", "socketio.cluster.redis.fail-fast=true")
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = new RedisUnavailableFailureAnalyzer().analyze(context.getStartupFailure());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains("Redis at 127.0.0.1:" + connections.getPort())
					.contains("socketio.cluster.redis.fail-fast")
					.doesNotContain("secret");
				assertThat(analysis.getAction()).contains("spring.data.redis")
					.contains("socketio.cluster.redis.fail-fast");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "auto", "none" })
	void otherAdaptersDoNotMindWhetherRedisIsThere(String adapter) {
		away().withPropertyValues("socketio.cluster.adapter=" + adapter, "socketio.cluster.redis.fail-fast=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RedisStartCheck.class));
	}

	@Test
	void serverThatIsToFailFastStartsWithRedis() {
		RedisConnection connection = Mockito.mock(RedisConnection.class);
		RedisConnectionFactory connections = Mockito.mock(RedisConnectionFactory.class, (invocation) -> connection);
		this.runner.withBean(RedisConnectionFactory.class, () -> connections)
			.withPropertyValues("socketio.cluster.adapter=redis", "socketio.cluster.redis.fail-fast=true")
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(RedisStartCheck.class)
				.matches(RedisStartCheck::isRunning));
	}

	private static RedisStandaloneConfiguration unreachable() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1",
					socket.getLocalPort());
			configuration.setPassword("secret");
			return configuration;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private ApplicationContextRunner away() {
		RedisConnectionFactory connections = Mockito.mock(RedisConnectionFactory.class, (invocation) -> {
			throw new RedisConnectionFailureException("away");
		});
		return this.runner.withBean(RedisConnectionFactory.class, () -> connections);
	}

}
