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

package io.github.socketioboot.cluster.supervisor;

import java.time.Duration;
import java.util.Locale;

/**
 * Durations in words. Stateless.
 */
final class Elapsed {

	private Elapsed() {
	}

	/**
	 * Describe a duration as people do.
	 * @param duration the duration, not negative
	 * @return such as {@code 350 ms}, {@code 2.3 s}, {@code 3 min 5 s}, {@code 2 h 5 min}
	 */
	static String describe(Duration duration) {
		long millis = duration.toMillis();
		if (millis < Duration.ofSeconds(1).toMillis()) {
			return millis + " ms";
		}
		if (duration.toMinutes() < 1) {
			return (millis % 1000 != 0) ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
					: duration.toSeconds() + " s";
		}
		if (duration.toHours() < 1) {
			return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
		}
		return duration.toHours() + " h " + duration.toMinutesPart() + " min";
	}

}
