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

package io.github.socketioboot.cluster.supervisor;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Exit codes in words. Stateless.
 */
final class ExitReason {

	/**
	 * Stands for the end of a process that could not be started, or that did not end.
	 */
	static final int UNKNOWN = Integer.MIN_VALUE;

	private static final int SIGNALS = 128;

	private static final int MAX_SIGNAL = 64;

	private static final int KILL = 9;

	private static final int OUT_OF_MEMORY = 3;

	private static final int NOT_EXECUTABLE = 126;

	private static final int NOT_FOUND = 127;

	private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(1, "HUP"), Map.entry(2, "INT"),
			Map.entry(3, "QUIT"), Map.entry(4, "ILL"), Map.entry(5, "TRAP"), Map.entry(6, "ABRT"), Map.entry(7, "BUS"),
			Map.entry(8, "FPE"), Map.entry(KILL, "KILL"), Map.entry(10, "USR1"), Map.entry(11, "SEGV"),
			Map.entry(12, "USR2"), Map.entry(13, "PIPE"), Map.entry(14, "ALRM"), Map.entry(15, "TERM"));

	private static final boolean WINDOWS = System.getProperty("os.name", "")
		.toLowerCase(Locale.ROOT)
		.startsWith("windows");

	private ExitReason() {
	}

	/**
	 * Describe an end.
	 * @param code exit code, as the JDK reports it
	 * @param killed whether the supervisor has killed the process
	 * @param command how the process was started
	 * @return words for the log and the status
	 */
	static String describe(int code, boolean killed, List<String> command) {
		if (code == OUT_OF_MEMORY && command.contains("-XX:+ExitOnOutOfMemoryError")) {
			return "out of memory (exit code 3)";
		}
		if (code == NOT_FOUND || code == NOT_EXECUTABLE) {
			return "exit code " + code + ", its program cannot be run";
		}
		int signal = code - SIGNALS;
		if (WINDOWS || signal <= 0 || signal > MAX_SIGNAL) {
			return "exit code " + code;
		}
		if (signal == KILL) {
			return killed ? "killed" : "killed by signal 9 (KILL), perhaps out of memory";
		}
		String name = NAMES.get(signal);
		return "signal " + signal + ((name != null) ? " (" + name + ")" : "");
	}

}
