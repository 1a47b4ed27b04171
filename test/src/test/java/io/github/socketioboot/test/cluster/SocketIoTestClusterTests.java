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

package io.github.socketioboot.test.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.socketioboot.engine.adapter.MissingResponsesException;
import io.github.socketioboot.test.chat.ChatApplication;
import io.github.socketioboot.test.chat.ChatHandler.Said;
import io.github.socketioboot.test.client.SocketIoTestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SocketIoTestCluster}: what an application sees of other nodes.
 */
class SocketIoTestClusterTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static SocketIoTestCluster cluster;

	private static SocketIoTestNode one;

	private static SocketIoTestNode two;

	@BeforeAll
	static void start() {
		cluster = SocketIoTestCluster.of(ChatApplication.class)
			.properties("socketio.cluster.heartbeat-timeout=1h", "spring.main.banner-mode=off")
			.start(2);
		one = cluster.node(0);
		two = cluster.node(1);
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@AfterEach
	void closeClients() {
		one.operations().disconnectSockets(true);
		await().atMost(LIMIT).until(() -> get(one.operations().fetchSockets()).isEmpty());
	}

	private static SocketIoTestClient connect(SocketIoTestNode node) {
		SocketIoTestClient client = node.client().withTimeout(LIMIT).connect();
		client.expectEvent("welcome");
		return client;
	}

	private static <T> T get(Future<T> future) throws InterruptedException, ExecutionException {
		try {
			return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void nodesHavePortsOfTheirOwnAndKnowEachOther() {
		assertThat(one.port()).isNotEqualTo(two.port());
		assertThat(one.members()).containsExactlyInAnyOrder("node-0", "node-1");
		assertThat(cluster.nodes()).startsWith(one, two);
	}

	@Test
	void broadcastsAndRoomsReachTheClientsOfAllNodes() throws Exception {
		SocketIoTestClient alice = connect(one);
		SocketIoTestClient bob = connect(two);
		alice.emit("say", "hello");
		assertThat(bob.expectEvent("said", Said.class)).isEqualTo(new Said(alice.id(), "hello"));
		two.operations().in(alice.id()).socketsJoin("chosen");
		await().atMost(LIMIT).until(() -> get(two.operations().in("chosen").fetchSockets()).size() == 1);
		two.operations().to("chosen").emit("only", 1);
		two.operations().emit("last");
		alice.expectEvent("only");
		bob.expectEvent("last");
		bob.expectNoEvent("only", Duration.ofMillis(1));
	}

	@Test
	void clientsOfAllNodesAnswer() throws Exception {
		SocketIoTestClient alice = connect(one);
		SocketIoTestClient bob = connect(two);
		Future<List<Object>> answers = one.operations().timeout(LIMIT).emitWithAck("name");
		alice.expectEvent("name").ack("alice");
		bob.expectEvent("name").ack("bob");
		assertThat(get(answers)).containsExactlyInAnyOrder("alice", "bob");
	}

	@Test
	void nodesAnswerEachOther() throws Exception {
		BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
		two.operations().onServerSideEmit("ask", (args, ack) -> {
			heard.add(args);
			ack.accept("yes");
		});
		assertThat(get(one.operations().serverSideEmitWithAck("ask", 1))).containsExactly("yes");
		assertThat(heard).hasSize(1);
	}

	@Test
	void nodeThatLeavesIsNotAwaited() throws Exception {
		SocketIoTestNode three = cluster.add();
		SocketIoTestClient carol = connect(three);
		assertThat(get(one.operations().fetchSockets())).hasSize(1);
		three.stop();
		assertThat(carol.expectDisconnect()).isNotEmpty();
		assertThat(one.members()).doesNotContain(three.id());
		assertThat(get(one.operations().fetchSockets())).isEmpty();
	}

	@Test
	void nodeThatDiesEndsRequestsByName() {
		SocketIoTestNode three = cluster.add();
		three.operations().onServerSideEmit("wait", (args, ack) -> {
		});
		two.operations().onServerSideEmit("wait", (args, ack) -> ack.accept("yes"));
		Future<List<Object>> answers = one.operations().timeout(Duration.ofHours(1)).serverSideEmitWithAck("wait");
		three.kill();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(answers))
			.havingCause()
			.isInstanceOfSatisfying(MissingResponsesException.class,
					(missing) -> assertThat(missing.nodes()).containsExactly(three.id()));
	}

	@Test
	void nodeThatDoesNotAnswerEndsRequestsByTheirTimeout() throws Exception {
		SocketIoTestClient bob = connect(two);
		two.isolate();
		try {
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> get(one.operations().timeout(Duration.ofMillis(300)).fetchSockets()))
				.havingCause()
				.isInstanceOfSatisfying(MissingResponsesException.class,
						(missing) -> assertThat(missing.nodes()).containsExactly(two.id()));
			assertThat(bob.emitWithAck("say", "still served").as(Said.class).text()).isEqualTo("still served");
		}
		finally {
			two.rejoin();
		}
		assertThat(get(one.operations().fetchSockets())).hasSize(1);
	}

	@Test
	void settingsWithoutSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> SocketIoTestCluster.of(ChatApplication.class).start(0));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SocketIoTestCluster.of(ChatApplication.class).properties("novalue"));
	}

}
