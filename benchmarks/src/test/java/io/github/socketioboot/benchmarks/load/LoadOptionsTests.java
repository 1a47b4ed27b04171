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

package io.github.socketioboot.benchmarks.load;

import java.nio.file.Path;

import io.github.socketioboot.benchmarks.peer.PeerKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LoadOptionsTests {

	@Test
	void runsEverythingByDefault() {
		LoadOptions options = LoadOptions.parse();
		assertThat(options.quick()).isFalse();
		assertThat(options.rounds()).isEqualTo(5);
		assertThat(options.eventLoops()).isEqualTo(2);
		assertThat(options.peers()).containsExactly(PeerKind.values());
		assertThat(options.scenarios()).containsExactly(Scenario.values());
		assertThat(options.markdown()).isNull();
		assertThat(options.json()).isNull();
	}

	@Test
	void readsEveryOption() {
		LoadOptions options = LoadOptions.parse("--quick", "--rounds=2", "--loops=3", "--peers=stock",
				"--scenarios=idle,echo", "--jvm=-Xmx64m -XX:+UseSerialGC", "--markdown=a.md", "--json=b.json");
		assertThat(options.quick()).isTrue();
		assertThat(options.rounds()).isEqualTo(2);
		assertThat(options.eventLoops()).isEqualTo(3);
		assertThat(options.peers()).containsExactly(PeerKind.STOCK);
		assertThat(options.scenarios()).containsExactly(Scenario.IDLE, Scenario.ECHO);
		assertThat(options.jvmOptions()).containsExactly("-Xmx64m", "-XX:+UseSerialGC");
		assertThat(options.markdown()).isEqualTo(Path.of("a.md"));
		assertThat(options.json()).isEqualTo(Path.of("b.json"));
	}

	@Test
	void namesTheOptionThatIsUnknown() {
		assertThatIllegalArgumentException().isThrownBy(() -> LoadOptions.parse("--fast"))
			.withMessageContaining("unknown option '--fast'");
	}

	@Test
	void namesTheValueThatIsOutOfRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> LoadOptions.parse("--rounds=101"))
			.withMessage("rounds: 101 (expected: 1 to 100)");
	}

}
