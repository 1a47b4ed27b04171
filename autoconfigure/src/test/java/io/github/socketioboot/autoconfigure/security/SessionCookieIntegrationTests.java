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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.socketioboot.autoconfigure.TestClient;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.events.SessionDeletedEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that bring the cookie of the session in which their user has logged in.
 */
class SessionCookieIntegrationTests {

	private static final AdjustableClock CLOCK = new AdjustableClock();

	private static SecuredServer server;

	private static MapSessionRepository sessions;

	@BeforeAll
	static void start() {
		server = SecuredServer.start(Configured.class, "socketio.security.session-cookie=SESSION");
		sessions = server.bean(MapSessionRepository.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void putClockRight() {
		CLOCK.forward(Duration.ZERO);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sessionOfTheCookieTellsWhoTheClientIs(boolean base64) {
		MapSession session = login("ann");
		try (TestClient client = begin("theme=dark; SESSION=" + (base64 ? cookie(session) : session.getId()))
			.connected()) {
			assertThat(client.ask("who")).containsExactly("ann");
			assertThat(client.ask("principal")).extracting(Object::toString)
				.containsExactly("[\"UsernamePasswordAuthenticationToken\",\"ann\"]");
		}
		assertThat(authentication(session).getDetails()).as("the web application's own").isNull();
	}

	@Test
	void withoutALoginNobodyEnters() throws Exception {
		MapSession stranger = sessions.createSession();
		sessions.save(stranger);
		MapSession idle = login("ann");
		idle.setLastAccessedTime(idle.getLastAccessedTime().minus(Duration.ofHours(1)));
		sessions.save(idle);
		for (String cookie : List.of("SESSION=" + cookie(stranger), "SESSION=" + cookie(idle), "SESSION=", "SESSION=%%",
				"OTHER=" + cookie(login("ben")))) {
			try (TestClient client = begin(cookie)) {
				assertThat(((JSONObject) client.refusal()).getString("message")).as(cookie)
					.isEqualTo("Authentication required");
			}
		}
	}

	@Test
	void clientLeavesWhenTheSessionIsSaidToHaveEnded() {
		MapSession session = login("ann");
		try (TestClient other = begin("SESSION=" + cookie(login("ben"))).connected();
				TestClient client = begin("SESSION=" + cookie(session)).connected()) {
			assertThat(client.ask("who")).containsExactly("ann");
			sessions.deleteById(session.getId());
			server.context().publishEvent(new SessionDeletedEvent(this, session));
			assertThat(client.event()).containsExactly(ExpiryWatch.EVENT);
			assertThat(client.disconnection()).isEqualTo("io server disconnect");
			assertThat(other.ask("who")).containsExactly("ben");
		}
	}

	@Test
	void sessionIsLookedAtAgainWhereNobodyTellsOfItsEnd() {
		MapSession session = login("ann");
		try (TestClient other = begin("SESSION=" + cookie(login("ben"))).connected();
				TestClient client = begin("SESSION=" + cookie(session)).connected()) {
			assertThat(client.ask("who")).containsExactly("ann");
			sessions.deleteById(session.getId());
			CLOCK.forward(SessionDetails.LOOK_AGAIN);
			assertThat(client.disconnection()).isEqualTo("io server disconnect");
			assertThat(other.ask("who")).containsExactly("ben");
		}
	}

	private static MapSession login(String name) {
		MapSession session = sessions.createSession();
		session.setAttribute(SessionCookieConverter.CONTEXT_ATTRIBUTE, new SecurityContextImpl(
				UsernamePasswordAuthenticationToken.authenticated(name, null, AuthorityUtils.NO_AUTHORITIES)));
		sessions.save(session);
		return session;
	}

	private static Authentication authentication(MapSession session) {
		SecurityContextImpl context = session.getRequiredAttribute(SessionCookieConverter.CONTEXT_ATTRIBUTE);
		return context.getAuthentication();
	}

	private static String cookie(MapSession session) {
		return Base64.getEncoder().encodeToString(session.getId().getBytes());
	}

	private static TestClient begin(String cookie) {
		return TestClient.beginWithHeaders(server.port(), Map.of("Cookie", List.of(cookie)));
	}

	@Configuration(proxyBeanMethods = false)
	static class Configured {

		@Bean
		MapSessionRepository sessionRepository() {
			return new MapSessionRepository(new ConcurrentHashMap<>());
		}

		@Bean
		ExpiryWatch expiryWatch() {
			return new ExpiryWatch(CLOCK);
		}

	}

}
