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

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.ClusterMember;
import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.Inbox;
import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * This process as a member of a cluster over Redis: makes the adapters of its namespaces,
 * which share one link. Servers of Node.js with {@code @socket.io/redis-adapter} may be
 * members too. Thread-safe; no method blocks.
 *
 * @since 0.1.0
 */
public final class RedisNode implements ClusterMember {

	/**
	 * What the names of channels end with that nobody else listens on.
	 */
	private static final String PROBE = "-probe#";

	private final RedisBus bus;

	private final RedisConfig config;

	private final ClusterConfig times;

	private final ScheduledThreadPoolExecutor timer;

	// Redis drops a subscriber that does not read: better to drop messages one by one
	private final Inbox inbox = new Inbox((reading) -> {
	});

	private final ClusterStatistics statistics = new ClusterStatistics();

	private final Map<String, ClassicAdapter> adapters = new ConcurrentHashMap<>();

	@GuardedBy("adapters")
	private boolean open;

	@GuardedBy("adapters")
	private @Nullable CompletionStage<@Nullable Void> closed;

	/**
	 * Create a node. It is a member from {@link #open()} on.
	 * @param connections makes connections to Redis
	 * @param config how the servers talk to each other
	 * @param times times of the cluster
	 */
	public RedisNode(RedisConnectionFactory connections, RedisConfig config, ClusterConfig times) {
		this.config = config;
		this.times = times;
		this.timer = new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("socketio-redis-timer", true));
		this.timer.setRemoveOnCancelPolicy(true);
		this.bus = new SpringRedisBus(connections, config.key() + PROBE + UUID.randomUUID(), new StateListener());
	}

	@Override
	public Adapter create(AdapterNamespace namespace) {
		ClassicAdapter adapter = new ClassicAdapter(namespace, this.bus, this.inbox, this.config, this.times,
				this.timer, this.statistics, (closed) -> this.adapters.remove(namespace.name(), closed));
		synchronized (this.adapters) {
			this.adapters.put(namespace.name(), adapter);
			if (this.open) {
				adapter.open();
			}
		}
		return adapter;
	}

	/**
	 * Become a member. Called once; does not fail while Redis is away: this server serves
	 * its own clients meanwhile.
	 */
	@Override
	public void open() {
		synchronized (this.adapters) {
			this.open = true;
			this.bus.open();
			this.adapters.values().forEach(ClassicAdapter::open);
		}
	}

	/**
	 * Leave the cluster. Further calls do nothing.
	 * @return completes when the connections to Redis are closed
	 */
	@Override
	public CompletionStage<@Nullable Void> close() {
		synchronized (this.adapters) {
			if (this.closed == null) {
				this.open = false;
				this.adapters.values().forEach(ClassicAdapter::leave);
				this.timer.shutdownNow();
				this.inbox.close();
				this.closed = this.bus.close().thenApply((done) -> null);
			}
			return this.closed;
		}
	}

	@Override
	public String adapter() {
		return "redis";
	}

	/**
	 * Return whether Redis takes messages and gives them back.
	 * @return {@code true} if it does, as far as is known
	 */
	@Override
	public boolean isConnected() {
		return this.bus.isUp();
	}

	/**
	 * Return nothing: Redis counts members, but does not know them.
	 * @return an empty set
	 */
	@Override
	public Set<String> members() {
		return Set.of();
	}

	@Override
	public ClusterStatistics statistics() {
		return this.statistics;
	}

	/**
	 * Counts what is lost.
	 */
	private final class StateListener implements RedisBus.StateListener {

		@Override
		public void onUp() {
		}

		@Override
		public void onDown(String reason) {
		}

		@Override
		public void onLost(int messages) {
			for (int i = 0; i < messages; i++) {
				RedisNode.this.statistics.failToPublish();
			}
		}

	}

}
