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

package io.github.socketioboot.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Requests of one namespace that wait for other members. Thread-safe.
 */
final class RequestTable {

	/**
	 * Most requests that wait at a time.
	 */
	static final int MAX_REQUESTS = 10_000;

	private final Map<String, ClusterRequest> requests = new ConcurrentHashMap<>();

	private final AtomicLong ids = new AtomicLong(ThreadLocalRandom.current().nextLong());

	private final ScheduledExecutorService timer;

	private final ClusterStatistics statistics;

	private volatile boolean closed;

	RequestTable(ScheduledExecutorService timer, ClusterStatistics statistics) {
		this.timer = timer;
		this.statistics = statistics;
	}

	/**
	 * Add a request.
	 * @param request the request
	 * @param timeoutMillis when it fails
	 * @return its id
	 * @throws RejectedExecutionException if too many wait already, or this has ended
	 */
	String add(ClusterRequest request, long timeoutMillis) {
		if (this.closed || this.requests.size() >= MAX_REQUESTS) {
			throw new RejectedExecutionException("Too many requests to other members");
		}
		String id = Long.toHexString(this.ids.incrementAndGet());
		this.requests.put(id, request);
		try {
			request.timeout(this.timer.schedule(() -> expire(id), timeoutMillis, TimeUnit.MILLISECONDS));
		}
		catch (RejectedExecutionException ex) {
			this.requests.remove(id);
			throw ex;
		}
		if (this.closed) {
			failAll();
		}
		return id;
	}

	/**
	 * Find a request.
	 * @param <T> its type
	 * @param id its id
	 * @param type its type
	 * @return the request, or {@code null} if there is none of this type
	 */
	<T extends ClusterRequest> @Nullable T find(String id, Class<T> type) {
		ClusterRequest request = this.requests.get(id);
		return type.isInstance(request) ? type.cast(request) : null;
	}

	/**
	 * Remove a request that has ended.
	 * @param id its id
	 */
	void remove(String id) {
		ClusterRequest request = this.requests.remove(id);
		if (request != null) {
			request.cancelTimeout();
			this.statistics.endRequest(request.nanos(), request.isComplete());
		}
	}

	void onLeave(String member, boolean dead) {
		this.requests.forEach((id, request) -> {
			if (request.onLeave(member, dead)) {
				remove(id);
			}
		});
	}

	/**
	 * Fail all requests and take no more.
	 */
	void close() {
		this.closed = true;
		failAll();
	}

	int size() {
		return this.requests.size();
	}

	private void failAll() {
		this.requests.forEach((id, request) -> {
			request.fail("namespace closed");
			remove(id);
		});
	}

	private void expire(String id) {
		ClusterRequest request = this.requests.get(id);
		if (request != null) {
			request.fail("timeout reached");
			remove(id);
		}
	}

}
