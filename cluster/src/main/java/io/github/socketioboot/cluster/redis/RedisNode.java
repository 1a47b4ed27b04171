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

import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.ClusterMember;
import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.Inbox;
import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * This process as a member of a cluster over Redis: makes the adapters of its namespaces,
 * which share one link. Servers of Node.js with {@code @socket.io/redis-adapter} may be
 * members too, all with the same protocol. Thread-safe; no method blocks.
 *
 * @since 0.1.0
 */
public final class RedisNode implements ClusterMember {

	/**
	 * What the names of channels end with that nobody else listens on.
	 */
	static final String PROBE = "-probe#";

	private static final SecureRandom RANDOM = new SecureRandom();

	private final RedisBus bus;

	private final RedisConfig config;

	private final ClusterConfig times;

	private final ScheduledThreadPoolExecutor timer;

	private final Inbox inbox;

	private final @Nullable Host host;

	private final ClusterStatistics statistics = new ClusterStatistics();

	private final CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();

	private final Map<String, RedisAdapter> adapters = new ConcurrentHashMap<>();

	@GuardedBy("adapters")
	private boolean open;

	@GuardedBy("adapters")
	private @Nullable CompletionStage<@Nullable Void> closed;

	/**
	 * Create a node for the only process of a host. It is a member from {@link #open()}
	 * on.
	 * @param connections makes connections to Redis
	 * @param config how the servers talk to each other
	 * @param times times of the cluster
	 */
	public RedisNode(RedisConnectionFactory connections, RedisConfig config, ClusterConfig times) {
		this(connections, config, times, null);
	}

	/**
	 * Create a node. It is a member from {@link #open()} on.
	 * @param connections makes connections to Redis
	 * @param config how the servers talk to each other
	 * @param times times of the cluster
	 * @param transport the way to the other workers of this host, or {@code null} if this
	 * process is the only one; is opened and closed by this node
	 */
	public RedisNode(RedisConnectionFactory connections, RedisConfig config, ClusterConfig times,
			@Nullable ClusterTransport transport) {
		this.config = config;
		this.times = times;
		this.timer = new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("socketio-redis-timer", true));
		this.timer.setRemoveOnCancelPolicy(true);
		this.bus = new SpringRedisBus(connections, config.protocol(), config.key() + PROBE + UUID.randomUUID(),
				new StateListener());
		// With the sharded protocol, each worker is a member of its own
		ClusterTransport mates = (config.protocol() == RedisProtocol.CLASSIC) ? transport : null;
		// Redis drops a subscriber that does not read: better to drop messages one by one
		this.inbox = new Inbox((mates != null) ? mates::setReading : (reading) -> {
		});
		this.host = (mates != null) ? new Host(mates, this.inbox, this.timer, this.statistics) : null;
	}

	/**
	 * Return whether connections are good for a protocol: for the sharded one, Lettuce
	 * has to make them.
	 * @param connections makes connections to Redis
	 * @param config how the servers talk to each other
	 * @return {@code true} if they are
	 */
	public static boolean isSupported(RedisConnectionFactory connections, RedisConfig config) {
		return config.protocol() == RedisProtocol.CLASSIC
				|| (RedisDriver.LETTUCE && LettuceShardDriver.isSupported(connections));
	}

	@Override
	public Adapter create(AdapterNamespace namespace) {
		RedisAdapter adapter = (this.config.protocol() == RedisProtocol.SHARDED) ? sharded(namespace)
				: classic(namespace);
		synchronized (this.adapters) {
			this.adapters.put(namespace.name(), adapter);
			if (this.open) {
				adapter.open();
			}
		}
		return adapter;
	}

	private ClassicAdapter classic(AdapterNamespace namespace) {
		ClassicChannels channels = new ClassicChannels(this.config.key(), namespace.name());
		String uid = (this.host != null) ? this.host.uid(namespace.name()) : newId();
		ClassicLink link = (this.host != null) ? new HostLink(this.host, this.bus, channels, uid, this.statistics)
				: new DirectLink(this.bus, channels, uid, this.inbox, this.statistics);
		return new ClassicAdapter(namespace, link, channels, uid, this.config.specificResponses(), this.times,
				this.timer, this.statistics, (closed) -> this.adapters.remove(namespace.name(), closed));
	}

	private static String newId() {
		StringBuilder id = new StringBuilder(Host.ID_LENGTH);
		for (int i = 0; i < Host.ID_LENGTH; i++) {
			id.append(Host.ID_CHARACTERS.charAt(RANDOM.nextInt(Host.ID_CHARACTERS.length())));
		}
		return id.toString();
	}

	private ShardedAdapter sharded(AdapterNamespace namespace) {
		return new ShardedAdapter(namespace, this.bus, this.inbox, this.config, this.times, this.timer, this.statistics,
				(closed) -> this.adapters.remove(namespace.name(), closed));
	}

	/**
	 * Become a member. Called once; does not fail while Redis is away: this server serves
	 * its own clients meanwhile.
	 */
	@Override
	public CompletionStage<@Nullable Void> open() {
		synchronized (this.adapters) {
			this.open = true;
			if (this.host != null) {
				// First: whom Redis counts is reached by the other workers
				this.host.open();
			}
			this.adapters.values().forEach(RedisAdapter::open);
			this.bus.open();
		}
		return this.settled.minimalCompletionStage();
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
				this.closed = (this.host != null) ? this.host.leave().thenCompose((left) -> end()) : end();
			}
			return this.closed;
		}
	}

	private CompletionStage<@Nullable Void> end() {
		this.adapters.values().forEach(RedisAdapter::leave);
		this.timer.shutdownNow();
		this.inbox.close();
		return this.bus.close().thenApply((done) -> {
			if (this.host != null) {
				// Last: others may ask as long as Redis counts this one
				this.host.close();
			}
			return null;
		});
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
	 * Return how many namespaces this worker reads from Redis, for itself and others.
	 * @return the number; of the others another worker of this host takes care
	 */
	long readings() {
		return (this.host != null) ? this.host.readings() : this.adapters.size();
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
			tell(true);
		}

		@Override
		public void onDown(String reason) {
			tell(false);
		}

		private void tell(boolean up) {
			if (RedisNode.this.host != null) {
				RedisNode.this.host.onUp(up);
			}
			RedisNode.this.settled.complete(null);
		}

		@Override
		public void onLost(int messages) {
			for (int i = 0; i < messages; i++) {
				RedisNode.this.statistics.failToPublish();
			}
		}

	}

}
