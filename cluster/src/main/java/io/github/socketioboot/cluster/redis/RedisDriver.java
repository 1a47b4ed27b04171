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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.socketioboot.cluster.redis.Outbox.Count;
import io.github.socketioboot.cluster.redis.Outbox.Item;
import io.github.socketioboot.cluster.redis.Outbox.Probe;
import io.github.socketioboot.cluster.redis.Outbox.Publication;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.util.ClassUtils;

/**
 * How items are sent: one by one, which every client of Spring Data Redis can do.
 */
class RedisDriver {

	/**
	 * Whether Lettuce is there.
	 */
	static final boolean LETTUCE = ClassUtils.isPresent("io.lettuce.core.RedisClient",
			RedisDriver.class.getClassLoader());

	/**
	 * Return the driver of a connection.
	 * @param protocol the protocol
	 * @param connection the connection
	 * @return its driver
	 */
	static RedisDriver of(RedisProtocol protocol, RedisConnection connection) {
		if (protocol == RedisProtocol.SHARDED) {
			return new LettuceShardDriver();
		}
		return (LETTUCE && LettuceDriver.isOf(connection)) ? new LettuceDriver() : new RedisDriver();
	}

	/**
	 * Connect, if the client does so only when it has to.
	 * @param connection the connection
	 */
	void connect(RedisConnection connection) {
		// It has done so
	}

	/**
	 * Send items, in order, and wait for the answers.
	 * @param connection the connection
	 * @param items the items
	 * @return an answer for each item: a number, a stage of one, or an exception if Redis
	 * refuses the item
	 * @throws RuntimeException if the connection is lost
	 */
	List<@Nullable Object> send(RedisConnection connection, List<Item> items) {
		List<@Nullable Object> answers = new ArrayList<>(items.size());
		for (Item item : items) {
			try {
				answers.add(send(connection, item));
			}
			catch (InvalidDataAccessApiUsageException | RedisSystemException ex) {
				answers.add(ex);
			}
		}
		return answers;
	}

	/**
	 * Send an item.
	 * @param connection the connection
	 * @param item the item
	 * @return its answer, or {@code null} if it comes later
	 */
	@Nullable Object send(RedisConnection connection, Item item) {
		if (item instanceof Publication publication) {
			return connection.publish(publication.channel(), publication.message());
		}
		if (item instanceof Probe probe) {
			return connection.publish(probe.channel(), probe.message());
		}
		return count(connection, (Count) item);
	}

	/**
	 * Ask for the number of subscribers.
	 * @param connection the connection
	 * @param count the question
	 * @return its answer
	 */
	@Nullable Object count(RedisConnection connection, Count count) {
		Object answer = connection.execute("PUBSUB", "NUMSUB".getBytes(StandardCharsets.US_ASCII), count.channel());
		return (answer instanceof Collection<?> parts)
				? parts.stream().filter(Number.class::isInstance).findFirst().orElse(null) : null;
	}

}
