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

package io.github.socketioboot.engine.netty;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.socketioboot.engine.netty.OriginPolicy.Decision;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link OriginPolicy} and {@link OriginPattern}.
 */
class OriginPolicyTests {

	private static final String PAGE = "http://client.example";

	private static final String HOST = "server.example:9092";

	private final OriginPolicy sameOrigin = new OriginPolicy(CorsConfig.SAME_ORIGIN);

	@Test
	void clientsWithoutOriginPass() {
		assertThat(this.sameOrigin.decide(null, HOST, false)).isEqualTo(Decision.ALLOWED_WITHOUT_CORS);
		assertThat(this.sameOrigin.decide(null, null, true)).isEqualTo(Decision.ALLOWED_WITHOUT_CORS);
		assertThat(origins(PAGE).decide(null, HOST, false)).isEqualTo(Decision.ALLOWED_WITHOUT_CORS);
	}

	@ParameterizedTest
	@CsvSource({ "http://server.example:9092, server.example:9092, false", "http://a.org, a.org, false",
			"http://a.org, a.org:80, false", "http://a.org:80, a.org, false", "https://a.org, a.org, true",
			"https://a.org:443, a.org, true", "https://a.org, a.org:443, true", "HTTP://A.org, a.ORG, false",
			"http://[::1]:9092, [::1]:9092, false", "http://[::1], [::1]:80, false" })
	void pagesOfTheServersOwnOriginPass(String origin, String host, boolean secure) {
		assertThat(this.sameOrigin.decide(origin, host, secure)).isEqualTo(Decision.ALLOWED_WITHOUT_CORS);
	}

	@ParameterizedTest
	@CsvSource({ "http://client.example, server.example:9092, false", "http://a.org:8080, a.org:9092, false",
			"https://a.org, a.org, false", "http://a.org, a.org, true", "http://a.org:443, a.org, true",
			"https://a.org:80, a.org, true", "http://a.org, a.org:443, false", "null, server.example, false",
			"http://, '', false", "http://:80, :80, false", "'', '', false", "http://a.org/, a.org, false",
			"http://a.org.evil, a.org, false", "http://evila.org, a.org, false", "http://a.org@evil, a.org, false",
			"ftp://a.org, a.org, false", "a.org, a.org, false" })
	void otherPagesAreRefused(String origin, String host, boolean secure) {
		assertThat(this.sameOrigin.decide(origin, host, secure)).isEqualTo(Decision.REFUSED);
	}

	@Test
	void pagesAreRefusedWhenTheHostIsUnknown() {
		assertThat(this.sameOrigin.decide(PAGE, null, false)).isEqualTo(Decision.REFUSED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://a\u0001", "http://a\n.org", "\u007f", "http://a\r\nX: y", "http://\u0100" })
	void originsWithCharactersThatNoHeaderMayHoldAreInvalid(String origin) {
		assertThat(this.sameOrigin.decide(origin, HOST, false)).isEqualTo(Decision.INVALID);
		assertThat(origins("*").decide(origin, HOST, false)).isEqualTo(Decision.INVALID);
	}

	@Test
	void listedOriginsPass() {
		OriginPolicy policy = origins("http://client.example/", "https://Other.example:8443", "file://");
		assertThat(policy.decide(PAGE, HOST, false)).isEqualTo(Decision.ALLOWED_CORS);
		assertThat(policy.decide("HTTP://Client.Example", HOST, false)).isEqualTo(Decision.ALLOWED_CORS);
		assertThat(policy.decide("https://other.example:8443", HOST, false)).isEqualTo(Decision.ALLOWED_CORS);
		assertThat(policy.decide("file://", HOST, false)).isEqualTo(Decision.ALLOWED_CORS);
		assertThat(policy.decide("https://other.example", HOST, false)).isEqualTo(Decision.REFUSED);
		assertThat(policy.decide("http://client.example.evil.org", HOST, false)).isEqualTo(Decision.REFUSED);
		assertThat(policy.decide("http://server.example:9092", HOST, false)).isEqualTo(Decision.ALLOWED_WITHOUT_CORS);
	}

	@Test
	void opaqueOriginPassesOnlyIfListed() {
		assertThat(origins("null").decide("null", HOST, false)).isEqualTo(Decision.ALLOWED_CORS);
		assertThat(origins(PAGE).decide("null", HOST, false)).isEqualTo(Decision.REFUSED);
		assertThat(patterns("http://*", "https://*").decide("null", HOST, false)).isEqualTo(Decision.REFUSED);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "https://*.example.org|https://a.example.org|true",
			"https://*.example.org|https://a.b.example.org|true", "https://*.example.org|HTTPS://A.Example.org|true",
			"https://*.example.org|https://example.org|false", "https://*.example.org|http://a.example.org|false",
			"https://*.example.org|https://a.example.org.evil|false",
			"https://*.example.org|https://a.example.org:8080|false",
			"https://*.example.org|https://aexample.org|false", "https://*.example.org/|https://a.example.org|true",
			"https://*.example.org:[8080,8081]|https://a.example.org:8080|true",
			"https://*.example.org:[8080,8081]|https://a.example.org:8081|true",
			"https://*.example.org:[8080,8081]|https://a.example.org:8082|false",
			"https://*.example.org:[8080,8081]|https://a.example.org:80|false",
			"https://*.example.org:[8080,8081]|https://a.example.org|false",
			"https://*.example.org:[*]|https://a.example.org|true",
			"https://*.example.org:[*]|https://a.example.org:1|true",
			"https://*.example.org:[*]|https://a.example.org:|false",
			"https://*.example.org:[*]|https://a.example.org:x|false",
			"http://localhost:[*]|http://localhost:3000|true", "http://localhost:[*]|http://localhost|true",
			"http://localhost:[*]|http://localhost.evil:3000|false", "http://localhost:*|http://localhost:3000|true",
			"http://a*b*c.org|http://abc.org|true", "http://a*b*c.org|http://a-b-b-c.org|true",
			"http://a*b*c.org|http://ac.org|false", "http://a*bc*c.org|http://abc.org|false",
			"http://a.*a|http://a.a|true", "http://aa*aa|http://aaa|false", "http://[::1]:[*]|http://[::1]:3000|true",
			"http://x:[::1]|http://x:[::1]|true", "*.example.org|https://a.example.org|true", "*|http://any|true",
			"http://a.b|http://a.b|true", "http://a.b|http://axb|false" })
	void originsThatMatchAPatternPass(String pattern, String origin, boolean allowed) {
		assertThat(patterns(pattern).decide(origin, HOST, false))
			.isEqualTo(allowed ? Decision.ALLOWED_CORS : Decision.REFUSED);
	}

	@Test
	void patternsDoNotBacktrack() {
		OriginPolicy policy = patterns("a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b");
		assertThat(policy.decide("a".repeat(1024), HOST, false)).isEqualTo(Decision.REFUSED);
		assertThat(policy.decide("a".repeat(1023) + "b", HOST, false)).isEqualTo(Decision.ALLOWED_CORS);
	}

	@Test
	void longOriginsAreRefused() {
		assertThat(origins("*").decide("http://" + "a".repeat(2000), HOST, false)).isEqualTo(Decision.REFUSED);
	}

	@Test
	void noHeadersWithoutConfiguredOrigins() {
		assertThat(headers(this.sameOrigin, null)).isEmpty();
		assertThat(headers(this.sameOrigin, "http://server.example:9092")).isEmpty();
		assertThat(headers(this.sameOrigin, PAGE)).isEmpty();
		assertThat(this.sameOrigin.isEnabled()).isFalse();
	}

	@Test
	void anyOriginIsAnsweredWithStarAndDoesNotVary() {
		OriginPolicy policy = origins("*");
		assertThat(policy.isEnabled()).isTrue();
		assertThat(headers(policy, PAGE)).containsOnly(Map.entry("access-control-allow-origin", "*"));
		assertThat(headers(policy, null)).containsOnly(Map.entry("access-control-allow-origin", "*"));
	}

	@Test
	void listedOriginIsReflectedAndVaries() {
		OriginPolicy policy = origins(PAGE);
		assertThat(headers(policy, PAGE)).containsOnly(Map.entry("vary", "Origin"),
				Map.entry("access-control-allow-origin", PAGE));
		assertThat(headers(policy, "http://other")).containsOnly(Map.entry("vary", "Origin"));
		assertThat(headers(policy, null)).containsOnly(Map.entry("vary", "Origin"));
	}

	@Test
	void credentialsAndExposedHeadersAreSaid() {
		OriginPolicy policy = new OriginPolicy(new CorsConfig(List.of(), List.of("http://*.example"), List.of(),
				List.of(), List.of("X-A", "X-B"), true, null));
		assertThat(headers(policy, PAGE)).containsOnly(Map.entry("vary", "Origin"),
				Map.entry("access-control-allow-origin", PAGE), Map.entry("access-control-allow-credentials", "true"),
				Map.entry("access-control-expose-headers", "X-A,X-B"));
		assertThat(headers(policy, "http://other")).containsOnly(Map.entry("vary", "Origin"));
	}

	@Test
	void preflightAllowsTheHeadersAskedFor() {
		assertThat(preflight(origins(PAGE), PAGE, "content-type,x-foo")).containsOnly(
				Map.entry("vary", "Origin, Access-Control-Request-Headers"),
				Map.entry("access-control-allow-origin", PAGE), Map.entry("access-control-allow-methods", "GET,POST"),
				Map.entry("access-control-allow-headers", "content-type,x-foo"));
	}

	@Test
	void preflightDoesNotRepeatWhatIsNoListOfHeaders() {
		assertThat(preflight(origins("*"), PAGE, "x-foo;é")).containsOnly(
				Map.entry("vary", "Access-Control-Request-Headers"), Map.entry("access-control-allow-origin", "*"),
				Map.entry("access-control-allow-methods", "GET,POST"));
	}

	@Test
	void preflightSaysWhatIsConfigured() {
		OriginPolicy policy = new OriginPolicy(new CorsConfig(List.of(PAGE), List.of(), List.of("get", "POST", "PUT"),
				List.of("X-A", "X-B"), List.of(), true, Duration.ofMinutes(10)));
		assertThat(preflight(policy, PAGE, "x-foo")).containsOnly(Map.entry("vary", "Origin"),
				Map.entry("access-control-allow-origin", PAGE), Map.entry("access-control-allow-credentials", "true"),
				Map.entry("access-control-allow-methods", "GET,POST,PUT"),
				Map.entry("access-control-allow-headers", "X-A,X-B"), Map.entry("access-control-max-age", "600"));
	}

	@Test
	void preflightOfAForeignPageGrantsNothing() {
		assertThat(preflight(origins(PAGE), "http://other", "x-foo")).containsOnly(Map.entry("vary", "Origin"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.org", "https://example.org/path", "://x", "https://*.example.org", "" })
	void malformedOriginsAreNamed(String origin) {
		assertThatIllegalArgumentException().isThrownBy(() -> origins(origin))
			.withMessageStartingWith("allowedOrigins: " + origin + " (expected: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://a:[]", "http://a:[80,]", "http://a:[x]", "http://a:[80;81]" })
	void malformedPortsAreNamed(String pattern) {
		assertThatIllegalArgumentException().isThrownBy(() -> patterns(pattern))
			.withMessageStartingWith("allowedOriginPatterns: " + pattern + " (expected: ");
	}

	@Test
	void malformedNamesAreNamed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OriginPolicy(
					new CorsConfig(List.of(), List.of(), List.of("G T"), List.of(), List.of(), false, null)))
			.withMessage("allowedMethods: G T (expected: a name as HTTP allows it)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OriginPolicy(
					new CorsConfig(List.of(), List.of(), List.of(), List.of("a\r\nb"), List.of(), false, null)))
			.withMessageStartingWith("allowedHeaders: ");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OriginPolicy(
					new CorsConfig(List.of(), List.of(), List.of(), List.of(), List.of(""), false, null)))
			.withMessageStartingWith("exposedHeaders: ");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OriginPolicy(new CorsConfig(List.of(), List.of(), List.of(), List.of(), List.of(),
					false, Duration.ofSeconds(-1))))
			.withMessage("maxAge: PT-1S (expected: >= 0)");
	}

	private static OriginPolicy origins(String... origins) {
		return new OriginPolicy(
				new CorsConfig(List.of(origins), List.of(), List.of(), List.of(), List.of(), false, null));
	}

	private static OriginPolicy patterns(String... patterns) {
		return new OriginPolicy(
				new CorsConfig(List.of(), List.of(patterns), List.of(), List.of(), List.of(), false, null));
	}

	private static Map<String, String> headers(OriginPolicy policy, @Nullable String origin) {
		HttpHeaders response = new DefaultHttpHeaders();
		policy.addHeaders(response, policy.decide(origin, HOST, false), origin);
		return entries(response);
	}

	private static Map<String, String> preflight(OriginPolicy policy, String origin, String asked) {
		HttpHeaders request = new DefaultHttpHeaders();
		request.set("Origin", origin);
		request.set("Access-Control-Request-Method", "POST");
		request.set("Access-Control-Request-Headers", asked);
		HttpHeaders response = new DefaultHttpHeaders();
		policy.addPreflightHeaders(response, policy.decide(origin, HOST, false), request);
		return entries(response);
	}

	private static Map<String, String> entries(HttpHeaders headers) {
		assertThat(headers.names()).hasSize(headers.size());
		Map<String, String> entries = new TreeMap<>();
		headers.forEach((header) -> entries.put(header.getKey(), header.getValue()));
		return entries;
	}

}
