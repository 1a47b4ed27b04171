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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.autoconfigure.SocketIoOperations;
import io.github.socketioboot.autoconfigure.TestClient;
import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.ClusterMember;
import io.github.socketioboot.cluster.ClusterNode;
import io.github.socketioboot.cluster.ClusterObserver;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A request at one node, whose handler emits; another node with a client and a listener.
 * Each node has a tracer of its own, as two processes have.
 */
class ClusterTraceIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final MemoryBus bus = new MemoryBus();

	private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

	private final List<AutoCloseable> open = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
	}

	@Test
	void traceRunsFromTheRequestOverTheClusterToTheListenerOfTheOtherNode() throws Exception {
		Tracing near = tracing(Sampler.alwaysOn());
		Tracing far = tracing(Sampler.alwaysOn());
		ConfigurableApplicationContext emitting = node("a", near, WebApplicationType.SERVLET);
		ConfigurableApplicationContext receiving = node("b", far, WebApplicationType.NONE);
		listen(receiving, far);
		try (TestClient client = TestClient.connect(port(receiving))) {
			request(emitting);
			assertThat(client.event()).containsExactly("news", "x");
			String trace = this.heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
			SpanData request = near.span("http get /tell");
			assertThat(trace).isEqualTo(request.getTraceId());
			SpanData publish = near.span("socketio publish server-side-emit");
			assertThat(publish.getParentSpanId()).isEqualTo(request.getSpanId());
			SpanData process = far.span("socketio process server-side-emit");
			assertThat(process.getTraceId()).isEqualTo(trace);
			assertThat(process.getParentSpanId()).isEqualTo(publish.getSpanId());
			SpanData event = far.span("socketio event told");
			assertThat(event.getTraceId()).isEqualTo(trace);
			assertThat(event.getParentSpanId()).isEqualTo(process.getSpanId());
			assertThat(far.span("socketio process broadcast").getParentSpanId())
				.isEqualTo(near.span("socketio publish broadcast").getSpanId());
		}
	}

	@Test
	void traceThatIsNotSampledIsSoAtTheOtherNodeToo() throws Exception {
		Tracing near = tracing(Sampler.alwaysOff());
		Tracing far = tracing(Sampler.alwaysOn());
		ConfigurableApplicationContext emitting = node("a", near, WebApplicationType.SERVLET);
		ConfigurableApplicationContext receiving = node("b", far, WebApplicationType.NONE);
		listen(receiving, far);
		request(emitting);
		assertThat(this.heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isNotNull();
		try (TestClient client = TestClient.connect(port(receiving))) {
			client.socket().emit("last", "x");
			far.span("socketio event other");
		}
		assertThat(near.spans()).isEmpty();
		assertThat(far.spans()).noneMatch((span) -> span.getName().contains("told"));
	}

	@Test
	void whatIsPartOfNoTraceLooksAsEver() {
		ConfigurableApplicationContext emitting = node("a", tracing(Sampler.alwaysOn()), WebApplicationType.NONE);
		emitting.getBean(SocketIoOperations.class).emit("news", "x");
		node("b", null, WebApplicationType.NONE).getBean(SocketIoOperations.class).emit("news", "x");
		assertThat(this.bus.messages()).allMatch((message) -> message[0] == 1 && !text(message).contains("trace"));
		List<byte[]> broadcasts = this.bus.messages()
			.stream()
			.filter((message) -> text(message).contains("news"))
			.toList();
		assertThat(broadcasts).hasSize(2);
		assertThat(broadcasts.get(0)).isEqualTo(broadcasts.get(1));
	}

	@Test
	void traceThatIsNoneIsDroppedAndCountedAndTheMessageDelivered() throws Exception {
		Tracing far = tracing(Sampler.alwaysOn());
		ConfigurableApplicationContext receiving = node("b", far, WebApplicationType.NONE);
		listen(receiving, far);
		node("a", null, WebApplicationType.NONE).getBean(SocketIoOperations.class).serverSideEmit("told", "x");
		assertThat(this.heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isNotNull();
		byte[] plain = this.bus.messages()
			.stream()
			.filter((message) -> text(message).contains("told"))
			.findFirst()
			.orElseThrow();
		for (String trace : List.of("", "x".repeat(255), "00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-01")) {
			this.bus.deliver("b", withTrace(plain, trace));
			assertThat(this.heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isNotNull();
		}
		this.bus.deliver("b", withTrace(plain, "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01"));
		assertThat(this.heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("a".repeat(32));
		assertThat(receiving.getBean(ClusterMember.class).statistics().malformedTraces()).isEqualTo(3);
		assertThat(receiving.getBean(ClusterMember.class).statistics().malformed()).isZero();
	}

	// Version 2, type, then the trace behind its length
	private static byte[] withTrace(byte[] message, String trace) {
		byte[] traced = new byte[message.length + 1 + trace.length()];
		traced[0] = 2;
		traced[1] = message[1];
		traced[2] = (byte) trace.length();
		System.arraycopy(trace.getBytes(StandardCharsets.US_ASCII), 0, traced, 3, trace.length());
		System.arraycopy(message, 2, traced, 3 + trace.length(), message.length - 2);
		return traced;
	}

	private static String text(byte[] message) {
		return new String(message, StandardCharsets.ISO_8859_1);
	}

	private Tracing tracing(Sampler sampler) {
		Tracing tracing = new Tracing(sampler);
		this.open.add(tracing);
		return tracing;
	}

	private void listen(ConfigurableApplicationContext node, Tracing tracing) {
		node.getBean(SocketIoOperations.class).onServerSideEmit("told", (args, answer) -> {
			Span span = tracing.tracer().currentSpan();
			this.heard.add((span != null) ? span.context().traceId() : "none");
		});
	}

	private ConfigurableApplicationContext node(String name, @Nullable Tracing tracing, WebApplicationType type) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(
				(type == WebApplicationType.SERVLET) ? Web.class : Node.class)
			.web(type)
			.properties("socketio.port=0", "socketio.host=127.0.0.1", "server.port=0", "server.address=127.0.0.1",
					"server.shutdown=immediate", "spring.main.banner-mode=off", "spring.jmx.enabled=false")
			.initializers((GenericApplicationContext beans) -> {
				beans.registerBean(MemoryBus.class, () -> this.bus);
				beans.registerBean("name", String.class, () -> name);
				if (tracing != null) {
					beans.registerBean(ObservationRegistry.class, tracing::registry);
					beans.registerBean(Tracer.class, tracing::tracer);
				}
			})
			.run();
		this.open.add(context);
		await().atMost(LIMIT).until(() -> port(context) > 0);
		return context;
	}

	private static int port(ConfigurableApplicationContext node) {
		return node.getEnvironment().getProperty("local.socketio.port", Integer.class, 0);
	}

	private static void request(ConfigurableApplicationContext node) throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + node.getEnvironment().getProperty("local.server.port") + "/tell");
		assertThat(HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
			.statusCode()).isEqualTo(200);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Member.class)
	static class Node {

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Member.class, Teller.class })
	static class Web {

	}

	@Configuration(proxyBeanMethods = false)
	static class Member {

		@Bean(destroyMethod = "")
		ClusterNode node(MemoryBus bus, String name, @Nullable ClusterObserver observer) {
			return new ClusterNode(bus.join(name), ClusterConfig.DEFAULT.withObserver(observer));
		}

	}

	@RestController
	static class Teller {

		private final SocketIoOperations operations;

		Teller(SocketIoOperations operations) {
			this.operations = operations;
		}

		@GetMapping("/tell")
		void tell() {
			this.operations.serverSideEmit("told", "x");
			this.operations.emit("news", "x");
		}

	}

}
