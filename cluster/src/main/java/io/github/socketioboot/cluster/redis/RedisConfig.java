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

/**
 * How the servers of a cluster talk to each other. The same for all of them, but for the
 * channel of responses. Immutable.
 *
 * @param protocol formats of the messages
 * @param key what the names of all channels begin with, not empty
 * @param specificResponses whether this server responds over the channel of the server
 * that asks, not over that of all; {@link RedisProtocol#SHARDED} always does
 * @param subscriptionMode which rooms have a channel of their own, with
 * {@link RedisProtocol#SHARDED}
 * @since 0.1.0
 */
public record RedisConfig(RedisProtocol protocol, String key, boolean specificResponses,
		SubscriptionMode subscriptionMode) {

	/**
	 * What Node's adapter does unless told otherwise.
	 */
	public static final RedisConfig DEFAULT = new RedisConfig(ClassicChannels.DEFAULT_KEY, false);

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if the key is empty
	 */
	public RedisConfig {
		if (key.isEmpty()) {
			throw new IllegalArgumentException("key: empty (expected: at least one character)");
		}
	}

	/**
	 * Create settings of {@link RedisProtocol#CLASSIC}.
	 * @param key what the names of all channels begin with, not empty
	 * @param specificResponses whether this server responds over the channel of the
	 * server that asks
	 * @throws IllegalArgumentException if the key is empty
	 */
	public RedisConfig(String key, boolean specificResponses) {
		this(RedisProtocol.CLASSIC, key, specificResponses, SubscriptionMode.DYNAMIC);
	}

	/**
	 * Create settings of {@link RedisProtocol#SHARDED}.
	 * @param key what the names of all channels begin with, not empty
	 * @param subscriptionMode which rooms have a channel of their own
	 * @throws IllegalArgumentException if the key is empty
	 */
	public RedisConfig(String key, SubscriptionMode subscriptionMode) {
		this(RedisProtocol.SHARDED, key, true, subscriptionMode);
	}

}
