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

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.cluster.ClusterUnreachableException;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to Redis, in order. Bounded in messages and bytes. Thread-safe.
 */
final class Outbox {

	/**
	 * Most messages that wait.
	 */
	static final int MAX_MESSAGES = 1 << 16;

	/**
	 * Most bytes that wait.
	 */
	static final int MAX_BYTES = 64 << 20;

	/**
	 * Most messages that are sent before an answer is awaited.
	 */
	static final int MAX_BATCH_MESSAGES = 512;

	/**
	 * Bytes from which on no message is added to a batch.
	 */
	static final int MAX_BATCH_BYTES = 1 << 20;

	/**
	 * What an item takes besides its bytes, about.
	 */
	private static final int OVERHEAD = 64;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	@GuardedBy("lock")
	private final ArrayDeque<Item> items = new ArrayDeque<>();

	/** Goes before all others, so that it tells of Redis and not of this queue. */
	@GuardedBy("lock")
	private @Nullable Probe probe;

	@GuardedBy("lock")
	private long bytes;

	/** Why nothing is taken. What comes before the first connection waits for it. */
	@GuardedBy("lock")
	private @Nullable String refusal;

	@GuardedBy("lock")
	private boolean closed;

	/**
	 * Add an item at the end.
	 * @param item the item
	 * @throws ClusterUnreachableException if there is no room, or Redis is away
	 */
	void add(Item item) {
		this.lock.lock();
		try {
			if (this.refusal != null) {
				throw new ClusterUnreachableException(this.refusal);
			}
			long bytes = this.bytes + item.size();
			if (this.items.size() >= MAX_MESSAGES || bytes > MAX_BYTES) {
				throw new ClusterUnreachableException("Redis does not take messages as fast as they come: "
						+ this.items.size() + " messages of " + this.bytes + " bytes are queued");
			}
			this.items.addLast(item);
			this.bytes = bytes;
			this.changed.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Set what is sent first, also while nothing else is taken. Replaces one that is
	 * there.
	 * @param probe the message
	 */
	void setProbe(Probe probe) {
		this.lock.lock();
		try {
			this.probe = probe;
			this.changed.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take items from now on.
	 */
	void accept() {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.refusal = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take no items, and let go of those that wait.
	 * @param reason why
	 * @return what has waited, without a probe
	 */
	List<Item> refuse(String reason) {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.refusal = reason;
			}
			List<Item> items = List.copyOf(this.items);
			this.items.clear();
			this.bytes = 0;
			return items;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take no items any more. Those that wait can be taken out still.
	 */
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.refusal = "The link to Redis is closed";
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for items and take them out. Parks the calling thread.
	 * @return the first ones, as many as may be sent at once; empty if this is closed and
	 * nothing waits
	 */
	List<Item> awaitBatch() {
		this.lock.lock();
		try {
			while (this.items.isEmpty() && this.probe == null && !this.closed) {
				this.changed.awaitUninterruptibly();
			}
			List<Item> batch = new ArrayList<>();
			if (this.probe != null) {
				batch.add(this.probe);
				this.probe = null;
			}
			int size = 0;
			while (!this.items.isEmpty() && batch.size() < MAX_BATCH_MESSAGES && size < MAX_BATCH_BYTES) {
				Item item = this.items.removeFirst();
				size += item.size();
				batch.add(item);
			}
			this.bytes -= size;
			return batch;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What is sent to Redis.
	 */
	sealed interface Item {

		/**
		 * Return the channel.
		 * @return its name
		 */
		byte[] channel();

		/**
		 * Return what the item takes.
		 * @return a number of bytes, about
		 */
		int size();

	}

	/**
	 * A message to be published.
	 *
	 * @param channel the channel
	 * @param message the message
	 */
	record Publication(byte[] channel, byte[] message) implements Item {

		static Publication of(String channel, byte[] message) {
			return new Publication(channel.getBytes(StandardCharsets.UTF_8), message);
		}

		@Override
		public int size() {
			return this.channel.length + this.message.length + OVERHEAD;
		}

	}

	/**
	 * A message that is to come back, as a sign that Redis is there.
	 *
	 * @param channel the channel
	 * @param message the message
	 */
	record Probe(byte[] channel, byte[] message) implements Item {

		@Override
		public int size() {
			return this.channel.length + this.message.length + OVERHEAD;
		}

	}

	/**
	 * A question for the number of subscribers.
	 *
	 * @param channel the channel
	 * @param answer is completed with the answer
	 */
	record Count(byte[] channel, CompletableFuture<Integer> answer) implements Item {

		static Count of(String channel) {
			return new Count(channel.getBytes(StandardCharsets.UTF_8), new CompletableFuture<>());
		}

		@Override
		public int size() {
			return this.channel.length + OVERHEAD;
		}

	}

}
