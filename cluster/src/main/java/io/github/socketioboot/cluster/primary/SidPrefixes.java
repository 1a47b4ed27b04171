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

package io.github.socketioboot.cluster.primary;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Hands out what the session ids of a worker begin with. A prefix is not used again for
 * long, so that the id of an ended worker's session does not lead to another worker. Not
 * thread-safe.
 */
final class SidPrefixes {

	/**
	 * Characters of a prefix.
	 */
	static final int LENGTH = 4;

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	private static final int MAX_REMEMBERED = 1000;

	private final RandomGenerator random;

	private final Set<String> live = new HashSet<>();

	private final Set<String> past = new LinkedHashSet<>();

	SidPrefixes(RandomGenerator random) {
		this.random = random;
	}

	/**
	 * Make a prefix.
	 * @return characters of {@code [A-Za-z0-9_-]}
	 */
	String next() {
		String prefix = make();
		while (this.past.contains(prefix) || !this.live.add(prefix)) {
			prefix = make();
		}
		return prefix;
	}

	/**
	 * Note that a worker is gone.
	 * @param prefix its prefix
	 */
	void end(String prefix) {
		if (this.live.remove(prefix)) {
			this.past.add(prefix);
			if (this.past.size() > MAX_REMEMBERED) {
				this.past.remove(this.past.iterator().next());
			}
		}
	}

	private String make() {
		StringBuilder prefix = new StringBuilder(LENGTH);
		for (int i = 0; i < LENGTH; i++) {
			prefix.append(ALPHABET.charAt(this.random.nextInt(ALPHABET.length())));
		}
		return prefix.toString();
	}

}
