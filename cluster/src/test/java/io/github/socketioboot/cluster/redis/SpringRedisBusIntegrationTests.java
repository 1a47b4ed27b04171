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

package io.github.socketioboot.cluster.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.redis.RedisBus.Subscription;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SpringRedisBus} with a real Redis.
 */
class SpringRedisBusIntegrationTests {

	/**
	 * For what takes long only on a machine that is very busy.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final List<Bus> buses = new ArrayList<>();

	private final String key = UUID.randomUUID().toString();

	private final List<String> received = new CopyOnWriteArrayList<>();

	private @Nullable RedisServer server;

	@BeforeEach
	void startServer() {
		this.server = RedisServer.startOwn();
	}

	@AfterEach
	void close() {
		try {
			this.buses.stream().filter((bus) -> !bus.closed).forEach(Bus::close);
		}
		finally {
			server().close();
		}
	}

	@ParameterizedTest
	@EnumSource
	void deliversMessagesInOrder(Client client) {
		Bus sender = bus(client);
		Bus receiver = bus(client);
		confirm(subscribe(receiver, "request", "a#"));
		for (int i = 0; i < 3000; i++) {
			sender.bus.publish(channel((i % 2 == 0) ? "request" : "a#"), bytes(Integer.toString(i)));
		}
		List<String> expected = IntStream.range(0, 3000)
			.mapToObj((i) -> channel((i % 2 == 0) ? "request" : "a#") + "=" + i)
			.toList();
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.received).hasSameSizeAs(expected));
		assertThat(this.received).isEqualTo(expected);
		assertThat(sender.lost).hasValue(0);
	}

	@ParameterizedTest
	@EnumSource
	void countsSubscribersButNotPatterns(Client client) {
		Bus first = bus(client);
		Bus second = bus(client);
		confirm(subscribe(first, "request", "other"));
		confirm(second.bus.subscribe(Set.of(channel("request"), channel("own")), Set.of(), this::receive));
		assertThat(first.bus.subscribers(channel("request")).toCompletableFuture()).succeedsWithin(LIMIT).isEqualTo(2);
		assertThat(first.bus.subscribers(channel("own")).toCompletableFuture()).succeedsWithin(LIMIT).isEqualTo(1);
		assertThat(first.bus.subscribers(channel("none")).toCompletableFuture()).succeedsWithin(LIMIT).isEqualTo(0);
	}

	@ParameterizedTest
	@EnumSource
	void subscribesAndUnsubscribesWhileItRuns(Client client) {
		Bus bus = bus(client);
		Subscription subscription = subscribe(bus, "a", "x1");
		confirm(subscription);
		confirm(bus.bus.subscribe(Set.of(channel("b")), Set.of(), this::receive));
		subscription.close();
		awaitSubscribers(bus, "a", 0);
		bus.bus.publish(channel("a"), bytes("1"));
		bus.bus.publish(channel("x1"), bytes("2"));
		bus.bus.publish(channel("b"), bytes("3"));
		await().atMost(LIMIT).until(() -> this.received.contains(channel("b=3")));
		confirm(bus.bus.subscribe(Set.of(channel("a")), Set.of(), this::receive));
		bus.bus.publish(channel("a"), bytes("4"));
		await().atMost(LIMIT).until(() -> this.received.contains(channel("a=4")));
		assertThat(this.received).containsExactly(channel("b=3"), channel("a=4"));
	}

	@ParameterizedTest
	@EnumSource
	void returnsAfterRedisWasKilled(Client client) {
		Bus bus = bus(client);
		confirm(subscribe(bus, "a", "x1"));
		server().kill();
		await().atMost(LIMIT).until(() -> !bus.bus.isUp());
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThatExceptionOfType(ClusterUnreachableException.class)
				.isThrownBy(() -> bus.bus.publish(channel("a"), bytes("lost"))));
		assertThat(bus.bus.subscribers(channel("a")).toCompletableFuture()).failsWithin(LIMIT)
			.withThrowableThat()
			.withCauseInstanceOf(ClusterUnreachableException.class);
		server().restart();
		await().atMost(LIMIT).until(bus.bus::isUp);
		bus.bus.publish(channel("a"), bytes("1"));
		bus.bus.publish(channel("x1"), bytes("2"));
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(this.received).containsExactly(channel("a=1"), channel("x1=2")));
		await().atMost(LIMIT).untilAsserted(() -> assertThat(bus.states).containsExactly("up", "down", "up"));
	}

	@ParameterizedTest
	@EnumSource
	void waitsForRedisAtStart(Client client) {
		server().kill();
		Bus bus = open(client);
		CompletionStage<Void> confirmed = bus.bus.subscribe(Set.of(channel("a")), Set.of(), this::receive).confirmed();
		await().atMost(LIMIT).untilAsserted(() -> assertThat(bus.states).containsExactly("down"));
		assertThatExceptionOfType(ClusterUnreachableException.class)
			.isThrownBy(() -> bus.bus.publish(channel("a"), bytes("lost")));
		assertThat(confirmed.toCompletableFuture()).isNotDone();
		server().restart();
		await().atMost(LIMIT).until(bus.bus::isUp);
		assertThat(confirmed.toCompletableFuture()).succeedsWithin(LIMIT);
		bus.bus.publish(channel("a"), bytes("1"));
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.received).containsExactly(channel("a=1")));
		await().atMost(LIMIT).untilAsserted(() -> assertThat(bus.states).containsExactly("down", "up"));
	}

	@ParameterizedTest
	@EnumSource
	void returnsAfterItsConnectionsWereKilled(Client client) {
		Bus bus = bus(client);
		confirm(subscribe(bus, "a", "x1"));
		server().command("CLIENT KILL TYPE pubsub");
		server().command("CLIENT KILL TYPE normal");
		await().atMost(LIMIT).untilAsserted(() -> {
			try {
				bus.bus.publish(channel("x1"), bytes("1"));
			}
			catch (ClusterUnreachableException ex) {
				throw new AssertionError(ex);
			}
			assertThat(this.received).contains(channel("x1=1"));
		});
		awaitSubscribers(bus, "a", 1);
		await().atMost(LIMIT).until(bus.bus::isUp);
	}

	@ParameterizedTest
	@EnumSource(names = { "LETTUCE", "LETTUCE_SHARDED" })
	void neverBlocksWhenRedisDoesNotAnswer(Client client) {
		Bus bus = bus(client);
		confirm(bus.bus.subscribe(Set.of(channel("a")), Set.of(), this::receive));
		server().suspend();
		byte[] message = new byte[1 << 16];
		AtomicInteger taken = new AtomicInteger();
		await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).untilAsserted(() -> {
			long start = System.nanoTime();
			try {
				assertThatExceptionOfType(ClusterUnreachableException.class).isThrownBy(() -> {
					bus.bus.publish(channel("a"), message);
					taken.incrementAndGet();
				});
			}
			finally {
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
			}
		});
		await().atMost(LIMIT).until(() -> !bus.bus.isUp());
		await().atMost(LIMIT).untilAsserted(() -> assertThat(bus.states).containsExactly("up", "down"));
		server().resume();
		await().atMost(LIMIT).until(bus.bus::isUp);
		bus.bus.publish(channel("a"), bytes("1"));
		await().atMost(LIMIT).until(() -> this.received.contains(channel("a=1")));
		await().atMost(LIMIT)
			.untilAsserted(
					() -> assertThat(this.received.size() - 1 + bus.lost.get()).isGreaterThanOrEqualTo(taken.get()));
	}

	@ParameterizedTest
	@EnumSource(names = { "LETTUCE", "LETTUCE_SHARDED" })
	void sendsWhatIsQueuedBeforeItEnds(Client client) {
		Bus receiver = bus(client);
		confirm(receiver.bus.subscribe(Set.of(channel("a")), Set.of(), this::receive));
		Bus bus = bus(client);
		for (int i = 0; i < 2000; i++) {
			bus.bus.publish(channel("a"), bytes("" + i));
		}
		bus.close();
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.received).hasSize(2000));
		assertThatExceptionOfType(ClusterUnreachableException.class)
			.isThrownBy(() -> bus.bus.publish(channel("a"), bytes("1")))
			.withMessage("The link to Redis is closed");
		awaitSubscribers(receiver, "probe" + this.buses.indexOf(bus), 0);
	}

	@ParameterizedTest
	@EnumSource(names = { "LETTUCE", "LETTUCE_SHARDED" })
	void passesOverMessagesThatItsListenerDoesNotLike(Client client) {
		Bus bus = bus(client);
		confirm(bus.bus.subscribe(Set.of(channel("a")), Set.of(), (channel, message) -> {
			if (message.length == 0) {
				throw new IllegalStateException("No message");
			}
			receive(channel, message);
		}));
		bus.bus.publish(channel("a"), new byte[0]);
		bus.bus.publish(channel("a"), bytes("1"));
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.received).containsExactly(channel("a=1")));
	}

	@ParameterizedTest
	@EnumSource(names = { "LETTUCE", "LETTUCE_SHARDED" })
	void countsWhatRedisRefuses(Client client) {
		Bus bus = bus(client);
		server().command("ACL SETUSER default resetchannels &" + channel("probe0"));
		bus.bus.publish(channel("a"), bytes("1"));
		await().atMost(LIMIT).untilAsserted(() -> assertThat(bus.lost).hasValue(1));
	}

	@Test
	void listensOnManyChannelsThatComeAndGo() {
		Bus bus = bus(Client.LETTUCE_SHARDED);
		int count = 2000;
		List<Subscription> subscriptions = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			subscriptions.add(bus.bus.subscribe(Set.of(channel("room" + i)), Set.of(), this::receive));
		}
		subscriptions.forEach(SpringRedisBusIntegrationTests::confirm);
		for (int i = 0; i < count; i += 2) {
			subscriptions.get(i).close();
		}
		await().atMost(LIMIT).untilAsserted(() -> assertThat(shardChannels("room")).hasSize(count / 2));
		// Coming back at once
		for (int i = 1; i < count; i += 2) {
			subscriptions.get(i).close();
			subscriptions.set(i, bus.bus.subscribe(Set.of(channel("room" + i)), Set.of(), this::receive));
		}
		for (int i = 1; i < count; i += 2) {
			confirm(subscriptions.get(i));
		}
		await().atMost(LIMIT).ignoreException(ConditionTimeoutException.class).untilAsserted(() -> {
			this.received.clear();
			bus.bus.publish(channel("room1"), bytes("1"));
			bus.bus.publish(channel("room" + (count - 1)), bytes("2"));
			await().atMost(Duration.ofSeconds(1)).until(() -> this.received.size() == 2);
		});
		assertThat(shardChannels("room")).hasSize(count / 2);
	}

	@Test
	void givesUpNoConnectionForChannelsThatComeAndGoWhileRedisIsAway() {
		Bus bus = bus(Client.LETTUCE_SHARDED);
		confirm(bus.bus.subscribe(Set.of(channel("a")), Set.of(), this::receive));
		server().kill();
		await().atMost(LIMIT).until(() -> !bus.bus.isUp());
		for (int i = 0; i < 20_000; i++) {
			bus.bus.subscribe(Set.of(channel("room" + i)), Set.of(), this::receive).close();
		}
		CompletionStage<Void> late = bus.bus.subscribe(Set.of(channel("late")), Set.of(), this::receive).confirmed();
		server().restart();
		await().atMost(LIMIT).until(bus.bus::isUp);
		assertThat(late.toCompletableFuture()).succeedsWithin(LIMIT);
		await().atMost(LIMIT).untilAsserted(() -> assertThat(shardChannels("")).hasSize(3));
	}

	@Test
	void saysWhenRedisIsTooOldForShards() {
		server().close();
		this.server = RedisServer.startOwn("--rename-command", "SPUBLISH", "", "--rename-command", "SSUBSCRIBE", "");
		Bus bus = open(Client.LETTUCE_SHARDED);
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(bus.reasons)
				.endsWith("It is older than version 7, which 'protocol: sharded' needs")
				.isSubsetOf("It does not answer", "It is older than version 7, which 'protocol: sharded' needs")
				.doesNotHaveDuplicates());
		assertThat(bus.bus.isUp()).isFalse();
	}

	private List<String> shardChannels(String prefix) {
		return server().command("PUBSUB SHARDCHANNELS " + channel(prefix) + "*")
			.stream()
			.filter((line) -> line.startsWith(this.key))
			.toList();
	}

	private RedisServer server() {
		assertThat(this.server).isNotNull();
		return this.server;
	}

	private Bus open(Client client) {
		Bus bus = new Bus(client, client.connect(server()), channel("probe" + this.buses.size()));
		this.buses.add(bus);
		bus.bus.open();
		return bus;
	}

	private Bus bus(Client client) {
		Bus bus = open(client);
		await().atMost(LIMIT).until(bus.bus::isUp);
		return bus;
	}

	/**
	 * Subscribe to a channel and, by a pattern if there are any, to another one.
	 */
	private Subscription subscribe(Bus bus, String channel, String other) {
		return (bus.client.protocol() == RedisProtocol.CLASSIC)
				? bus.bus.subscribe(Set.of(channel(channel)), Set.of(channel(other.substring(0, 1) + "*")),
						this::receive)
				: bus.bus.subscribe(Set.of(channel(channel), channel(other)), Set.of(), this::receive);
	}

	private String channel(String name) {
		return this.key + "#" + name;
	}

	private void receive(String channel, byte[] message) {
		this.received.add(channel + "=" + new String(message, StandardCharsets.UTF_8));
	}

	private void awaitSubscribers(Bus bus, String channel, int count) {
		await().atMost(LIMIT)
			.untilAsserted(
					() -> assertThat(bus.bus.subscribers(channel(channel)).toCompletableFuture()).succeedsWithin(LIMIT)
						.isEqualTo(count));
	}

	private static void confirm(Subscription subscription) {
		assertThat(subscription.confirmed().toCompletableFuture()).succeedsWithin(LIMIT);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Clients of Redis.
	 */
	enum Client {

		LETTUCE {

			@Override
			RedisConnectionFactory connect(RedisServer server) {
				LettuceConnectionFactory factory = new LettuceConnectionFactory(
						new RedisStandaloneConfiguration(server.host(), server.port()));
				factory.afterPropertiesSet();
				factory.start();
				return factory;
			}

		},

		LETTUCE_SHARDED {

			@Override
			RedisConnectionFactory connect(RedisServer server) {
				return LETTUCE.connect(server);
			}

			@Override
			RedisProtocol protocol() {
				return RedisProtocol.SHARDED;
			}

		},

		LETTUCE_SHARDED_RESP2 {

			@Override
			RedisConnectionFactory connect(RedisServer server) {
				LettuceConnectionFactory factory = new LettuceConnectionFactory(
						new RedisStandaloneConfiguration(server.host(), server.port()),
						LettuceClientConfiguration.builder()
							.clientOptions(ClientOptions.builder().protocolVersion(ProtocolVersion.RESP2).build())
							.build());
				factory.afterPropertiesSet();
				factory.start();
				return factory;
			}

			@Override
			RedisProtocol protocol() {
				return RedisProtocol.SHARDED;
			}

		},

		JEDIS {

			@Override
			RedisConnectionFactory connect(RedisServer server) {
				JedisConnectionFactory factory = new JedisConnectionFactory(
						new RedisStandaloneConfiguration(server.host(), server.port()));
				factory.afterPropertiesSet();
				factory.start();
				return factory;
			}

		};

		abstract RedisConnectionFactory connect(RedisServer server);

		RedisProtocol protocol() {
			return RedisProtocol.CLASSIC;
		}

	}

	/**
	 * A bus and what it tells.
	 */
	private static final class Bus implements RedisBus.StateListener {

		private final List<String> states = new CopyOnWriteArrayList<>();

		private final List<String> reasons = new CopyOnWriteArrayList<>();

		private final AtomicInteger lost = new AtomicInteger();

		private final Client client;

		private final RedisConnectionFactory factory;

		private final SpringRedisBus bus;

		private boolean closed;

		Bus(Client client, RedisConnectionFactory factory, String probeChannel) {
			this.client = client;
			this.factory = factory;
			this.bus = new SpringRedisBus(factory, client.protocol(), probeChannel, this);
		}

		@Override
		public void onUp() {
			this.states.add("up");
		}

		@Override
		public void onDown(String reason) {
			this.states.add("down");
			this.reasons.add(reason);
		}

		@Override
		public void onLost(int messages) {
			this.lost.addAndGet(messages);
		}

		void close() {
			this.closed = true;
			assertThat(this.bus.close().toCompletableFuture()).succeedsWithin(LIMIT);
			try {
				((DisposableBean) this.factory).destroy();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
