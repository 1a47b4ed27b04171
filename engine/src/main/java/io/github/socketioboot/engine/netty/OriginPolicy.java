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

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pages may talk to the server, by polling and by WebSocket, and writes the
 * headers that tell their browsers so. Requests without an Origin come from programs, not
 * pages of others, and always pass. Immutable.
 *
 * @since 0.1.0
 */
final class OriginPolicy {

	/**
	 * Longer ones are refused unread; a host name has at most 255 characters.
	 */
	private static final int MAX_ORIGIN_LENGTH = 1024;

	private static final String ANY = "*";

	private static final String DEFAULT_METHODS = "GET,POST";

	private static final String VARY_ORIGIN = "Origin";

	private static final String VARY_HEADERS = "Access-Control-Request-Headers";

	private final boolean any;

	private final Set<String> origins;

	private final List<OriginPattern> patterns;

	private final boolean credentials;

	private final String methods;

	private final @Nullable String allowedHeaders;

	private final @Nullable String exposedHeaders;

	private final @Nullable String maxAge;

	/**
	 * Create a policy.
	 * @param config what to allow
	 * @throws IllegalArgumentException if an origin, a pattern, a method, a header or the
	 * age is malformed
	 */
	OriginPolicy(CorsConfig config) {
		this.any = config.allowedOrigins().contains(ANY);
		this.origins = config.allowedOrigins().stream().map(OriginPolicy::checkOrigin).collect(Collectors.toSet());
		this.patterns = config.allowedOriginPatterns().stream().map(OriginPattern::compile).toList();
		this.credentials = config.allowCredentials();
		String methods = join("allowedMethods", config.allowedMethods());
		this.methods = (methods == null || config.allowedMethods().contains(ANY)) ? DEFAULT_METHODS
				: methods.toUpperCase(Locale.ROOT);
		// The star would be the name of a header where credentials are allowed
		this.allowedHeaders = config.allowedHeaders().contains(ANY) ? null
				: join("allowedHeaders", config.allowedHeaders());
		this.exposedHeaders = join("exposedHeaders", config.exposedHeaders());
		this.maxAge = (config.maxAge() != null) ? String.valueOf(config.maxAge().toSeconds()) : null;
		if (config.maxAge() != null && config.maxAge().isNegative()) {
			throw new IllegalArgumentException("maxAge: " + config.maxAge() + " (expected: >= 0)");
		}
	}

	/**
	 * Return whether pages of other origins are allowed at all. If not, preflight
	 * requests get no answer of their own.
	 * @return {@code true} if an origin or a pattern is configured
	 */
	boolean isEnabled() {
		return !this.origins.isEmpty() || !this.patterns.isEmpty();
	}

	/**
	 * Decide on a request.
	 * @param origin header {@code Origin}, or {@code null}
	 * @param host header {@code Host}, or the host that a trusted proxy was asked for, or
	 * {@code null}
	 * @param secure whether the client uses TLS
	 * @return the decision
	 */
	Decision decide(@Nullable String origin, @Nullable String host, boolean secure) {
		if (origin == null) {
			return Decision.ALLOWED_WITHOUT_CORS;
		}
		if (!isValid(origin)) {
			return Decision.INVALID;
		}
		if (origin.length() > MAX_ORIGIN_LENGTH) {
			return Decision.REFUSED;
		}
		if (host != null && isSame(origin, host, secure)) {
			return Decision.ALLOWED_WITHOUT_CORS;
		}
		return (isEnabled() && isAllowed(origin)) ? Decision.ALLOWED_CORS : Decision.REFUSED;
	}

	private boolean isAllowed(String origin) {
		if (this.any) {
			return true;
		}
		String normalized = normalize(origin);
		if (this.origins.contains(normalized)) {
			return true;
		}
		for (OriginPattern pattern : this.patterns) {
			if (pattern.matches(normalized)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Add what the browser needs to hand an answer to the page. For every answer, errors
	 * and the 101 included.
	 * @param response headers of the answer
	 * @param decision the decision on the request
	 * @param origin header {@code Origin} of the request, or {@code null}
	 */
	void addHeaders(HttpHeaders response, Decision decision, @Nullable String origin) {
		if (!isEnabled()) {
			return;
		}
		if (!this.any) {
			response.add(HttpHeaderNames.VARY, VARY_ORIGIN);
			if (decision != Decision.ALLOWED_CORS || origin == null) {
				return;
			}
		}
		response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, (this.any || origin == null) ? ANY : origin);
		if (this.credentials) {
			response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
		}
		if (this.exposedHeaders != null) {
			response.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, this.exposedHeaders);
		}
	}

	/**
	 * Add what the answer to a preflight request says, {@link #addHeaders} included.
	 * @param response headers of the answer
	 * @param decision the decision on the request
	 * @param request headers of the request
	 */
	void addPreflightHeaders(HttpHeaders response, Decision decision, HttpHeaders request) {
		addHeaders(response, decision, request.get(HttpHeaderNames.ORIGIN));
		if (decision != Decision.ALLOWED_CORS) {
			return;
		}
		response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, this.methods);
		if (this.allowedHeaders != null) {
			response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, this.allowedHeaders);
		}
		else {
			String asked = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
			String vary = response.get(HttpHeaderNames.VARY);
			response.set(HttpHeaderNames.VARY, (vary != null) ? vary + ", " + VARY_HEADERS : VARY_HEADERS);
			if (asked != null && isHeaderList(asked)) {
				response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, asked);
			}
		}
		if (this.maxAge != null) {
			response.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, this.maxAge);
		}
	}

	/**
	 * Bring an origin into the form in which origins are compared.
	 * @param origin an origin or a pattern
	 * @return lower case, without blanks around it and without a slash at its end
	 */
	static String normalize(String origin) {
		String text = origin.trim().toLowerCase(Locale.ROOT);
		return (text.endsWith("/") && !text.endsWith("://")) ? text.substring(0, text.length() - 1) : text;
	}

	private static String checkOrigin(String origin) {
		String text = normalize(origin);
		if (text.equals(ANY) || text.equals("null")) {
			return text;
		}
		int scheme = text.indexOf("://");
		if (scheme < 1 || text.indexOf('/', scheme + 3) != -1) {
			throw new IllegalArgumentException("allowedOrigins: " + origin
					+ " (expected: scheme, host and perhaps port, such as https://www.example.org, or *)");
		}
		if (text.indexOf('*') != -1) {
			throw new IllegalArgumentException(
					"allowedOrigins: " + origin + " (expected: no wildcards; allowedOriginPatterns takes them)");
		}
		return text;
	}

	// The characters that the reference server lets pass
	private static boolean isValid(String origin) {
		for (int i = 0; i < origin.length(); i++) {
			char character = origin.charAt(i);
			if ((character < ' ' && character != '\t') || character == 0x7f || character > 0xff) {
				return false;
			}
		}
		return true;
	}

	private static boolean isSame(String origin, String host, boolean secure) {
		String scheme = secure ? "https://" : "http://";
		if (!origin.regionMatches(true, 0, scheme, 0, scheme.length())) {
			return false;
		}
		String port = secure ? ":443" : ":80";
		int start = scheme.length();
		int originLength = (origin.endsWith(port) ? origin.length() - port.length() : origin.length()) - start;
		int hostLength = host.endsWith(port) ? host.length() - port.length() : host.length();
		return originLength > 0 && originLength == hostLength && origin.regionMatches(true, start, host, 0, hostLength);
	}

	private static @Nullable String join(String setting, List<String> names) {
		if (names.isEmpty()) {
			return null;
		}
		for (String name : names) {
			if (name.isEmpty() || !isHeaderList(name) || name.indexOf(',') != -1 || name.indexOf(' ') != -1) {
				throw new IllegalArgumentException(setting + ": " + name + " (expected: a name as HTTP allows it)");
			}
		}
		return String.join(",", names);
	}

	private static boolean isHeaderList(String value) {
		for (int i = 0; i < value.length(); i++) {
			char character = value.charAt(i);
			boolean alphanumeric = (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z')
					|| (character >= 'A' && character <= 'Z');
			if (!alphanumeric && "!#$%&'*+-.^_`|~, ".indexOf(character) == -1) {
				return false;
			}
		}
		return true;
	}

	/**
	 * What becomes of a request.
	 */
	enum Decision {

		/**
		 * Served: it bears no Origin or that of the server.
		 */
		ALLOWED_WITHOUT_CORS,

		/**
		 * Served: its Origin is another one that is allowed.
		 */
		ALLOWED_CORS,

		/**
		 * Refused with 403: its Origin is foreign.
		 */
		REFUSED,

		/**
		 * Refused with 400, code 3: its Origin holds characters that no header may.
		 */
		INVALID;

		/**
		 * Return whether the request is served.
		 * @return {@code true} if it is
		 */
		boolean isAllowed() {
			return this == ALLOWED_WITHOUT_CORS || this == ALLOWED_CORS;
		}

	}

}
