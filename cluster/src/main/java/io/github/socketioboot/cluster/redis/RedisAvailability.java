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

import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Finds out whether Redis takes messages, for servers that are not to start without it.
 *
 * @since 0.1.0
 */
public final class RedisAvailability {

	private RedisAvailability() {
	}

	/**
	 * Publish a message that nobody listens to. Blocks until Redis has taken it, or a
	 * time-out of the connection is over.
	 * @param connections makes connections to Redis
	 * @param config how the servers talk to each other
	 * @throws RedisUnavailableException if Redis does not take it
	 */
	public static void require(RedisConnectionFactory connections, RedisConfig config) {
		byte[] channel = (config.key() + RedisNode.PROBE).getBytes(StandardCharsets.UTF_8);
		try (RedisConnection connection = connections.getConnection()) {
			connection.publish(channel, new byte[0]);
		}
		catch (RuntimeException ex) {
			Throwable cause = NestedExceptionUtils.getMostSpecificCause(ex);
			String message = cause.getMessage();
			throw new RedisUnavailableException(RedisAddress.of(connections),
					(message != null) ? message : cause.toString(), ex);
		}
	}

}
