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

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.socketioboot.benchmarks.peer.PeerKind;
import org.jspecify.annotations.Nullable;

/**
 * Options of a load run. Immutable.
 *
 * @param quick whether to run with tiny numbers, to see that everything works
 * @param rounds the number of measured rounds, at least 1
 * @param eventLoops the number of event loops of each server, at least 1
 * @param peers the servers, in the order in which they take turns
 * @param scenarios the scenarios, in their order
 * @param jvmOptions flags of each server's JVM
 * @param markdown the file to write the table to
 * @param json the file to write the figures to
 * @since 0.1.0
 */
public record LoadOptions(boolean quick, int rounds, int eventLoops, List<PeerKind> peers, List<Scenario> scenarios,
		List<String> jvmOptions, @Nullable Path markdown, @Nullable Path json) {

	static final String HELP = """
			load options:
			  --quick              tiny numbers, one round: does everything work?
			  --rounds=5           measured rounds, of which the median counts
			  --loops=2            event loops of each server
			  --peers=floor,stock  servers to compare (all)
			  --scenarios=echo,... echo, fanout, burst, polling, churn, idle (all)
			  --jvm="..."          flags of each server's JVM (-Xms256m -Xmx1g -XX:+UseG1GC)
			  --markdown=FILE      write the table
			  --json=FILE          write the figures
			""";

	private static final String QUICK = "--quick";

	private static final String ROUNDS = "--rounds";

	private static final String LOOPS = "--loops";

	private static final String PEERS = "--peers";

	private static final String SCENARIOS = "--scenarios";

	private static final String JVM = "--jvm";

	private static final String MARKDOWN = "--markdown";

	private static final String JSON = "--json";

	private static final Set<String> NAMES = Set.of(QUICK, ROUNDS, LOOPS, PEERS, SCENARIOS, JVM, MARKDOWN, JSON);

	private static final List<String> JVM_OPTIONS = List.of("-Xms256m", "-Xmx1g", "-XX:+UseG1GC");

	private static final int MAX_ROUNDS = 100;

	private static final int MAX_LOOPS = 1024;

	/**
	 * Checks the ranges and copies the lists.
	 */
	public LoadOptions {
		if (rounds < 1 || rounds > MAX_ROUNDS) {
			throw new IllegalArgumentException("rounds: " + rounds + " (expected: 1 to " + MAX_ROUNDS + ")");
		}
		if (eventLoops < 1 || eventLoops > MAX_LOOPS) {
			throw new IllegalArgumentException("loops: " + eventLoops + " (expected: 1 to " + MAX_LOOPS + ")");
		}
		peers = List.copyOf(peers);
		scenarios = List.copyOf(scenarios);
		jvmOptions = List.copyOf(jvmOptions);
	}

	/**
	 * Reads options from a command line.
	 * @param args the arguments, each {@code --name} or {@code --name=value}
	 * @return the options
	 * @throws IllegalArgumentException if an argument is unknown or its value out of
	 * range
	 */
	public static LoadOptions parse(String... args) {
		Map<String, String> values = new HashMap<>();
		for (String arg : args) {
			String[] parts = arg.split("=", 2);
			if (!NAMES.contains(parts[0])) {
				throw new IllegalArgumentException("unknown option '" + arg + "'\n" + HELP);
			}
			values.put(parts[0], (parts.length > 1) ? parts[1] : "");
		}
		boolean quick = values.containsKey(QUICK);
		String markdown = values.get(MARKDOWN);
		String json = values.get(JSON);
		return new LoadOptions(quick, Integer.parseInt(values.getOrDefault(ROUNDS, quick ? "1" : "5")),
				Integer.parseInt(values.getOrDefault(LOOPS, "2")),
				words(values.getOrDefault(PEERS, ""), ",", PeerKind::ofLabel, List.of(PeerKind.values())),
				words(values.getOrDefault(SCENARIOS, ""), ",", Scenario::ofLabel, List.of(Scenario.values())),
				words(values.getOrDefault(JVM, ""), " ", Function.identity(), JVM_OPTIONS),
				(markdown != null) ? Path.of(markdown) : null, (json != null) ? Path.of(json) : null);
	}

	private static <T> List<T> words(String value, String separator, Function<String, T> parser, List<T> defaults) {
		return value.isBlank() ? defaults
				: Stream.of(value.split(separator)).filter((word) -> !word.isBlank()).map(parser).toList();
	}

}
