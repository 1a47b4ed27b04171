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
import java.util.Set;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SidPrefixesTests {

	@Test
	void makesFourCharactersOfASessionId() {
		SidPrefixes prefixes = new SidPrefixes(RandomGenerator.getDefault());
		for (int i = 0; i < 1000; i++) {
			assertThat(prefixes.next()).matches("[A-Za-z0-9_-]{4}");
		}
	}

	@Test
	void repeatsNeitherLivePrefixesNorThoseOfWorkersJustEnded() {
		// Comes round after 1100 prefixes
		int[] calls = new int[1];
		RandomGenerator repeating = () -> 0;
		SidPrefixes prefixes = new SidPrefixes(new RandomGenerator() {

			@Override
			public long nextLong() {
				return repeating.nextLong();
			}

			@Override
			public int nextInt(int bound) {
				int call = calls[0]++;
				int value = (call / SidPrefixes.LENGTH) % 1100;
				return (call % SidPrefixes.LENGTH < 2) ? 0
						: ((call % SidPrefixes.LENGTH == 2) ? value / bound : value % bound);
			}

		});
		Set<String> recent = new HashSet<>();
		for (int i = 0; i < 1001; i++) {
			String prefix = prefixes.next();
			assertThat(recent.add(prefix)).isTrue();
			prefixes.end(prefix);
		}
		String live = prefixes.next();
		for (int i = 0; i < 3000; i++) {
			String prefix = prefixes.next();
			assertThat(prefix).isNotEqualTo(live);
			prefixes.end(prefix);
		}
	}

}
