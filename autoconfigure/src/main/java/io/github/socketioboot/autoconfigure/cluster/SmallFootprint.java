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

package io.github.socketioboot.autoconfigure.cluster;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back what reading the application's configuration took: a primary lives long and
 * needs little.
 */
final class SmallFootprint {

	private static final Logger logger = LoggerFactory.getLogger(SmallFootprint.class);

	// In this order, as the first must not be more than the second
	private static final List<Flag> FLAGS = List.of(new Flag("MinHeapFreeRatio", "10"),
			new Flag("MaxHeapFreeRatio", "20"), new Flag("G1PeriodicGCInterval", "60000"));

	private SmallFootprint() {
	}

	static void apply() {
		try {
			HotSpotDiagnosticMXBean diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
			FLAGS.forEach((flag) -> set(diagnostics, flag));
		}
		catch (LinkageError | RuntimeException ex) {
			logger.debug("The heap cannot be made smaller", ex);
		}
		System.gc();
	}

	private static void set(HotSpotDiagnosticMXBean diagnostics, Flag flag) {
		try {
			diagnostics.setVMOption(flag.name(), flag.value());
		}
		catch (RuntimeException ex) {
			logger.debug("The JVM has no flag {}", flag.name(), ex);
		}
	}

	private record Flag(String name, String value) {
	}

}
