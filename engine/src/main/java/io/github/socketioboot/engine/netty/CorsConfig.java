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

import org.jspecify.annotations.Nullable;

/**
 * Which pages of other origins may connect. Immutable. Without origins and patterns only
 * pages of the server's own origin may; clients that send no Origin always may.
 *
 * @param allowedOrigins exact origins, or {@code *}
 * @param allowedOriginPatterns patterns with {@code *}, such as
 * {@code https://*.example.org} or {@code http://localhost:[*]}
 * @param allowedMethods methods for preflight answers; empty means GET, POST
 * @param allowedHeaders headers for preflight answers; empty means those asked for
 * @param exposedHeaders headers that pages may read
 * @param allowCredentials whether cookies and authorization may be sent
 * @param maxAge how long a preflight answer may be kept, or {@code null} to say nothing
 * @since 0.1.0
 */
public record CorsConfig(List<String> allowedOrigins, List<String> allowedOriginPatterns, List<String> allowedMethods,
		List<String> allowedHeaders, List<String> exposedHeaders, boolean allowCredentials, @Nullable Duration maxAge) {

	/**
	 * Only pages of the server's own origin.
	 */
	public static final CorsConfig SAME_ORIGIN = new CorsConfig(List.of(), List.of(), List.of(), List.of(), List.of(),
			false, null);

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if credentials are allowed for the origin
	 * {@code *}
	 */
	public CorsConfig {
		allowedOrigins = List.copyOf(allowedOrigins);
		allowedOriginPatterns = List.copyOf(allowedOriginPatterns);
		allowedMethods = List.copyOf(allowedMethods);
		allowedHeaders = List.copyOf(allowedHeaders);
		exposedHeaders = List.copyOf(exposedHeaders);
		if (allowCredentials && allowedOrigins.contains("*")) {
			throw new IllegalArgumentException("allowedOrigins: * (expected: named origins, or allowedOriginPatterns, "
					+ "when allowCredentials is true)");
		}
	}

}
