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

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HandshakeCookie}.
 */
class HandshakeCookieTests {

	private static final String SID = "_R5nKkYiuSZYHK4OAAAA";

	@Test
	void writesTheDefaults() {
		assertThat(header(new CookieConfig("io", "/", null, true, "lax", false, false, null)))
			.isEqualTo("io=" + SID + "; Path=/; HttpOnly; SameSite=Lax");
	}

	@Test
	void writesTheAge() {
		assertThat(header(new CookieConfig("io", "/", null, true, "strict", false, false, Duration.ofHours(1))))
			.isEqualTo("io=" + SID + "; Max-Age=3600; Path=/; HttpOnly; SameSite=Strict");
	}

	@Test
	void writesDomainAndSecure() {
		assertThat(header(new CookieConfig("my", null, "x.org", false, "none", true, false, Duration.ofDays(1))))
			.isEqualTo("my=" + SID + "; Max-Age=86400; Domain=x.org; Secure; SameSite=None");
	}

	@Test
	void writesEverything() {
		assertThat(header(new CookieConfig("__Host-io", "/", null, true, "NONE", true, true, Duration.ofMillis(1_500))))
			.isEqualTo("__Host-io=" + SID + "; Max-Age=1; Path=/; HttpOnly; Secure; Partitioned; SameSite=None");
	}

	@Test
	void writesTheNameAlone() {
		assertThat(header(new CookieConfig("io", null, null, false, null, false, false, null))).isEqualTo("io=" + SID);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a=b", "a;b", "a\r\nb", "é", "a,b", "a\"" })
	void refusesMalformedNames(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> config(name, "/", null, "Lax", false, false, null))
			.withMessageStartingWith("cookie name: " + name + " (expected: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "/a;b", "/a b", "/a\nb", "/é" })
	void refusesMalformedPaths(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> config("io", path, null, "Lax", false, false, null))
			.withMessageStartingWith("cookie path: " + path + " (expected: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a;b", "a/b", "a b", "a\r\nSet-Cookie: b" })
	void refusesMalformedDomains(String domain) {
		assertThatIllegalArgumentException().isThrownBy(() -> config("io", "/", domain, "Lax", false, false, null))
			.withMessageStartingWith("cookie domain: " + domain + " (expected: ");
	}

	@Test
	void refusesOtherValuesOfSameSite() {
		assertThatIllegalArgumentException().isThrownBy(() -> config("io", "/", null, "maybe", false, false, null))
			.withMessage("cookie sameSite: maybe (expected: Strict, Lax or None)");
	}

	@Test
	void refusesNegativeAges() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> config("io", "/", null, "Lax", false, false, Duration.ofSeconds(-1)))
			.withMessage("cookie maxAge: PT-1S (expected: >= 0)");
	}

	@Test
	void refusesWhatBrowsersTakeOverTlsOnly() {
		assertThatIllegalArgumentException().isThrownBy(() -> config("io", "/", null, "None", false, false, null))
			.withMessageStartingWith("cookie sameSite: None (expected: ");
		assertThatIllegalArgumentException().isThrownBy(() -> config("io", "/", null, "Lax", false, true, null))
			.withMessageStartingWith("cookie partitioned: true (expected: ");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> config("__Secure-io", "/", null, "Lax", false, false, null))
			.withMessageStartingWith("cookie name: __Secure-io (expected: ");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> config("__Host-io", "/", "x.org", "Lax", true, false, null))
			.withMessageStartingWith("cookie name: __Host-io (expected: ");
	}

	private static String header(CookieConfig config) {
		return new HandshakeCookie(config).header(SID);
	}

	private static void config(String name, @Nullable String path, @Nullable String domain, String sameSite,
			boolean secure, boolean partitioned, @Nullable Duration maxAge) {
		new HandshakeCookie(new CookieConfig(name, path, domain, true, sameSite, secure, partitioned, maxAge));
	}

}
