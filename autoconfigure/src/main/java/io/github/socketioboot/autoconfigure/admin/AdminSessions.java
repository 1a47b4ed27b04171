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

package io.github.socketioboot.autoconfigure.admin;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Remembers who has logged in, so that pages come back without credentials. Thread-safe;
 * may block.
 */
abstract class AdminSessions {

	private static final int BYTES = 16;

	/**
	 * Those of the reference server have 16 characters.
	 */
	private static final Pattern ID = Pattern.compile("[0-9a-f]{16,64}");

	private final SecureRandom random = new SecureRandom();

	/**
	 * Begin a session.
	 * @return its secret id
	 */
	final String begin() {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		String id = HexFormat.of().formatHex(bytes);
		save(id);
		return id;
	}

	/**
	 * Return whether a session has begun and not ended.
	 * @param id what a client sent as an id
	 * @return {@code true} if so
	 */
	final boolean isKnown(String id) {
		return ID.matcher(id).matches() && find(id);
	}

	abstract void save(String id);

	abstract boolean find(String id);

}
