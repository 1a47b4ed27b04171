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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.redis.RedisServer;
import io.github.socketioboot.demo.cluster.ClusterProcess.WorkerInfo;
import io.github.socketioboot.load.HostsApplication;
import io.socket.client.IO;
import io.socket.client.Socket;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two hosts with two workers each and one Redis, with clients of all workers that
 * broadcast numbers.
 */
class HostsIntegrationTests {

	private static final int WORKERS = 2;

	private static final int CLIENTS_PER_HOST = 4;

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

	private RedisServer redis;

	private List<ClusterProcess> hosts = List.of();

	private final List<Client> clients = new ArrayList<>();

	@BeforeEach
	void start() throws Exception {
		this.redis = RedisServer.startOwn();
		this.hosts = IntStream.range(0, 2)
			.mapToObj((i) -> ClusterProcess.application(HostsApplication.class)
				.instances(Integer.toString(WORKERS))
				.with("--socketio.cluster.adapter=redis", "--spring.data.redis.port=" + this.redis.port(),
						"--socketio.limits.events-per-second=0")
				.start())
			.toList();
		for (ClusterProcess host : this.hosts) {
			host.awaitReady(WORKERS);
		}
		// As soon as workers that are not the first of their hosts follow these
		await().atMost(ClusterProcess.LIMIT).until(() -> patterns() == this.hosts.size());
		for (int i = 0; i < CLIENTS_PER_HOST; i++) {
			this.clients.add(new Client(this.hosts.get(0), "moved" + i));
			this.clients.add(new Client(this.hosts.get(1), "stays" + i));
		}
		for (ClusterProcess host : this.hosts) {
			await().atMost(ClusterProcess.LIMIT)
				.until(() -> host.workers().stream().allMatch((worker) -> worker.sockets() > 0));
		}
	}

	@AfterEach
	void stop() {
		this.clients.forEach(Client::close);
		this.hosts.forEach(ClusterProcess::close);
		this.redis.close();
	}

	@Test
	void broadcastsArriveOnceAndInOrderWhileTheWorkersOfAHostAreReplaced() throws Exception {
		ClusterProcess reloaded = this.hosts.get(0);
		try (Load load = new Load(this.clients)) {
			load.awaitMore(100);
			reloaded.signal("HUP");
			await().atMost(ClusterProcess.LIMIT)
				.until(() -> "done"
					.equals(reloaded.get("/actuator/socketio").path("reload").path("state").asString("")));
			reloaded.awaitReady(WORKERS);
			load.awaitMore(100);
		}
		assertThat(this.clients.stream().filter((client) -> client.connections.size() > 1)).isNotEmpty();
		assertThatAllAreReached();
		for (Client client : this.clients) {
			for (List<Number> connection : client.connections) {
				client.assertAscending(connection);
				// What others send to the host is complete as long as a client is there
				client.assertComplete(connection, (origin) -> origin.startsWith("stays"));
			}
		}
		await().atMost(ClusterProcess.LIMIT).until(() -> patterns() == this.hosts.size());
	}

	@Test
	void aWorkerThatReadsForOthersIsKilled() throws Exception {
		ClusterProcess host = this.hosts.get(0);
		WorkerInfo victim = host.workers().get(0);
		try (Load load = new Load(this.clients)) {
			load.awaitMore(100);
			ClusterProcess.kill("KILL", Long.toString(victim.pid()));
			await().atMost(ClusterProcess.LIMIT)
				.until(() -> host.workers()
					.stream()
					.allMatch((worker) -> worker.pid() != victim.pid() && worker.state().equals("ready")));
			host.awaitReady(WORKERS);
			load.awaitMore(100);
		}
		assertThatAllAreReached();
		for (Client client : this.clients) {
			client.connections.forEach(client::assertAscending);
			if (client.name.startsWith("stays")) {
				client.assertComplete(client.connections.get(0), (origin) -> origin.startsWith("stays"));
			}
		}
		await().atMost(ClusterProcess.LIMIT).until(() -> patterns() == this.hosts.size());
	}

	private void assertThatAllAreReached() {
		for (Client sender : this.clients) {
			int last = sender.broadcast();
			for (Client client : this.clients) {
				await().atMost(ClusterProcess.LIMIT)
					.untilAsserted(() -> assertThat(client.numbers(sender.name)).as("%s from %s", client, sender)
						.contains(last));
			}
		}
	}

	/**
	 * Return how many subscriptions to broadcasts there are.
	 */
	private int patterns() {
		return this.redis.command("CLIENT LIST")
			.stream()
			.filter((line) -> line.contains(" psub="))
			.mapToInt((line) -> Integer.parseInt(line.replaceAll(".* psub=(\\d+).*", "$1")))
			.sum();
	}

	/**
	 * A number that was broadcast.
	 *
	 * @param origin name of the client that has asked for it
	 * @param value the number
	 */
	private record Number(String origin, int value) {

	}

	/**
	 * A client that keeps what it gets, by connection.
	 */
	private static final class Client implements AutoCloseable {

		final String name;

		final List<List<Number>> connections = new CopyOnWriteArrayList<>();

		private final Socket socket;

		private int sent;

		Client(ClusterProcess host, String name) throws Exception {
			this.name = name;
			IO.Options options = IO.Options.builder()
				.setForceNew(true)
				.setTransports(new String[] { "websocket" })
				.setReconnectionDelay(Duration.ofMillis(100).toMillis())
				.build();
			this.socket = IO.socket(URI.create(host.url()), options);
			CompletableFuture<Void> connected = new CompletableFuture<>();
			this.socket.on(Socket.EVENT_CONNECT, (args) -> {
				this.connections.add(new ArrayList<>());
				connected.complete(null);
			});
			this.socket.on("number", (args) -> {
				List<Number> connection = this.connections.get(this.connections.size() - 1);
				synchronized (connection) {
					connection.add(new Number((String) args[0], (Integer) args[1]));
				}
			});
			this.socket.connect();
			connected.get(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
		}

		synchronized int broadcast() {
			int number = this.sent++;
			this.socket.emit("do",
					new JSONObject(Map.of("kind", "emit", "event", "number", "args", List.of(this.name, number))));
			return number;
		}

		List<Integer> numbers(String origin) {
			return this.connections.stream().flatMap((connection) -> numbers(connection, origin).stream()).toList();
		}

		private static List<Integer> numbers(List<Number> connection, String origin) {
			synchronized (connection) {
				return connection.stream()
					.filter((number) -> number.origin().equals(origin))
					.map(Number::value)
					.toList();
			}
		}

		private static List<String> origins(List<Number> connection) {
			synchronized (connection) {
				return connection.stream().map(Number::origin).distinct().toList();
			}
		}

		void assertAscending(List<Number> connection) {
			for (String origin : origins(connection)) {
				assertThat(numbers(connection, origin)).as("%s from %s", this, origin)
					.isSorted()
					.doesNotHaveDuplicates();
			}
		}

		void assertComplete(List<Number> connection, Predicate<String> origins) {
			for (String origin : origins(connection)) {
				if (origins.test(origin)) {
					List<Integer> numbers = numbers(connection, origin);
					int first = numbers.get(0);
					assertThat(numbers).as("%s from %s", this, origin)
						.isEqualTo(IntStream.range(first, first + numbers.size()).boxed().toList());
				}
			}
		}

		@Override
		public void close() {
			this.socket.close();
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/**
	 * Lets clients broadcast, until it is closed.
	 */
	private static final class Load implements AutoCloseable {

		private final List<Client> clients;

		private final Thread thread = new Thread(this::run, "load");

		private volatile boolean running = true;

		private volatile int rounds;

		Load(List<Client> clients) {
			this.clients = clients;
			this.thread.start();
		}

		private void run() {
			while (this.running) {
				for (Client client : this.clients) {
					if (client.socket.connected()) {
						client.broadcast();
					}
				}
				this.rounds++;
				LockSupport.parkNanos(PAUSE_NANOS);
			}
		}

		void awaitMore(int count) {
			int enough = this.rounds + count;
			await().atMost(ClusterProcess.LIMIT).until(() -> this.rounds >= enough);
		}

		@Override
		public void close() throws InterruptedException {
			this.running = false;
			this.thread.join(ClusterProcess.LIMIT.toMillis());
			assertThat(this.thread.isAlive()).isFalse();
		}

	}

}
