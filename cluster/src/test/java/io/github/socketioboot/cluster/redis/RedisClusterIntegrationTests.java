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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.FreePort;
import io.lettuce.core.cluster.SlotHash;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SpringRedisBus} with a Redis Cluster of two nodes.
 */
class RedisClusterIntegrationTests {

	/**
	 * For what takes long only on a machine that is very busy.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int SLOTS = 16384;

	private static final int CHANNELS = 20;

	/** Characters of the id of a node. */
	private static final int ID_LENGTH = 40;

	private final List<RedisServer> servers = new ArrayList<>();

	private final List<SpringRedisBus> buses = new ArrayList<>();

	private final List<LettuceConnectionFactory> factories = new ArrayList<>();

	@BeforeEach
	void startServers() {
		try (RedisServer server = RedisServer.startOwn()) {
			assumeThat(server.majorVersion()).as("Version of Redis, to be 7 for ports and slots of a cluster")
				.isGreaterThanOrEqualTo(7);
		}
		int busPort = FreePort.find();
		RedisServer first = start(busPort);
		RedisServer second = start(FreePort.find());
		first.command("CLUSTER ADDSLOTSRANGE 0 " + (SLOTS / 2 - 1));
		second.command("CLUSTER ADDSLOTSRANGE " + (SLOTS / 2) + " " + (SLOTS - 1));
		second.command("CLUSTER MEET " + first.host() + " " + first.port() + " " + busPort);
		this.servers.forEach((server) -> await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(server.command("CLUSTER INFO")).contains("cluster_state:ok",
					"cluster_known_nodes:2")));
	}

	@AfterEach
	void close() {
		try {
			this.buses.forEach((bus) -> assertThat(bus.close().toCompletableFuture()).succeedsWithin(LIMIT));
			this.factories.forEach(LettuceConnectionFactory::destroy);
		}
		finally {
			this.servers.forEach(RedisServer::close);
		}
	}

	@Test
	void reachesAndCountsSubscribersOfAllNodes() {
		List<String> received = new CopyOnWriteArrayList<>();
		for (RedisServer server : this.servers) {
			SpringRedisBus bus = bus(server);
			assertThat(bus
				.subscribe(Set.of("request"), Set.of("room*"),
						(channel, message) -> received.add(channel + new String(message, StandardCharsets.UTF_8)))
				.confirmed()
				.toCompletableFuture()).succeedsWithin(LIMIT);
		}
		SpringRedisBus sender = bus(this.servers.get(0));
		// Nodes pass messages on to each other, each in its own time
		assertThat(sender.isOrdered()).isFalse();
		assertThat(sender.subscribers("request").toCompletableFuture()).succeedsWithin(LIMIT).isEqualTo(2);
		sender.publish("request", "!".getBytes(StandardCharsets.UTF_8));
		sender.publish("room1", "?".getBytes(StandardCharsets.UTF_8));
		await().atMost(LIMIT)
			.untilAsserted(
					() -> assertThat(received).containsExactlyInAnyOrder("request!", "request!", "room1?", "room1?"));
	}

	@Test
	void reachesAndCountsSubscribersOfChannelsOfShards() {
		List<String> received = new CopyOnWriteArrayList<>();
		SpringRedisBus receiver = bus(this.servers.get(1), RedisProtocol.SHARDED);
		listen(receiver, received);
		SpringRedisBus sender = bus(this.servers.get(0), RedisProtocol.SHARDED);
		for (int i = 0; i < CHANNELS; i++) {
			assertThat(sender.subscribers("room" + i).toCompletableFuture()).succeedsWithin(LIMIT).isEqualTo(1);
			sender.publish("room" + i, bytes(i));
		}
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(received).containsExactlyInAnyOrderElementsOf(
					IntStream.range(0, CHANNELS).mapToObj((i) -> i + "=" + i).toList()));
		for (RedisServer server : this.servers) {
			assertThat(server.command("PUBSUB SHARDCHANNELS room*")).as("Channels of one node")
				.hasSizeBetween(3, 2 * CHANNELS);
		}
	}

	@Test
	void listensOnChannelsOfShardsAgainAfterConnectionsWereLost() {
		List<String> received = new CopyOnWriteArrayList<>();
		SpringRedisBus bus = bus(this.servers.get(0), RedisProtocol.SHARDED);
		listen(bus, received);
		this.servers.forEach((server) -> server.command("CLIENT KILL TYPE pubsub"));
		await().atMost(LIMIT).ignoreException(ConditionTimeoutException.class).untilAsserted(() -> {
			received.clear();
			for (int i = 0; i < CHANNELS; i++) {
				bus.publish("room" + i, bytes(i));
			}
			await().atMost(Duration.ofSeconds(2)).until(() -> received.size() >= CHANNELS);
		});
	}

	@Test
	void followsChannelsToAnotherShard() {
		List<String> received = new CopyOnWriteArrayList<>();
		SpringRedisBus bus = bus(this.servers.get(0), RedisProtocol.SHARDED);
		listen(bus, received);
		RedisServer first = this.servers.get(0);
		RedisServer second = this.servers.get(1);
		int slot = SlotHash.getSlot("room0");
		boolean ofFirst = slot < SLOTS / 2;
		String target = (ofFirst ? second : first).command("CLUSTER MYID")
			.stream()
			.filter((line) -> line.length() == ID_LENGTH)
			.findFirst()
			.orElseThrow();
		(ofFirst ? second : first).command("CLUSTER SETSLOT " + slot + " NODE " + target);
		(ofFirst ? first : second).command("CLUSTER SETSLOT " + slot + " NODE " + target);
		await().atMost(LIMIT).ignoreException(ConditionTimeoutException.class).untilAsserted(() -> {
			received.clear();
			bus.publish("room0", bytes(0));
			await().atMost(Duration.ofSeconds(2)).until(() -> received.contains("0=0"));
		});
	}

	private static void listen(SpringRedisBus bus, List<String> received) {
		for (int i = 0; i < CHANNELS; i++) {
			assertThat(bus
				.subscribe(Set.of("room" + i), Set.of(),
						(channel, message) -> received
							.add(channel.substring(4) + "=" + new String(message, StandardCharsets.UTF_8)))
				.confirmed()
				.toCompletableFuture()).succeedsWithin(LIMIT);
		}
	}

	private static byte[] bytes(int number) {
		return Integer.toString(number).getBytes(StandardCharsets.UTF_8);
	}

	private RedisServer start(int busPort) {
		RedisServer server = RedisServer.startOwn("--cluster-enabled", "yes", "--cluster-port",
				Integer.toString(busPort));
		this.servers.add(server);
		return server;
	}

	private SpringRedisBus bus(RedisServer server) {
		return bus(server, RedisProtocol.CLASSIC);
	}

	private SpringRedisBus bus(RedisServer server, RedisProtocol protocol) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisClusterConfiguration(List.of(server.host() + ":" + server.port())));
		factory.afterPropertiesSet();
		factory.start();
		this.factories.add(factory);
		SpringRedisBus bus = new SpringRedisBus(factory, protocol, "probe" + this.buses.size(), new NoStateListener());
		this.buses.add(bus);
		bus.open();
		await().atMost(LIMIT).until(bus::isUp);
		return bus;
	}

}
