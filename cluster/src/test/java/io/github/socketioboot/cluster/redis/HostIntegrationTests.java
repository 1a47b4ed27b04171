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

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.primary.RelayCluster;
import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.github.socketioboot.engine.adapter.AdapterSocket;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.adapter.FakeSocket;
import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.netty.channel.DefaultEventLoop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the workers of two hosts with a real relay each, over a real Redis.
 */
class HostIntegrationTests {

	/**
	 * For what takes long only on a machine that is very busy.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final ClusterConfig CONFIG = new ClusterConfig(Duration.ofSeconds(30), Duration.ofSeconds(10),
			Duration.ofMinutes(1));

	private static final int MAX_WORKERS = 8;

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final DefaultEventLoop eventLoop = new DefaultEventLoop();

	private final EngineLoop loop = new EngineLoop(0, this.eventLoop);

	private final List<TestWorker> workers = new CopyOnWriteArrayList<>();

	private final Map<String, Integer> started = new HashMap<>();

	private RedisServer redis;

	private RelayCluster hostA;

	private RelayCluster hostB;

	private LettuceConnectionFactory plain;

	@BeforeEach
	void start() {
		this.redis = RedisServer.startOwn();
		this.hostA = new RelayCluster(MAX_WORKERS, "aaaaaaaa");
		this.hostB = new RelayCluster(MAX_WORKERS, "bbbbbbbb");
		this.plain = connections();
	}

	@AfterEach
	void stop() {
		this.workers.forEach(TestWorker::close);
		this.hostA.close();
		this.hostB.close();
		this.plain.destroy();
		this.redis.close();
		this.eventLoop.shutdownGracefully(0, 5, TimeUnit.SECONDS);
		this.eventLoop.terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS);
	}

	@Test
	void oneWorkerOfEachHostReadsBroadcasts() {
		startTwoHosts();
		await().atMost(LIMIT).untilAsserted(() -> assertThat(patterns()).isEqualTo(2));
		assertThat(this.workers).allMatch((worker) -> get(worker.adapter) == 4);
		for (TestWorker worker : this.workers) {
			worker.broadcast();
		}
		for (TestWorker worker : this.workers) {
			await().atMost(LIMIT).untilAsserted(() -> assertThat(worker.socket.received).hasSize(4));
		}
		this.workers.get(0).close();
		await().atMost(LIMIT).until(() -> this.workers.get(1).readings() == 1);
		await().atMost(LIMIT).untilAsserted(() -> assertThat(patterns()).isEqualTo(2));
	}

	@Test
	void everyWorkerGetsEverythingOnceWhileWorkersComeAndGo() throws Exception {
		startTwoHosts();
		try (Load load = new Load()) {
			load.awaitMore(200);
			for (int i = 0; i < 4; i++) {
				TestWorker next = start(this.hostA, "A");
				next.awaitUp();
				next.since = load.begun();
				load.awaitMore(100);
				TestWorker oldest = this.workers.stream()
					.filter((worker) -> worker.host.equals("A") && !worker.closed)
					.findFirst()
					.orElseThrow();
				oldest.until = load.sent();
				// What other workers of its host have sent it may still be on its way
				await().atMost(LIMIT).untilAsserted(oldest::assertComplete);
				oldest.close();
				load.awaitMore(100);
			}
			load.stop();
			for (TestWorker worker : this.workers) {
				if (!worker.closed) {
					worker.until = load.sent();
				}
			}
		}
		for (TestWorker worker : this.workers) {
			await().atMost(LIMIT).untilAsserted(worker::assertComplete);
		}
	}

	@Test
	void aReaderThatIsKilledLeavesNothingTwiceAndTheOthersGoOn() throws Exception {
		startTwoHosts();
		start(this.hostA, "A").awaitUp();
		TestWorker reader = this.workers.get(0);
		await().atMost(LIMIT).until(() -> this.workers.get(4).readings() == 0);
		try (Load load = new Load()) {
			load.awaitMore(200);
			load.remove(reader);
			// As for others who lose both of a process at once
			this.hostA.kill(0);
			reader.kill();
			await().atMost(LIMIT).until(() -> this.workers.get(1).readings() == 1);
			await().atMost(LIMIT).until(() -> this.workers.get(4).readings() == 0);
			Map<String, Integer> numbers = load.begun();
			load.awaitMore(200);
			load.stop();
			Map<String, Integer> last = load.sent();
			for (TestWorker worker : this.workers.subList(1, 5)) {
				await().atMost(LIMIT).untilAsserted(() -> worker.assertAscending(numbers, last));
			}
		}
	}

	@Test
	void workersOfAHostReachEachOtherWithoutRedis() {
		startTwoHosts();
		this.redis.kill();
		TestWorker sender = this.workers.get(1);
		await().atMost(LIMIT).until(() -> !sender.node.isConnected());
		long failures = sender.node.statistics().publishFailures();
		sender.broadcast();
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.workers.get(0).socket.received).hasSize(1));
		await().atMost(LIMIT).until(() -> sender.node.statistics().publishFailures() > failures);
		assertThat(this.workers.get(2).socket.received).isEmpty();
		this.redis.restart();
		this.workers.forEach(TestWorker::awaitUp);
		await().atMost(LIMIT).untilAsserted(() -> assertThat(patterns()).isEqualTo(2));
		sender.broadcast();
		for (TestWorker worker : this.workers) {
			String last = "42[\"" + sender.name + "\",1]";
			await().atMost(LIMIT).untilAsserted(() -> assertThat(worker.socket.received).endsWith(last));
		}
	}

	private void startTwoHosts() {
		for (RelayCluster host : List.of(this.hostA, this.hostB)) {
			String name = (host == this.hostA) ? "A" : "B";
			start(host, name).awaitUp();
			TestWorker follower = start(host, name);
			follower.awaitUp();
			await().atMost(LIMIT).until(() -> follower.readings() == 0);
		}
	}

	private TestWorker start(RelayCluster host, String name) {
		TestWorker worker = new TestWorker(host, name, this.started.merge(name, 1, Integer::sum) - 1);
		this.workers.add(worker);
		worker.node.open();
		return worker;
	}

	private LettuceConnectionFactory connections() {
		LettuceConnectionFactory connections = new LettuceConnectionFactory(this.redis.host(), this.redis.port());
		connections.afterPropertiesSet();
		connections.start();
		return connections;
	}

	/**
	 * Return how many subscriptions to patterns there are.
	 */
	private int patterns() {
		return this.redis.command("CLIENT LIST")
			.stream()
			.filter((line) -> line.contains(" psub="))
			.mapToInt((line) -> Integer.parseInt(line.replaceAll(".* psub=(\\d+).*", "$1")))
			.sum();
	}

	private static int get(Adapter adapter) {
		return adapter.serverCount().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
	}

	/**
	 * A worker with one client.
	 */
	private final class TestWorker {

		final String host;

		final String name;

		final LettuceConnectionFactory connections = connections();

		final RedisNode node;

		final Adapter adapter;

		final FakeSocket socket;

		/** How many numbers of each origin were sent before this was ready. */
		Map<String, Integer> since = Map.of();

		/** How many were before this began to leave. */
		Map<String, Integer> until = Map.of();

		volatile boolean closed;

		/** How many numbers this has sent. */
		volatile int begun;

		volatile int sent;

		TestWorker(RelayCluster host, String name, int index) {
			this.host = name;
			this.name = name + index;
			this.node = new RedisNode(this.connections, RedisConfig.DEFAULT, CONFIG, host.transport(index));
			this.adapter = this.node.create(new QuietNamespace());
			this.socket = new FakeSocket("socket-" + this.name, HostIntegrationTests.this.loop);
			this.adapter.add(this.socket);
		}

		void awaitUp() {
			await().atMost(LIMIT).until(this.node::isConnected);
		}

		long readings() {
			return this.node.readings();
		}

		void broadcast() {
			BroadcastPacket packet = new BroadcastPacket(this.name, List.of(this.begun++), SocketPacket.NO_ID);
			this.adapter.broadcast(packet, BroadcastOptions.ALL);
			packet.release();
			this.sent++;
		}

		void kill() {
			this.connections.destroy();
			this.closed = true;
		}

		void close() {
			this.closed = true;
			assertThat(this.node.close().toCompletableFuture()).succeedsWithin(LIMIT);
			this.connections.destroy();
		}

		/**
		 * Return the numbers that have come, by origin.
		 */
		private Map<String, List<Integer>> numbers() {
			Map<String, List<Integer>> numbers = new HashMap<>();
			for (String packet : this.socket.received) {
				String[] parts = packet.split("[\\[\\],\"]+");
				numbers.computeIfAbsent(parts[1], (origin) -> new ArrayList<>()).add(Integer.parseInt(parts[2]));
			}
			return numbers;
		}

		void assertComplete() {
			Map<String, List<Integer>> numbers = numbers();
			this.until.forEach((origin, until) -> {
				List<Integer> received = numbers.getOrDefault(origin, List.of());
				if (until == 0 || origin.equals(this.name)) {
					return;
				}
				int since = this.since.getOrDefault(origin, 0);
				if (since == until) {
					return;
				}
				assertThat(received).as("%s from %s", this.name, origin).isNotEmpty();
				int first = received.get(0);
				assertThat(first).as("%s from %s", this.name, origin).isLessThanOrEqualTo(since);
				assertThat(received).as("%s from %s", this.name, origin)
					.hasSizeGreaterThanOrEqualTo(until - first)
					.isEqualTo(IntStream.range(first, first + received.size()).boxed().toList());
			});
		}

		void assertAscending(Map<String, Integer> from, Map<String, Integer> last) {
			Map<String, List<Integer>> numbers = numbers();
			last.forEach((origin, end) -> {
				List<Integer> received = numbers.getOrDefault(origin, List.of());
				assertThat(received).as("%s from %s", this.name, origin).doesNotHaveDuplicates().isSorted();
				assertThat(received).as("%s from %s", this.name, origin)
					.containsAll(IntStream.range(from.getOrDefault(origin, 0), end).boxed().toList());
			});
		}

	}

	/**
	 * Numbers from every worker and from one that is none, until it is closed.
	 */
	private final class Load implements AutoCloseable {

		private static final String PLAIN = "plain";

		private final Thread thread = new Thread(this::run, "load");

		private final RedisConnection connection = HostIntegrationTests.this.plain.getConnection();

		private final ClassicCodec codec = ClassicFixture.codec("/", "plain_");

		private final List<TestWorker> removed = new CopyOnWriteArrayList<>();

		private volatile boolean running = true;

		private volatile int begun;

		private volatile int sent;

		Load() {
			this.thread.start();
		}

		private void run() {
			while (this.running) {
				ClassicMessage message = ClassicFixture.broadcast(this.codec, "/", BroadcastOptions.ALL, PLAIN,
						this.begun++);
				this.connection.publish(ClassicFixture.utf8(message.channel()), message.bytes());
				this.sent++;
				for (TestWorker worker : HostIntegrationTests.this.workers) {
					synchronized (this.removed) {
						if (!worker.closed && worker.node.isConnected() && !this.removed.contains(worker)) {
							worker.broadcast();
						}
					}
				}
				LockSupport.parkNanos(PAUSE_NANOS);
			}
		}

		void remove(TestWorker worker) {
			synchronized (this.removed) {
				this.removed.add(worker);
			}
		}

		void awaitMore(int count) {
			int enough = this.sent + count;
			await().atMost(LIMIT).until(() -> this.sent >= enough);
		}

		/**
		 * Return which message of each is the first that nobody has begun to send.
		 */
		Map<String, Integer> begun() {
			return numbers(this.begun, (worker) -> worker.begun);
		}

		/**
		 * Return which message of each is the first that may not have been sent yet.
		 */
		Map<String, Integer> sent() {
			return numbers(this.sent, (worker) -> worker.sent);
		}

		private Map<String, Integer> numbers(int plain, ToIntFunction<TestWorker> number) {
			Map<String, Integer> numbers = new HashMap<>(Map.of(PLAIN, plain));
			HostIntegrationTests.this.workers.forEach((worker) -> numbers.put(worker.name, number.applyAsInt(worker)));
			return numbers;
		}

		void stop() throws InterruptedException {
			this.running = false;
			this.thread.join(LIMIT.toMillis());
			assertThat(this.thread.isAlive()).isFalse();
		}

		@Override
		public void close() throws InterruptedException {
			stop();
			this.connection.close();
		}

	}

	/**
	 * A namespace with sockets only.
	 */
	private static final class QuietNamespace implements AdapterNamespace {

		@Override
		public String name() {
			return "/";
		}

		@Override
		public SocketPacketEncoder encoder() {
			return ClassicFixture.ENCODER;
		}

		@Override
		public long nextAckId() {
			return 0;
		}

		@Override
		public int maxRoomsPerSocket() {
			return 1000;
		}

		@Override
		public @Nullable AdapterSocket socket(String id) {
			return null;
		}

		@Override
		public void refuseRooms() {
		}

		@Override
		public void onServerSideEmit(List<@Nullable Object> packet, @Nullable Consumer<@Nullable Object> answer) {
		}

	}

}
