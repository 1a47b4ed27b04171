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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterMessageType;
import io.github.socketioboot.cluster.message.ClusterResponse;
import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.netty.channel.DefaultEventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Connects members that only know how many others there are. Events travel as they are,
 * not encoded, and responses without a sender.
 */
final class CountingBus {

	final List<Member> members = new ArrayList<>();

	/**
	 * Whether messages can be sent.
	 */
	volatile boolean reachable = true;

	/**
	 * Number of other members, where a test decides when it is known.
	 */
	volatile @Nullable CompletableFuture<Integer> count;

	private final DefaultEventLoop loop = new DefaultEventLoop();

	CountingBus(int members, ClusterConfig config) {
		for (int i = 0; i < members; i++) {
			this.members.add(new Member("member-" + i, config));
		}
	}

	void close() {
		this.loop.shutdownGracefully(0, 5, TimeUnit.SECONDS);
		this.loop.terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS);
	}

	private void deliver(CountedAdapter sender, Consumer<CountedAdapter> call) {
		if (!this.reachable) {
			throw new ClusterUnreachableException("test");
		}
		this.loop.execute(() -> others(sender).forEach(call));
	}

	private List<CountedAdapter> others(CountedAdapter sender) {
		return this.members.stream()
			.filter((member) -> member.open)
			.map((member) -> member.adapters.get(sender.name()))
			.filter((adapter) -> adapter != null && adapter != sender)
			.toList();
	}

	/**
	 * A member.
	 */
	final class Member implements TestMember {

		private final String id;

		private final ClusterConfig config;

		private final Map<String, CountedAdapter> adapters = new ConcurrentHashMap<>();

		private final ClusterStatistics statistics = new ClusterStatistics();

		private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

		private volatile boolean open;

		/**
		 * Types of what has come, in order.
		 */
		final List<ClusterMessageType> received = new CopyOnWriteArrayList<>();

		Member(String id, ClusterConfig config) {
			this.id = id;
			this.config = config;
		}

		@Override
		public Adapter create(AdapterNamespace namespace) {
			CountedAdapter adapter = new CountedAdapter(this, namespace);
			this.adapters.put(namespace.name(), adapter);
			return adapter;
		}

		@Override
		public void open() {
			this.open = true;
		}

		void kill() {
			this.open = false;
		}

		@Override
		public ClusterStatistics statistics() {
			return this.statistics;
		}

		@Override
		public void close() {
			this.open = false;
			this.adapters.values().forEach(CountedAdapter::close);
			this.timer.shutdownNow();
		}

	}

	/**
	 * Adapter of one namespace.
	 */
	private final class CountedAdapter extends ClusterAdapter {

		private final Member member;

		CountedAdapter(Member member, AdapterNamespace namespace) {
			super(namespace, member.config, member.timer, member.statistics);
			this.member = member;
		}

		private String name() {
			return namespace().name();
		}

		@Override
		protected void doPublish(ClusterMessage message) {
			if (message instanceof Broadcast broadcast) {
				List<@Nullable Object> data = broadcast.packet().data();
				String event = String.valueOf(data.get(0));
				deliver(this,
						(other) -> other.take(this.member.id,
								new Broadcast(
										new BroadcastPacket(event, data.subList(1, data.size()), SocketPacket.NO_ID),
										broadcast.options(), broadcast.requestId())));
			}
			else {
				deliver(this, (other) -> other.take(this.member.id, message));
			}
		}

		@Override
		protected void doPublishResponse(String requester, ClusterResponse response) {
			deliver(this, (other) -> other.take("", response));
		}

		private void take(String sender, ClusterMessage message) {
			this.member.received.add(message.type());
			onMessage(sender, message);
			if (message instanceof Broadcast broadcast) {
				broadcast.packet().release();
			}
		}

		@Override
		protected Audience audience() {
			CompletableFuture<Integer> count = CountingBus.this.count;
			if (count == null) {
				count = CompletableFuture.supplyAsync(() -> others(this).size(), CountingBus.this.loop);
			}
			return new Audience.Counted(count);
		}

		@Override
		protected int maxSocketsPerResponse() {
			return Integer.MAX_VALUE;
		}

		@Override
		public void close() {
			this.member.adapters.remove(name(), this);
			super.close();
		}

	}

}
