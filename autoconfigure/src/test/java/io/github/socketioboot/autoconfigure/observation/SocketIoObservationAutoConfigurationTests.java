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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.TestClient;
import io.github.socketioboot.cluster.ClusterObserver;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SocketIoObservationAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final Tracing tracing = new Tracing();

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoObservationAutoConfiguration.class))
		.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate");

	private final ApplicationContextRunner untraced = this.bare.withBean(ObservationRegistry.class,
			this.tracing::registry);

	private final ApplicationContextRunner runner = this.untraced.withBean(Tracer.class, this.tracing::tracer);

	@AfterEach
	void close() {
		this.tracing.close();
	}

	@Test
	void handlersRunWithinASpanOfTheirEvent() {
		this.runner.run((context) -> {
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			BlockingQueue<String> traces = new LinkedBlockingQueue<>();
			server.addEventListener("say", String.class, (client, data, ack) -> {
				traces.add(currentTrace());
				Observation.createNotStarted("work", this.tracing.registry()).observe(() -> {
				});
				ack.sendAckData("said");
			});
			try (TestClient client = TestClient.connect(server.port())) {
				assertThat(client.ask("say", "secret")).containsExactly("said");
				SpanData span = this.tracing.span("socketio event say");
				assertThat(traces.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(span.getTraceId());
				assertThat(this.tracing.span("work").getParentSpanId()).isEqualTo(span.getSpanId());
				assertThat(attributes(span)).isEqualTo(Map.of("namespace", "/", "event", "say", "origin", "client",
						"outcome", "success", "socket.id", client.socket().id()));
				assertThat(span.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
			}
		});
	}

	@Test
	void failuresOfHandlersAreOnTheirSpans() {
		this.runner.run((context) -> {
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			server.addEventListener("fail", String.class, (client, data, ack) -> {
				throw new IllegalStateException("expected");
			});
			try (TestClient client = TestClient.connect(server.port())) {
				client.socket().emit("fail", "x");
				SpanData span = this.tracing.span("socketio event fail");
				assertThat(attributes(span)).containsEntry("outcome", "error");
				assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
				assertThat(span.getEvents()).anyMatch((event) -> event.getName().equals("exception"));
			}
		});
	}

	@Test
	void eventsThatClientsMakeUpHaveOneName() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.tracing.registry().observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		this.runner.run((context) -> {
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			try (TestClient client = TestClient.connect(server.port())) {
				for (int i = 0; i < 100; i++) {
					client.socket().emit("made up\n" + i, "x");
				}
				await().atMost(LIMIT).until(() -> this.tracing.spans().size() == 100);
				assertThat(this.tracing.spans()).allMatch((span) -> span.getName().equals("socketio event other"));
				await().atMost(LIMIT).until(() -> meters.get("socketio.event").timer().count() == 100);
				assertThat(meters.find("socketio.event").timers()).hasSize(1);
				assertThat(meters.get("socketio.event").tag("outcome", "unhandled").timer().getId().getTag("socket.id"))
					.isNull();
			}
		});
	}

	@Test
	void conventionOfTheApplicationNamesTheObservations() {
		this.runner
			.withBean(SocketIoEventObservationConvention.class, () -> new DefaultSocketIoEventObservationConvention() {

				@Override
				public String getContextualName(SocketIoEventObservationContext context) {
					return "my " + context.getEvent();
				}

				@Override
				public KeyValues getLowCardinalityKeyValues(SocketIoEventObservationContext context) {
					return KeyValues.of("tenant", "7");
				}

			})
			.run((context) -> {
				EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
				try (TestClient client = TestClient.connect(server.port())) {
					client.socket().emit("made up", "x");
					assertThat(attributes(this.tracing.span("my other"))).containsEntry("tenant", "7")
						.doesNotContainKey("event");
				}
			});
	}

	@Test
	void nothingIsObservedWithoutRegistryOrTracerOrClassesOrWhenDisabled() {
		this.bare.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ClusterObserver.class));
		this.untraced.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ClusterObserver.class));
		this.untraced.withPropertyValues("management.observations.enable.socketio=true")
			.run((context) -> assertThat(context).hasSingleBean(ClusterObserver.class)
				.hasBean("socketIoObservationCustomizer"));
		this.bare.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("socketIoObservationCustomizer"));
		this.runner.withPropertyValues("management.observations.enable.socketio=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ClusterObserver.class)
				.doesNotHaveBean("socketIoObservationCustomizer"));
		this.runner.withPropertyValues("socketio.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ClusterObserver.class));
	}

	private String currentTrace() {
		Span span = this.tracing.tracer().currentSpan();
		return (span != null) ? span.context().traceId() : "none";
	}

	private static Map<String, @Nullable Object> attributes(SpanData span) {
		Map<String, @Nullable Object> attributes = new HashMap<>();
		span.getAttributes().forEach((AttributeKey<?> key, Object value) -> attributes.put(key.getKey(), value));
		return attributes;
	}

}
