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
import java.util.concurrent.CompletionStage;

import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.redis.Outbox.Count;
import io.github.socketioboot.cluster.redis.Outbox.Item;
import io.github.socketioboot.cluster.redis.Outbox.Probe;
import io.github.socketioboot.cluster.redis.Outbox.Publication;
import io.lettuce.core.cluster.api.async.AsyncExecutions;
import io.lettuce.core.cluster.api.async.NodeSelectionAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Sends to channels of shards. In a Redis Cluster, Lettuce finds the node that has the
 * channel.
 */
final class LettuceShardDriver extends LettuceDriver {

	static boolean isSupported(RedisConnectionFactory connections) {
		return connections instanceof LettuceConnectionFactory;
	}

	@Override
	void connect(RedisConnection connection) {
		if (!isOf(connection)) {
			throw new ClusterUnreachableException("Its client knows no channels of shards, as Lettuce does");
		}
		super.connect(connection);
	}

	@Override
	@Nullable Object send(RedisConnection connection, Item item) {
		if (item instanceof Publication publication) {
			return publish(connection, publication.channel(), publication.message());
		}
		if (item instanceof Probe probe) {
			return publish(connection, probe.channel(), probe.message());
		}
		return count(connection, (Count) item);
	}

	private static @Nullable Object publish(RedisConnection connection, byte[] channel, byte[] message) {
		return ((LettuceConnection) connection).execute("SPUBLISH", new IntegerOutput<>(ByteArrayCodec.INSTANCE),
				channel, message);
	}

	@Override
	AsyncExecutions<Map<byte[], Long>> count(NodeSelectionAsyncCommands<byte[], byte[]> nodes, byte[] channel) {
		return nodes.pubsubShardNumsub(channel);
	}

	@Override
	CompletionStage<Map<byte[], Long>> count(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] channel) {
		return commands.pubsubShardNumsub(channel);
	}

}
