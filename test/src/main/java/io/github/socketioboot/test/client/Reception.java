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

package io.github.socketioboot.test.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What a client has been told, and waiting for it. Thread-safe; what {@link #await} is
 * given runs with the lock held.
 */
final class Reception {

	/**
	 * Most events that nobody has expected yet.
	 */
	static final int MAX_EVENTS = 10_000;

	private static final int MAX_LISTED = 20;

	private final Deque<SocketIoTestEvent> events = new ArrayDeque<>();

	private State state = State.NEW;

	private @Nullable String id;

	private @Nullable SocketIoTestRefusal refusal;

	private @Nullable String reason;

	private long lost;

	private long changed = System.nanoTime();

	synchronized void connecting() {
		this.refusal = null;
		this.reason = null;
		enter(State.CONNECTING);
	}

	synchronized void connected(String id) {
		this.id = id;
		enter(State.CONNECTED);
	}

	synchronized void refused(SocketIoTestRefusal refusal) {
		this.refusal = refusal;
		enter(State.REFUSED);
	}

	synchronized void disconnected(String reason) {
		this.reason = reason;
		enter(State.DISCONNECTED);
	}

	synchronized void received(SocketIoTestEvent event) {
		if (this.events.size() < MAX_EVENTS) {
			this.events.add(event);
		}
		else {
			this.lost++;
		}
		notifyAll();
	}

	/**
	 * Run something that a waiting thread is to see.
	 * @param change the change
	 */
	synchronized void change(Runnable change) {
		change.run();
		notifyAll();
	}

	private void enter(State state) {
		this.state = state;
		this.changed = System.nanoTime();
		notifyAll();
	}

	synchronized boolean is(State state) {
		return this.state == state;
	}

	synchronized @Nullable String id() {
		return this.id;
	}

	synchronized @Nullable SocketIoTestRefusal refusal() {
		return this.refusal;
	}

	synchronized @Nullable String reason() {
		return this.reason;
	}

	/**
	 * Take the first event of a name.
	 * @param name the name
	 * @return the event, or {@code null} if there is none
	 */
	synchronized @Nullable SocketIoTestEvent take(String name) {
		for (Iterator<SocketIoTestEvent> iterator = this.events.iterator(); iterator.hasNext();) {
			SocketIoTestEvent event = iterator.next();
			if (event.name().equals(name)) {
				iterator.remove();
				return event;
			}
		}
		return null;
	}

	/**
	 * Wait for something.
	 * @param <T> type of it
	 * @param timeout how long
	 * @param found returns it, or {@code null} as long as it is not there
	 * @param hopeless whether it will not come any more
	 * @return it, or {@code null} if it has not come
	 */
	synchronized <T> @Nullable T await(Duration timeout, Supplier<@Nullable T> found, BooleanSupplier hopeless) {
		long start = System.nanoTime();
		try {
			while (true) {
				T value = found.get();
				long left = timeout.toNanos() - (System.nanoTime() - start);
				if (value != null || left <= 0 || hopeless.getAsBoolean()) {
					return value;
				}
				wait(left / 1_000_000 + 1);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting", ex);
		}
	}

	/**
	 * Describe what has happened, for the message of a failure.
	 * @return state of the connection and the events that nobody has expected, in lines
	 */
	synchronized String describe() {
		long millis = (System.nanoTime() - this.changed) / 1_000_000;
		String connection = switch (this.state) {
			case NEW -> "not begun";
			case CONNECTING -> "still connecting";
			case CONNECTED -> "connected as " + this.id;
			case REFUSED -> "refused: " + this.refusal;
			case DISCONNECTED -> "ended: " + this.reason;
		};
		StringBuilder description = new StringBuilder(
				"connection: %s, for %.1f s".formatted(connection, millis / 1000.0));
		description.append("\n  received and not expected: ");
		if (this.events.isEmpty()) {
			description.append("no event");
		}
		else {
			description.append(this.events.stream()
				.limit(MAX_LISTED)
				.map(SocketIoTestEvent::toString)
				.collect(Collectors.joining(", ")));
			if (this.events.size() > MAX_LISTED) {
				description.append(" and ").append(this.events.size() - MAX_LISTED).append(" more");
			}
		}
		if (this.lost > 0) {
			description.append("; ")
				.append(this.lost)
				.append(" later ones were dropped, as ")
				.append(MAX_EVENTS)
				.append(" were waiting");
		}
		return description.toString();
	}

	/**
	 * State of a connection.
	 */
	enum State {

		NEW, CONNECTING, CONNECTED, REFUSED, DISCONNECTED

	}

}
