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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.redis.RedisServer;
import io.github.socketioboot.load.HostsApplication;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.socket.client.IO;
import io.socket.client.Socket;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Servers whose Redis goes and comes.
 */
class RedisFaultsIntegrationTests {

	private static final int EVENTS = 50;

	private static final Duration OUTAGE = Duration.ofSeconds(10);

	/**
	 * More bytes than a message may have.
	 */
	private static final int HUGE = (64 << 20) + 1;

	private static final String OF_ANOTHER_NAMESPACE = "93a178" + "83a47479706502a46461746191a165a36e7370a22f78"
			+ "83a5726f6f6d7390a665786365707490a5666c61677380";

	private static final String OF_AN_OLD_EMITTER = "92" + "83a47479706502a46461746191a165a36e7370a12f"
			+ "82a5726f6f6d7390a5666c61677380";

	private RedisServer redis;

	private List<ClusterProcess> servers = List.of();

	@BeforeEach
	void start() {
		this.redis = RedisServer.startOwn();
	}

	@AfterEach
	void stop() {
		this.servers.forEach(ClusterProcess::close);
		this.redis.close();
	}

	@Test
	void serversWithoutRedisServeTheirOwnClientsAndFindEachOtherWhenItComes() throws Exception {
		this.redis.kill();
		startServers();
		awaitRedis("down");
		try (Client sender = new Client(this.servers.get(0)); Client neighbour = new Client(this.servers.get(0))) {
			sender.broadcast(1);
			assertThat(neighbour.next()).isEqualTo(1);
			assertThat(sender.next()).isEqualTo(1);
		}
		this.redis.restart();
		awaitRedis("up");
		assertThatAllIsReached();
	}

	@Test
	void serverThatIsToFailFastEndsAndTellsWhereRedisIsMissing() {
		this.redis.kill();
		ClusterProcess server = ClusterProcess.application(HostsApplication.class)
			.with("--socketio.cluster.adapter=redis", "--socketio.cluster.redis.fail-fast=true",
					"--spring.data.redis.port=" + this.redis.port(), "--spring.data.redis.password=hidden-word")
			.start();
		this.servers = List.of(server);
		assertThat(server.exitCode()).isEqualTo(1);
		assertThat(server.allLines()).contains("APPLICATION FAILED TO START")
			.anyMatch((line) -> line.startsWith("Redis at localhost:" + this.redis.port() + " cannot be used"))
			.anyMatch((line) -> line.contains("'spring.data.redis'"))
			.noneMatch((line) -> line.contains("hidden-word"));
	}

	@Test
	void nothingStopsWhileRedisIsKilledUnderLoadAndReturns() throws Exception {
		startServers();
		awaitRedis("up");
		ClusterProcess server = this.servers.get(0);
		try (Client sender = new Client(server); Client neighbour = new Client(server)) {
			int sent;
			int sure;
			try (Load load = new Load(sender, neighbour)) {
				load.awaitBroadcasts(EVENTS);
				assertThat(dropped(server, "unreachable")).isZero();
				this.redis.kill();
				long killed = System.nanoTime();
				int before = load.broadcasts();
				awaitRedis("down");
				await().atMost(ClusterProcess.LIMIT).until(() -> System.nanoTime() - killed > OUTAGE.toNanos());
				load.awaitBroadcasts(before + EVENTS);
				load.close();
				sent = load.broadcasts();
				// The one that was on its way may have made it
				sure = sent - before - 1;
			}
			await().atMost(ClusterProcess.LIMIT)
				.untilAsserted(() -> assertThat(dropped(server, "unreachable")).isBetween(sure, sent));
			try (Load load = new Load(sender, neighbour)) {
				this.redis.restart();
				awaitRedis("up");
				load.awaitBroadcasts(load.broadcasts() + EVENTS);
			}
		}
		assertThatAllIsReached();
	}

	@Test
	void whatNobodyUnderstandsIsDroppedAndCounted() throws Exception {
		// Redis itself would drop who is sent more than it reads
		this.redis.command("CONFIG SET client-output-buffer-limit \"pubsub 0 0 0\"");
		startServers();
		awaitRedis("up");
		ClusterProcess server = this.servers.get(0);
		try (Client sender = new Client(server);
				Client neighbour = new Client(server);
				Client other = new Client(this.servers.get(1));
				Load load = new Load(sender, neighbour)) {
			load.awaitBroadcasts(1);
			int published = publishGarbage();
			for (ClusterProcess any : this.servers) {
				await().atMost(ClusterProcess.LIMIT)
					.untilAsserted(() -> assertThat(dropped(any, "malformed")).isEqualTo(published));
				assertThat(dropped(any, "overflow")).isZero();
				assertThat(any.health().at("/components/socketio/details/redis").asString()).isEqualTo("up");
			}
			load.awaitBroadcasts(load.broadcasts() + EVENTS);
			load.close();
			for (int i = 0; i < load.broadcasts(); i++) {
				assertThat(other.next()).isEqualTo(i);
			}
		}
		for (ClusterProcess any : this.servers) {
			assertThat(any.lines()).noneMatch(
					(line) -> line.contains(".cluster.") && (line.contains(" WARN ") || line.contains(" ERROR ")));
		}
	}

	/**
	 * Publish what is no message of a server.
	 * @return how many of them there were
	 */
	private int publishGarbage() {
		Random random = new Random(7);
		byte[] noise = new byte[1000];
		random.nextBytes(noise);
		noise[0] = (byte) 0x93;
		byte[] huge = new byte[HUGE];
		Arrays.fill(huge, (byte) 0x91);
		List<byte[]> garbage = List.of(new byte[0], bytes("x"), bytes("{"), bytes("{}"), noise,
				bytes("{\"uid\":\"x\",\"type\":99}"), HexFormat.of().parseHex(OF_ANOTHER_NAMESPACE),
				HexFormat.of().parseHex(OF_AN_OLD_EMITTER));
		RedisClient client = RedisClient.create("redis://127.0.0.1:" + this.redis.port());
		try {
			RedisCommands<byte[], byte[]> redis = client.connect(ByteArrayCodec.INSTANCE).sync();
			for (String channel : List.of("socket.io#/#", "socket.io-request#/#", "socket.io-response#/#")) {
				garbage.forEach((message) -> redis.publish(bytes(channel), message));
			}
			redis.publish(bytes("socket.io#/#"), huge);
			redis.publish(bytes("socket.io-request#/#"), bytes("{\"uid\":\"x\",\"requestId\":{},\"type\":5}"));
		}
		finally {
			client.shutdown(Duration.ZERO, ClusterProcess.LIMIT);
		}
		return 3 * garbage.size() + 2;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static int dropped(ClusterProcess server, String reason) {
		JsonNode meter = server.get("/actuator/metrics/socketio.cluster.dropped?tag=reason:" + reason);
		return meter.at("/measurements/0/value").asInt(-1);
	}

	@Test
	void nothingWaitsForRedisThatDoesNotAnswer() throws Exception {
		startServers();
		awaitRedis("up");
		try (Client sender = new Client(this.servers.get(0)); Client neighbour = new Client(this.servers.get(0))) {
			this.redis.suspend();
			IntStream.range(0, EVENTS).forEach(sender::broadcast);
			for (int i = 0; i < EVENTS; i++) {
				assertThat(neighbour.next()).isEqualTo(i);
			}
			awaitRedis("down");
			this.redis.resume();
			awaitRedis("up");
		}
		assertThatAllIsReached();
	}

	private void startServers() {
		this.servers = IntStream.range(0, 2)
			.mapToObj((i) -> ClusterProcess.application(HostsApplication.class)
				.with("--socketio.cluster.adapter=redis", "--spring.data.redis.port=" + this.redis.port(),
						"--socketio.balancer.affinity=other")
				.start())
			.toList();
		this.servers.forEach(ClusterProcess::awaitUp);
	}

	private void awaitRedis(String state) {
		for (ClusterProcess server : this.servers) {
			await().atMost(ClusterProcess.LIMIT).untilAsserted(() -> {
				JsonNode socketio = server.health().at("/components/socketio");
				assertThat(socketio.path("status").asString()).isEqualTo("UP");
				assertThat(socketio.at("/details/adapter").asString()).isEqualTo("redis");
				assertThat(socketio.at("/details/redis").asString()).as("%s", server).isEqualTo(state);
				assertThat(socketio.at("/details/degraded").asBoolean(false)).isEqualTo(!state.equals("up"));
			});
		}
	}

	private void assertThatAllIsReached() throws Exception {
		try (Client sender = new Client(this.servers.get(0)); Client other = new Client(this.servers.get(1))) {
			for (int i = 0; i < EVENTS; i++) {
				sender.broadcast(i);
				assertThat(other.next()).isEqualTo(i);
			}
			other.broadcast(-1);
			for (int i = 0; i < EVENTS; i++) {
				assertThat(sender.next()).isEqualTo(i);
			}
			assertThat(sender.next()).isEqualTo(-1);
		}
	}

	/**
	 * A client that broadcasts one number after the other, once its server has answered
	 * the one before and another client of that server has received it.
	 */
	private static final class Load implements AutoCloseable {

		private final AtomicInteger broadcasts = new AtomicInteger();

		private final CompletableFuture<Void> ended;

		private volatile boolean closed;

		Load(Client sender, Client neighbour) {
			this.ended = CompletableFuture.runAsync(() -> {
				while (!this.closed) {
					int number = this.broadcasts.get();
					sender.broadcast(number);
					assertThat(neighbour.next()).isEqualTo(number);
					assertThat(sender.next()).isEqualTo(number);
					this.broadcasts.incrementAndGet();
				}
			});
		}

		int broadcasts() {
			return this.broadcasts.get();
		}

		void awaitBroadcasts(int number) {
			await().atMost(ClusterProcess.LIMIT).until(() -> this.ended.isDone() || this.broadcasts.get() >= number);
			assertThat(this.ended).isNotCompletedExceptionally();
		}

		@Override
		public void close() {
			this.closed = true;
			assertThat(this.ended).succeedsWithin(ClusterProcess.LIMIT);
		}

	}

	/**
	 * A client that keeps the numbers it is sent.
	 */
	private static final class Client implements AutoCloseable {

		private final BlockingQueue<Integer> numbers = new LinkedBlockingQueue<>();

		private final Socket socket;

		Client(ClusterProcess server) throws Exception {
			IO.Options options = IO.Options.builder()
				.setForceNew(true)
				.setTransports(new String[] { "websocket" })
				.build();
			this.socket = IO.socket(URI.create(server.url()), options);
			CompletableFuture<Void> connected = new CompletableFuture<>();
			this.socket.on(Socket.EVENT_CONNECT, (args) -> connected.complete(null));
			this.socket.on("number", (args) -> this.numbers.add((Integer) args[0]));
			this.socket.connect();
			connected.get(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
		}

		void broadcast(int number) {
			this.socket.emit("do", new JSONObject(Map.of("kind", "emit", "event", "number", "args", List.of(number))));
		}

		Integer next() {
			try {
				return this.numbers.poll(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

		@Override
		public void close() {
			this.socket.close();
		}

	}

}
