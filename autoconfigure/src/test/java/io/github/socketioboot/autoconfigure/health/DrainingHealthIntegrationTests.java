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

package io.github.socketioboot.autoconfigure.health;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.TestClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DrainingHealthIntegrationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void healthIsServedAndOutOfServiceWhileTheServerDrains() throws Exception {
		Thread closing;
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.properties("socketio.port=0", "socketio.host=127.0.0.1", "server.port=0", "server.address=127.0.0.1",
					"spring.main.banner-mode=off", "socketio.drain.spread=0s", "socketio.drain.timeout=2m",
					"spring.lifecycle.timeout-per-shutdown-phase=3m",
					"management.endpoint.health.show-components=always",
					"management.endpoint.health.show-details=always")
			.run()) {
			int webPort = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			int port = context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class);
			assertThat(get(webPort, "/actuator/health/readiness").statusCode()).isEqualTo(200);
			HttpResponse<String> up = get(webPort, "/actuator/health");
			assertThat(up.statusCode()).isEqualTo(200);
			assertThat(component(up).at("/details/port").asInt()).isEqualTo(port);
			Handlers handlers = context.getBean(Handlers.class);
			try (TestClient client = TestClient.connect(port)) {
				client.socket().emit("wait");
				handlers.begun.await();
				closing = new Thread(context::close, "closing");
				closing.start();
				await().atMost(Duration.ofSeconds(30))
					.until(() -> component(get(webPort, "/actuator/health")).at("/details/draining").asBoolean());
				HttpResponse<String> draining = get(webPort, "/actuator/health");
				assertThat(draining.statusCode()).isEqualTo(503);
				assertThat(get(webPort, "/actuator/health/readiness").statusCode()).isEqualTo(503);
				assertThat(get(webPort, "/actuator/health/liveness").statusCode()).isEqualTo(200);
				assertThat(component(draining).path("status").asString()).isEqualTo("OUT_OF_SERVICE");
			}
			finally {
				handlers.end.countDown();
			}
			closing.join();
		}
	}

	@Test
	void serverThatIsDrainedByOrderIsNotReadyButAlive() throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.properties("socketio.port=0", "socketio.host=127.0.0.1", "server.port=0", "server.address=127.0.0.1",
					"spring.main.banner-mode=off", "server.shutdown=immediate", "socketio.drain.spread=0s",
					"management.endpoints.web.exposure.include=health,socketio",
					"management.endpoint.socketio.access=unrestricted")
			.run()) {
			int webPort = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			assertThat(get(webPort, "/actuator/health/readiness").statusCode()).isEqualTo(200);
			HttpRequest drain = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + webPort + "/actuator/socketio/drain"))
				.POST(HttpRequest.BodyPublishers.noBody())
				.build();
			assertThat(this.http.send(drain, HttpResponse.BodyHandlers.discarding()).statusCode()).isLessThan(300);
			await().atMost(Duration.ofSeconds(30))
				.until(() -> get(webPort, "/actuator/health/readiness").statusCode() == 503);
			HttpResponse<String> liveness = get(webPort, "/actuator/health/liveness");
			assertThat(liveness.statusCode()).isEqualTo(200);
			assertThat(liveness.body()).doesNotContain("OUT_OF_SERVICE");
		}
	}

	private static JsonNode component(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body()).at("/components/socketio");
	}

	private HttpResponse<String> get(int port, String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Handlers.class)
	static class Application {

	}

	static class Handlers {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch end = new CountDownLatch(1);

		@OnEvent("wait")
		void waitForTheTest() throws InterruptedException {
			this.begun.countDown();
			this.end.await();
		}

	}

}
