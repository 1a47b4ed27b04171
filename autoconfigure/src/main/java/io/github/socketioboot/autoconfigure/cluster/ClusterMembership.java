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

package io.github.socketioboot.autoconfigure.cluster;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.socketioboot.cluster.ClusterMember;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Joins the cluster, if there is one, before the server takes clients, and leaves it
 * after the last of them has gone. Thread-safe.
 */
class ClusterMembership implements SmartLifecycle {

	/**
	 * Ahead of the server, at {@code DEFAULT_PHASE - 1536}, and ended after it.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1600;

	/**
	 * How long the server waits for the other members' messages before it takes clients,
	 * in seconds: longer than it takes to find out that Redis does not answer.
	 */
	static final long JOIN_SECONDS = 5;

	private static final Logger logger = LoggerFactory.getLogger(ClusterMembership.class);

	private final @Nullable ClusterMember member;

	private volatile boolean running;

	ClusterMembership(@Nullable ClusterMember member) {
		this.member = member;
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
		if (!this.running && this.member != null) {
			join(this.member);
		}
		this.running = true;
	}

	// A client must miss nothing from the moment it is connected
	private static void join(ClusterMember member) {
		try {
			member.open().toCompletableFuture().get(JOIN_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("The server starts before it is known whether the cluster can be reached", ex);
		}
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		boolean joined = this.running;
		this.running = false;
		if (joined && this.member != null) {
			this.member.close().whenComplete((closed, ex) -> callback.run());
		}
		else {
			callback.run();
		}
	}

}
