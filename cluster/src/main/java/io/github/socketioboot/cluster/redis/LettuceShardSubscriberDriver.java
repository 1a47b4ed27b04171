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

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Listens on channels of shards, which Spring Data does not know, through the connection
 * of Lettuce below. In a Redis Cluster, Lettuce asks the node that has the channel.
 */
final class LettuceShardSubscriberDriver extends SubscriberDriver {

	/**
	 * Most channels that are asked for with one command.
	 */
	static final int MAX_CHANNELS = 256;

	/**
	 * Commands without an answer from which on no more are sent. Without a limit they
	 * would pile up in the client while Redis is away.
	 */
	static final int MAX_COMMANDS = 1024;

	/** Not {@code null} for a Redis Cluster. */
	private final @Nullable AbstractRedisClient cluster;

	private final Reconnections reconnections = new Reconnections();

	private final AtomicInteger commands = new AtomicInteger();

	private final ShardListener shards = new ShardListener();

	private final Set<Topic> asked = ConcurrentHashMap.newKeySet();

	private volatile @Nullable RedisPubSubAsyncCommands<byte[], byte[]> lettuce;

	/**
	 * Create a driver.
	 * @param factory makes connections
	 * @param listener is told what comes
	 */
	LettuceShardSubscriberDriver(RedisConnectionFactory factory, Listener listener) {
		super(listener);
		this.cluster = (factory instanceof LettuceConnectionFactory connections && connections.isClusterAware())
				? connections.getRequiredNativeClient() : null;
	}

	@Override
	void begin(RedisConnection connection, Topic topic) {
		// Only then Spring Data opens a connection for messages
		Topic plain = new Topic(topic.name() + "plain", false);
		begin(connection, plain, (message, pattern) -> {
			// It would tell messages of shards as well, but not what they are
		});
		RedisPubSubAsyncCommands<byte[], byte[]> lettuce = lettuce(connection);
		lettuce.getStatefulConnection().addListener(this.shards);
		if (this.cluster != null) {
			this.cluster.addListener(this.reconnections);
		}
		this.lettuce = lettuce;
		// With RESP2, Lettuce does not unsubscribe shards of connections with plain ones
		lettuce.unsubscribe(bytes(plain));
		update(List.of(topic), List.of());
	}

	@SuppressWarnings("unchecked")
	private static RedisPubSubAsyncCommands<byte[], byte[]> lettuce(RedisConnection connection) {
		if (connection instanceof LettuceConnection spring
				&& spring.getNativeConnection() instanceof RedisPubSubAsyncCommands<?, ?> commands) {
			return (RedisPubSubAsyncCommands<byte[], byte[]>) commands;
		}
		throw new ClusterUnreachableException("Its client knows no channels of shards, as Lettuce does");
	}

	@Override
	void update(List<Topic> added, List<Topic> removed) {
		RedisPubSubAsyncCommands<byte[], byte[]> lettuce = this.lettuce;
		if (lettuce != null) {
			this.asked.addAll(added);
			removed.forEach(this.asked::remove);
			send(added, lettuce::ssubscribe);
			send(removed, lettuce::sunsubscribe);
		}
	}

	private void send(List<Topic> topics, Function<byte[][], RedisFuture<Void>> command) {
		for (List<Topic> some : batches(topics)) {
			this.commands.incrementAndGet();
			command.apply(Topic.names(some, false)).whenComplete((done, error) -> {
				if (this.commands.decrementAndGet() == MAX_COMMANDS / 2) {
					listener().onRoom();
				}
				if (error != null) {
					listener().onRefused(some, reason(error));
				}
			});
		}
	}

	private static RuntimeException reason(Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		return (cause instanceof RuntimeException ex) ? ex : new IllegalStateException(cause);
	}

	/**
	 * Divide channels by commands. Those of one command have to be of one slot in a Redis
	 * Cluster.
	 * @param topics the channels
	 * @return some of them at a time
	 */
	private Collection<List<Topic>> batches(List<Topic> topics) {
		List<List<Topic>> batches = new ArrayList<>();
		Map<Integer, List<Topic>> open = new HashMap<>();
		for (Topic topic : topics) {
			int slot = (this.cluster != null) ? SlotHash.getSlot(bytes(topic)) : 0;
			List<Topic> batch = open.get(slot);
			if (batch == null || batch.size() == MAX_CHANNELS) {
				batch = new ArrayList<>();
				open.put(slot, batch);
				batches.add(batch);
			}
			batch.add(topic);
		}
		return batches;
	}

	private static byte[] bytes(Topic topic) {
		return topic.name().getBytes(StandardCharsets.UTF_8);
	}

	@Override
	int room() {
		return Math.max(0, MAX_COMMANDS - this.commands.get());
	}

	@Override
	boolean forgets() {
		return this.cluster != null && this.commands.get() < MAX_COMMANDS / 2;
	}

	@Override
	void end() {
		if (this.cluster != null) {
			this.cluster.removeListener(this.reconnections);
		}
		RedisPubSubAsyncCommands<byte[], byte[]> lettuce = this.lettuce;
		if (lettuce != null) {
			lettuce.getStatefulConnection().removeListener(this.shards);
			// The connection may be one of a pool, and be used again
			send(List.copyOf(this.asked), lettuce::sunsubscribe);
		}
		super.end();
	}

	/**
	 * Passes on what Lettuce tells.
	 */
	private final class ShardListener extends RedisPubSubAdapter<byte[], byte[]> {

		@Override
		public void smessage(byte[] channel, byte[] message) {
			listener().onMessage(Topic.of(channel, false), channel, message);
		}

		@Override
		public void ssubscribed(byte[] channel, long count) {
			listener().onConfirmed(Topic.of(channel, false));
		}

		@Override
		public void sunsubscribed(byte[] channel, long count) {
			listener().onEnded(Topic.of(channel, false));
		}

	}

	/**
	 * Notes when a connection to a node of a Redis Cluster is back. Lettuce asks it for
	 * all channels with one command then, which a node does not take.
	 */
	private final class Reconnections implements RedisConnectionStateListener {

		@Override
		public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
			if (connection instanceof StatefulRedisPubSubConnection<?, ?>) {
				listener().onReconnected();
			}
		}

	}

}
