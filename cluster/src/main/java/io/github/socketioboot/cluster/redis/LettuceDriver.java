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
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.redis.Outbox.Count;
import io.github.socketioboot.cluster.redis.Outbox.Item;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.api.async.AsyncExecutions;
import io.lettuce.core.cluster.api.async.NodeSelectionAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnection.PipeliningFlushPolicy;

/**
 * Lettuce, which can write many items in one go, and knows all nodes of a Redis Cluster.
 */
class LettuceDriver extends RedisDriver {

	static boolean isOf(RedisConnection connection) {
		return connection instanceof LettuceConnection;
	}

	@Override
	void connect(RedisConnection connection) {
		((LettuceConnection) connection).setPipeliningFlushPolicy(PipeliningFlushPolicy.flushOnClose());
		connection.openPipeline();
		connection.closePipeline();
	}

	@Override
	List<@Nullable Object> send(RedisConnection connection, List<Item> items) {
		List<@Nullable Object> answers = new ArrayList<>(items.size());
		connection.openPipeline();
		for (Item item : items) {
			answers.add(send(connection, item));
		}
		Iterator<@Nullable Object> later = closePipeline(connection, items.size()).iterator();
		answers.replaceAll((answer) -> (answer != null || !later.hasNext()) ? answer : later.next());
		return answers;
	}

	private static List<@Nullable Object> closePipeline(RedisConnection connection, int items) {
		try {
			return connection.closePipeline();
		}
		catch (RedisPipelineException ex) {
			if (ex.getCause() instanceof RedisCommandExecutionException refusal) {
				// Of which item, and of how many, is not told
				return Collections.nCopies(items, refusal);
			}
			List<Object> answers = ex.getPipelineResult();
			if (answers.isEmpty() || answers.stream().anyMatch(LettuceDriver::isMissing)) {
				throw new ClusterUnreachableException("The connection is lost", ex);
			}
			return new ArrayList<>(answers);
		}
	}

	private static boolean isMissing(@Nullable Object answer) {
		// Errors that Redis has sent have a text
		return answer instanceof Throwable error && error.getMessage() == null;
	}

	@Override
	Object count(RedisConnection connection, Count count) {
		RedisClusterAsyncCommands<byte[], byte[]> commands = ((LettuceConnection) connection).getNativeConnection();
		if (commands instanceof RedisAdvancedClusterAsyncCommands<byte[], byte[]> cluster) {
			// A node knows its own subscribers only
			return count(cluster.all().commands(), count.channel())
				.thenApply((counts) -> counts.stream().mapToInt(LettuceDriver::sum).sum());
		}
		return count(commands, count.channel()).thenApply(LettuceDriver::sum);
	}

	/**
	 * Ask several nodes for the number of subscribers.
	 * @param nodes the nodes
	 * @param channel the channel
	 * @return an answer of each
	 */
	AsyncExecutions<Map<byte[], Long>> count(NodeSelectionAsyncCommands<byte[], byte[]> nodes, byte[] channel) {
		return nodes.pubsubNumsub(channel);
	}

	/**
	 * Ask the server for the number of subscribers.
	 * @param commands asks it
	 * @param channel the channel
	 * @return its answer
	 */
	CompletionStage<Map<byte[], Long>> count(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] channel) {
		return commands.pubsubNumsub(channel);
	}

	private static int sum(Map<byte[], Long> counts) {
		return counts.values().stream().mapToInt(Long::intValue).sum();
	}

}
