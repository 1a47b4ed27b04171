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
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.redis.RedisServer;
import io.github.socketioboot.load.HostsApplication;
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
	void nothingStopsWhileRedisIsKilledAndReturns() throws Exception {
		startServers();
		awaitRedis("up");
		try (Client sender = new Client(this.servers.get(0)); Client neighbour = new Client(this.servers.get(0))) {
			this.redis.kill();
			IntStream.range(0, EVENTS).forEach(sender::broadcast);
			for (int i = 0; i < EVENTS; i++) {
				assertThat(neighbour.next()).isEqualTo(i);
			}
			awaitRedis("down");
			this.redis.restart();
			awaitRedis("up");
		}
		assertThatAllIsReached();
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
				.with("--socketio.cluster.adapter=redis", "--spring.data.redis.port=" + this.redis.port())
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

		Integer next() throws InterruptedException {
			return this.numbers.poll(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
		}

		@Override
		public void close() {
			this.socket.close();
		}

	}

}
