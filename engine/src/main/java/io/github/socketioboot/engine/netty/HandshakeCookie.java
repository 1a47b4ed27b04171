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

import java.util.Locale;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

/**
 * Cookie with the session id that the first answer of a polling session sets, so that
 * balancers can keep a session together. Written once, but for the id. Immutable.
 *
 * @since 0.1.0
 */
final class HandshakeCookie {

	private static final int MAX_NAME_LENGTH = 256;

	private final String start;

	private final String attributes;

	/**
	 * Create a cookie.
	 * @param config its name and attributes
	 * @throws IllegalArgumentException if a value is malformed or browsers would refuse
	 * the combination
	 */
	HandshakeCookie(CookieConfig config) {
		check("name", config.name(),
				config.name().length() <= MAX_NAME_LENGTH && !config.name().isEmpty()
						&& matches(config.name(), HandshakeCookie::isToken),
				"1 to 256 letters, digits or !#$%&'*+-.^_`|~");
		checkPrefix(config);
		StringBuilder attributes = new StringBuilder();
		if (config.maxAge() != null) {
			check("maxAge", config.maxAge(), !config.maxAge().isNegative(), ">= 0");
			attributes.append("; Max-Age=").append(config.maxAge().toSeconds());
		}
		if (config.domain() != null) {
			check("domain", config.domain(),
					!config.domain().isEmpty() && matches(config.domain(), HandshakeCookie::isDomainCharacter),
					"a host name");
			attributes.append("; Domain=").append(config.domain());
		}
		if (config.path() != null) {
			check("path", config.path(),
					config.path().startsWith("/") && matches(config.path(), HandshakeCookie::isPathCharacter),
					"a path that starts with /, of visible ASCII characters without ;");
			attributes.append("; Path=").append(config.path());
		}
		if (config.httpOnly()) {
			attributes.append("; HttpOnly");
		}
		if (config.secure()) {
			attributes.append("; Secure");
		}
		if (config.partitioned()) {
			check("partitioned", true, config.secure(), "false, or secure = true, without which browsers refuse it");
			attributes.append("; Partitioned");
		}
		if (config.sameSite() != null) {
			String sameSite = sameSite(config.sameSite());
			check("sameSite", config.sameSite(), config.secure() || !sameSite.equals("None"),
					"Strict or Lax, or secure = true, without which browsers refuse None");
			attributes.append("; SameSite=").append(sameSite);
		}
		this.start = config.name() + "=";
		this.attributes = attributes.toString();
	}

	/**
	 * Return the value of the header {@code Set-Cookie} for a session.
	 * @param sid the session id
	 * @return the value
	 */
	String header(String sid) {
		return this.start + sid + this.attributes;
	}

	private static void checkPrefix(CookieConfig config) {
		String name = config.name().toLowerCase(Locale.ROOT);
		boolean host = name.startsWith("__host-");
		check("name", config.name(), config.secure() || !(host || name.startsWith("__secure-")),
				"another name, or secure = true, without which browsers refuse this prefix");
		check("name", config.name(), !host || (config.domain() == null && "/".equals(config.path())),
				"another name, or path = / and no domain, without which browsers refuse this prefix");
	}

	private static String sameSite(String value) {
		return switch (value.toLowerCase(Locale.ROOT)) {
			case "strict" -> "Strict";
			case "lax" -> "Lax";
			case "none" -> "None";
			default -> throw invalid("sameSite", value, "Strict, Lax or None");
		};
	}

	private static boolean matches(String value, IntPredicate allowed) {
		return value.chars().allMatch(allowed);
	}

	private static boolean isAlphanumeric(int character) {
		return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z')
				|| (character >= 'A' && character <= 'Z');
	}

	private static boolean isToken(int character) {
		return isAlphanumeric(character) || "!#$%&'*+-.^_`|~".indexOf(character) != -1;
	}

	private static boolean isDomainCharacter(int character) {
		return isAlphanumeric(character) || character == '.' || character == '-';
	}

	private static boolean isPathCharacter(int character) {
		return character > ' ' && character < 0x7f && character != ';';
	}

	private static void check(String setting, @Nullable Object value, boolean valid, String expected) {
		if (!valid) {
			throw invalid(setting, value, expected);
		}
	}

	private static IllegalArgumentException invalid(String setting, @Nullable Object value, String expected) {
		return new IllegalArgumentException("cookie " + setting + ": " + value + " (expected: " + expected + ")");
	}

}
