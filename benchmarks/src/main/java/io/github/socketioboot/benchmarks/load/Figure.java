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

/**
 * What was measured of one server in one scenario. Immutable.
 *
 * @param scenario the scenario
 * @param peer the server
 * @param values one value for each round: microseconds of CPU time for each operation, or
 * KiB of heap for each connection
 * @param operations the number of operations that were completed in the measured rounds
 * @since 0.1.0
 */
public record Figure(Scenario scenario, PeerKind peer, List<Double> values, long operations) {

	/**
	 * Copies the values.
	 */
	public Figure {
		values = List.copyOf(values);
		if (values.isEmpty()) {
			throw new IllegalArgumentException("values must not be empty");
		}
	}

	/**
	 * Returns the median of the rounds.
	 * @return the median
	 */
	public double median() {
		List<Double> sorted = this.values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	/**
	 * Returns the smallest value.
	 * @return the minimum of the rounds
	 */
	public double min() {
		return this.values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
	}

	/**
	 * Returns the largest value.
	 * @return the maximum of the rounds
	 */
	public double max() {
		return this.values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
	}

}
