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

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.github.socketioboot.cluster.ClusterMember;
import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.message.ClusterMessageType;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binds what goes on between this process and other members of the cluster. Thread-safe.
 */
class ClusterMeters implements MeterBinder {

	private final ClusterMember member;

	private final Tags tags;

	/**
	 * Create meters.
	 * @param member this process as a member
	 * @param tags tags of this process
	 */
	ClusterMeters(ClusterMember member, Tags tags) {
		this.member = member;
		this.tags = tags;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		ClusterStatistics statistics = this.member.statistics();
		for (ClusterMessageType type : ClusterMessageType.values()) {
			String name = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
			FunctionCounter.builder("socketio.cluster.messages", statistics, (counts) -> counts.sent(type))
				.description("Messages between the members of the cluster")
				.tags(this.tags.and("direction", "out", "type", name))
				.register(registry);
			FunctionCounter.builder("socketio.cluster.messages", statistics, (counts) -> counts.received(type))
				.description("Messages between the members of the cluster")
				.tags(this.tags.and("direction", "in", "type", name))
				.register(registry);
		}
		bindDropped(registry, statistics, "unreachable", ClusterStatistics::publishFailures);
		bindDropped(registry, statistics, "malformed", ClusterStatistics::malformed);
		bindDropped(registry, statistics, "foreign", ClusterStatistics::foreign);
		bindDropped(registry, statistics, "overflow", ClusterStatistics::overflows);
		FunctionCounter.builder("socketio.cluster.traces.dropped", statistics, ClusterStatistics::malformedTraces)
			.description("Messages between the members of the cluster whose trace is malformed")
			.tags(this.tags)
			.register(registry);
		FunctionTimer
			.builder("socketio.cluster.latency", statistics, ClusterStatistics::requests,
					ClusterStatistics::requestNanos, TimeUnit.NANOSECONDS)
			.description("How long requests to other members take")
			.tags(this.tags)
			.register(registry);
	}

	private void bindDropped(MeterRegistry registry, ClusterStatistics statistics, String reason,
			ToDoubleFunction<ClusterStatistics> count) {
		FunctionCounter.builder("socketio.cluster.dropped", statistics, count)
			.description("Messages between the members of the cluster that are lost")
			.tags(this.tags.and("reason", reason))
			.register(registry);
	}

}
