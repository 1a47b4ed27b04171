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

package io.github.socketioboot.autoconfigure.admin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Sessions in Redis, where the reference server keeps them too: known to all servers, of
 * Node.js as well. Without Redis logins go on, and none is remembered. Blocks.
 * Thread-safe.
 */
final class RedisAdminSessions extends AdminSessions {

	private static final Logger logger = LoggerFactory.getLogger(RedisAdminSessions.class);

	private static final String PREFIX = "socket.io-admin#";

	private final RedisConnectionFactory connections;

	private final Duration lifetime;

	RedisAdminSessions(RedisConnectionFactory connections, Duration lifetime) {
		this.connections = connections;
		this.lifetime = lifetime;
	}

	@Override
	void save(String id) {
		try (RedisConnection connection = this.connections.getConnection()) {
			connection.stringCommands()
				.pSetEx(key(id), this.lifetime.toMillis(), "true".getBytes(StandardCharsets.UTF_8));
		}
		catch (RuntimeException ex) {
			logger.debug("A login to the Admin UI cannot be remembered in Redis", ex);
		}
	}

	@Override
	boolean find(String id) {
		try (RedisConnection connection = this.connections.getConnection()) {
			return Boolean.TRUE.equals(connection.keyCommands().exists(key(id)));
		}
		catch (RuntimeException ex) {
			logger.debug("Redis cannot be asked about a login to the Admin UI", ex);
			return false;
		}
	}

	private static byte[] key(String id) {
		return (PREFIX + id).getBytes(StandardCharsets.UTF_8);
	}

}
