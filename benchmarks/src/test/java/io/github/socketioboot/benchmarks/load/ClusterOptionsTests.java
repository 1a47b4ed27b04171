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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ClusterOptions}.
 */
class ClusterOptionsTests {

	@Test
	void comparesEverythingByDefault() {
		ClusterOptions options = ClusterOptions.parse();
		assertThat(options.peers()).containsExactly(ClusterPeerKind.values());
		assertThat(options.scenarios()).containsExactly(ClusterScenario.values());
		assertThat(options.workers()).isEqualTo(2);
	}

	@Test
	void takesWhatIsAskedFor() {
		ClusterOptions options = ClusterOptions.parse("--peers=node,ours", "--scenarios=polling", "--workers=3",
				"--rounds=2");
		assertThat(options.peers()).containsExactly(ClusterPeerKind.NODE, ClusterPeerKind.OURS);
		assertThat(options.scenarios()).containsExactly(ClusterScenario.POLLING);
		assertThat(options.workers()).isEqualTo(3);
		assertThat(options.rounds()).isEqualTo(2);
	}

	@Test
	void refusesWhatItDoesNotKnow() {
		assertThatIllegalArgumentException().isThrownBy(() -> ClusterOptions.parse("--speed=11"))
			.withMessageContaining("--speed=11");
		assertThatIllegalArgumentException().isThrownBy(() -> ClusterOptions.parse("--workers=0"))
			.withMessageContaining("workers: 0");
	}

}
