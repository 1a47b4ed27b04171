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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.Audience;
import io.github.socketioboot.cluster.ClusterAdapter;
import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import org.jspecify.annotations.Nullable;

/**
 * Adapter of a namespace that is a member of a cluster over Redis for a while: members
 * are counted by Redis, as subscribers of a channel. Thread-safe.
 */
abstract class RedisAdapter extends ClusterAdapter {

	private final ClusterStatistics statistics;

	private final Duration patience;

	RedisAdapter(AdapterNamespace namespace, ClusterConfig times, ScheduledExecutorService timer,
			ClusterStatistics statistics) {
		super(namespace, times, timer, statistics);
		this.statistics = statistics;
		this.patience = times.requestsTimeout();
	}

	/**
	 * Become a member. Called once.
	 */
	abstract void open();

	/**
	 * Be a member no longer. Requests fail.
	 */
	abstract void leave();

	/**
	 * Tell when this member is counted.
	 * @return completes when it is for the first time; never exceptionally
	 */
	abstract CompletionStage<? extends @Nullable Void> confirmed();

	/**
	 * Return whether members are reached.
	 * @return {@code true} if they are, as far as is known
	 */
	abstract boolean isUp();

	/**
	 * Ask how many members there are, this one included.
	 * @return the number, or a failure
	 */
	abstract CompletionStage<Integer> members();

	@Override
	protected final Audience audience() {
		return new Audience.Counted(membersAndThis().thenApply((members) -> Math.max(0, members - 1)));
	}

	// Redis counts this member as well, once it has confirmed the subscription
	private CompletionStage<Integer> membersAndThis() {
		CompletableFuture<? extends @Nullable Void> confirmed = confirmed().toCompletableFuture();
		if (confirmed.isDone() || !isUp()) {
			return members();
		}
		return confirmed.copy()
			.orTimeout(this.patience.toMillis(), TimeUnit.MILLISECONDS)
			.thenCompose((done) -> members());
	}

	@Override
	protected final int maxSocketsPerResponse() {
		// A member has one response
		return Integer.MAX_VALUE;
	}

	/**
	 * Handle a message of another member.
	 * @param member id of the member, as far as it is told
	 * @param message the message; ownership passes
	 */
	final void handle(String member, ClusterMessage message) {
		try {
			this.statistics.receive(message.type());
			onMessage(member, message);
		}
		finally {
			if (message instanceof Broadcast broadcast) {
				broadcast.packet().release();
			}
		}
	}

}
