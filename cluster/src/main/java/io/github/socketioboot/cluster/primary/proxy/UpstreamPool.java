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

package io.github.socketioboot.cluster.primary.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Idle connections to workers. They are closed long before a worker would do so, as a
 * request that meets a closing connection cannot always be repeated. Event loop only.
 */
final class UpstreamPool {

	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final EventLoop loop;

	private final int limit;

	/**
	 * The one that is idle for the longest time first.
	 */
	private final Deque<UpstreamConnection> idle = new ArrayDeque<>();

	private boolean sweeping;

	private boolean closed;

	/**
	 * Create a pool.
	 * @param loop loop of all its connections
	 * @param limit most idle connections
	 */
	UpstreamPool(EventLoop loop, int limit) {
		this.loop = loop;
		this.limit = limit;
	}

	/**
	 * Take a connection.
	 * @param number number of the worker
	 * @return the connection used last, or {@code null} for none
	 */
	@Nullable UpstreamConnection take(int number) {
		for (Iterator<UpstreamConnection> newest = this.idle.descendingIterator(); newest.hasNext();) {
			UpstreamConnection connection = newest.next();
			if (connection.number() == number && connection.channel().isActive()) {
				newest.remove();
				return connection;
			}
		}
		return null;
	}

	void put(UpstreamConnection connection) {
		if (this.closed) {
			connection.channel().close();
			return;
		}
		connection.idle(System.nanoTime());
		this.idle.addLast(connection);
		if (this.idle.size() > this.limit) {
			this.idle.removeFirst().channel().close();
		}
		if (!this.sweeping) {
			this.sweeping = true;
			this.loop.schedule(this::sweep, IDLE_NANOS, TimeUnit.NANOSECONDS);
		}
	}

	void remove(UpstreamConnection connection) {
		this.idle.remove(connection);
	}

	void close() {
		this.closed = true;
		while (!this.idle.isEmpty()) {
			this.idle.removeFirst().channel().close();
		}
	}

	private void sweep() {
		this.sweeping = false;
		while (!this.idle.isEmpty()) {
			long left = this.idle.getFirst().idleSince() + IDLE_NANOS - System.nanoTime();
			if (left > 0) {
				this.sweeping = true;
				this.loop.schedule(this::sweep, left, TimeUnit.NANOSECONDS);
				return;
			}
			this.idle.removeFirst().channel().close();
		}
	}

}
