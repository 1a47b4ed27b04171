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

package io.github.socketioboot.autoconfigure.observation;

import java.util.Locale;
import java.util.Map;

import io.github.socketioboot.cluster.ClusterObserver;
import io.github.socketioboot.cluster.message.ClusterMessageType;
import io.github.socketioboot.cluster.message.TraceParent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes events between members observations, one at each end, and carries the trace from
 * one to the other. Immutable and thread-safe.
 */
class ObservedHops implements ClusterObserver {

	private static final SocketIoClusterPublishObservationConvention PUBLISH = new DefaultSocketIoClusterPublishObservationConvention();

	private static final SocketIoClusterProcessObservationConvention PROCESS = new DefaultSocketIoClusterProcessObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable SocketIoClusterPublishObservationConvention publish;

	private final @Nullable SocketIoClusterProcessObservationConvention process;

	ObservedHops(ObservationRegistry registry, @Nullable SocketIoClusterPublishObservationConvention publish,
			@Nullable SocketIoClusterProcessObservationConvention process) {
		this.registry = registry;
		this.publish = publish;
		this.process = process;
	}

	static String name(ClusterMessageType type) {
		return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	@Override
	public @Nullable Hop onPublish(String namespace, ClusterMessageType type) {
		// What nobody observes begins no trace here
		if (this.registry.getCurrentObservation() == null) {
			return null;
		}
		SocketIoClusterPublishObservationContext context = new SocketIoClusterPublishObservationContext(namespace,
				type);
		Observation observation = SocketIoObservation.CLUSTER_PUBLISH
			.observation(this.publish, PUBLISH, () -> context, this.registry)
			.start();
		Map<String, String> headers = context.getCarrier();
		TraceParent trace = (headers != null) ? TraceParent.read(headers.get(TraceParent.NAME)) : null;
		return new ObservedHop(observation, observation.openScope(), (trace != null && trace.isValid()) ? trace : null);
	}

	@Override
	public Hop onProcess(String namespace, ClusterMessageType type, TraceParent trace) {
		Map<String, String> headers = Map.of(TraceParent.NAME, trace.value());
		Observation observation = SocketIoObservation.CLUSTER_PROCESS
			.observation(this.process, PROCESS,
					() -> new SocketIoClusterProcessObservationContext(namespace, type, headers), this.registry)
			.start();
		return new ObservedHop(observation, observation.openScope(), trace);
	}

	/**
	 * An event at one of the two members.
	 *
	 * @param observation its observation
	 * @param scope makes that the thread's current one
	 * @param trace the trace to send along
	 */
	private record ObservedHop(Observation observation, Observation.Scope scope,
			@Nullable TraceParent trace) implements Hop {

		@Override
		public void error(Throwable error) {
			this.observation.error(error);
		}

		@Override
		public void close() {
			this.scope.close();
			this.observation.stop();
		}

	}

}
