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

package io.github.socketioboot.cluster.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All places. Supervisor's thread only.
 */
final class Fleet {

	/**
	 * How often the size of workers is looked at.
	 */
	static final Duration MEMORY_INTERVAL = Duration.ofSeconds(5);

	/**
	 * How long nothing is replaced for its size after a replacement has failed.
	 */
	static final Duration MEMORY_PAUSE = Duration.ofMinutes(1);

	private static final Logger logger = LoggerFactory.getLogger(Supervisor.class);

	private static final Comparator<SupervisedWorker> ORDER = Comparator.comparingInt(SupervisedWorker::index)
		.thenComparingInt(SupervisedWorker::number);

	private final Surroundings surroundings;

	/**
	 * How many workers may start at a time: a JVM that starts keeps two processors busy,
	 * and some starting one after the other are ready sooner than all at once.
	 */
	private final int startsAtOnce;

	private final TreeMap<Integer, Place> places = new TreeMap<>();

	private final Deque<Place> toStart = new ArrayDeque<>();

	private final Set<Place> starting = new HashSet<>();

	private final Deque<SupervisedWorker> toEnd = new ArrayDeque<>();

	private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();

	private @Nullable SupervisedWorker departing;

	private @Nullable Reload reload;

	private int instances;

	private int lastNumber;

	private int reloads;

	private boolean stopping;

	private boolean allErrored;

	private long memoryPauseUntil;

	Fleet(Surroundings surroundings, int startsAtOnce) {
		this.surroundings = surroundings;
		this.startsAtOnce = startsAtOnce;
		this.instances = surroundings.config().instances();
		this.memoryPauseUntil = surroundings.clock().nanoTime();
	}

	int nextNumber() {
		return ++this.lastNumber;
	}

	boolean isStopping() {
		return this.stopping || this.surroundings.live().isKilled();
	}

	CompletableFuture<@Nullable Void> stopped() {
		return this.stopped;
	}

	void start() {
		if (!this.stopping) {
			grow();
			this.surroundings.later(MEMORY_INTERVAL, this::look);
		}
	}

	private void grow() {
		for (int index = 0; index < this.instances; index++) {
			if (!this.places.containsKey(index)) {
				Place place = new Place(this.surroundings, this, index);
				this.places.put(index, place);
				this.toStart.add(place);
			}
		}
		startNext();
	}

	private void startNext() {
		while (this.starting.size() < this.startsAtOnce && !this.toStart.isEmpty()) {
			Place place = this.toStart.remove();
			this.starting.add(place);
			place.start();
		}
	}

	/**
	 * Note that the first worker of a place has come as far as it does for now.
	 * @param place the place
	 */
	void settled(Place place) {
		if (this.starting.remove(place)) {
			startNext();
		}
	}

	void scale(int instances) {
		if (this.stopping || instances == this.instances) {
			return;
		}
		logger.info("Scaling from {} to {} workers", this.instances, instances);
		this.instances = instances;
		while (!this.places.isEmpty() && this.places.lastKey() >= instances) {
			Place place = this.places.pollLastEntry().getValue();
			this.toStart.remove(place);
			SupervisedWorker worker = place.remove();
			if (worker != null) {
				this.toEnd.add(worker);
			}
		}
		endNext();
		grow();
		ended();
	}

	/**
	 * End the next worker that is not needed: one after the other, so that not all of
	 * their clients come to the others at once.
	 */
	private void endNext() {
		while (this.departing == null && !this.toEnd.isEmpty()) {
			SupervisedWorker worker = this.toEnd.remove();
			if (worker.isLive()) {
				this.departing = worker;
				worker.end("scaled down");
			}
		}
	}

	/**
	 * Note that a worker has ended that is not replaced.
	 * @param worker the worker
	 */
	void departed(SupervisedWorker worker) {
		if (worker == this.departing) {
			this.departing = null;
			endNext();
		}
	}

	/**
	 * Note that some worker has ended.
	 */
	void ended() {
		if (this.stopping) {
			if (this.surroundings.live().isEmpty()) {
				this.stopped.complete(null);
			}
			return;
		}
		boolean errored = !this.places.isEmpty() && this.places.values().stream().allMatch(Place::isErrored)
				&& this.surroundings.live().isEmpty();
		if (errored && !this.allErrored) {
			logger.warn("All workers are errored");
			this.surroundings.allErrored();
		}
		this.allErrored = errored;
	}

	int reload() {
		Reload reload = this.reload;
		if (reload != null && reload.isRunning()) {
			return reload.id();
		}
		this.allErrored = false;
		reload = new Reload(this.surroundings, ++this.reloads, this.places.values());
		this.reload = reload;
		reload.start();
		return reload.id();
	}

	boolean restart(int index) {
		Place place = this.places.get(index);
		if (this.stopping || place == null) {
			return false;
		}
		this.allErrored = false;
		place.restart(Fleet::restarted);
		return true;
	}

	private static void restarted(@Nullable String problem) {
		// the log and the status have it already
	}

	private void look() {
		if (this.stopping) {
			return;
		}
		this.surroundings.live().all().forEach(SupervisedWorker::look);
		long limit = this.surroundings.config().maxMemory();
		boolean busy = (this.reload != null && this.reload.isRunning())
				|| this.places.values().stream().anyMatch(Place::isBeingReplaced)
				|| this.surroundings.clock().nanoTime() - this.memoryPauseUntil < 0;
		if (limit > 0 && !busy) {
			this.places.values()
				.stream()
				.filter((place) -> isTooLarge(place.current(), limit))
				.findFirst()
				.ifPresent((place) -> replaceForSize(place, limit));
		}
		this.surroundings.later(MEMORY_INTERVAL, this::look);
	}

	/**
	 * Return whether a worker has grown too large. One that is so from the start would be
	 * replaced without end.
	 * @param worker the worker
	 * @param limit size in bytes
	 * @return {@code true} if it has
	 */
	private static boolean isTooLarge(SupervisedWorker worker, long limit) {
		return worker.state() == WorkerState.READY && worker.memory() > limit
				&& worker.served().compareTo(Backoff.RESET_AFTER) >= 0;
	}

	private void replaceForSize(Place place, long limit) {
		String why = "memory " + Megabytes.describe(place.current().memory()) + " is above "
				+ Megabytes.describe(limit);
		logger.warn("{} is replaced: {}", place.current(), why);
		place.replace(why, false, (problem) -> {
			if (problem != null) {
				this.memoryPauseUntil = this.surroundings.clock().nanoTime() + MEMORY_PAUSE.toNanos();
			}
		});
	}

	void stop() {
		if (this.stopping) {
			return;
		}
		this.stopping = true;
		if (this.reload != null) {
			this.reload.abort("stopped");
		}
		this.toStart.clear();
		this.toEnd.clear();
		this.places.values().forEach(Place::stop);
		this.surroundings.live().all().stream().sorted(ORDER).forEach((worker) -> worker.end("stopped"));
		ended();
	}

	SupervisorStatus status() {
		List<WorkerStatus> workers = Stream
			.concat(this.surroundings.live().all().stream(), this.places.values().stream().map(Place::current))
			.distinct()
			.sorted(ORDER)
			.map(SupervisedWorker::status)
			.toList();
		Reload reload = this.reload;
		return new SupervisorStatus(this.instances, workers, (reload != null) ? reload.status() : ReloadStatus.NONE);
	}

}
