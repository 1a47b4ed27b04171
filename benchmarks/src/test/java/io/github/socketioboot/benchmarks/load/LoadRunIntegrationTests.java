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

import java.util.ArrayList;
import java.util.List;

import io.github.socketioboot.benchmarks.peer.PeerKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs every scenario against every server with tiny numbers. What is asserted is what
 * was done, never how long it took.
 */
class LoadRunIntegrationTests {

	private static final LoadOptions OPTIONS = LoadOptions.parse("--quick");

	private static List<Figure> figures = List.of();

	private static final List<String> progress = new ArrayList<>();

	@BeforeAll
	static void run() {
		figures = new LoadRun(OPTIONS, progress::add).run();
	}

	@ParameterizedTest
	@EnumSource(Scenario.class)
	void completesEveryOperationAgainstEveryServer(Scenario scenario) {
		List<Figure> ofScenario = figures.stream().filter((figure) -> figure.scenario() == scenario).toList();
		assertThat(ofScenario).extracting(Figure::peer).containsExactly(PeerKind.values());
		assertThat(ofScenario).extracting(Figure::operations).containsOnly(scenario.operationsPerRound(true));
	}

	@ParameterizedTest
	@EnumSource(Scenario.class)
	void reportsEveryScenario(Scenario scenario) {
		LoadReport report = new LoadReport(OPTIONS, figures);
		assertThat(report.toMarkdown().lines()).filteredOn((line) -> line.startsWith("| " + scenario.label() + " |"))
			.hasSize(1);
		assertThat(report.toJson()).contains("\"scenario\" : \"" + scenario.label() + "\"");
		assertThat(progress).filteredOn((line) -> line.startsWith(scenario.label() + ","))
			.hasSize(PeerKind.values().length);
	}

}
