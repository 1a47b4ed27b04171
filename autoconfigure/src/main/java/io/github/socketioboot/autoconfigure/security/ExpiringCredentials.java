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

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Credentials that tell when they end. To be implemented by an {@code Authentication},
 * its principal, its credentials or its details; the tokens of Spring Security's OAuth 2
 * are understood without it. A socket is sent away when the credentials end by which it
 * entered its namespace. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ExpiringCredentials {

	/**
	 * Return when the credentials end. Must not block.
	 * @return the time from which on they are worth nothing, or {@code null} if they last
	 */
	@Nullable Instant getExpiresAt();

}
