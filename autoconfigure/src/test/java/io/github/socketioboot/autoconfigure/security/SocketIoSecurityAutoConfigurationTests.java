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

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.InvalidPropertyException;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticationException;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.authentication.TestingAuthenticationProvider;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.SessionRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class SocketIoSecurityAutoConfigurationTests {

	private static final TestTokens TOKENS = new TestTokens();

	private static final Map<String, Object> NOTHING = Map.of();

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withPropertyValues("socketio.port=0")
		.withConfiguration(
				AutoConfigurations.of(SocketIoSecurityAutoConfiguration.class, SocketIoAutoConfiguration.class));

	@Test
	void withoutSpringSecurityThereIsTheAuthenticatorOnly() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.security", "org.springframework.session"))
			.withBean(SocketIoAuthenticator.class, () -> (namespace, auth, handshake) -> null)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SocketIoAuthenticator.class)
				.doesNotHaveBean(SocketIoSecurityAutoConfiguration.class)
				.doesNotHaveBean(ExpiryWatch.class));
	}

	@Test
	void coreOfSpringSecurityIsEnough() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.security.oauth2",
					"org.springframework.session", "com.nimbusds"))
			.withBean(SocketIoAuthenticationConverter.class, () -> (namespace, auth, handshake) -> known("ann"))
			.run((context) -> assertThat(authenticate(context.getBean(SocketIoAuthenticator.class), NOTHING))
				.hasToString(known("ann").toString()));
	}

	@Test
	void propertyTurnsItOff() {
		this.runner.withPropertyValues("socketio.security.enabled=false")
			.withBean(JwtDecoder.class, TOKENS::decoder)
			.run((context) -> assertThat(context).doesNotHaveBean(SocketIoSecurityAutoConfiguration.class)
				.doesNotHaveBean(SocketIoAuthenticator.class));
		this.runner.withPropertyValues("socketio.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SocketIoSecurityAutoConfiguration.class));
	}

	@Test
	void nothingThatAuthenticatesLeavesNamespacesAsTheyAre() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(ExpiryWatch.class)
			.doesNotHaveBean(SocketIoAuthenticator.class));
	}

	@Test
	void decoderMakesTokensNeededEverywhere() {
		this.runner.withBean(JwtDecoder.class, TOKENS::decoder).run((context) -> {
			SocketIoAuthenticator authenticator = context.getBean(SocketIoAuthenticator.class);
			assertThat(authenticate(authenticator, Map.of("token", TOKENS.of("ann")))).extracting(Principal::getName)
				.isEqualTo("ann");
			assertRefused(authenticator, NOTHING, "Authentication required");
			assertRefused(authenticator, Map.of("token", 7), "Authentication required");
			assertRefused(authenticator, Map.of("token", " "), "Authentication required");
			assertRefused(authenticator, Map.of("token", "x"), "Authentication failed");
			assertThat(context).as("beans that the web application would take")
				.doesNotHaveBean(AuthenticationManager.class)
				.doesNotHaveBean(AuthenticationProvider.class);
		});
	}

	@Test
	void nameOfTheTokenAndOpenNamespacesAreSet() {
		this.runner.withBean(JwtDecoder.class, TOKENS::decoder)
			.withPropertyValues("socketio.security.token-name=jwt", "socketio.security.permit-all=news,/")
			.run((context) -> {
				SocketIoAuthenticator authenticator = context.getBean(SocketIoAuthenticator.class);
				assertThat(authenticate(authenticator, Map.of("token", "x"))).isNull();
				assertThat(authenticator.authenticate("/news", NOTHING, handshake())).isNull();
				assertThat(authenticate(authenticator, Map.of("jwt", TOKENS.of("ann")))).isNotNull();
				assertThatExceptionOfType(SocketIoAuthenticationException.class)
					.isThrownBy(() -> authenticator.authenticate("/chat", NOTHING, handshake()));
			});
		this.runner.withBean(JwtDecoder.class, TOKENS::decoder)
			.withPropertyValues("socketio.security.permit-all=*")
			.run((context) -> assertThat(authenticate(context.getBean(SocketIoAuthenticator.class), NOTHING)).isNull());
	}

	@Test
	void valuesThatCannotBeWorkedWithStopTheStart() {
		assertInvalid("socketio.security.permit-all", "/news*");
		assertInvalid("socketio.security.token-name", " ");
		assertInvalid("socketio.security.session-cookie", "SESSION");
	}

	@Test
	void sessionCookieWithoutSpringSessionStopsTheStart() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.session"))
			.withPropertyValues("socketio.security.session-cookie=SESSION")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidPropertyException.class));
	}

	@Test
	void sessionCookieWarnsOfPagesOfAnyOrigin(CapturedOutput output) {
		ApplicationContextRunner sessions = this.runner
			.withBean(SessionRepository.class, () -> new MapSessionRepository(new HashMap<>()))
			.withPropertyValues("socketio.security.session-cookie=SESSION");
		sessions.withPropertyValues("socketio.cors.allowed-origins=https://example.org")
			.run((context) -> assertThat(context).hasSingleBean(SecurityAuthenticator.class));
		assertThat(output).doesNotContain("Pages of any origin");
		sessions.withPropertyValues("socketio.cors.allowed-origins=*")
			.run((context) -> assertThat(context).hasSingleBean(SecurityAuthenticator.class));
		assertThat(output).contains("Pages of any origin can act as the user");
	}

	@Test
	void authenticatorOfTheApplicationIsAlone() {
		this.runner.withBean(JwtDecoder.class, TOKENS::decoder)
			.withBean(SocketIoAuthenticator.class, () -> (namespace, auth, handshake) -> null)
			.run((context) -> assertThat(context).hasSingleBean(SocketIoAuthenticator.class)
				.doesNotHaveBean(SocketIoAuthenticationConverter.class));
	}

	@Test
	void converterOfTheApplicationComesFirst() {
		this.runner.withBean(JwtDecoder.class, TOKENS::decoder)
			.withBean(SocketIoAuthenticationConverter.class,
					() -> (namespace, auth, handshake) -> auth.containsKey("ticket") ? known("ben") : null)
			.run((context) -> {
				SocketIoAuthenticator authenticator = context.getBean(SocketIoAuthenticator.class);
				assertThat(authenticate(authenticator, Map.of("ticket", 1, "token", "x")))
					.extracting(Principal::getName)
					.isEqualTo("ben");
				assertThat(authenticate(authenticator, Map.of("token", TOKENS.of("ann"))))
					.extracting(Principal::getName)
					.isEqualTo("ann");
			});
	}

	@Test
	void converterBesideAServerOfTheApplicationStopsTheStart() {
		this.runner.withBean(SocketIOServer.class, SocketIoSecurityAutoConfigurationTests::ownServer)
			.withBean(SocketIoAuthenticationConverter.class, () -> (namespace, auth, handshake) -> null)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("is not asked, since the application defines a SocketIOServer"));
		this.runner.withBean(SocketIOServer.class, SocketIoSecurityAutoConfigurationTests::ownServer)
			.withBean(JwtDecoder.class, TOKENS::decoder)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketIoAuthenticator.class));
	}

	@Test
	void providersAndTheManagerOfTheApplicationCheckCredentials() {
		ApplicationContextRunner custom = this.runner.withBean(SocketIoAuthenticationConverter.class,
				() -> (namespace, auth, handshake) -> new TestingAuthenticationToken("ann", auth.get("password")));
		custom.withBean(AuthenticationProvider.class, TestingAuthenticationProvider::new)
			.run((context) -> assertThatExceptionOfType(SocketIoAuthenticationException.class)
				.isThrownBy(() -> authenticate(context.getBean(SocketIoAuthenticator.class), NOTHING))
				.withMessage("Authentication required"));
		custom.withBean(AuthenticationManager.class, () -> SocketIoSecurityAutoConfigurationTests::check)
			.run((context) -> {
				SocketIoAuthenticator authenticator = context.getBean(SocketIoAuthenticator.class);
				assertThat(authenticate(authenticator, Map.of("password", "good"))).extracting(Principal::getName)
					.isEqualTo("ann");
				assertRefused(authenticator, Map.of("password", "bad"), "Authentication failed");
				assertThatExceptionOfType(AuthenticationServiceException.class).as("not the client's fault")
					.isThrownBy(() -> authenticate(authenticator, Map.of("password", "down")));
			});
		custom.run((context) -> assertThatExceptionOfType(ProviderNotFoundException.class)
			.isThrownBy(() -> authenticate(context.getBean(SocketIoAuthenticator.class), NOTHING)));
	}

	@Test
	void opaqueTokensAreIntrospected() {
		OpaqueTokenIntrospector introspector = (token) -> new DefaultOAuth2AuthenticatedPrincipal("ann",
				Map.of("sub", "ann", "exp", Instant.now().plus(Duration.ofHours(token.equals("old") ? -1 : 1))),
				AuthorityUtils.NO_AUTHORITIES);
		this.runner.withBean(OpaqueTokenIntrospector.class, () -> introspector).run((context) -> {
			SocketIoAuthenticator authenticator = context.getBean(SocketIoAuthenticator.class);
			Principal principal = authenticate(authenticator, Map.of("token", "opaque"));
			assertThat(principal).extracting(Principal::getName).isEqualTo("ann");
			assertThat(CredentialsExpiry.of(principal)).isAfter(Instant.now());
			assertRefused(authenticator, Map.of("token", "old"), "Authentication failed");
		});
	}

	@Test
	void converterOfClaimsIsTheApplications() {
		this.runner.withBean(JwtDecoder.class, TOKENS::decoder).withBean(JwtAuthenticationConverter.class, () -> {
			JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
			converter
				.setJwtGrantedAuthoritiesConverter((jwt) -> List.copyOf(AuthorityUtils.createAuthorityList("ROLE_X")));
			return converter;
		})
			.run((context) -> assertThat(
					authenticate(context.getBean(SocketIoAuthenticator.class), Map.of("token", TOKENS.of("ann"))))
				.isInstanceOfSatisfying(Authentication.class,
						(authentication) -> assertThat(authentication.getAuthorities()).extracting(Object::toString)
							.contains("ROLE_X")));
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
	}

	private void assertInvalid(String property, String value) {
		this.runner.withBean(JwtDecoder.class, TOKENS::decoder)
			.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidPropertyException.class,
						(failure) -> assertThat(failure.getProperty()).isEqualTo(property)));
	}

	private static void assertRefused(SocketIoAuthenticator authenticator, Map<String, Object> auth, String message) {
		assertThatExceptionOfType(SocketIoAuthenticationException.class)
			.isThrownBy(() -> authenticate(authenticator, auth))
			.withMessage(message);
	}

	private static @Nullable Principal authenticate(SocketIoAuthenticator authenticator, Map<String, Object> auth) {
		return authenticator.authenticate("/", auth, handshake());
	}

	private static HandshakeData handshake() {
		return new HandshakeData() {

			@Override
			public HttpHeaders getHttpHeaders() {
				return new DefaultHttpHeaders();
			}

		};
	}

	private static SocketIOServer ownServer() {
		Configuration configuration = new Configuration();
		configuration.setHostname("127.0.0.1");
		configuration.setPort(0);
		return new SocketIOServer(configuration);
	}

	private static Authentication known(String name) {
		return new TestingAuthenticationToken(name, null, "ROLE_USER");
	}

	private static Authentication check(Authentication request) {
		return switch (String.valueOf(request.getCredentials())) {
			case "good" -> known("ann");
			case "down" -> throw new AuthenticationServiceException("down");
			default -> throw new BadCredentialsException("bad");
		};
	}

}
