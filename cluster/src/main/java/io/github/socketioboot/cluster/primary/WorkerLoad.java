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

package io.github.socketioboot.cluster.primary;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * How many sessions a worker has: what it has said, and what it was sent since and has
 * not counted yet. Without the latter, all clients of a rush would go to the worker that
 * was the emptiest before it. Thread-safe.
 */
final class WorkerLoad {

	/**
	 * What was sent longer ago has become no session, or the worker has told of it.
	 */
	static final long EXPIRY_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final int MAX_SENT = 100_000;

	@GuardedBy("this")
	private final Deque<Long> sent = new ArrayDeque<>();

	@GuardedBy("this")
	private int open;

	@GuardedBy("this")
	private long opened;

	@GuardedBy("this")
	private int onTheWay;

	/**
	 * Note that the worker was given what may become a session.
	 * @param now {@link System#nanoTime()}
	 */
	synchronized void given(long now) {
		if (this.sent.size() >= MAX_SENT) {
			this.sent.removeFirst();
		}
		this.sent.addLast(now);
	}

	/**
	 * Note what the worker says.
	 * @param open sessions that are open
	 * @param opened sessions that were ever opened
	 */
	synchronized void told(int open, long opened) {
		for (long i = this.opened; i < opened && !this.sent.isEmpty(); i++) {
			this.sent.removeFirst();
		}
		this.open = open;
		this.opened = opened;
	}

	/**
	 * Note how many connections the worker has not taken over yet.
	 * @param onTheWay number of connections
	 */
	synchronized void onTheWay(int onTheWay) {
		this.onTheWay = onTheWay;
	}

	/**
	 * Return the load.
	 * @param now {@link System#nanoTime()}
	 * @return number of sessions
	 */
	synchronized int value(long now) {
		for (Long first = this.sent.peekFirst(); first != null
				&& now - first > EXPIRY_NANOS; first = this.sent.peekFirst()) {
			this.sent.removeFirst();
		}
		return this.open + Math.max(this.sent.size(), this.onTheWay);
	}

}
