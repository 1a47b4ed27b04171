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

package io.github.socketioboot.autoconfigure;

import java.util.concurrent.atomic.AtomicInteger;

import com.corundumstudio.socketio.annotation.OnEvent;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose beans are made when they are needed.
 */
class LazyInitializationIntegrationTests {

	private static final AtomicInteger handlers = new AtomicInteger();

	@Test
	void serverStartsAndHandlersAreMadeAtTheirFirstCall() {
		handlers.set(0);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run("--spring.main.lazy-initialization=true", "--socketio.port=0", "--socketio.host=127.0.0.1",
					"--spring.main.banner-mode=off", "--server.shutdown=immediate")) {
			int port = context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class);
			try (TestClient client = TestClient.connect(port)) {
				assertThat(handlers).hasValue(0);
				assertThat(client.ask("double", 21)).containsExactly(42);
				assertThat(client.ask("double", 4)).containsExactly(8);
				assertThat(handlers).hasValue(1);
			}
			HealthDescriptor health = context.getBean(HealthEndpoint.class).healthForPath("socketio");
			assertThat(health).isNotNull();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Handler handler() {
			return new Handler();
		}

	}

	static class Handler {

		Handler() {
			handlers.incrementAndGet();
		}

		@OnEvent("double")
		int twice(int number) {
			return 2 * number;
		}

	}

}
