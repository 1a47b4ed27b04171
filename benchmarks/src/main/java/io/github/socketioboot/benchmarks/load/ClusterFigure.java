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
import java.util.stream.IntStream;

/**
 * What one peer needed for one operation, by rounds. Immutable.
 *
 * @param scenario what was done
 * @param peer who did it
 * @param front CPU of what stands before the servers, in µs per operation
 * @param all CPU of all processes, in µs per operation
 * @param passed time that has passed, in µs per operation
 * @param connections TCP connections that clients opened per operation
 */
record ClusterFigure(ClusterScenario scenario, ClusterPeerKind peer, List<Double> front, List<Double> all,
		List<Double> passed, double connections) {

	ClusterFigure {
		front = List.copyOf(front);
		all = List.copyOf(all);
		passed = List.copyOf(passed);
	}

	/**
	 * Returns the CPU of the servers without what stands before or between them.
	 * @return user and system time in µs per operation, by rounds
	 */
	List<Double> servers() {
		return IntStream.range(0, this.all.size()).mapToObj((i) -> this.all.get(i) - this.front.get(i)).toList();
	}

	static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

}
