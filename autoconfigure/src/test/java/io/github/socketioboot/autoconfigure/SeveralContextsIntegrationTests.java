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

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.OnEvent;
import com.sun.management.UnixOperatingSystemMXBean;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several application contexts in one JVM, at once and one after the other.
 */
class SeveralContextsIntegrationTests {

	private static final String[] ARGUMENTS = { "--socketio.port=0", "--socketio.host=127.0.0.1",
			"--spring.main.banner-mode=off", "--server.shutdown=immediate" };

	@Test
	void contextsHaveServersOfTheirOwnAndOneIsServedWhenTheOtherIsClosed() {
		ConfigurableApplicationContext first = start(First.class);
		try (ConfigurableApplicationContext second = start(Second.class)) {
			assertThat(port(first)).isNotEqualTo(port(second));
			try (TestClient client = TestClient.connect(port(second))) {
				assertThat(client.ask("who")).containsExactly("second");
				try (TestClient other = TestClient.connect(port(first))) {
					assertThat(other.ask("who")).containsExactly("first");
				}
				first.close();
				assertThat(client.ask("who")).containsExactly("second");
			}
			try (TestClient client = TestClient.connect(port(second))) {
				assertThat(client.ask("who")).containsExactly("second");
			}
		}
		finally {
			first.close();
		}
	}

	@Test
	void childHasAServerOfItsOwnWhereTheParentHasNone() {
		try (ConfigurableApplicationContext parent = start(Plain.class);
				ConfigurableApplicationContext child = start(parent, First.class)) {
			assertThat(port(child)).isEqualTo(server(child).port());
			assertThat(port(parent)).as("as Boot tells parents of its ports").isEqualTo(port(child));
		}
	}

	@Test
	void handlersOfAChildServeClientsOfTheParentsServer() {
		try (ConfigurableApplicationContext parent = start(First.class)) {
			try (ConfigurableApplicationContext child = start(parent, Other.class);
					TestClient client = TestClient.connect(port(parent))) {
				assertThat(child.getBeansOfType(SocketIOServer.class)).isEmpty();
				assertThat(port(child)).isEqualTo(port(parent));
				assertThat(client.ask("who")).containsExactly("first");
				assertThat(client.ask("other")).containsExactly("other");
			}
			try (TestClient client = TestClient.connect(port(parent))) {
				assertThat(client.ask("who")).as("the child has left the server alone").containsExactly("first");
			}
		}
	}

	@Test
	void childWithADefinitionOfItsOwnLeavesThePortOfTheParent() {
		try (ConfigurableApplicationContext parent = start(First.class);
				ConfigurableApplicationContext child = start(parent, OwnServer.class)) {
			assertThat(port(child)).isEqualTo(server(child).port()).isNotEqualTo(port(parent));
			assertThat(port(parent)).isEqualTo(server(parent).port());
			try (TestClient client = TestClient.connect(port(parent))) {
				assertThat(client.ask("who")).containsExactly("first");
			}
		}
	}

	@Test
	void portIsToldAgainAfterAPause() {
		try (ConfigurableApplicationContext context = start(First.class)) {
			context.stop();
			context.start();
			assertThat(port(context)).isEqualTo(server(context).port());
			try (TestClient client = TestClient.connect(port(context))) {
				assertThat(client.ask("who")).containsExactly("first");
			}
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void contextsOneAfterTheOtherLeaveNothingBehind() {
		restart();
		Set<String> threads = threads();
		long descriptors = descriptors();
		for (int i = 0; i < 10; i++) {
			restart();
		}
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			assertThat(threads()).isSubsetOf(threads);
			assertThat(descriptors()).isLessThan(descriptors + 10);
		});
	}

	private static void restart() {
		try (ConfigurableApplicationContext context = start(First.class);
				TestClient client = TestClient.connect(port(context))) {
			assertThat(client.ask("who")).containsExactly("first");
		}
	}

	// The client's threads and the JVM's own come and go
	private static Set<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> List.of("socketio", "multiThreadIo", "nioEventLoop", "epoll", "ssl-bundle")
				.stream()
				.anyMatch(thread.getName()::startsWith))
			.map((thread) -> thread.getName() + " " + thread.getId())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static long descriptors() {
		return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
	}

	private static ConfigurableApplicationContext start(Class<?> application) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE).run(ARGUMENTS);
	}

	private static ConfigurableApplicationContext start(ConfigurableApplicationContext parent, Class<?> application) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE).parent(parent).run(ARGUMENTS);
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class);
	}

	private static EngineSocketIOServer server(ConfigurableApplicationContext context) {
		return (EngineSocketIOServer) context.getBean(SocketIOServer.class);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	static class Plain {

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class First {

		@OnEvent("who")
		String who() {
			return "first";
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Second {

		@OnEvent("who")
		String who() {
			return "second";
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Other {

		@OnEvent("other")
		String other() {
			return "other";
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OwnServer {

		@Bean
		EngineSocketIOServer socketIoServer() {
			Configuration configuration = new Configuration();
			configuration.setHostname("127.0.0.1");
			configuration.setPort(0);
			return new EngineSocketIOServer(configuration);
		}

	}

}
