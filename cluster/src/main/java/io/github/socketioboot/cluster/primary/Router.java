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

import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.cluster.primary.PrimaryConfig.LoadBalancing;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the worker of a request: that of its session, else that of its address if
 * addresses are kept together, else by load balancing. Thread-safe.
 */
final class Router {

	private final WorkerTable workers;

	private final LoadBalancing balancing;

	private final RandomGenerator random;

	private final LongSupplier nanoTime;

	@GuardedBy("this")
	private int next;

	/**
	 * Create a router.
	 * @param workers the workers
	 * @param balancing who gets what is new
	 * @param random source of chance
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 */
	Router(WorkerTable workers, LoadBalancing balancing, RandomGenerator random, LongSupplier nanoTime) {
		this.workers = workers;
		this.balancing = balancing;
		this.random = random;
		this.nanoTime = nanoTime;
	}

	/**
	 * Choose the worker of a request.
	 * @param sid id of its session, or {@code null}
	 * @param address what is kept together, or {@code null} for nothing
	 * @param opening whether the request may open a session, which counts for who gets
	 * the next
	 * @param failed numbers of workers that could not be reached for this request
	 * @return the worker, or {@code null} if there is none now
	 */
	@Nullable WorkerEntry route(@Nullable String sid, @Nullable String address, boolean opening, Set<Integer> failed) {
		WorkerEntry owner = this.workers.ofSession(sid);
		if (owner != null && !failed.contains(owner.number())) {
			return owner;
		}
		List<WorkerEntry> candidates = this.workers.eligible();
		if (!failed.isEmpty()) {
			candidates = candidates.stream().filter((entry) -> !failed.contains(entry.number())).toList();
		}
		if (candidates.isEmpty()) {
			return null;
		}
		synchronized (this) {
			long now = this.nanoTime.getAsLong();
			WorkerEntry chosen = (address != null) ? byAddress(candidates, address) : balance(candidates, now);
			if (opening) {
				chosen.load().given(now);
			}
			return chosen;
		}
	}

	@GuardedBy("this")
	private WorkerEntry balance(List<WorkerEntry> candidates, long now) {
		return switch (this.balancing) {
			case LEAST_CONNECTION -> leastConnection(candidates, now);
			case ROUND_ROBIN -> roundRobin(candidates);
			case RANDOM -> candidates.get(this.random.nextInt(candidates.size()));
		};
	}

	// Starts at another one each time, so that requests that open no session are spread
	@GuardedBy("this")
	private WorkerEntry leastConnection(List<WorkerEntry> candidates, long now) {
		WorkerEntry least = roundRobin(candidates);
		int start = candidates.indexOf(least);
		int load = least.load().value(now);
		for (int i = 1; i < candidates.size(); i++) {
			WorkerEntry candidate = candidates.get((start + i) % candidates.size());
			int candidateLoad = candidate.load().value(now);
			if (candidateLoad < load) {
				least = candidate;
				load = candidateLoad;
			}
		}
		return least;
	}

	@GuardedBy("this")
	private WorkerEntry roundRobin(List<WorkerEntry> candidates) {
		this.next = (this.next < candidates.size()) ? this.next : 0;
		return candidates.get(this.next++);
	}

	// Highest random weight: when a worker comes or goes, only its own addresses move
	private static WorkerEntry byAddress(List<WorkerEntry> candidates, String address) {
		WorkerEntry best = candidates.get(0);
		long bestWeight = Long.MIN_VALUE;
		for (WorkerEntry candidate : candidates) {
			long weight = weight(address, candidate.index());
			if (weight > bestWeight) {
				best = candidate;
				bestWeight = weight;
			}
		}
		return best;
	}

	private static long weight(String address, int index) {
		long hash = 0xCBF29CE484222325L;
		for (int i = 0; i < address.length(); i++) {
			hash = (hash ^ address.charAt(i)) * 0x100000001B3L;
		}
		hash += (index + 1) * 0x9E3779B97F4A7C15L;
		hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
		hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
		return hash ^ (hash >>> 31);
	}

}
