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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.redis.RedisServer;
import io.github.socketioboot.interop.NodeProgram;
import io.github.socketioboot.load.HostsApplication;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server is killed while others, one of this project and one of Node.js, wait for its
 * answers.
 */
class MemberKilledIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private static final String REQUESTS = "socket.io-request#/#";

	private static final Map<String, Object> FETCH = Map.of("kind", "fetch", "timeout", TIMEOUT.toMillis());

	private static final Map<String, Object> ASK = Map.of("kind", "ask", "event", "question", "args", List.of("?"),
			"timeout", TIMEOUT.toMillis());

	private final List<AutoCloseable> closeables = new ArrayList<>();

	/** What the servers have asked each other. */
	private final List<String> requests = new CopyOnWriteArrayList<>();

	private RedisServer redis;

	private ClusterProcess victim;

	private MemberClient java;

	private MemberClient node;

	private MemberClient left;

	@BeforeEach
	void start() throws Exception {
		NodeProgram.assumeAvailable();
		this.redis = closing(RedisServer.startOwn());
		listen();
		ClusterProcess server = closing(server("java"));
		this.victim = server("victim");
		NodeMember nodeServer = closing(NodeMember.start(this.redis, "node", TIMEOUT));
		server.awaitUp();
		this.victim.awaitUp();
		this.java = closing(MemberClient.connect("java", server.url()));
		this.node = closing(MemberClient.connect("node", nodeServer.url()));
		this.left = closing(MemberClient.connect("victim", this.victim.url()));
		for (MemberClient client : List.of(this.java, this.node)) {
			await().atMost(ClusterProcess.LIMIT)
				.untilAsserted(() -> assertThat(ids(value(client.attempt(FETCH))))
					.containsExactlyInAnyOrder(this.java.id(), this.node.id(), this.left.id()));
		}
	}

	@AfterEach
	void stop() throws Exception {
		if (this.victim != null) {
			if (this.victim.isAlive()) {
				this.victim.signal("KILL");
			}
			this.victim.close();
		}
		for (int i = this.closeables.size() - 1; i >= 0; i--) {
			this.closeables.get(i).close();
		}
	}

	@Test
	void whoWaitsForItGetsWhatTheOthersHaveAnsweredAndNobodyWaitsForItLater() throws Exception {
		String survivor = this.java.id();
		String other = this.node.id();
		awaitTold(List.of(this.java));
		this.requests.clear();
		// It is a member still, but answers no more
		this.victim.signal("STOP");
		CompletableFuture<Map<String, @Nullable Object>> javaFetch = this.java.attempt(FETCH);
		CompletableFuture<Map<String, @Nullable Object>> javaAsk = this.java.attempt(ASK);
		CompletableFuture<Map<String, @Nullable Object>> nodeFetch = this.node.attempt(FETCH);
		CompletableFuture<Map<String, @Nullable Object>> nodeAsk = this.node.attempt(ASK);
		await().atMost(ClusterProcess.LIMIT).until(() -> asked(5) >= 2 && asked(7) >= 2);
		// What a server asks Redis is answered in order: the members are counted now
		awaitTold(List.of(this.java, this.node));
		this.victim.signal("KILL");
		await().atMost(ClusterProcess.LIMIT)
			.until(() -> this.redis.command("PUBSUB NUMSUB " + REQUESTS).contains(":2"));
		assertThat(this.left.disconnected()).succeedsWithin(ClusterProcess.LIMIT);

		assertThat(ids(value(this.java.attempt(FETCH)))).containsExactlyInAnyOrder(survivor, other);
		assertThat(ids(value(this.node.attempt(FETCH)))).containsExactlyInAnyOrder(survivor, other);
		assertThat(value(this.java.attempt(ASK))).asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsExactlyInAnyOrder("java", "node");
		assertThat(value(this.node.attempt(ASK))).asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsExactlyInAnyOrder("java", "node");

		Map<String, @Nullable Object> fetched = outcome(javaFetch);
		assertThat(fetched.get("error")).isEqualTo("timeout reached: only 1 responses received out of 2");
		assertThat(ids(fetched.get("responses"))).containsExactlyInAnyOrder(survivor, other);
		assertThat(outcome(nodeFetch).get("error"))
			.isEqualTo("timeout reached while waiting for fetchSockets response");
		for (CompletableFuture<Map<String, @Nullable Object>> ask : List.of(javaAsk, nodeAsk)) {
			Map<String, @Nullable Object> answered = outcome(ask);
			assertThat(answered.get("error")).asString().contains("timed out");
			assertThat(answered.get("responses")).asInstanceOf(InstanceOfAssertFactories.LIST)
				.containsExactlyInAnyOrder("java", "node");
		}
	}

	private ClusterProcess server(String name) {
		return ClusterProcess.application(HostsApplication.class)
			.with("--socketio.cluster.adapter=redis", "--spring.data.redis.port=" + this.redis.port(),
					"--test.server-name=" + name)
			.start();
	}

	private void listen() {
		RedisClient client = RedisClient.create("redis://127.0.0.1:" + this.redis.port());
		closing(() -> client.shutdown(Duration.ZERO, ClusterProcess.LIMIT));
		StatefulRedisPubSubConnection<String, String> connection = client
			.connectPubSub(new StringCodec(StandardCharsets.ISO_8859_1));
		connection.addListener(new RedisPubSubAdapter<String, String>() {

			@Override
			public void message(String pattern, String channel, String message) {
				MemberKilledIntegrationTests.this.requests.add(message);
			}

		});
		// Who subscribes to the channel itself is counted as a server
		connection.sync().psubscribe(REQUESTS + "*");
	}

	/**
	 * Have servers tell something, and wait until it has gone through Redis, after all
	 * that they had to say before.
	 */
	private void awaitTold(List<MemberClient> clients) throws Exception {
		for (MemberClient client : clients) {
			value(client.attempt(Map.of("kind", "tell", "args", List.of(client.toString()))));
		}
		await().atMost(ClusterProcess.LIMIT).until(() -> asked(6) >= clients.size());
	}

	/**
	 * Tell how many requests of a kind there were, in JSON or in MessagePack.
	 */
	private long asked(int type) {
		return this.requests.stream()
			.filter((request) -> request.contains("\"type\":" + type) || request.contains("type" + (char) type))
			.count();
	}

	private static Map<String, @Nullable Object> outcome(CompletableFuture<Map<String, @Nullable Object>> attempt)
			throws Exception {
		return attempt.get(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	private static @Nullable Object value(CompletableFuture<Map<String, @Nullable Object>> attempt) throws Exception {
		Map<String, @Nullable Object> outcome = outcome(attempt);
		assertThat(outcome).doesNotContainKey("error");
		return outcome.get("value");
	}

	private static List<Object> ids(@Nullable Object sockets) {
		assertThat(sockets).isInstanceOf(List.class);
		List<Object> ids = new ArrayList<>();
		((List<?>) sockets).forEach((socket) -> ids.add(String.valueOf(((Map<?, ?>) socket).get("id"))));
		return ids;
	}

	private <T extends AutoCloseable> T closing(T closeable) {
		this.closeables.add(closeable);
		return closeable;
	}

}
