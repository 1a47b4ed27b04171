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

import java.time.Duration;
import java.util.List;

import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;

import static org.awaitility.Awaitility.await;

/**
 * The tracer of one process, that of OpenTelemetry, and the spans that it has exported.
 */
final class Tracing implements AutoCloseable {

	private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

	private final SdkTracerProvider provider;

	private final OtelTracer tracer;

	private final ObservationRegistry registry = ObservationRegistry.create();

	Tracing() {
		this(Sampler.alwaysOn());
	}

	Tracing(Sampler sampler) {
		this.provider = SdkTracerProvider.builder()
			.setSampler(Sampler.parentBased(sampler))
			.addSpanProcessor(SimpleSpanProcessor.create(this.exporter))
			.build();
		io.opentelemetry.api.trace.Tracer spans = this.provider.get("test");
		this.tracer = new OtelTracer(spans, new OtelCurrentTraceContext(), (event) -> {
		});
		OtelPropagator propagator = new OtelPropagator(
				ContextPropagators.create(W3CTraceContextPropagator.getInstance()), spans);
		this.registry.observationConfig()
			.observationHandler(new ObservationHandler.FirstMatchingCompositeObservationHandler(
					new PropagatingSenderTracingObservationHandler<>(this.tracer, propagator),
					new PropagatingReceiverTracingObservationHandler<>(this.tracer, propagator),
					new DefaultTracingObservationHandler(this.tracer)));
	}

	ObservationRegistry registry() {
		return this.registry;
	}

	Tracer tracer() {
		return this.tracer;
	}

	List<SpanData> spans() {
		return this.exporter.getFinishedSpanItems();
	}

	/**
	 * Wait for a span.
	 * @param name its name
	 * @return the first one of that name
	 */
	SpanData span(String name) {
		return await().atMost(Duration.ofSeconds(60))
			.until(() -> spans().stream().filter((span) -> span.getName().equals(name)).findFirst(),
					(span) -> span.isPresent())
			.orElseThrow();
	}

	@Override
	public void close() {
		this.provider.close();
	}

}
