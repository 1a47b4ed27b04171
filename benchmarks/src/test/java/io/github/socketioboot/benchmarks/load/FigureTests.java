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

import java.util.List;

import io.github.socketioboot.benchmarks.peer.PeerKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FigureTests {

	@Test
	void medianOfAnOddNumberOfRoundsIsTheMiddleOne() {
		assertThat(figure(3.0, 100.0, 1.0).median()).isEqualTo(3.0);
	}

	@Test
	void medianOfAnEvenNumberOfRoundsIsTheMeanOfTheMiddleTwo() {
		assertThat(figure(4.0, 1.0, 2.0, 100.0).median()).isEqualTo(3.0);
	}

	@Test
	void reportShowsMediansAndRatios() {
		LoadOptions options = LoadOptions.parse("--scenarios=echo", "--peers=floor,stock");
		Figure floor = new Figure(Scenario.ECHO, PeerKind.FLOOR, List.of(4.0), 1);
		Figure stock = new Figure(Scenario.ECHO, PeerKind.STOCK, List.of(9.0, 11.0), 2);
		String table = new LoadReport(options, List.of(floor, stock)).toMarkdown();
		assertThat(table).contains("| echo | µs CPU per echo | 4.00 | 10.00 | 2.50 |");
	}

	private static Figure figure(Double... values) {
		return new Figure(Scenario.ECHO, PeerKind.FLOOR, List.of(values), 1);
	}

}
