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

package io.github.socketioboot.engine.session;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes the secret ids of sessions: 20 characters of {@code [A-Za-z0-9_-]}, of which the
 * first four are the same for all ids of a server process and the rest are random (96
 * bits). Thread-safe.
 *
 * @since 0.1.0
 */
public final class SessionIds {

	/**
	 * Length of the part that is common to the ids of a process.
	 */
	public static final int PREFIX_LENGTH = 4;

	private static final int RANDOM_BYTES = 12;

	private static final int PREFIX_BYTES = 3;

	private static final Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();

	private final SecureRandom random = new SecureRandom();

	private final String prefix;

	/**
	 * Create ids with a random prefix.
	 */
	public SessionIds() {
		this.prefix = encode(PREFIX_BYTES);
	}

	/**
	 * Create ids with a given prefix.
	 * @param prefix four characters of {@code [A-Za-z0-9_-]}
	 * @throws IllegalArgumentException if the prefix is of another form
	 */
	public SessionIds(String prefix) {
		if (!prefix.matches("[A-Za-z0-9_-]{" + PREFIX_LENGTH + "}")) {
			throw new IllegalArgumentException(
					"prefix: " + prefix + " (expected: " + PREFIX_LENGTH + " characters of A-Z, a-z, 0-9, _ and -)");
		}
		this.prefix = prefix;
	}

	String next() {
		return this.prefix + encode(RANDOM_BYTES);
	}

	private String encode(int length) {
		byte[] bytes = new byte[length];
		this.random.nextBytes(bytes);
		return encoder.encodeToString(bytes);
	}

}
