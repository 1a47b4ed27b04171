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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.RawWebSocketClient;
import io.github.socketioboot.autoconfigure.SocketIoOperations;
import io.github.socketioboot.autoconfigure.TestClient;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.bridge.EngineSocketIOClient;
import org.awaitility.Awaitility;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients with tokens that the application's decoder knows, and with others.
 */
@ExtendWith(OutputCaptureExtension.class)
class BearerTokenIntegrationTests {

	private static final TestTokens TOKENS = new TestTokens();

	private static final AdjustableClock CLOCK = new AdjustableClock();

	private static SecuredServer server;

	@BeforeAll
	static void start() {
		server = SecuredServer.start(Configured.class, "socketio.security.permit-all=/news",
				"logging.level.io.github.socketioboot.autoconfigure.security=debug");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void putClockRight() {
		CLOCK.forward(Duration.ZERO);
	}

	@Test
	void tokenInAuthTellsHandlersWhoTheClientIs() {
		try (TestClient client = connect("ella")) {
			assertThat(client.ask("who")).containsExactly("ella");
			assertThat(client.ask("principal")).extracting(Object::toString)
				.containsExactly("[\"JwtAuthenticationToken\",\"ella\"]");
			SecuredHandlers.awaitTold("connected ella");
		}
		SecuredHandlers.awaitTold("left ella");
	}

	@Test
	void tokenInTheHeaderOfTheHandshakeCountsWhereAuthHasNone() {
		Map<String, List<String>> headers = Map.of("Authorization", List.of("bearer " + TOKENS.of("ann")));
		try (TestClient client = TestClient.beginWithHeaders(server.port(), headers).connected()) {
			assertThat(client.ask("who")).containsExactly("ann");
			try (TestClient news = client.beginBeside("/news", auth(TOKENS.of("ben"))).connected()) {
				assertThat(news.ask("who")).containsExactly("ben");
			}
		}
	}

	@Test
	void answersOfClientsAreTakenInTheirName() {
		try (TestClient client = connect("emma")) {
			client.socket().on("question", (args) -> ((io.socket.client.Ack) args[args.length - 1]).call());
			client.socket().emit("ask back");
			SecuredHandlers.awaitTold("answered emma");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "another issuer", "tampered", "no signature", "expired", "within the decoder's leeway",
			"garbage" })
	void tokenThatIsNotGoodIsRefusedAndNotToldWhy(String kind, CapturedOutput output) throws Exception {
		String token = token(kind);
		try (TestClient member = connect("ann"); TestClient client = begin("/", token)) {
			JSONObject refusal = (JSONObject) client.refusal();
			assertThat(refusal.getString("message")).isEqualTo("Authentication failed");
			assertThat(refusal.getJSONObject("data").toString()).isEqualTo("{\"error\":\"invalid_credentials\"}");
			SocketIoOperations operations = server.bean(SocketIoOperations.class);
			assertThat(operations.fetchSockets().join()).extracting(SocketDetails::id)
				.contains(member.socket().id())
				.doesNotContain(String.valueOf(client.socket().id()));
			operations.emit("news", "for members");
			assertThat(member.event()).containsExactly("news", "for members");
			assertThat(client.hasEvents()).isFalse();
			assertThat(SecuredHandlers.wereTold("connected intruder")).isFalse();
		}
		String part = token.substring(token.lastIndexOf('.') + 1);
		assertThat(output.getAll()).contains("A client was refused in /").doesNotContain("ERROR");
		if (!part.isEmpty()) {
			assertThat(output.getAll()).doesNotContain(part);
		}
	}

	private static String token(String kind) {
		return switch (kind) {
			case "another issuer" -> TOKENS.ofAnotherIssuer("intruder");
			case "tampered" -> TOKENS.tampered("intruder");
			case "no signature" -> TOKENS.withoutSignature("intruder");
			case "expired" -> TOKENS.until(Instant.now().minus(Duration.ofDays(1)), "intruder");
			case "within the decoder's leeway" -> TOKENS.until(Instant.now().minus(Duration.ofSeconds(1)), "intruder");
			default -> "eyJ.not-a-token";
		};
	}

	@Test
	void clientWithoutTokenEntersOnlyWhatIsOpen() throws Exception {
		try (TestClient client = TestClient.connect(server.port(), "/news", Map.of())) {
			assertThat(client.ask("who")).containsExactly("anonymousUser");
			assertDenied(client.ask("known"));
			try (TestClient root = client.beginBeside("/", Map.of())) {
				JSONObject refusal = (JSONObject) root.refusal();
				assertThat(refusal.getString("message")).isEqualTo("Authentication required");
				assertThat(refusal.getJSONObject("data").getString("error")).isEqualTo("authentication_required");
			}
			assertThat(client.ask("who")).as("the other namespace").containsExactly("anonymousUser");
		}
		try (TestClient client = begin("/news", TOKENS.ofAnotherIssuer("ann"))) {
			assertThat(((JSONObject) client.refusal()).getString("message")).isEqualTo("Authentication failed");
		}
		try (TestClient client = begin("/news", TOKENS.of("ann")).connected()) {
			assertThat(client.ask("known")).containsExactly("ann");
		}
	}

	@Test
	void methodSecurityRefusesEventsInAWayThatTheClientReads(CapturedOutput output) throws Exception {
		try (TestClient client = connect("ann"); TestClient admin = connect("ben", "admin")) {
			assertDenied(client.ask("admin"));
			client.socket().emit("admin");
			assertThat(client.ask("who")).as("still connected").containsExactly("ann");
			assertThat(admin.ask("admin")).containsExactly("secret");
		}
		assertThat(output.getAll()).doesNotContain("ERROR", "AccessDenied", "AuthorizationDenied");
	}

	@Test
	void clientToWhomTheConnectHandlerIsDeniedIsSentAway() {
		try (TestClient staff = begin("/staff", TOKENS.of("ben", "staff")).connected();
				TestClient client = begin("/staff", TOKENS.of("ann"))) {
			assertThat(client.disconnection()).isEqualTo("io server disconnect");
			assertThat(staff.ask("who")).containsExactly("ben");
		}
	}

	@Test
	void namespacesOfOneConnectionHaveRightsOfTheirOwn() throws Exception {
		try (TestClient client = connect("ann");
				TestClient admin = client.beginBeside("/admin", auth(TOKENS.of("root", "admin"))).connected()) {
			assertThat(client.ask("who")).containsExactly("ann");
			assertThat(admin.ask("who")).containsExactly("root");
			assertThat(admin.ask("reload")).containsExactly("reloaded by root");
			assertDenied(client.ask("admin"));
		}
		try (TestClient client = connect("ann");
				TestClient admin = client.beginBeside("/admin", auth(TOKENS.of("ann"))).connected()) {
			assertDenied(admin.ask("reload"));
		}
	}

	@Test
	void eventsBeforeTheAdmissionReachNobody() {
		for (String eager : List.of("42[\"who\"]", "42/admin,0[\"reload\"]")) {
			RawWebSocketClient client = RawWebSocketClient.open(server.port());
			client.send("40{\"token\":\"x\"}");
			client.send(eager);
			assertThat(client.messagesUntilClose()).noneMatch((message) -> message.startsWith("40"))
				.noneMatch((message) -> message.startsWith("43"));
		}
	}

	@Test
	void failureOrChangeOfAHandlerLeavesNothingBehind() {
		try (TestClient client = connect("ann");
				TestClient news = TestClient.connect(server.port(), "/news", Map.of())) {
			client.socket().emit("fail");
			client.socket().emit("replace");
			assertThat(client.ask("who")).containsExactly("ann");
			assertThat(news.ask("who")).containsExactly("anonymousUser");
		}
	}

	@Test
	void clientIsToldAndSentAwayWhenItsTokenExpires() {
		String later = TOKENS.until(Instant.now().plus(Duration.ofHours(4)), "ann");
		try (TestClient client = connect("ann");
				TestClient admin = client.beginBeside("/admin", auth(later)).connected()) {
			CLOCK.forward(Duration.ofHours(2));
			assertThat(client.event()).containsExactly(ExpiryWatch.EVENT);
			assertThat(client.disconnection()).isEqualTo("io server disconnect");
			assertThat(admin.ask("who")).as("the other namespace").containsExactly("ann");
			client.socket().connect();
			assertThat(client.refusal())
				.hasToString("{\"data\":{\"error\":\"invalid_credentials\"},\"message\":\"Authentication failed\"}");
			try (TestClient renewed = begin("/", later).connected()) {
				assertThat(renewed.ask("who")).containsExactly("ann");
			}
		}
	}

	@Test
	void clientWhoseCredentialsTheApplicationHasRenewedStays() {
		ExpiryWatch expiry = server.bean(ExpiryWatch.class);
		try (TestClient client = connect("ann"); TestClient other = connect("ben")) {
			EngineSocketIOClient renewed = (EngineSocketIOClient) server.bean(SocketIOServer.class)
				.getClient(UUID.fromString(client.socket().id()));
			Jwt token = TOKENS.decoder().decode(TOKENS.until(Instant.now().plus(Duration.ofHours(4)), "ann"));
			renewed.principal(new JwtAuthenticationToken(token, List.of()));
			CLOCK.forward(Duration.ofHours(2));
			expiry.check();
			assertThat(other.disconnection()).isEqualTo("io server disconnect");
			assertThat(client.ask("who")).containsExactly("ann");
			CLOCK.forward(Duration.ofHours(5));
			assertThat(client.disconnection()).isEqualTo("io server disconnect");
		}
	}

	@Test
	void nothingIsKeptOfClientsThatHaveLeft() {
		ExpiryWatch expiry = server.bean(ExpiryWatch.class);
		try (TestClient client = connect("ann")) {
			assertThat(client.ask("who")).containsExactly("ann");
			assertThat(expiry.size()).isPositive();
		}
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> expiry.size() == 0);
	}

	static void assertDenied(List<Object> answer) throws JSONException {
		assertThat(answer).hasSize(1);
		assertThat(new JSONArray(answer).toString()).isEqualTo("[{\"error\":{\"message\":\"Access denied\"}}]");
	}

	private static TestClient connect(String subject, String... scopes) {
		return begin("/", TOKENS.of(subject, scopes)).connected();
	}

	private static TestClient begin(String namespace, String token) {
		return TestClient.begin(server.port(), namespace, auth(token));
	}

	private static Map<String, String> auth(String token) {
		return Map.of("token", token);
	}

	@Configuration(proxyBeanMethods = false)
	static class Configured {

		@Bean
		JwtDecoder jwtDecoder() {
			return TOKENS.decoder();
		}

		@Bean
		ExpiryWatch expiryWatch() {
			return new ExpiryWatch(CLOCK);
		}

	}

}
