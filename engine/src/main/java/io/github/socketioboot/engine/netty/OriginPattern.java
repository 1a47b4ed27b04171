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

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Pattern of origins as Spring writes them: {@code *} stands for any characters, and a
 * list of ports may follow, as in {@code https://*.example.org:[8080,8081]} or
 * {@code http://localhost:[*]}, where {@code [*]} means any port or none. Matching takes
 * time linear in the origin: the pieces between the stars are looked for once, from left
 * to right. Immutable.
 *
 * @since 0.1.0
 */
final class OriginPattern {

	private final List<String> pieces;

	private final boolean anyPort;

	private final @Nullable Set<String> ports;

	private OriginPattern(String hosts, boolean anyPort, @Nullable Set<String> ports) {
		this.pieces = List.of(hosts.split("\\*", -1));
		this.anyPort = anyPort;
		this.ports = ports;
	}

	/**
	 * Read a pattern.
	 * @param pattern the pattern
	 * @return the compiled pattern
	 * @throws IllegalArgumentException if the list of ports is malformed
	 */
	static OriginPattern compile(String pattern) {
		String text = OriginPolicy.normalize(pattern);
		int bracket = text.lastIndexOf(":[");
		if (bracket == -1 || !text.endsWith("]")) {
			return new OriginPattern(text, false, null);
		}
		String hosts = text.substring(0, bracket);
		String list = text.substring(bracket + 2, text.length() - 1);
		if (list.equals("*")) {
			return new OriginPattern(hosts, true, null);
		}
		if (list.indexOf(':') != -1) {
			// No ports, but an IPv6 address
			return new OriginPattern(text, false, null);
		}
		Set<String> ports = Arrays.stream(list.split(",", -1)).map(String::trim).collect(Collectors.toSet());
		if (!ports.stream().allMatch((port) -> port.matches("\\d{1,5}"))) {
			throw new IllegalArgumentException("allowedOriginPatterns: " + pattern
					+ " (expected: ports as [8080,8081], or [*] for any, at the end)");
		}
		return new OriginPattern(hosts, false, ports);
	}

	/**
	 * Return whether an origin matches.
	 * @param origin the origin in lower case
	 * @return {@code true} if it does
	 */
	boolean matches(String origin) {
		if (this.ports == null && !this.anyPort) {
			return matches(origin, origin.length());
		}
		int colon = portSeparator(origin);
		if (this.ports != null) {
			return colon != -1 && this.ports.contains(origin.substring(colon + 1)) && matches(origin, colon);
		}
		return matches(origin, origin.length()) || (colon != -1 && matches(origin, colon));
	}

	private boolean matches(String origin, int end) {
		String first = this.pieces.get(0);
		int last = this.pieces.size() - 1;
		if (last == 0) {
			return end == first.length() && origin.startsWith(first);
		}
		String tail = this.pieces.get(last);
		int limit = end - tail.length();
		if (limit < first.length() || !origin.startsWith(first) || !origin.startsWith(tail, limit)) {
			return false;
		}
		int position = first.length();
		for (int i = 1; i < last; i++) {
			String piece = this.pieces.get(i);
			int found = origin.indexOf(piece, position);
			if (found == -1 || found + piece.length() > limit) {
				return false;
			}
			position = found + piece.length();
		}
		return true;
	}

	private static int portSeparator(String origin) {
		int i = origin.length() - 1;
		while (i >= 0 && origin.charAt(i) >= '0' && origin.charAt(i) <= '9') {
			i--;
		}
		return (i >= 0 && i < origin.length() - 1 && origin.charAt(i) == ':') ? i : -1;
	}

	@Override
	public String toString() {
		return String.join("*", this.pieces).toLowerCase(Locale.ROOT);
	}

}
