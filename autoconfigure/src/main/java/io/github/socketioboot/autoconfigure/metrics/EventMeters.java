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

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.namespace.EventOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Counts and times events in one registry. There are as many meters as events with
 * handlers. Thread-safe.
 */
class EventMeters {

	private final MeterRegistry registry;

	private final Tags tags;

	private final Map<EventOutcome, Map<String, Counter>> received = counters();

	private final Map<EventOutcome, Map<String, Counter>> emitted = counters();

	private final Map<String, Timer> handlers = new ConcurrentHashMap<>();

	EventMeters(MeterRegistry registry, Tags tags) {
		this.registry = registry;
		this.tags = tags;
	}

	private static Map<EventOutcome, Map<String, Counter>> counters() {
		Map<EventOutcome, Map<String, Counter>> counters = new EnumMap<>(EventOutcome.class);
		for (EventOutcome outcome : EventOutcome.values()) {
			counters.put(outcome, new ConcurrentHashMap<>());
		}
		return counters;
	}

	void received(String event, EventOutcome outcome, long nanos) {
		count(this.received, "in", event, outcome);
		if (outcome != EventOutcome.UNHANDLED) {
			this.handlers.computeIfAbsent(event, this::timer).record(nanos, TimeUnit.NANOSECONDS);
		}
	}

	void emitted(String event, EventOutcome outcome) {
		count(this.emitted, "out", event, outcome);
	}

	private void count(Map<EventOutcome, Map<String, Counter>> counters, String direction, String event,
			EventOutcome outcome) {
		Map<String, Counter> ofOutcome = counters.get(outcome);
		if (ofOutcome != null) {
			ofOutcome.computeIfAbsent(event, (name) -> counter(direction, name, outcome)).increment();
		}
	}

	private Counter counter(String direction, String event, EventOutcome outcome) {
		return Counter.builder("socketio.events")
			.description("Events received from clients and emitted to them")
			.tags(this.tags.and("direction", direction, "event", event, "outcome",
					outcome.name().toLowerCase(Locale.ROOT)))
			.register(this.registry);
	}

	private Timer timer(String event) {
		return Timer.builder("socketio.handler")
			.description("How long handlers of events take")
			.tags(this.tags.and("event", event))
			.register(this.registry);
	}

}
