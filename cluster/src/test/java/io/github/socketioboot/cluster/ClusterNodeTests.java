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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.AdapterClose;
import io.github.socketioboot.cluster.message.ClusterMessage.Heartbeat;
import io.github.socketioboot.cluster.message.ClusterMessage.ServerSideEmit;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.cluster.message.ClusterMessageCodec;
import io.github.socketioboot.cluster.message.ClusterMessageType;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastAck;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastClientCount;
import io.github.socketioboot.cluster.message.ClusterResponse.FetchSocketsResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.ServerSideEmitResponse;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.FakeSocket;
import io.github.socketioboot.engine.adapter.MissingResponsesException;
import io.github.socketioboot.engine.loop.EngineLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ClusterNode}: members, failures of the transport, and messages that
 * nobody should send.
 */
class ClusterNodeTests {

	private static final ClusterConfig CONFIG = new ClusterConfig(Duration.ofSeconds(30), Duration.ofSeconds(5),
			Duration.ofSeconds(10));

	private final BusCluster cluster = new BusCluster(3, false);

	private final DefaultEventLoop eventLoop = new DefaultEventLoop();

	private final EngineLoop loop = new EngineLoop(0, this.eventLoop);

	private final List<TestNode<ClusterNode>> nodes = new ArrayList<>();

	private final AtomicLong now = new AtomicLong();

	@AfterEach
	void close() {
		this.nodes.forEach((node) -> node.node.close());
		this.cluster.close();
		this.eventLoop.shutdownGracefully(0, 5, TimeUnit.SECONDS);
		this.eventLoop.terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS);
	}

	private TestNode<ClusterNode> open(int index) {
		// A timer that only scans when a test does
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
		TestNode<ClusterNode> node = new TestNode<>("n" + index,
				new ClusterNode(this.cluster.transport(index), CONFIG, this.now::get, timer), "/", this.loop);
		this.nodes.add(node);
		node.node.open();
		return node;
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
		this.nodes.forEach((node) -> node.node.scan());
	}

	private static ConditionFactory eventually() {
		return ClusterAdapterContractTests.eventually();
	}

	private void knows(TestNode<ClusterNode> node, int members) {
		eventually().untilAsserted(() -> assertThat(node.node.members()).hasSize(members));
	}

	private long received(TestNode<ClusterNode> node, ClusterMessageType type) {
		return node.node.statistics().received(type);
	}

	@Test
	void newMemberIsHeardAndHearsOfTheOthers() {
		TestNode<ClusterNode> one = open(0);
		assertThat(one.node.members()).containsExactly("node-0");
		TestNode<ClusterNode> two = open(1);
		knows(one, 2);
		knows(two, 2);
		assertThat(received(one, ClusterMessageType.INITIAL_HEARTBEAT)).isOne();
		assertThat(received(two, ClusterMessageType.HEARTBEAT)).isOne();
	}

	@Test
	void silentMemberIsDroppedAndComesBackWhenItIsHeard() throws Exception {
		TestNode<ClusterNode> one = open(0);
		TestNode<ClusterNode> two = open(1);
		knows(one, 2);
		knows(two, 2);
		CompletableFuture<List<@Nullable Object>> answers = one.adapter.serverSideEmitWithAck(List.of("ask"), 600_000);
		this.cluster.bus.isolate("node-1");
		pass(Duration.ofSeconds(4));
		pass(Duration.ofSeconds(4));
		assertThat(one.node.members()).hasSize(2);
		pass(Duration.ofSeconds(4));
		assertThat(one.node.members()).containsExactly("node-0");
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> answers.get(60, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOfSatisfying(MissingResponsesException.class,
					(missing) -> assertThat(missing.nodes()).containsExactly("node-1"));
		this.cluster.bus.rejoin("node-1");
		two.broadcast(BroadcastOptions.ALL, "again");
		knows(one, 2);
	}

	@Test
	void memberThatSpeaksNeedsNoHeartbeats() {
		TestNode<ClusterNode> one = open(0);
		TestNode<ClusterNode> two = open(1);
		knows(one, 2);
		knows(two, 2);
		long heartbeats = two.node.statistics().sent(ClusterMessageType.HEARTBEAT);
		for (int i = 0; i < 5; i++) {
			two.broadcast(BroadcastOptions.ALL, "e");
			long broadcasts = i + 1;
			eventually().until(() -> received(one, ClusterMessageType.BROADCAST) == broadcasts);
			pass(Duration.ofSeconds(4));
		}
		assertThat(one.node.members()).hasSize(2);
		assertThat(two.node.statistics().sent(ClusterMessageType.HEARTBEAT)).isEqualTo(heartbeats);
		pass(Duration.ofSeconds(4));
		eventually().until(() -> received(one, ClusterMessageType.HEARTBEAT) > 0);
	}

	@Test
	void nodeThatStoodStillDropsNobody() {
		TestNode<ClusterNode> one = open(0);
		open(1);
		knows(one, 2);
		this.cluster.bus.isolate("node-1");
		this.now.addAndGet(Duration.ofMinutes(1).toNanos());
		one.node.scan();
		assertThat(one.node.members()).hasSize(2);
		pass(Duration.ofSeconds(4));
		pass(Duration.ofSeconds(4));
		pass(Duration.ofSeconds(4));
		assertThat(one.node.members()).hasSize(1);
	}

	@Test
	void memberThatHasLeftDoesNotComeBackByALateMessage() {
		TestNode<ClusterNode> one = open(0);
		Stranger stranger = new Stranger(this.cluster.transport(1));
		stranger.publish("", new Heartbeat());
		knows(one, 2);
		stranger.publish("", new AdapterClose());
		stranger.publish("/", new SocketsJoin(BroadcastOptions.ALL, List.of("room")));
		FakeSocket socket = one.socket();
		stranger.publish("/", new SocketsJoin(BroadcastOptions.ALL, List.of("room")));
		eventually().until(() -> socket.rooms().contains("room"));
		assertThat(one.node.members()).hasSize(1);
	}

	@Test
	void localSocketsGetWhatOtherMembersCannot() throws Exception {
		TestNode<ClusterNode> one = open(0);
		TestNode<ClusterNode> two = open(1);
		knows(one, 2);
		FakeSocket here = one.socket();
		FakeSocket there = two.socket();
		this.cluster.bus.refuse("node-0");
		one.broadcast(BroadcastOptions.ALL, "e");
		one.adapter.joinAll(BroadcastOptions.ALL, List.of("room"));
		one.adapter.serverSideEmit(List.of("event"));
		RecordedAnswers answers = one.broadcastWithAck(new BroadcastOptions(Set.of(), Set.of(), false, false, 60_000),
				"q");
		eventually().untilAsserted(() -> assertThat(here.received).containsExactly("42[\"e\"]", "420[\"q\"]"));
		assertThat(here.rooms()).containsExactly("room");
		assertThat(answers.lost).containsOnlyKeys("node-1");
		assertThat(answers.servers).isEqualTo(2);
		assertThat(answers.counts).hasSize(2);
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> one.adapter.fetchSockets(BroadcastOptions.ALL).get(60, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOfSatisfying(MissingResponsesException.class,
					(missing) -> assertThat(missing.responses()).hasSize(1));
		assertThat(one.node.statistics().publishFailures()).isEqualTo(5);
		assertThat(there.received).isEmpty();
		this.cluster.bus.accept("node-0");
		one.broadcast(BroadcastOptions.ALL, "again");
		eventually().untilAsserted(() -> assertThat(there.received).containsExactly("42[\"again\"]"));
	}

	@Test
	void argumentsWithoutJsonAreTheCallersFault() {
		TestNode<ClusterNode> one = open(0);
		open(1);
		knows(one, 2);
		List<Object> endless = new ArrayList<>();
		endless.add(endless);
		assertThatIllegalArgumentException().isThrownBy(() -> one.adapter.serverSideEmit(List.of("e", endless)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> one.adapter.serverSideEmitWithAck(List.of("e", endless), 0));
		assertThat(one.node.statistics().publishFailures()).isZero();
	}

	@Test
	void nodeThatIsNotOpenServesItsOwnSockets() throws Exception {
		TestNode<ClusterNode> alone = new TestNode<>("alone", new ClusterNode(this.cluster.transport(2), CONFIG), "/",
				this.loop);
		FakeSocket socket = alone.socket();
		alone.broadcast(BroadcastOptions.ALL, "e");
		eventually().untilAsserted(() -> assertThat(socket.received).hasSize(1));
		assertThat(alone.adapter.fetchSockets(BroadcastOptions.ALL).get(60, TimeUnit.SECONDS)).hasSize(1);
		assertThat(alone.node.statistics().publishFailures()).isZero();
		alone.node.close();
	}

	@Test
	void responsesThatNobodyWaitsForAreIgnored() throws Exception {
		TestNode<ClusterNode> one = open(0);
		Stranger stranger = new Stranger(this.cluster.transport(1));
		stranger.publish("/", new BroadcastClientCount("1", 5));
		stranger.publish("/", new BroadcastAck("1", "x"));
		stranger.publish("/", new FetchSocketsResponse("1", List.of(), true));
		stranger.publish("/", new ServerSideEmitResponse("1", true, "x"));
		stranger.publish("", new Heartbeat());
		eventually().until(() -> received(one, ClusterMessageType.HEARTBEAT) == 1);
		assertThat(one.node.statistics().malformed()).isZero();
		knows(one, 2);
		// Of the wrong kind, or from somebody who was not asked
		CompletableFuture<List<@Nullable Object>> answers = one.adapter.serverSideEmitWithAck(List.of("ask"), 600_000);
		String id = stranger.lastRequest();
		Stranger other = new Stranger(this.cluster.transport(2));
		stranger.publish("/", new BroadcastClientCount(id, 5));
		other.publish("/", new ServerSideEmitResponse(id, true, "not asked"));
		stranger.publish("/", new ServerSideEmitResponse(id, true, "asked"));
		assertThat(answers.get(60, TimeUnit.SECONDS)).containsExactly("asked");
	}

	@Test
	void malformedMessagesAreDroppedAndCounted() {
		TestNode<ClusterNode> one = open(0);
		FakeSocket socket = one.socket();
		Stranger stranger = new Stranger(this.cluster.transport(1));
		stranger.publish(Unpooled.EMPTY_BUFFER);
		stranger.publish(Unpooled.wrappedBuffer(new byte[] { 9, 1, 0, 0, 0, 0 }));
		stranger.publish(Unpooled.wrappedBuffer(new byte[] { 1, 99, 0, 0, 0, 0 }));
		eventually().until(() -> one.node.statistics().malformed() == 3);
		assertThat(one.node.members()).hasSize(1);
		Random random = new Random(1);
		ClusterMessage message = new ServerSideEmit(List.of("e", new byte[3], "text"), "id");
		int count = 2000;
		for (int i = 0; i < count; i++) {
			ByteBuf bytes = stranger.encode("/", message);
			bytes.setByte(random.nextInt(bytes.readableBytes()), random.nextInt(256));
			bytes.writerIndex(bytes.writerIndex() - random.nextInt(2));
			stranger.publish(bytes);
		}
		stranger.publish("/", new SocketsJoin(BroadcastOptions.ALL, List.of("room")));
		eventually().until(() -> socket.rooms().contains("room"));
		assertThat(one.node.statistics().malformed()).isGreaterThan(count / 10);
	}

	@Test
	void transportIsStoppedWhileTheNodeCannotFollow() throws Exception {
		TestNode<ClusterNode> one = open(0);
		TestNode<ClusterNode> two = open(1);
		knows(two, 2);
		CountDownLatch go = new CountDownLatch(1);
		one.namespace.answers = (packet, answer) -> {
			try {
				go.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			answer.accept("done");
		};
		CompletableFuture<List<@Nullable Object>> done = two.adapter.serverSideEmitWithAck(List.of("ask"), 600_000);
		String megabyte = "x".repeat(1 << 20);
		for (int i = 0; i < 20; i++) {
			two.adapter.serverSideEmit(List.of("large", megabyte));
		}
		eventually().untilAsserted(() -> assertThat(this.cluster.readings).containsExactly(false));
		go.countDown();
		assertThat(done.get(60, TimeUnit.SECONDS)).containsExactly("done");
		eventually().untilAsserted(() -> assertThat(this.cluster.readings).containsExactly(false, true));
		eventually().until(() -> one.namespace.events.size() == 21);
		assertThat(one.node.statistics().overflows()).isZero();
	}

	/**
	 * Member that speaks as it likes.
	 */
	private static final class Stranger implements ClusterTransport.Listener {

		private final ClusterTransport transport;

		private final ClusterMessageCodec codec = new ClusterMessageCodec();

		private final CompletableFuture<String> request = new CompletableFuture<>();

		Stranger(ClusterTransport transport) {
			this.transport = transport;
			transport.open(this);
		}

		ByteBuf encode(String namespace, ClusterMessage message) {
			return this.codec.encode(namespace, message);
		}

		void publish(String namespace, ClusterMessage message) {
			publish(encode(namespace, message));
		}

		void publish(ByteBuf bytes) {
			this.transport.publish(bytes);
		}

		String lastRequest() throws Exception {
			return this.request.get(60, TimeUnit.SECONDS);
		}

		@Override
		public void onMessage(String memberId, ByteBuf message) {
			try {
				if (this.codec.decode(message).message() instanceof ServerSideEmit emit && emit.requestId() != null) {
					this.request.complete(emit.requestId());
				}
			}
			catch (Exception ex) {
				this.request.completeExceptionally(ex);
			}
		}

		@Override
		public void onJoin(String memberId) {
		}

		@Override
		public void onLeave(String memberId) {
		}

	}

}
