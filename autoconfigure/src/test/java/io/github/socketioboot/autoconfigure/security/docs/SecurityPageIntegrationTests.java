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

package io.github.socketioboot.autoconfigure.security.docs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.sun.net.httpserver.HttpServer;
import io.github.socketioboot.autoconfigure.TestClient;
import io.github.socketioboot.autoconfigure.security.TestTokens;
import io.github.socketioboot.cluster.redis.RedisServer;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.core.userdetails.User;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code of the page on security does what the page says.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecurityPageIntegrationTests {

	@Test
	void tokensOfAnIssuerWithKeysAtAnAddress(CapturedOutput output) throws Exception {
		TestTokens tokens = new TestTokens();
		HttpServer keys = serve(tokens.keys());
		String address = "http://127.0.0.1:" + keys.getAddress().getPort() + "/keys";
		run(TokenConfiguration.class, (context) -> {
			try (TestClient ann = connect(context, "token", tokens.of("ann"));
					TestClient referee = connect(context, "token", tokens.of("ben", "award"))) {
				assertThat(referee.ask("award", "ann", 3)).containsExactly(3);
				assertThat(ann.ask("points")).containsExactly(3);
				assertThat(ann.ask("award", "ann", 100)).first()
					.hasToString("{\"error\":{\"message\":\"Access denied\"}}");
				assertThat(ann.ask("points")).containsExactly(3);
			}
			keys.stop(0);
		}, "token.keys=" + address);
		assertThat(output).doesNotContain("ERROR");
		run(TokenConfiguration.class,
				(context) -> assertRefused(context, "token", tokens.of("ann"), "{\"message\":\"Internal error\"}"),
				"token.keys=" + address);
		assertThat(output).contains("An authentication listener failed");
	}

	@Test
	void ticketsAreGoodForOneConnectToAnyServer() {
		try (RedisServer redis = RedisServer.startOwn()) {
			String port = "ticket.port=" + redis.port();
			run(Tickets.class, (issuer) -> {
				String ticket = issuer.getBean(TicketConverter.class).issue("ann");
				run(Tickets.class, (context) -> {
					try (TestClient client = connect(context, "ticket", ticket)) {
						assertThat(client.ask("points")).containsExactly(0);
						assertRefused(issuer, "ticket", ticket,
								"{\"data\":{\"error\":\"ticket\"},\"message\":\"Ticket is not valid\"}");
					}
				}, port);
			}, port);
		}
	}

	@Test
	void registryKnowsWhoHasLoggedIn() {
		run(WebSessions.class, (context) -> {
			context.getBean(SessionRegistry.class)
				.registerNewSession("4711", User.withUsername("ann").password("x").authorities("SCOPE_award").build());
			int port = port(context);
			try (TestClient client = TestClient
				.beginWithHeaders(port, Map.of("Cookie", List.of("a=b; JSESSIONID=4711")))
				.connected()) {
				assertThat(client.ask("award", "ann", 2)).containsExactly(2);
				assertThat(client.ask("points")).containsExactly(2);
			}
			context.getBean(SessionRegistry.class).removeSessionInformation("4711");
			try (TestClient client = TestClient.beginWithHeaders(port,
					Map.of("Cookie", List.of("a=b; JSESSIONID=4711")))) {
				assertThat(client.refusal()).isInstanceOf(JSONObject.class);
			}
		});
	}

	@Test
	void keysOfAnAuthenticator() {
		run(ApiKeyAuthenticator.class, (context) -> {
			try (TestClient client = connect(context, "key", "4711")) {
				assertThat(client.ask("award", "ann", 1)).first()
					.hasToString("{\"error\":{\"message\":\"Access denied\"}}");
			}
			try (TestClient client = TestClient.connect(port(context), "/news", Map.of())) {
				assertThat(client.socket().connected()).isTrue();
			}
			assertRefused(context, "key", "0", "{\"data\":{\"retry\":false},\"message\":\"Unknown key\"}");
		}, "socketio.namespaces=/,/news");
	}

	@Test
	void handshakesAreRefusedAsAWhole() {
		run(VersionGuard.class, (context) -> {
			assertThat(handshake(context, "&version=1").statusCode()).isEqualTo(200);
			HttpResponse<String> refusal = handshake(context, "&version=0");
			assertThat(refusal.statusCode()).isEqualTo(403);
			assertThat(refusal.body()).contains("Please update");
		});
	}

	private static void run(Class<?> configuration, Consumer<ConfigurableApplicationContext> test,
			String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class, configuration)
			.web(WebApplicationType.NONE)
			.properties("socketio.port=0", "server.shutdown=immediate")
			.properties(properties)
			.run()) {
			test.accept(context);
		}
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class);
	}

	private static TestClient connect(ConfigurableApplicationContext context, String name, String value) {
		return TestClient.connect(port(context), "/", Map.of(name, value));
	}

	private static void assertRefused(ConfigurableApplicationContext context, String name, String value,
			String refusal) {
		try (TestClient client = TestClient.begin(port(context), "/", Map.of(name, value))) {
			assertThat(client.refusal()).hasToString(refusal);
		}
	}

	private static HttpResponse<String> handshake(ConfigurableApplicationContext context, String query) {
		URI uri = URI.create("http://127.0.0.1:" + port(context) + "/socket.io/?EIO=4&transport=polling" + query);
		return HttpClient.newHttpClient()
			.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
			.join();
	}

	private static HttpServer serve(String body) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		server.createContext("/keys", (exchange) -> {
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
		server.start();
		return server;
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableMethodSecurity
	@Import(AccountHandler.class)
	static class Application {

	}

	/**
	 * Tickets in a Redis of the test's own.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(TicketConverter.class)
	static class Tickets {

		@Bean
		LettuceConnectionFactory redisConnections(@Value("${ticket.port}") int port) {
			return new LettuceConnectionFactory("127.0.0.1", port);
		}

		@Bean
		StringRedisTemplate redis(LettuceConnectionFactory connections) {
			return new StringRedisTemplate(connections);
		}

	}

	/**
	 * Sessions that the web application has told of.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(WebSessionConverter.class)
	static class WebSessions {

		@Bean
		SessionRegistry sessionRegistry() {
			return new SessionRegistryImpl();
		}

	}

}
