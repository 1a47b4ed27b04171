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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.EventLoop;

/**
 * Those who wait for a worker, up to a limit. Thread-safe.
 */
final class WaitingRequests {

	private final int limit;

	private final AtomicInteger count = new AtomicInteger();

	private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();

	WaitingRequests(int limit) {
		this.limit = limit;
	}

	/**
	 * Add someone who waits.
	 * @param waiter who waits, not added yet
	 * @return whether there was room
	 */
	boolean add(Waiter waiter) {
		if (this.count.incrementAndGet() > this.limit) {
			this.count.decrementAndGet();
			return false;
		}
		this.waiters.add(waiter);
		return true;
	}

	void remove(Waiter waiter) {
		if (this.waiters.remove(waiter)) {
			this.count.decrementAndGet();
		}
	}

	/**
	 * Let all try again, each on its loop.
	 */
	void wake() {
		for (Waiter waiter : this.waiters) {
			waiter.loop().execute(waiter::retry);
		}
	}

	/**
	 * Someone who waits.
	 */
	interface Waiter {

		/**
		 * Return where the waiter lives.
		 * @return the loop
		 */
		EventLoop loop();

		/**
		 * Look for a worker again, unless no longer waiting. Called on the loop.
		 */
		void retry();

	}

}
