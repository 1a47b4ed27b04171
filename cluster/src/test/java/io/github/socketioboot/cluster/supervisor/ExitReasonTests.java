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
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExitReason}, {@link Elapsed} and {@link Megabytes}.
 */
class ExitReasonTests {

	private static final List<String> COMMAND = List.of("java", "-jar", "app.jar");

	@Test
	void namesExitCodes() {
		assertThat(ExitReason.describe(0, false, COMMAND)).isEqualTo("exit code 0");
		assertThat(ExitReason.describe(1, false, COMMAND)).isEqualTo("exit code 1");
		assertThat(ExitReason.describe(127, false, COMMAND)).isEqualTo("exit code 127, its program cannot be run");
		assertThat(ExitReason.describe(128, false, COMMAND)).isEqualTo("exit code 128");
		assertThat(ExitReason.describe(255, false, COMMAND)).isEqualTo("exit code 255");
		assertThat(ExitReason.describe(-1, false, COMMAND)).isEqualTo("exit code -1");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void namesSignals() {
		assertThat(ExitReason.describe(143, false, COMMAND)).isEqualTo("signal 15 (TERM)");
		assertThat(ExitReason.describe(134, false, COMMAND)).isEqualTo("signal 6 (ABRT)");
		assertThat(ExitReason.describe(139, false, COMMAND)).isEqualTo("signal 11 (SEGV)");
		assertThat(ExitReason.describe(162, false, COMMAND)).isEqualTo("signal 34");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void suspectsTheSystemWhereItHasNotKilledItself() {
		assertThat(ExitReason.describe(137, false, COMMAND))
			.isEqualTo("killed by signal 9 (KILL), perhaps out of memory");
		assertThat(ExitReason.describe(137, true, COMMAND)).isEqualTo("killed");
	}

	@Test
	void knowsAJvmThatIsOutOfMemory() {
		assertThat(ExitReason.describe(3, false, COMMAND)).isEqualTo("exit code 3");
		assertThat(ExitReason.describe(3, false, List.of("java", "-XX:+ExitOnOutOfMemoryError", "Main")))
			.isEqualTo("out of memory (exit code 3)");
	}

	@Test
	void namesTimesAsPeopleDo() {
		assertThat(Elapsed.describe(Duration.ofMillis(999))).isEqualTo("999 ms");
		assertThat(Elapsed.describe(Duration.ofMillis(2310))).isEqualTo("2.3 s");
		assertThat(Elapsed.describe(Duration.ofSeconds(59))).isEqualTo("59 s");
		assertThat(Elapsed.describe(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
		assertThat(Elapsed.describe(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
	}

	@Test
	void namesSizesInMegabytes() {
		assertThat(Megabytes.describe(512L * 1024 * 1024)).isEqualTo("512 MB");
	}

}
