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

package io.github.socketioboot.autoconfigure.security;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that Spring Security does not guard, in applications that have it.
 */
@ExtendWith(OutputCaptureExtension.class)
class OpenServerIntegrationTests {

	@Test
	void clientsAreNobodyWhereNothingAuthenticatesThem(CapturedOutput output) throws Exception {
		try (SecuredServer server = SecuredServer.start(Nothing.class,
				"logging.level.io.github.socketioboot.autoconfigure.security=info");
				TestClient client = TestClient.connect(server.port())) {
			assertThat(output).contains("Socket.IO clients are not authenticated");
			assertThat(client.ask("who")).containsExactly("anonymousUser");
			BearerTokenIntegrationTests.assertDenied(client.ask("known"));
		}
	}

	@Test
	void principalOfAnAuthenticatorIsAnAuthenticationForHandlers() {
		try (SecuredServer server = SecuredServer.start(OwnAuthenticator.class);
				TestClient client = TestClient.connect(server.port(), "/", Map.of("name", "ann"))) {
			assertThat(client.ask("known")).containsExactly("ann");
		}
	}

	@Test
	void threadOfAHandlerHasAfterwardsWhatItHadBefore() throws Exception {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		OneThread.executor = thread;
		try (SecuredServer server = SecuredServer.start(OneThread.class);
				TestClient client = TestClient.connect(server.port(), "/", Map.of("name", "ann"))) {
			client.socket().emit("fail");
			assertThat(client.ask("who")).containsExactly("ann");
			assertThat(nameOn(thread)).isEqualTo("nobody");
			thread
				.submit(() -> SecurityContextHolder.setContext(
						new SecurityContextImpl(SecurityHandlerContext.authentication(() -> "the thread's own"))))
				.get(30, TimeUnit.SECONDS);
			client.socket().emit("fail");
			assertThat(client.ask("who")).containsExactly("ann");
			assertThat(nameOn(thread)).isEqualTo("the thread's own");
		}
		finally {
			thread.shutdownNow();
		}
	}

	@Test
	void handlersKnowTheirClientsWhereVirtualThreadsAreAskedFor() {
		try (SecuredServer server = SecuredServer.start(OwnAuthenticator.class,
				"spring.threads.virtual.enabled=true")) {
			List<TestClient> clients = List.of(connect(server, "ann"), connect(server, "ben"), connect(server, "eve"));
			List<CompletableFuture<Object>> answers = clients.stream()
				.map((client) -> CompletableFuture.supplyAsync(() -> client.ask("who").get(0)))
				.toList();
			assertThat(answers).extracting(CompletableFuture::join).containsExactly("ann", "ben", "eve");
			clients.forEach(TestClient::close);
		}
	}

	private static TestClient connect(SecuredServer server, String name) {
		return TestClient.connect(server.port(), "/", Map.of("name", name));
	}

	private static String nameOn(ExecutorService thread) throws Exception {
		return thread.submit(SecuredHandlers::current).get(30, TimeUnit.SECONDS);
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnAuthenticator {

		@Bean
		SocketIoAuthenticator authenticator() {
			return (namespace, auth, handshake) -> () -> String.valueOf(auth.get("name"));
		}

	}

	/**
	 * An application whose handlers run on one thread.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OneThread extends OwnAuthenticator {

		private static ExecutorService executor;

		@Bean(name = SocketIoAutoConfiguration.HANDLER_EXECUTOR_BEAN_NAME, destroyMethod = "")
		Executor handlerExecutor() {
			return executor;
		}

	}

}
