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

import io.github.socketioboot.cluster.redis.RedisNode;

import org.springframework.context.SmartLifecycle;

/**
 * Joins the cluster before the server takes clients, and leaves it after the last of them
 * has gone. Thread-safe.
 */
class RedisMembership implements SmartLifecycle {

	/**
	 * Ahead of the server, at {@code DEFAULT_PHASE - 1536}, and ended after it.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1600;

	private final RedisNode node;

	private volatile boolean running;

	RedisMembership(RedisNode node) {
		this.node = node;
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
			this.node.open();
		}
		this.running = true;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		if (this.running) {
			this.running = false;
			this.node.close().whenComplete((closed, ex) -> callback.run());
		}
		else {
			callback.run();
		}
	}

}
