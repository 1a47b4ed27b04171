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

import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Tells where Redis is, for people. Knows the factories that Spring Data has, but needs
 * neither client.
 */
final class RedisAddress {

	private RedisAddress() {
	}

	/**
	 * Describe where Redis is.
	 * @param connections makes connections to it
	 * @return hosts and ports
	 */
	static String of(RedisConnectionFactory connections) {
		if (connections instanceof LettuceConnectionFactory lettuce) {
			return address(lettuce.getSentinelConfiguration(), lettuce.getClusterConfiguration(), lettuce.getHostName(),
					lettuce.getPort());
		}
		if (connections instanceof JedisConnectionFactory jedis) {
			return address(jedis.getSentinelConfiguration(), jedis.getClusterConfiguration(), jedis.getHostName(),
					jedis.getPort());
		}
		return "the address of " + connections.getClass().getName();
	}

	private static String address(@Nullable RedisSentinelConfiguration sentinels,
			@Nullable RedisClusterConfiguration cluster, String host, int port) {
		if (sentinels != null) {
			return "the sentinels " + list(sentinels.getSentinels().stream().map((node) -> node.asString()));
		}
		return (cluster != null) ? list(cluster.getClusterNodes().stream().map((node) -> node.asString()))
				: host + ":" + port;
	}

	private static String list(Stream<String> nodes) {
		return nodes.sorted().collect(Collectors.joining(", "));
	}

}
