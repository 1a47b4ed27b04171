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

package io.github.socketioboot.cluster.link;

import java.util.List;
import java.util.Map;

/**
 * How a worker is doing, by its own account. Immutable.
 *
 * @param sessions open sessions
 * @param sockets connected sockets of all namespaces
 * @param received events received from clients since the start
 * @param sent packets sent to clients since the start
 * @param draining whether it takes no new sessions
 * @param samples values of its meters
 * @since 0.1.0
 */
public record WorkerReport(int sessions, int sockets, long received, long sent, boolean draining,
		List<Sample> samples) {

	/**
	 * Nothing yet.
	 */
	public static final WorkerReport NONE = new WorkerReport(0, 0, 0, 0, false, List.of());

	/**
	 * Most samples of a report; more are cut.
	 */
	public static final int MAX_SAMPLES = 1000;

	/**
	 * Create a report.
	 */
	public WorkerReport {
		samples = List.copyOf((samples.size() > MAX_SAMPLES) ? samples.subList(0, MAX_SAMPLES) : samples);
	}

	/**
	 * Value of a meter. Immutable.
	 *
	 * @param name name of the meter
	 * @param tags its tags
	 * @param value the value
	 */
	public record Sample(String name, Map<String, String> tags, double value) {

		/**
		 * Create a sample.
		 */
		public Sample {
			tags = Map.copyOf(tags);
		}

	}

}
