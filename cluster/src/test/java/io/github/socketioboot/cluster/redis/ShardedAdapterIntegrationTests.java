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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.Inbox;
import io.github.socketioboot.cluster.TestMember;
import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ShardedAdapter} over a real Redis.
 */
@ParameterizedClass
@EnumSource
class ShardedAdapterIntegrationTests extends RedisAdapterContractTests {

	@Parameter
	private SubscriptionMode mode;

	@BeforeAll
	static void assumeShards() {
		redis().assumeShards();
	}

	@Override
	TestMember member(int index, int count, String key, LettuceConnectionFactory connections) {
		return new Member(connections, new RedisConfig(key, this.mode));
	}

	/**
	 * A member.
	 */
	private static final class Member implements TestMember {

		private final RedisConfig config;

		private final WatchedBus bus;

		private final Inbox inbox = new Inbox((reading) -> {
		});

		private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

		private final ClusterStatistics statistics = new ClusterStatistics();

		private final List<ShardedAdapter> adapters = new ArrayList<>();

		private boolean open;

		private boolean closed;

		Member(LettuceConnectionFactory connections, RedisConfig config) {
			this.config = config;
			this.bus = new WatchedBus(new SpringRedisBus(connections, RedisProtocol.SHARDED,
					config.key() + "probe" + UUID.randomUUID(), new NoStateListener()));
		}

		@Override
		public Adapter create(AdapterNamespace namespace) {
			ShardedAdapter adapter = new ShardedAdapter(namespace, this.bus, this.inbox, this.config, CONFIG,
					this.timer, this.statistics, this.adapters::remove);
			this.adapters.add(adapter);
			if (this.open) {
				adapter.open();
			}
			return adapter;
		}

		@Override
		public void open() {
			this.open = true;
			this.adapters.forEach(ShardedAdapter::open);
			this.bus.open();
			await().atMost(LIMIT).until(this.bus::isUp);
		}

		@Override
		public void awaitRooms() {
			this.bus.awaitConfirmed();
		}

		@Override
		public ClusterStatistics statistics() {
			return this.statistics;
		}

		@Override
		public void close() {
			if (!this.closed) {
				this.closed = true;
				this.adapters.forEach(ShardedAdapter::leave);
				this.timer.shutdownNow();
				this.inbox.close();
				this.bus.close().toCompletableFuture().join();
			}
		}

	}

	/**
	 * A bus that knows whether all its subscriptions are confirmed.
	 *
	 * @param bus the bus
	 * @param unconfirmed what is to be confirmed still
	 */
	private record WatchedBus(RedisBus bus, Set<CompletionStage<Void>> unconfirmed) implements RedisBus {

		WatchedBus(RedisBus bus) {
			this(bus, ConcurrentHashMap.newKeySet());
		}

		void awaitConfirmed() {
			this.unconfirmed.removeIf((confirmed) -> {
				assertThat(confirmed.toCompletableFuture()).succeedsWithin(LIMIT);
				return true;
			});
		}

		@Override
		public void open() {
			this.bus.open();
		}

		@Override
		public void publish(String channel, byte[] message) {
			this.bus.publish(channel, message);
		}

		@Override
		public Subscription subscribe(Set<String> channels, Set<String> patterns, Listener listener) {
			Subscription subscription = this.bus.subscribe(channels, patterns, listener);
			this.unconfirmed.add(subscription.confirmed());
			return subscription;
		}

		@Override
		public CompletionStage<Integer> subscribers(String channel) {
			return this.bus.subscribers(channel);
		}

		@Override
		public boolean isUp() {
			return this.bus.isUp();
		}

		@Override
		public boolean isOrdered() {
			return this.bus.isOrdered();
		}

		@Override
		public CompletionStage<Void> close() {
			return this.bus.close();
		}

	}

}
