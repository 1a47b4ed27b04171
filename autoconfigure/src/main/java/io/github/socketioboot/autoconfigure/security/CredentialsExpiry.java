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
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.util.ClassUtils;

/**
 * Reads when credentials end. Stateless and thread-safe.
 */
final class CredentialsExpiry {

	private static final boolean OAUTH2 = ClassUtils.isPresent("org.springframework.security.oauth2.core.OAuth2Token",
			CredentialsExpiry.class.getClassLoader());

	private CredentialsExpiry() {
	}

	/**
	 * Return when the credentials of someone end.
	 * @param principal who it is, or {@code null} for nobody
	 * @return the earliest of the times that its parts tell, or {@code null} if none does
	 */
	static @Nullable Instant of(@Nullable Principal principal) {
		if (!(principal instanceof Authentication authentication)) {
			return expiresAt(principal);
		}
		Instant first = expiresAt(authentication);
		first = earlier(first, expiresAt(authentication.getPrincipal()));
		first = earlier(first, expiresAt(authentication.getCredentials()));
		return earlier(first, expiresAt(authentication.getDetails()));
	}

	private static @Nullable Instant expiresAt(@Nullable Object part) {
		if (part instanceof ExpiringCredentials expiring) {
			return expiring.getExpiresAt();
		}
		return OAUTH2 ? OAuth2.expiresAt(part) : null;
	}

	private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isBefore(other) ? one : other;
	}

	/**
	 * Keeps the tokens of OAuth 2 from being loaded where there are none.
	 */
	private static final class OAuth2 {

		static @Nullable Instant expiresAt(@Nullable Object part) {
			return (part instanceof OAuth2Token token) ? token.getExpiresAt() : null;
		}

	}

}
