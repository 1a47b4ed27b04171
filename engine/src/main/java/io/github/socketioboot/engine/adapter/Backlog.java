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

package io.github.socketioboot.engine.adapter;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.netty.util.internal.ThreadExecutorMap;

/**
 * What is on its way to one loop, in bytes: threads that broadcast faster than the loop
 * writes wait here until it has caught up, for a while. Thread-safe.
 */
final class Backlog {

	/**
	 * Most bytes on their way.
	 */
	static final long MAX_BYTES = 16L << 20;

	/**
	 * What a delivery takes besides the bytes of its packet, about.
	 */
	static final int OVERHEAD = 256;

	/**
	 * Longest wait for the loop.
	 */
	private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

	private final AtomicLong bytes = new AtomicLong();

	/**
	 * Add a delivery. Waits if there are too many, unless an event loop calls.
	 * @param size size of its packet in bytes
	 * @param mayWait whether to wait
	 * @return {@code false} if there are too many still, and it was not added
	 */
	boolean add(int size, boolean mayWait) {
		if (this.bytes.addAndGet((long) size + OVERHEAD) <= MAX_BYTES || (mayWait && awaitRoom())) {
			return true;
		}
		remove(size);
		return false;
	}

	/**
	 * Remove a delivery that has run.
	 * @param size size of its packet in bytes
	 */
	void remove(int size) {
		this.bytes.addAndGet(-((long) size + OVERHEAD));
	}

	/**
	 * Wait for the loop to catch up. Threads that emit wait here, never an event loop.
	 * @return {@code false} if it has not after a while
	 */
	private boolean awaitRoom() {
		if (ThreadExecutorMap.currentExecutor() != null) {
			return false;
		}
		long deadline = System.nanoTime() + MAX_WAIT_NANOS;
		while (this.bytes.get() > MAX_BYTES) {
			if (System.nanoTime() - deadline > 0) {
				return false;
			}
			if (Thread.currentThread().isInterrupted()) {
				// Parking would return at once
				Thread.yield();
			}
			else {
				LockSupport.parkNanos(this, PAUSE_NANOS);
			}
		}
		return true;
	}

}
