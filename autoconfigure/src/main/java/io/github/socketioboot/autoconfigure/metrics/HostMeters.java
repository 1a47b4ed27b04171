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

package io.github.socketioboot.autoconfigure.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.socketioboot.autoconfigure.cluster.HostListener;
import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.HostStatus.WorkerView;
import io.github.socketioboot.cluster.link.WorkerReport.Sample;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.github.socketioboot.cluster.supervisor.WorkerStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Binds in a worker what its primary tells of all workers, so that it does not matter
 * which of them is asked: their states, and the gauges of the others, each tagged with
 * its instance. Thread-safe.
 */
class HostMeters implements MeterBinder, HostListener {

	private static final String INSTANCE = "instance";

	private static final List<WorkerState> STATES = List.of(WorkerState.STARTING, WorkerState.READY,
			WorkerState.DRAINING, WorkerState.STOPPING, WorkerState.BACKOFF, WorkerState.ERRORED);

	private final Worker worker;

	private final Map<Key, Double> values = new ConcurrentHashMap<>();

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	// Guarded by this
	private final Map<Key, Set<Meter>> meters = new HashMap<>();

	HostMeters(Worker worker) {
		this.worker = worker;
	}

	/**
	 * Return the tags of this process's own meters. Workers take turns in answering.
	 * @param worker this process as a worker, or {@code null} if it is the only one
	 * @return the tags
	 */
	static Tags tags(@Nullable Worker worker) {
		return (worker != null) ? Tags.of(INSTANCE, Integer.toString(worker.identity().index())) : Tags.empty();
	}

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		for (WorkerState state : STATES) {
			Gauge.builder("socketio.workers", this.worker, (self) -> count(self.host(), state))
				.description("Workers of this host")
				.tag("state", state.label())
				.register(registry);
		}
		FunctionCounter.builder("socketio.worker.restarts", this.worker, (self) -> restarts(self.host()))
			.description("Workers of this host that were started in place of others")
			.register(registry);
		this.registries.add(registry);
		this.meters.forEach((key, known) -> known.add(register(registry, key)));
	}

	private static double count(@Nullable HostStatus host, WorkerState state) {
		return (host != null) ? host.workers().stream().filter((worker) -> worker.status().state() == state).count()
				: 0;
	}

	private static double restarts(@Nullable HostStatus host) {
		if (host == null) {
			return 0;
		}
		Map<Integer, Integer> restarts = new HashMap<>();
		host.workers()
			.stream()
			.map(WorkerView::status)
			.forEach((status) -> restarts.merge(status.index(), status.restarts(), Math::max));
		return restarts.values().stream().mapToInt(Integer::intValue).sum();
	}

	@Override
	public synchronized void onHost(HostStatus host) {
		Map<Integer, WorkerView> workers = new HashMap<>();
		for (WorkerView worker : host.workers()) {
			if (worker.status().index() != this.worker.identity().index()) {
				workers.merge(worker.status().index(), worker, HostMeters::inPlace);
			}
		}
		Set<Key> seen = new HashSet<>();
		workers.forEach((index, worker) -> {
			for (Sample sample : worker.report().samples()) {
				Key key = new Key(sample.name(), sample.tags(), index);
				seen.add(key);
				this.values.put(key, sample.value());
				this.meters.computeIfAbsent(key, this::register);
			}
		});
		this.meters.keySet().removeIf((key) -> !seen.contains(key) && remove(key));
	}

	// Of two that share a place during a reload, the one that serves, or the newer one
	private static WorkerView inPlace(WorkerView one, WorkerView other) {
		WorkerStatus first = one.status();
		WorkerStatus second = other.status();
		if ((first.state() == WorkerState.READY) != (second.state() == WorkerState.READY)) {
			return (first.state() == WorkerState.READY) ? one : other;
		}
		return (first.number() > second.number()) ? one : other;
	}

	private Set<Meter> register(Key key) {
		Set<Meter> meters = new HashSet<>();
		this.registries.forEach((registry) -> meters.add(register(registry, key)));
		return meters;
	}

	private Meter register(MeterRegistry registry, Key key) {
		Tags tags = Tags.of(INSTANCE, Integer.toString(key.index()));
		for (Map.Entry<String, String> tag : key.tags().entrySet()) {
			tags = tags.and(tag.getKey(), tag.getValue());
		}
		return Gauge.builder(key.name(), this.values, (values) -> values.getOrDefault(key, 0.0))
			.tags(tags)
			.register(registry);
	}

	private boolean remove(Key key) {
		this.values.remove(key);
		this.meters.getOrDefault(key, Set.of())
			.forEach((meter) -> this.registries.forEach((registry) -> registry.remove(meter)));
		return true;
	}

	/**
	 * A gauge of a worker. Immutable.
	 *
	 * @param name name of the meter
	 * @param tags its tags
	 * @param index place of the worker
	 */
	private record Key(String name, Map<String, String> tags, int index) {
	}

}
