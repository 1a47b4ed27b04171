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

package io.github.socketioboot.autoconfigure.redis;

import io.github.socketioboot.cluster.redis.RedisAvailability;
import io.github.socketioboot.cluster.redis.RedisConfig;

import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Stops the start of a server that is not to start without Redis, before it takes
 * clients. Thread-safe.
 */
class RedisStartCheck implements SmartLifecycle {

	/**
	 * Ahead of the membership in the cluster, at {@code DEFAULT_PHASE - 1600}.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1664;

	private final RedisConnectionFactory connections;

	private final RedisConfig config;

	private volatile boolean running;

	RedisStartCheck(RedisConnectionFactory connections, RedisConfig config) {
		this.connections = connections;
		this.config = config;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void start() {
		if (!this.running) {
			RedisAvailability.require(this.connections, this.config);
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

}
