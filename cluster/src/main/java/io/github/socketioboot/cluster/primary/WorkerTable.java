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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * The workers whose processes have been, or are being, started and have not ended.
 * Thread-safe.
 */
final class WorkerTable {

	@GuardedBy("this")
	private final SidPrefixes prefixes;

	@GuardedBy("this")
	private final Map<Integer, WorkerEntry> entries = new TreeMap<>();

	private volatile View view = new View(Map.of(), Map.of(), List.of());

	WorkerTable(RandomGenerator random) {
		this.prefixes = new SidPrefixes(random);
	}

	/**
	 * Add a worker that is about to be started.
	 * @param index its place
	 * @param number its number
	 * @return the worker
	 */
	synchronized WorkerEntry add(int index, int number) {
		WorkerEntry entry = new WorkerEntry(index, number, this.prefixes.next());
		this.entries.put(number, entry);
		refresh();
		return entry;
	}

	/**
	 * Remove a worker that has ended.
	 * @param number its number
	 * @return the worker, or {@code null} if it was not there
	 */
	synchronized @Nullable WorkerEntry remove(int number) {
		WorkerEntry entry = this.entries.remove(number);
		if (entry != null) {
			this.prefixes.end(entry.sidPrefix());
			refresh();
		}
		return entry;
	}

	/**
	 * Note that the state of a worker has changed.
	 */
	synchronized void refresh() {
		Map<String, WorkerEntry> prefixes = new TreeMap<>();
		List<WorkerEntry> eligible = new ArrayList<>();
		for (WorkerEntry entry : this.entries.values()) {
			if (entry.isReachable()) {
				prefixes.put(entry.sidPrefix(), entry);
			}
			if (entry.isEligible()) {
				eligible.add(entry);
			}
		}
		eligible.sort(Comparator.comparingInt(WorkerEntry::index).thenComparingInt(WorkerEntry::number));
		this.view = new View(Map.copyOf(this.entries), Map.copyOf(prefixes), List.copyOf(eligible));
	}

	@Nullable WorkerEntry get(int number) {
		return this.view.entries().get(number);
	}

	/**
	 * Return all workers.
	 * @return the workers, in no order
	 */
	Iterable<WorkerEntry> all() {
		return this.view.entries().values();
	}

	/**
	 * Return the workers that may be given something new.
	 * @return the workers, by index
	 */
	List<WorkerEntry> eligible() {
		return this.view.eligible();
	}

	/**
	 * Return the worker that has a session.
	 * @param sid id of the session, or {@code null}
	 * @return the worker, or {@code null} if no worker can have it
	 */
	@Nullable WorkerEntry ofSession(@Nullable String sid) {
		if (sid == null || sid.length() < SidPrefixes.LENGTH) {
			return null;
		}
		return this.view.prefixes().get(sid.substring(0, SidPrefixes.LENGTH));
	}

	private record View(Map<Integer, WorkerEntry> entries, Map<String, WorkerEntry> prefixes,
			List<WorkerEntry> eligible) {

	}

}
