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
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Cookie that the first answer of a polling session sets, for balancers. The server never
 * reads it. Immutable.
 *
 * @param name name of the cookie
 * @param path path, or {@code null} for none
 * @param domain domain, or {@code null} for none
 * @param httpOnly whether scripts are kept from it
 * @param sameSite {@code Strict}, {@code Lax} or {@code None}, or {@code null} for none
 * @param secure whether it is sent over TLS only
 * @param partitioned whether it is kept per top-level site
 * @param maxAge how long it is kept, or {@code null} for the browser's session
 * @since 0.1.0
 */
public record CookieConfig(String name, @Nullable String path, @Nullable String domain, boolean httpOnly,
		@Nullable String sameSite, boolean secure, boolean partitioned, @Nullable Duration maxAge) {

	/**
	 * Create settings.
	 */
	public CookieConfig {
		Objects.requireNonNull(name, "'name' must not be null");
	}

}
