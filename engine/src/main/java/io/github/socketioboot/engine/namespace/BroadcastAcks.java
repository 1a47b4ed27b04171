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

package io.github.socketioboot.engine.namespace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.engine.adapter.BroadcastAnswers;
import org.jspecify.annotations.Nullable;

/**
 * Collects the acknowledgements of a broadcast: complete when every node has told its
 * number of receivers and all of these have answered. Thread-safe.
 */
final class BroadcastAcks implements BroadcastAnswers {

	private static final int UNKNOWN = -1;

	private final Executor executor;

	private final CompletableFuture<List<@Nullable Object>> result = new CompletableFuture<>();

	/**
	 * Fails when the time is over; completed to stop the clock.
	 */
	private final CompletableFuture<Void> clock = new CompletableFuture<>();

	@GuardedBy("this")
	private final List<@Nullable Object> responses = new ArrayList<>();

	@GuardedBy("this")
	private int servers = UNKNOWN;

	@GuardedBy("this")
	private int serversHeard;

	@GuardedBy("this")
	private int clients;

	@GuardedBy("this")
	private int lostClients;

	@GuardedBy("this")
	private final Set<String> lostNodes = new TreeSet<>();

	@GuardedBy("this")
	private boolean done;

	BroadcastAcks(Executor executor) {
		this.executor = executor;
	}

	CompletableFuture<List<@Nullable Object>> result() {
		return this.result;
	}

	void start(long timeoutMillis) {
		this.clock.orTimeout(timeoutMillis, TimeUnit.MILLISECONDS).whenComplete((nothing, timeout) -> {
			if (timeout != null) {
				expire();
			}
		});
	}

	void expectServers(int servers) {
		synchronized (this) {
			this.servers = servers;
		}
		check();
	}

	@Override
	public void onClientCount(int clients) {
		synchronized (this) {
			this.serversHeard++;
			this.clients += clients;
		}
		check();
	}

	@Override
	public void onAnswer(@Nullable Object value) {
		synchronized (this) {
			if (this.done) {
				return;
			}
			this.responses.add(value);
		}
		check();
	}

	@Override
	public void onLost(String node, int clients) {
		synchronized (this) {
			this.lostNodes.add(node);
			this.lostClients += clients;
		}
		check();
	}

	private void check() {
		List<@Nullable Object> responses;
		AckTimeoutException lost;
		synchronized (this) {
			// One that has come after the nodes were counted is heard too
			if (this.done || this.servers == UNKNOWN || this.serversHeard < this.servers
					|| this.responses.size() + this.lostClients < this.clients) {
				return;
			}
			this.done = true;
			responses = Collections.unmodifiableList(this.responses);
			lost = this.lostNodes.isEmpty() ? null : new AckTimeoutException(this.lostNodes, responses);
		}
		this.clock.complete(null);
		if (lost != null) {
			settle(() -> this.result.completeExceptionally(lost));
		}
		else {
			settle(() -> this.result.complete(responses));
		}
	}

	private void expire() {
		AckTimeoutException timeout;
		synchronized (this) {
			if (this.done) {
				return;
			}
			this.done = true;
			timeout = new AckTimeoutException(this.responses);
		}
		settle(() -> this.result.completeExceptionally(timeout));
	}

	/**
	 * Fail.
	 * @param error the failure
	 */
	void fail(Throwable error) {
		synchronized (this) {
			this.done = true;
		}
		this.clock.complete(null);
		settle(() -> this.result.completeExceptionally(error));
	}

	private void settle(Runnable completion) {
		try {
			this.executor.execute(completion);
		}
		catch (RejectedExecutionException ex) {
			CompletableFuture.runAsync(completion);
		}
	}

}
