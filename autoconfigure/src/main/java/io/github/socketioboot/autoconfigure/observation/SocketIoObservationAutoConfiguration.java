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

import io.github.socketioboot.autoconfigure.SocketIoServerCustomizer;
import io.github.socketioboot.cluster.ClusterObserver;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of observations: of handlers, and of
 * events between the members of a cluster. There is none without a tracer, unless asked
 * for by {@code management.observations.enable.socketio}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		afterName = { "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration" })
@ConditionalOnClass({ EngineSocketIOServer.class, ObservationRegistry.class })
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "socketio.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "management.observations.enable.socketio", matchIfMissing = true)
@Conditional(OnTracing.class)
public final class SocketIoObservationAutoConfiguration {

	@Bean
	SocketIoServerCustomizer socketIoObservationCustomizer(ObservationRegistry registry,
			ObjectProvider<SocketIoEventObservationConvention> convention) {
		ObservedEvents events = new ObservedEvents(registry, convention.getIfAvailable());
		return (builder) -> builder.eventObserver(events);
	}

	@Bean
	@ConditionalOnMissingBean
	ClusterObserver socketIoClusterObserver(ObservationRegistry registry,
			ObjectProvider<SocketIoClusterPublishObservationConvention> publish,
			ObjectProvider<SocketIoClusterProcessObservationConvention> process) {
		return new ObservedHops(registry, publish.getIfAvailable(), process.getIfAvailable());
	}

}
