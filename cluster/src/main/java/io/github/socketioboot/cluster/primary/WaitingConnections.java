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

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;

/**
 * Connections that came while no worker was ready. Event loop only.
 */
final class WaitingConnections {

	/**
	 * Connections that wait at most; further ones are refused at once.
	 */
	static final int MAX_WAITING = 4096;

	private final EventLoop loop;

	private final long timeoutNanos;

	private final Deque<Waiting> queue = new ArrayDeque<>();

	private boolean stopped;

	private boolean scheduled;

	/**
	 * Create an empty queue.
	 * @param loop the loop
	 * @param timeout how long a connection waits
	 */
	WaitingConnections(EventLoop loop, Duration timeout) {
		this.loop = loop;
		this.timeoutNanos = timeout.toNanos();
	}

	/**
	 * Let a connection wait, or refuse it.
	 * @param connection the connection
	 */
	void add(PendingConnection connection) {
		if (this.stopped || this.queue.size() >= MAX_WAITING) {
			connection.refuse(Refusal.UNAVAILABLE);
			return;
		}
		this.queue.addLast(new Waiting(connection, System.nanoTime() + this.timeoutNanos));
		schedule(this.timeoutNanos);
	}

	private void schedule(long nanos) {
		if (!this.scheduled) {
			this.scheduled = true;
			this.loop.schedule(this::expire, nanos, TimeUnit.NANOSECONDS);
		}
	}

	private void expire() {
		this.scheduled = false;
		long now = System.nanoTime();
		for (Waiting first = this.queue.peekFirst(); first != null; first = this.queue.peekFirst()) {
			if (first.deadline() - now > 0) {
				schedule(first.deadline() - now);
				return;
			}
			this.queue.removeFirst();
			first.connection().refuse(Refusal.UNAVAILABLE);
		}
	}

	/**
	 * End the wait of all.
	 * @return the connections, in the order of their arrival
	 */
	List<PendingConnection> takeAll() {
		List<PendingConnection> connections = new ArrayList<>(this.queue.size());
		this.queue.forEach((waiting) -> connections.add(waiting.connection()));
		this.queue.clear();
		return connections;
	}

	/**
	 * Refuse all, and whatever comes later.
	 */
	void stop() {
		this.stopped = true;
		takeAll().forEach((connection) -> connection.refuse(Refusal.UNAVAILABLE));
	}

	private record Waiting(PendingConnection connection, long deadline) {

	}

}
