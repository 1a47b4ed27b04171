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

package io.github.socketioboot.cluster;

import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.FakeSocket;
import io.github.socketioboot.engine.adapter.MissingResponsesException;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.adapter.SocketDetails.HandshakeDetails;
import io.github.socketioboot.engine.loop.EngineLoop;
import io.netty.channel.DefaultEventLoop;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every {@link ClusterAdapter} does, among four nodes.
 */
public abstract class ClusterAdapterContractTests {

	static final int NODES = 4;

	/**
	 * Of requests that not all answer: long enough for those that do, on a busy machine.
	 */
	static final long TIMEOUT = 4000;

	/**
	 * Times for members under test.
	 */
	protected static final ClusterConfig CONFIG = new ClusterConfig(Duration.ofSeconds(30), Duration.ofSeconds(2),
			Duration.ofMinutes(1));

	private final List<TestNode<TestMember>> nodes = new ArrayList<>();

	private final DefaultEventLoop eventLoop = new DefaultEventLoop();

	private final EngineLoop loop = new EngineLoop(0, this.eventLoop);

	/**
	 * Make members of one cluster.
	 * @param count how many
	 * @return the members, which the caller opens and closes
	 */
	protected abstract List<? extends TestMember> members(int count);

	/**
	 * Close what has connected the members, after these.
	 */
	protected abstract void disconnect();

	@BeforeEach
	void open() {
		List<? extends TestMember> members = members(NODES);
		for (int i = 0; i < NODES; i++) {
			this.nodes.add(new TestNode<>("n" + i, members.get(i), "/", this.loop));
		}
		this.nodes.forEach((node) -> node.node.open());
		eventually().until(() -> this.nodes.stream().allMatch((node) -> get(node.adapter.serverCount()) == NODES));
	}

	@AfterEach
	void close() {
		this.nodes.forEach((node) -> node.node.close());
		disconnect();
		this.eventLoop.shutdownGracefully(0, 5, TimeUnit.SECONDS);
		this.eventLoop.terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS);
	}

	static ConditionFactory eventually() {
		return Awaitility.await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofSeconds(30));
	}

	final TestNode<TestMember> node(int index) {
		return this.nodes.get(index);
	}

	final TestNode<TestMember> node(int index, String namespace) {
		TestNode<TestMember> node = new TestNode<>(namespace + index, node(index).node, namespace, this.loop);
		// Known once the namespace itself is reached by others
		get(node.adapter.serverCount());
		return node;
	}

	final void answer(@Nullable Object answer, int... nodes) {
		for (int node : nodes) {
			node(node).namespace.answers = (packet, taker) -> taker.accept(answer);
		}
	}

	private List<FakeSocket> socketOfEach(String... rooms) {
		return this.nodes.stream().map((node) -> node.socket(rooms)).toList();
	}

	static BroadcastOptions to(String... rooms) {
		return new BroadcastOptions(Set.of(rooms), Set.of(), false, false, 0);
	}

	private static BroadcastOptions except(String... rooms) {
		return new BroadcastOptions(Set.of(), Set.of(rooms), false, false, 0);
	}

	static BroadcastOptions timeout(long millis) {
		return new BroadcastOptions(Set.of(), Set.of(), false, false, millis);
	}

	private static BroadcastOptions local() {
		return new BroadcastOptions(Set.of(), Set.of(), true, false, 0);
	}

	static void received(FakeSocket socket, String... packets) {
		eventually().untilAsserted(() -> assertThat(socket.received).containsExactly(packets));
	}

	/**
	 * Wait until all that was sent before has been handled everywhere.
	 */
	final void settle() {
		for (TestNode<TestMember> sender : this.nodes) {
			BroadcastOptions nobody = to("nobody");
			get(sender.adapter.fetchSockets(nobody));
		}
		CompletableFuture<Void> loopDone = new CompletableFuture<>();
		this.loop.execute(() -> this.loop.execute(() -> loopDone.complete(null)));
		get(loopDone);
	}

	static <T extends @Nullable Object> T get(CompletableFuture<T> future) {
		return future.orTimeout(60, TimeUnit.SECONDS).join();
	}

	static MissingResponsesException missing(CompletableFuture<?> future) {
		try {
			Object result = future.get(60, TimeUnit.SECONDS);
			throw new AssertionError("Nothing is missing: " + result);
		}
		catch (ExecutionException ex) {
			return (MissingResponsesException) ex.getCause();
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void broadcastReachesEverySocketOnceFromEveryNode() {
		List<FakeSocket> sockets = socketOfEach();
		for (int i = 0; i < NODES; i++) {
			node(i).broadcast(BroadcastOptions.ALL, "e", i, "\u00e9\ud83d\ude00");
		}
		for (FakeSocket socket : sockets) {
			eventually().untilAsserted(() -> assertThat(socket.received).hasSize(NODES));
		}
		settle();
		for (FakeSocket socket : sockets) {
			assertThat(socket.received).containsExactlyInAnyOrder("42[\"e\",0,\"\u00e9\ud83d\ude00\"]",
					"42[\"e\",1,\"\u00e9\ud83d\ude00\"]", "42[\"e\",2,\"\u00e9\ud83d\ude00\"]",
					"42[\"e\",3,\"\u00e9\ud83d\ude00\"]");
		}
	}

	@Test
	void roomsAndExceptionsCountOnEveryNode() {
		List<FakeSocket> both = socketOfEach("a", "b");
		List<FakeSocket> one = socketOfEach("b");
		List<FakeSocket> none = socketOfEach();
		node(0).broadcast(to("a", "b"), "union");
		node(0).broadcast(new BroadcastOptions(Set.of("b"), Set.of("a"), false, false, 0), "without");
		node(0).broadcast(except("b"), "others");
		node(0).broadcast(to(one.get(2).id()), "single");
		node(0).broadcast(except(none.get(1).id(), "b"), "rest");
		settle();
		for (int i = 0; i < NODES; i++) {
			received(both.get(i), "42[\"union\"]");
		}
		received(one.get(1), "42[\"union\"]", "42[\"without\"]");
		received(one.get(2), "42[\"union\"]", "42[\"without\"]", "42[\"single\"]");
		received(none.get(1), "42[\"others\"]");
		received(none.get(2), "42[\"others\"]", "42[\"rest\"]");
	}

	@Test
	void attachmentsArriveAsTheyWere() {
		List<FakeSocket> sockets = socketOfEach();
		byte[] large = new byte[100_000];
		Arrays.fill(large, (byte) 7);
		node(1).broadcast(BroadcastOptions.ALL, "b", new byte[] { 1, 2, 3 }, Map.of("deep", large));
		for (FakeSocket socket : sockets) {
			received(socket,
					"452-[\"b\",{\"_placeholder\":true,\"num\":0}," + "{\"deep\":{\"_placeholder\":true,\"num\":1}}]");
			assertThat(socket.attachments.get(0)).containsExactly(1, 2, 3);
			assertThat(socket.attachments.get(1)).isEqualTo(large);
		}
	}

	@Test
	void volatileBroadcastMissesThoseThatAreNotReadyElsewhere() {
		FakeSocket busy = node(1).socket();
		FakeSocket ready = node(1).socket();
		busy.writable = false;
		node(0).broadcast(new BroadcastOptions(Set.of(), Set.of(), false, true, 0), "v");
		node(0).broadcast(BroadcastOptions.ALL, "all");
		received(ready, "42[\"v\"]", "42[\"all\"]");
		received(busy, "42[\"all\"]");
	}

	@Test
	void localOperationsStayOnTheirNode() {
		List<FakeSocket> sockets = socketOfEach();
		node(0).broadcast(local(), "e");
		node(0).adapter.joinAll(local(), List.of("room"));
		node(0).adapter.disconnectAll(local(), false);
		assertThat(get(node(0).adapter.fetchSockets(local()))).hasSize(1);
		RecordedAnswers answers = node(0)
			.broadcastWithAck(new BroadcastOptions(Set.of(), Set.of(), true, false, 10_000), "q");
		assertThat(answers.servers).isOne();
		settle();
		received(sockets.get(0), "42[\"e\"]", "420[\"q\"]");
		assertThat(sockets.get(0).disconnects).hasSize(1);
		assertThat(sockets.get(1).received).isEmpty();
		assertThat(sockets.get(1).rooms()).isEmpty();
		assertThat(sockets.get(2).disconnects).isEmpty();
	}

	@Test
	void broadcastsOfOneSenderKeepTheirOrder() throws Exception {
		List<FakeSocket> sockets = socketOfEach("room");
		int count = 200;
		List<Thread> threads = new ArrayList<>();
		for (int sender = 0; sender < NODES; sender++) {
			TestNode<TestMember> node = node(sender);
			int number = sender;
			threads.add(new Thread(() -> {
				for (int i = 0; i < count; i++) {
					node.broadcast((i % 2 == 0) ? BroadcastOptions.ALL : to("room"), "s" + number, i);
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join(60_000);
		}
		for (FakeSocket socket : sockets) {
			eventually().untilAsserted(() -> assertThat(socket.received).hasSize(NODES * count));
			for (int sender = 0; sender < NODES; sender++) {
				String prefix = "42[\"s" + sender + "\",";
				List<String> own = socket.received.stream().filter((packet) -> packet.startsWith(prefix)).toList();
				for (int i = 0; i < count; i++) {
					assertThat(own.get(i)).isEqualTo(prefix + i + "]");
				}
			}
		}
	}

	@Test
	void whoWasJoinedReceivesWhatIsSentNext() {
		List<FakeSocket> sockets = socketOfEach();
		for (int i = 0; i < 50; i++) {
			node(0).adapter.joinAll(BroadcastOptions.ALL, List.of("room" + i));
			node(0).broadcast(to("room" + i), "in", i);
			node(0).adapter.leaveAll(BroadcastOptions.ALL, List.of("room" + i));
			node(0).broadcast(to("room" + i), "out", i);
		}
		settle();
		for (FakeSocket socket : sockets) {
			assertThat(socket.received).hasSize(50).allMatch((packet) -> packet.startsWith("42[\"in\""));
			assertThat(socket.rooms()).isEmpty();
		}
	}

	@Test
	void socketsOfAllNodesAreMovedAndDisconnected() {
		List<FakeSocket> in = socketOfEach("a");
		List<FakeSocket> out = socketOfEach();
		node(2).adapter.joinAll(to("a"), List.of("b", "c"));
		node(2).adapter.leaveAll(except("none"), List.of("a"));
		node(2).adapter.disconnectAll(to("b"), true);
		node(2).adapter.disconnectAll(except("b"), false);
		settle();
		for (int i = 0; i < NODES; i++) {
			assertThat(in.get(i).rooms()).containsExactlyInAnyOrder("b", "c");
			assertThat(in.get(i).disconnects).containsExactly(true);
			assertThat(out.get(i).rooms()).isEmpty();
			assertThat(out.get(i).disconnects).containsExactly(false);
		}
	}

	@Test
	void socketsOfAllNodesAreDescribed() {
		List<FakeSocket> sockets = socketOfEach("a");
		socketOfEach();
		HandshakeDetails handshake = new HandshakeDetails(Map.of("user-agent", List.of("x", "y")), "10.1.2.3", true,
				true, 1_700_000_000_000L, "/socket.io/?EIO=4", Map.of("EIO", List.of("4")), Map.of("token", "\u00e9"));
		SocketDetails details = new SocketDetails(sockets.get(1).id(), handshake, Set.of("a", sockets.get(1).id()),
				Map.of("name", "n", "bytes", new byte[] { 1, 2 }, "list", List.of(1, true)));
		sockets.get(1).details = details;
		for (TestNode<TestMember> node : this.nodes) {
			List<SocketDetails> found = get(node.adapter.fetchSockets(to("a")));
			assertThat(found).extracting(SocketDetails::id)
				.containsExactlyInAnyOrderElementsOf(sockets.stream().map(FakeSocket::id).toList());
			SocketDetails same = found.stream()
				.filter((socket) -> socket.id().equals(details.id()))
				.findFirst()
				.orElseThrow();
			assertThat(same.handshake()).isEqualTo(handshake);
			assertThat(same.rooms()).isEqualTo(details.rooms());
			assertThat(same.data()).usingRecursiveComparison().isEqualTo(details.data());
			assertThat(same.data("name")).isEqualTo("n");
			assertThat(get(node.adapter.fetchSockets(BroadcastOptions.ALL))).hasSize(2 * NODES);
			assertThat(get(node.adapter.fetchSockets(to(sockets.get(2).id())))).hasSize(1);
		}
	}

	@Test
	void manySocketsAreDescribed() {
		int count = 2 * IncomingMessage.MAX_SOCKETS_PER_RESPONSE + 1;
		for (int i = 0; i < count; i++) {
			node(1).socket("many");
		}
		node(2).socket("many");
		assertThat(get(node(0).adapter.fetchSockets(to("many")))).hasSize(count + 1)
			.extracting(SocketDetails::id)
			.doesNotHaveDuplicates();
	}

	@Test
	void dataWithoutJsonDoesNotHideItsSocket() {
		FakeSocket one = node(1).socket();
		FakeSocket two = node(1).socket();
		SocketDetails plain = one.details();
		one.details = new SocketDetails(one.id(), plain.handshake(), Set.of(), new Object());
		two.details = new SocketDetails(two.id(), plain.handshake(), Set.of(),
				List.of(new byte[1], Map.of("_placeholder", true, "num", 99)));
		FakeSocket three = node(1).socket();
		three.details = new SocketDetails(three.id(), plain.handshake(), Set.of(), new ChangedMeanwhile());
		assertThat(get(node(0).adapter.fetchSockets(BroadcastOptions.ALL))).extracting(SocketDetails::id)
			.containsExactlyInAnyOrder(one.id(), two.id(), three.id());
	}

	@Test
	void acknowledgementsOfAllNodesAreCollected() {
		FakeSocket one = node(0).socket();
		FakeSocket two = node(1).socket();
		FakeSocket three = node(1).socket();
		// As many ids are in use elsewhere, they differ from node to node
		node(1).namespace.nextAckId();
		RecordedAnswers answers = node(0).broadcastWithAck(timeout(60_000), "q");
		eventually().untilAsserted(() -> assertThat(answers.servers).isEqualTo(NODES));
		eventually().untilAsserted(() -> assertThat(answers.counts).containsExactlyInAnyOrder(1, 2, 0, 0));
		received(one, "420[\"q\"]");
		received(two, "421[\"q\"]");
		received(three, "421[\"q\"]");
		one.acknowledge(0, "first", "second");
		two.acknowledge(1, Map.of("a", List.of(1, new byte[] { 9 })));
		three.acknowledge(1);
		three.acknowledge(1, "again");
		eventually().untilAsserted(() -> assertThat(answers.values).hasSize(3));
		assertThat(answers.values).contains("first", (Object) null);
		assertThat(answers.values).anySatisfy((value) -> assertThat(value).usingRecursiveComparison()
			.isEqualTo(Map.of("a", List.of(1, new byte[] { 9 }))));
		assertThat(answers.lost).isEmpty();
		eventually().until(() -> node(0).node.statistics().requests() > 0);
	}

	@Test
	void acknowledgementsOfSeveralNodesAreNotMixedUp() {
		FakeSocket socket = node(2).socket();
		RecordedAnswers first = node(0).broadcastWithAck(timeout(60_000), "first");
		RecordedAnswers second = node(1).broadcastWithAck(timeout(60_000), "second");
		eventually().until(() -> socket.received.size() == 2 && socket.acks.size() == 2);
		for (String packet : socket.received) {
			long id = Long.parseLong(packet.substring(2, packet.indexOf('[')));
			socket.acknowledge(id, packet.contains("first") ? "one" : "two");
		}
		eventually().untilAsserted(() -> assertThat(first.values).containsExactly("one"));
		eventually().untilAsserted(() -> assertThat(second.values).containsExactly("two"));
	}

	@Test
	void eventsReachTheNamespacesOfTheOtherNodes() {
		node(0).adapter.serverSideEmit(Arrays.asList("event", 1, null, Map.of("b", new byte[] { 5 })));
		for (int i = 1; i < NODES; i++) {
			FakeNamespace namespace = node(i).namespace;
			eventually().until(() -> namespace.events.size() == 1);
			assertThat(namespace.events.get(0)).usingRecursiveComparison()
				.isEqualTo(Arrays.asList("event", 1, null, Map.of("b", new byte[] { 5 })));
		}
		settle();
		assertThat(node(0).namespace.events).isEmpty();
	}

	@Test
	void eventsAreAnsweredByEveryOtherNode() {
		for (int i = 0; i < NODES; i++) {
			String answer = "from " + i;
			node(i).namespace.answers = (packet, taker) -> taker.accept(Map.of(answer, new byte[] { 1 }));
		}
		List<@Nullable Object> answers = get(node(1).adapter.serverSideEmitWithAck(List.of("ask"), 0));
		assertThat(answers).usingRecursiveFieldByFieldElementComparator()
			.containsExactlyInAnyOrder(Map.of("from 0", new byte[] { 1 }), Map.of("from 2", new byte[] { 1 }),
					Map.of("from 3", new byte[] { 1 }));
		assertThat(node(1).namespace.events).isEmpty();
	}

	@Test
	void nodesWithoutTheNamespaceAreNotWaitedFor() {
		TestNode<TestMember> only = node(0, "/only");
		FakeSocket socket = only.socket();
		assertThat(get(only.adapter.fetchSockets(timeout(600_000)))).hasSize(1);
		assertThat(get(only.adapter.serverSideEmitWithAck(List.of("ask"), 600_000))).isEmpty();
		RecordedAnswers answers = only.broadcastWithAck(timeout(600_000), "q");
		eventually().until(() -> answers.servers > 0 && answers.counts.size() == answers.servers);
		assertThat(answers.counts).contains(1).allMatch((count) -> count <= 1);
		only.broadcast(BroadcastOptions.ALL, "e");
		received(socket, "42/only,0[\"q\"]", "42/only,[\"e\"]");
	}

	@Test
	void namespacesDoNotMix() {
		TestNode<TestMember> one = node(0, "/chat");
		TestNode<TestMember> two = node(1, "/chat");
		FakeSocket chat = two.socket();
		FakeSocket root = node(1).socket();
		one.broadcast(BroadcastOptions.ALL, "chat");
		node(0).broadcast(BroadcastOptions.ALL, "root");
		RecordedAnswers answers = one.broadcastWithAck(timeout(60_000), "q");
		received(chat, "42/chat,[\"chat\"]", "42/chat,0[\"q\"]");
		received(root, "42[\"root\"]");
		eventually().until(() -> !chat.acks.isEmpty());
		chat.acknowledge(0, "a");
		eventually().untilAsserted(() -> assertThat(answers.values).containsExactly("a"));
	}

	@Test
	void requestsOfAClosedNamespaceFail() {
		CompletableFuture<List<@Nullable Object>> answers = node(0).adapter.serverSideEmitWithAck(List.of("ask"),
				600_000);
		node(0).adapter.close();
		assertThat(missing(answers)).hasMessageStartingWith("namespace closed");
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> get(node(0).adapter.serverSideEmitWithAck(List.of("ask"), 0)));
	}

	@Test
	void largeBroadcastArrives() {
		FakeSocket socket = node(2).socket();
		String text = "x".repeat(5 << 20);
		node(0).broadcast(BroadcastOptions.ALL, "large", text);
		eventually().until(() -> socket.received.size() == 1);
		assertThat(socket.received.get(0)).hasSize(text.length() + 14);
	}

	/**
	 * A map that another thread changes while it is read.
	 */
	private static final class ChangedMeanwhile extends AbstractMap<String, Object> {

		@Override
		public Set<Map.Entry<String, Object>> entrySet() {
			throw new ConcurrentModificationException();
		}

	}

}
