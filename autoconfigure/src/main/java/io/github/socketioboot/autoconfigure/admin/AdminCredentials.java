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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Name and password of who may log in. Takes as long for a wrong name as for a wrong
 * password, and a bound number of processors. Thread-safe.
 */
final class AdminCredentials {

	/**
	 * With costs above 16 one comparison would take longer than clients wait.
	 */
	private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");

	private final byte[] username;

	private final String hash;

	private final Semaphore comparisons = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

	AdminCredentials(String username, String hash) {
		this.username = username.getBytes(StandardCharsets.UTF_8);
		this.hash = hash;
	}

	static boolean isHash(String text) {
		return HASH.matcher(text).matches();
	}

	/**
	 * Compare.
	 * @param username what the client sent as a name
	 * @param password what the client sent as a password
	 * @return what came of it
	 */
	Comparison compare(String username, String password) {
		if (!this.comparisons.tryAcquire()) {
			return Comparison.BUSY;
		}
		try {
			boolean known = MessageDigest.isEqual(this.username, username.getBytes(StandardCharsets.UTF_8));
			boolean right = BCrypt.checkpw(password, this.hash);
			return (known & right) ? Comparison.RIGHT : Comparison.WRONG;
		}
		catch (IllegalArgumentException ex) {
			// Longer than bcrypt can take
			return Comparison.WRONG;
		}
		finally {
			this.comparisons.release();
		}
	}

	/**
	 * What comes of a comparison.
	 */
	enum Comparison {

		/**
		 * Name and password are right.
		 */
		RIGHT,

		/**
		 * One of them is not.
		 */
		WRONG,

		/**
		 * They were not compared: too many comparisons are going on.
		 */
		BUSY

	}

}
