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

import javax.management.JMException;
import javax.management.ObjectName;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a primary small: it lives long and needs little, once it has read the
 * application's configuration.
 */
final class SmallFootprint {

	private static final Logger logger = LoggerFactory.getLogger(SmallFootprint.class);

	// In this order, as the first must not be more than the second
	private static final List<Flag> FLAGS = List.of(new Flag("MinHeapFreeRatio", "10"),
			new Flag("MaxHeapFreeRatio", "20"), new Flag("G1PeriodicGCInterval", "60000"));

	private static final String NETTY_EVENTS = "io.netty.jfr.enabled";

	private SmallFootprint() {
	}

	/**
	 * Leave out what takes memory for nothing. To be called before Netty is used.
	 */
	static void prepare() {
		if (System.getProperty(NETTY_EVENTS) == null) {
			System.setProperty(NETTY_EVENTS, "false");
		}
	}

	/**
	 * Give back what is free: of the heap, and of the C library's, which a JVM takes for
	 * compiling and keeps.
	 */
	static void shrink() {
		try {
			HotSpotDiagnosticMXBean diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
			FLAGS.forEach((flag) -> set(diagnostics, flag));
		}
		catch (LinkageError | RuntimeException ex) {
			logger.debug("The heap cannot be made smaller", ex);
		}
		System.gc();
		try {
			ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "systemTrimNativeHeap", null,
						null);
		}
		catch (JMException | LinkageError | RuntimeException ex) {
			logger.debug("The native heap cannot be made smaller", ex);
		}
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
