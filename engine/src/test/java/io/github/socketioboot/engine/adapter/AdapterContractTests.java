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

package io.github.socketioboot.engine.adapter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.netty.channel.DefaultEventLoop;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every {@link Adapter} does for the sockets of its own node.
 */
public abstract class AdapterContractTests {

	private static final int MAX_ROOMS = 10;

	private final List<DefaultEventLoop> eventLoops = List.of(new DefaultEventLoop(), new DefaultEventLoop());

	private final List<EngineLoop> loops = List.of(new EngineLoop(0, this.eventLoops.get(0)),
			new EngineLoop(1, this.eventLoops.get(1)));

	private final FakeNamespace namespace = new FakeNamespace();

	private Adapter adapter;

	private int sockets;

	/**
	 * Return what makes the adapter under test.
	 * @return the factory
	 */
	protected abstract AdapterFactory factory();

	@BeforeEach
	void create() {
		this.adapter = factory().create(this.namespace);
	}

	@AfterEach
	void close() {
		this.adapter.close();
		this.eventLoops.forEach((loop) -> loop.shutdownGracefully(0, 5, TimeUnit.SECONDS));
		this.eventLoops.forEach((loop) -> loop.terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS));
	}

	private FakeSocket unconnected() {
		EngineLoop loop = this.loops.get(this.sockets % this.loops.size());
		return new FakeSocket("id-" + this.sockets++, loop);
	}

	private FakeSocket socket(String... rooms) {
		FakeSocket socket = unconnected();
		this.namespace.sockets.put(socket.id(), socket);
		this.adapter.add(socket);
		this.adapter.join(socket, List.of(rooms));
		return socket;
	}

	private void leave(FakeSocket socket) {
		this.namespace.sockets.remove(socket.id());
		this.adapter.remove(socket);
	}

	private void broadcast(String event, BroadcastOptions options) {
		BroadcastPacket packet = new BroadcastPacket(event, List.of(), SocketPacket.NO_ID);
		this.adapter.broadcast(packet, options);
		packet.release();
	}

	private static BroadcastOptions to(String... rooms) {
		return new BroadcastOptions(Set.of(rooms), Set.of(), false, false, 0);
	}

	private static BroadcastOptions except(String... except) {
		return new BroadcastOptions(Set.of(), Set.of(except), false, false, 0);
	}

	/**
	 * Wait until the loops have done what was handed to them.
	 */
	private void settle() {
		for (EngineLoop loop : this.loops) {
			Future<?> done = loop.eventLoop().submit(() -> {
			});
			eventually().until(done::isDone);
			AtomicInteger behind = new AtomicInteger();
			loop.execute(behind::incrementAndGet);
			eventually().until(() -> behind.get() == 1);
		}
	}

	private static ConditionFactory eventually() {
		return Awaitility.await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofSeconds(60));
	}

	@Test
	void broadcastReachesEverybody() {
		FakeSocket one = socket();
		FakeSocket two = socket("room");
		broadcast("all", BroadcastOptions.ALL);
		settle();
		assertThat(one.received).containsExactly("42[\"all\"]");
		assertThat(two.received).containsExactly("42[\"all\"]");
	}

	@Test
	void broadcastToNobodyDoesNothing() {
		broadcast("all", BroadcastOptions.ALL);
		broadcast("none", to("nowhere"));
		assertThat(this.adapter.rooms()).isEmpty();
	}

	@Test
	void roomReachesItsMembersOnly() {
		FakeSocket in = socket("room");
		FakeSocket out = socket("other");
		broadcast("x", to("room"));
		settle();
		assertThat(in.received).hasSize(1);
		assertThat(out.received).isEmpty();
	}

	@Test
	void socketInSeveralRoomsReceivesOnce() {
		FakeSocket both = socket("a", "b");
		FakeSocket one = socket("b");
		FakeSocket none = socket();
		broadcast("x", to("a", "b", "missing"));
		settle();
		assertThat(both.received).hasSize(1);
		assertThat(one.received).hasSize(1);
		assertThat(none.received).isEmpty();
	}

	@Test
	void idOfASocketIsARoomWithThatSocketAlone() {
		FakeSocket one = socket("room");
		FakeSocket two = socket("room");
		broadcast("x", to(one.id()));
		broadcast("y", to(one.id(), "room"));
		settle();
		assertThat(one.received).containsExactly("42[\"x\"]", "42[\"y\"]");
		assertThat(two.received).containsExactly("42[\"y\"]");
	}

	@Test
	void roomNamedLikeASocketIsUnitedWithIt() {
		FakeSocket one = socket();
		FakeSocket two = socket(one.id());
		broadcast("x", to(one.id()));
		settle();
		assertThat(one.received).hasSize(1);
		assertThat(two.received).hasSize(1);
		assertThat(this.adapter.size(one.id())).isEqualTo(2);
	}

	@Test
	void exceptLeavesOutRoomsAndSockets() {
		FakeSocket one = socket("a");
		FakeSocket two = socket("a", "b");
		FakeSocket three = socket();
		broadcast("x", except("b"));
		broadcast("y", except(three.id()));
		broadcast("z", new BroadcastOptions(Set.of("a"), Set.of("b", one.id()), false, false, 0));
		settle();
		assertThat(one.received).containsExactly("42[\"x\"]", "42[\"y\"]");
		assertThat(two.received).containsExactly("42[\"y\"]");
		assertThat(three.received).containsExactly("42[\"x\"]");
	}

	@Test
	void exceptOfAnUnknownNameLeavesOutNobody() {
		FakeSocket one = socket();
		broadcast("x", except("unknown"));
		settle();
		assertThat(one.received).hasSize(1);
	}

	@Test
	void volatileBroadcastMissesThoseThatAreNotReady() {
		FakeSocket ready = socket();
		FakeSocket busy = socket();
		busy.writable = false;
		broadcast("x", new BroadcastOptions(Set.of(), Set.of(), false, true, 0));
		settle();
		assertThat(ready.received).hasSize(1);
		assertThat(busy.received).isEmpty();
	}

	@Test
	void whoJoinsLaterDoesNotReceive() {
		socket();
		FakeSocket late = socket();
		List<Runnable> held = new ArrayList<>();
		late.loop().execute(() -> held.forEach(Runnable::run));
		AtomicInteger go = new AtomicInteger();
		late.loop().execute(() -> eventuallyOnLoop(go));
		broadcast("x", to("room"));
		this.adapter.join(late, List.of("room"));
		go.set(1);
		settle();
		assertThat(late.received).isEmpty();
	}

	private static void eventuallyOnLoop(AtomicInteger go) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		while (go.get() == 0 && System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

	@Test
	void broadcastsOfOneThreadKeepTheirOrder() {
		FakeSocket one = socket("room");
		for (int i = 0; i < 100; i++) {
			broadcast("e" + i, (i % 2 == 0) ? to("room") : BroadcastOptions.ALL);
		}
		settle();
		assertThat(one.received).hasSize(100);
		for (int i = 0; i < 100; i++) {
			assertThat(one.received.get(i)).isEqualTo("42[\"e" + i + "\"]");
		}
	}

	@Test
	void emitterFasterThanTheLoopIsSlowedDown() {
		FakeSocket one = socket();
		String payload = "x".repeat(1 << 20);
		AtomicInteger sent = new AtomicInteger();
		AtomicInteger go = new AtomicInteger();
		one.loop().execute(() -> eventuallyOnLoop(go));
		Thread emitter = new Thread(() -> {
			for (int i = 0; i < 40; i++) {
				BroadcastPacket packet = new BroadcastPacket("e", List.of(payload), SocketPacket.NO_ID);
				this.adapter.broadcast(packet, BroadcastOptions.ALL);
				packet.release();
				sent.incrementAndGet();
				if (i == 10) {
					// Does not wait when there is room
					one.disconnects.add(true);
				}
			}
		});
		emitter.start();
		eventually().until(() -> emitter.getState() == Thread.State.TIMED_WAITING);
		assertThat(sent.get()).isLessThan(17);
		assertThat(one.disconnects).hasSize(1);
		go.set(1);
		eventually().until(() -> sent.get() == 40 && one.received.size() == 40);
		assertThat(one.overflows).hasValue(0);
	}

	@Test
	void receiversThatCannotFollowAreClosedAndVolatilePacketsDropped() {
		FakeSocket one = socket();
		FakeSocket two = socket();
		FakeSocket excluded = socket();
		AtomicInteger go = new AtomicInteger();
		one.loop().execute(() -> eventuallyOnLoop(go));
		String payload = "x".repeat(1 << 20);
		AtomicInteger sent = new AtomicInteger();
		// An event loop must not wait
		two.loop().execute(() -> {
			for (int i = 0; i < 20; i++) {
				BroadcastPacket packet = new BroadcastPacket("e", List.of(payload), SocketPacket.NO_ID);
				this.adapter.broadcast(packet, new BroadcastOptions(Set.of(one.id()), Set.of(), true, i > 17, 0));
				packet.release();
			}
			sent.incrementAndGet();
		});
		eventually().until(() -> sent.get() == 1);
		go.set(1);
		settle();
		assertThat(one.received).hasSizeBetween(10, 16);
		assertThat(one.overflows.get()).isEqualTo(18 - one.received.size());
		assertThat(two.overflows).hasValue(0);
		assertThat(excluded.overflows).hasValue(0);
	}

	@Test
	void receiverThatFailsDoesNotHarmTheOthers() {
		FakeSocket one = socket();
		socket();
		FakeSocket three = socket();
		one.failure = new IllegalStateException("test");
		broadcast("x", BroadcastOptions.ALL);
		settle();
		assertThat(three.received).hasSize(1);
	}

	@Test
	void leavingARoomEndsItWhenItIsEmpty() {
		FakeSocket one = socket("a", "b");
		FakeSocket two = socket("a");
		this.adapter.leave(one, List.of("a", "b", "never joined"));
		assertThat(this.adapter.rooms()).containsExactly("a");
		assertThat(one.rooms()).isEmpty();
		this.adapter.leave(two, List.of("a"));
		assertThat(this.adapter.rooms()).isEmpty();
		broadcast("x", to("a"));
		settle();
		assertThat(one.received).isEmpty();
	}

	@Test
	void joiningTwiceCountsOnce() {
		FakeSocket one = socket("a", "a");
		this.adapter.join(one, List.of("a"));
		assertThat(this.adapter.size("a")).isOne();
		this.adapter.leave(one, List.of("a"));
		assertThat(this.adapter.rooms()).isEmpty();
	}

	@Test
	void removedSocketReceivesNothingButTellsItsRooms() {
		FakeSocket one = socket("a");
		leave(one);
		assertThat(this.adapter.rooms()).isEmpty();
		assertThat(this.adapter.sockets(Set.of())).isEmpty();
		assertThat(one.rooms()).containsExactly("a");
		this.adapter.join(one, List.of("b"));
		this.adapter.add(one);
		broadcast("x", BroadcastOptions.ALL);
		broadcast("y", to("a", "b"));
		settle();
		assertThat(one.received).isEmpty();
		one.forgetRooms();
		assertThat(one.rooms()).isEmpty();
	}

	@Test
	void roomsJoinedBeforeTheConnectCountFromThenOn() {
		FakeSocket socket = unconnected();
		this.adapter.join(socket, List.of("a", "b"));
		this.adapter.leave(socket, List.of("b"));
		assertThat(this.adapter.rooms()).isEmpty();
		broadcast("early", to("a"));
		this.adapter.add(socket);
		assertThat(this.adapter.rooms()).containsExactly("a");
		broadcast("x", to("a"));
		settle();
		assertThat(socket.received).containsExactly("42[\"x\"]");
	}

	@Test
	void tooManyRoomsAreRefusedAsAWhole() {
		FakeSocket one = socket();
		List<String> rooms = new ArrayList<>();
		for (int i = 0; i < MAX_ROOMS; i++) {
			rooms.add("room" + i);
		}
		this.adapter.join(one, rooms);
		this.adapter.join(one, rooms.subList(0, 2));
		assertThatExceptionOfType(TooManyRoomsException.class)
			.isThrownBy(() -> this.adapter.join(one, List.of("room0", "one too many")))
			.withMessageContaining("10");
		assertThat(one.rooms()).hasSize(MAX_ROOMS);
		this.adapter.joinAll(BroadcastOptions.ALL, List.of("one too many"));
		assertThat(this.namespace.refused).hasValue(1);
		assertThat(this.adapter.rooms()).doesNotContain("one too many");
	}

	@Test
	void socketsAreFoundByRooms() {
		FakeSocket one = socket("a");
		FakeSocket two = socket("a", "b");
		FakeSocket three = socket();
		assertThat(this.adapter.sockets(Set.of())).containsExactlyInAnyOrder(one, two, three);
		assertThat(this.adapter.sockets(Set.of("a", "b"))).containsExactlyInAnyOrder(one, two);
		assertThat(this.adapter.sockets(Set.of(three.id()))).containsExactly(three);
		assertThat(this.adapter.size("a")).isEqualTo(2);
		assertThat(this.adapter.size("nowhere")).isZero();
	}

	@Test
	void fetchSocketsDescribesThoseThatMatch() throws Exception {
		FakeSocket one = socket("a");
		one.details = new SocketDetails(one.id(), one.details().handshake(), Set.of("a"), Map.of("name", "ann"));
		socket("a", "b");
		List<SocketDetails> details = this.adapter
			.fetchSockets(new BroadcastOptions(Set.of("a"), Set.of("b"), false, false, 0))
			.get(10, TimeUnit.SECONDS);
		assertThat(details).singleElement().satisfies((socket) -> {
			assertThat(socket.id()).isEqualTo(one.id());
			assertThat(socket.rooms()).containsExactly("a");
			assertThat(socket.data("name")).isEqualTo("ann");
			assertThat(socket.data("other")).isNull();
			assertThat(socket.state()).isEqualTo(new SocketState(one.id(), Set.of("a"), Map.of("name", "ann")));
		});
	}

	@Test
	void joinAllAndLeaveAllMoveThoseThatMatch() {
		FakeSocket one = socket("a");
		FakeSocket two = socket();
		this.adapter.joinAll(to("a"), List.of("b", "c"));
		eventually().until(() -> one.rooms().size() == 3);
		assertThat(two.rooms()).isEmpty();
		this.adapter.leaveAll(except(two.id()), List.of("a", "b"));
		eventually().untilAsserted(() -> assertThat(one.rooms()).containsExactly("c"));
	}

	@Test
	void disconnectAllDisconnectsThoseThatMatch() {
		FakeSocket one = socket("a");
		FakeSocket two = socket();
		this.adapter.disconnectAll(to("a"), true);
		eventually().untilAsserted(() -> assertThat(one.disconnects).containsExactly(true));
		assertThat(two.disconnects).isEmpty();
	}

	@Test
	void acknowledgementsAreReportedWithTheirFirstArgument() {
		FakeSocket one = socket();
		FakeSocket two = socket();
		FakeSocket three = socket();
		List<Integer> counts = new CopyOnWriteArrayList<>();
		List<@Nullable Object> acks = new CopyOnWriteArrayList<>();
		broadcastWithAck(new BroadcastOptions(Set.of(), Set.of(three.id()), true, false, 10_000), counts, acks);
		settle();
		assertThat(counts).containsExactly(2);
		assertThat(one.received).containsExactly("427[\"q\"]");
		assertThat(three.received).isEmpty();
		one.acknowledge(7, "first", "second");
		two.acknowledge(7);
		two.acknowledge(7, "again");
		eventually().untilAsserted(() -> assertThat(acks).containsExactlyInAnyOrder("first", null));
	}

	@Test
	void acknowledgementsAreForgottenAfterTheTimeout() {
		FakeSocket one = socket();
		List<Integer> counts = new CopyOnWriteArrayList<>();
		List<@Nullable Object> acks = new CopyOnWriteArrayList<>();
		broadcastWithAck(new BroadcastOptions(Set.of(), Set.of(), true, false, 20), counts, acks);
		eventually().until(() -> !one.received.isEmpty());
		eventually().until(one.acks::isEmpty);
		assertThat(acks).isEmpty();
	}

	@Test
	void broadcastWithAckToNobodyCountsNone() {
		List<Integer> counts = new CopyOnWriteArrayList<>();
		broadcastWithAck(to("nowhere"), counts, new ArrayList<>());
		assertThat(counts).containsExactly(0);
	}

	private void broadcastWithAck(BroadcastOptions options, List<Integer> counts, List<@Nullable Object> acks) {
		BroadcastPacket packet = new BroadcastPacket("q", List.of(), 7);
		this.adapter.broadcastWithAck(packet, options, new BroadcastAnswers() {

			@Override
			public void onClientCount(int clients) {
				counts.add(clients);
			}

			@Override
			public void onAnswer(@Nullable Object value) {
				acks.add(value);
			}

			@Override
			public void onLost(String node, int clients) {
				throw new AssertionError("This node is not lost");
			}

		});
		packet.release();
	}

	@Test
	void membersStayRightWhileSocketsComeAndGo() {
		Random random = new Random(1);
		List<FakeSocket> members = new ArrayList<>();
		for (int step = 0; step < 2000; step++) {
			if (members.isEmpty() || random.nextInt(100) < ((step < 1200) ? 60 : 35)) {
				members.add(socket("room", "room" + random.nextInt(3)));
			}
			else {
				leave(members.remove(random.nextInt(members.size())));
			}
			if (step % 100 == 0) {
				members.forEach((member) -> member.received.clear());
				broadcast("x", to("room"));
				broadcast("y", BroadcastOptions.ALL);
				settle();
				assertThat(members)
					.allSatisfy((member) -> assertThat(member.received).containsExactly("42[\"x\"]", "42[\"y\"]"));
				assertThat(this.adapter.size("room")).isEqualTo(members.size());
			}
		}
		assertThat(this.adapter.sockets(Set.of())).hasSameSizeAs(members).containsAll(members);
		members.forEach(this::leave);
		assertThat(this.adapter.rooms()).isEmpty();
		assertThat(this.adapter.sockets(Set.of())).isEmpty();
	}

	@Test
	void membershipIsConsistentUnderConcurrentChanges() throws Exception {
		List<FakeSocket> sockets = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			sockets.add(socket());
		}
		ExecutorService threads = Executors.newFixedThreadPool(4);
		List<Future<?>> futures = new ArrayList<>();
		for (int thread = 0; thread < 4; thread++) {
			int seed = thread;
			futures.add(threads.submit(() -> {
				Random random = new Random(seed);
				for (int i = 0; i < 2000; i++) {
					FakeSocket socket = sockets.get(random.nextInt(sockets.size()));
					String room = "room" + random.nextInt(5);
					if (random.nextBoolean()) {
						this.adapter.join(socket, List.of(room));
					}
					else {
						this.adapter.leave(socket, List.of(room));
					}
					if (i % 50 == 0) {
						broadcast("x", to(room));
					}
					if (i == 1000 && seed == 0) {
						sockets.subList(0, 10).forEach(this::leave);
					}
				}
			}));
		}
		for (Future<?> future : futures) {
			future.get(30, TimeUnit.SECONDS);
		}
		threads.shutdownNow();
		for (int i = 0; i < 5; i++) {
			String room = "room" + i;
			assertThat(this.adapter.sockets(Set.of(room))).containsExactlyInAnyOrderElementsOf(sockets.stream()
				.skip(10)
				.filter((socket) -> socket.rooms().contains(room))
				.map(AdapterSocket.class::cast)
				.toList());
		}
		settle();
	}

	/**
	 * Namespace of the sockets.
	 */
	private static final class FakeNamespace implements AdapterNamespace {

		private final Map<String, AdapterSocket> sockets = new ConcurrentHashMap<>();

		private final AtomicInteger refused = new AtomicInteger();

		private final SocketPacketEncoder encoder = new SocketPacketEncoder(JsonMapper.builder().build());

		@Override
		public String name() {
			return "/";
		}

		@Override
		public SocketPacketEncoder encoder() {
			return this.encoder;
		}

		@Override
		public long nextAckId() {
			return 0;
		}

		@Override
		public int maxRoomsPerSocket() {
			return MAX_ROOMS;
		}

		@Override
		public @Nullable AdapterSocket socket(String id) {
			return this.sockets.get(id);
		}

		@Override
		public void refuseRooms() {
			this.refused.incrementAndGet();
		}

		@Override
		public void onServerSideEmit(List<@Nullable Object> packet, @Nullable Consumer<@Nullable Object> answer) {
			throw new UnsupportedOperationException();
		}

	}

}
