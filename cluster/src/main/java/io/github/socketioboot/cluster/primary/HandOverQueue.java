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

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame.HandOver;
import org.jspecify.annotations.Nullable;

/**
 * Connections on their way to a worker. Each is held until the worker says that it has
 * it, so that it can go to another one if the worker ends before. Event loop only.
 */
final class HandOverQueue {

	/**
	 * Connections that may be sent before the worker has said something about the first.
	 * A Unix-domain socket holds only so many descriptors in flight.
	 */
	static final int WINDOW = 64;

	/**
	 * Connections that may wait behind the window.
	 */
	static final int MAX_WAITING = 4096;

	private final WorkerLoad load;

	private final Map<Long, PendingConnection> unacknowledged = new LinkedHashMap<>();

	private final Deque<PendingConnection> waiting = new ArrayDeque<>();

	HandOverQueue(WorkerLoad load) {
		this.load = load;
	}

	/**
	 * Add a connection.
	 * @param connection the connection
	 * @param link way to the worker
	 * @return {@code false} if too many wait already; the connection stays the caller's
	 */
	boolean offer(PendingConnection connection, Link link) {
		if (this.waiting.size() >= MAX_WAITING) {
			return false;
		}
		this.waiting.addLast(connection);
		pump(link);
		return true;
	}

	/**
	 * Return how long the oldest connection has been on its way.
	 * @param now {@link System#nanoTime()}
	 * @return the time in nanoseconds, 0 if there is none
	 */
	long age(long now) {
		if (!this.unacknowledged.isEmpty()) {
			return now - this.unacknowledged.values().iterator().next().givenAt();
		}
		PendingConnection first = this.waiting.peekFirst();
		return (first != null) ? now - first.givenAt() : 0;
	}

	/**
	 * Note that the worker has a connection.
	 * @param cookie the connection's cookie
	 * @param link way to the worker
	 */
	void accepted(long cookie, Link link) {
		PendingConnection connection = this.unacknowledged.remove(cookie);
		if (connection != null) {
			connection.close();
			pump(link);
		}
	}

	/**
	 * Note that the worker could not take a connection.
	 * @param cookie the connection's cookie
	 * @param link way to the worker
	 * @return the connection, or {@code null} if it is not known
	 */
	@Nullable PendingConnection rejected(long cookie, Link link) {
		PendingConnection connection = this.unacknowledged.remove(cookie);
		if (connection != null) {
			pump(link);
		}
		return connection;
	}

	/**
	 * Send what can be sent.
	 * @param link way to the worker
	 */
	void pump(Link link) {
		while (this.unacknowledged.size() < WINDOW && !this.waiting.isEmpty() && link.isDescriptorCapable()) {
			PendingConnection connection = this.waiting.element();
			try {
				if (!link.trySendDescriptor(connection.descriptor())) {
					break;
				}
			}
			catch (IOException ex) {
				// The worker is gone, or as good as: what is held here is taken back soon
				link.close();
				break;
			}
			this.waiting.remove();
			long cookie = connection.cookie();
			this.unacknowledged.put(cookie, connection);
			link.send(new HandOver(cookie, connection.bytes()));
		}
		this.load.onTheWay(this.unacknowledged.size() + this.waiting.size());
	}

	/**
	 * Take back what the worker has not said it has.
	 * @return the connections, in the order of their arrival
	 */
	List<PendingConnection> takeAll() {
		List<PendingConnection> connections = new ArrayList<>(this.unacknowledged.values());
		connections.addAll(this.waiting);
		this.unacknowledged.clear();
		this.waiting.clear();
		this.load.onTheWay(0);
		return connections;
	}

}
