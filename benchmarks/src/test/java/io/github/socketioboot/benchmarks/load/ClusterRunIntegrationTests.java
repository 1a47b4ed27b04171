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

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Runs the cluster benchmarks in small.
 */
class ClusterRunIntegrationTests {

	@Test
	void measuresHandOverAndProxyInEveryScenario() {
		ClusterOptions options = ClusterOptions.parse("--quick", "--peers=ours,proxy");
		List<ClusterFigure> figures = new ClusterRun(options, (line) -> {
		}).run();
		assertThat(figures).hasSize(2 * ClusterScenario.values().length).allSatisfy((figure) -> {
			assertThat(figure.front()).hasSize(1);
			assertThat(figure.all()).hasSize(1);
		});
	}

	@Test
	void opensNoConnectionPerPoll() {
		ClusterOptions options = ClusterOptions.parse("--quick", "--peers=ours", "--scenarios=polling");
		List<ClusterFigure> figures = new ClusterRun(options, (line) -> {
		}).run();
		assertThat(figures).singleElement().satisfies((figure) -> assertThat(figure.connections()).isZero());
	}

	@Test
	void measuresServersWithRedisBetweenThem() {
		assumeThat(isOnPath("redis-server")).as("redis-server is on the path").isTrue();
		ClusterOptions options = ClusterOptions.parse("--quick", "--peers=redis,hosts",
				"--scenarios=fanout,relay,latency,echo");
		List<ClusterFigure> figures = new ClusterRun(options, (line) -> {
		}).run();
		assertThat(figures).extracting(ClusterFigure::scenario)
			.containsExactly(ClusterScenario.FANOUT, ClusterScenario.FANOUT, ClusterScenario.RELAY,
					ClusterScenario.RELAY, ClusterScenario.LATENCY, ClusterScenario.LATENCY);
		assertThat(figures)
			.allSatisfy((figure) -> assertThat(figure.passed()).singleElement().matches((micros) -> micros > 0));
	}

	private static boolean isOnPath(String program) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, program)));
	}

}
