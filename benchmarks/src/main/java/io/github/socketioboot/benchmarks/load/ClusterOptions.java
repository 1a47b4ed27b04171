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

import org.jspecify.annotations.Nullable;

/**
 * What a cluster run does. Immutable.
 *
 * @param quick whether it does little, to see whether everything works
 * @param rounds measured rounds
 * @param workers server processes of each peer
 * @param peers what to compare
 * @param scenarios what to measure
 * @param jvmOptions flags of each JVM
 * @param node folder of the program for Node
 * @param markdown file for the table, or {@code null}
 */
record ClusterOptions(boolean quick, int rounds, int workers, List<ClusterPeerKind> peers,
		List<ClusterScenario> scenarios, List<String> jvmOptions, Path node, @Nullable Path markdown) {

	static final String HELP = """
			cluster options:
			  --quick              tiny numbers, one round: does everything work?
			  --rounds=5           measured rounds, of which the median counts
			  --workers=2          server processes of each peer
			  --peers=ours,node    what to compare (ours, proxy, nginx, node, redis, hosts, noderedis)
			  --scenarios=echo,... connect, echo, fanout, relay, latency, polling (all)
			  --jvm="..."          flags of each JVM (-Xmx512m -XX:+UseG1GC)
			  --node=FOLDER        where cluster.js and redis.js are (benchmarks/src/node)
			  --markdown=FILE      write the table
			""";

	private static final Set<String> NAMES = Set.of("--quick", "--rounds", "--workers", "--peers", "--scenarios",
			"--jvm", "--node", "--markdown");

	private static final int MAX_ROUNDS = 100;

	private static final int MAX_WORKERS = 64;

	ClusterOptions {
		if (rounds < 1 || rounds > MAX_ROUNDS) {
			throw new IllegalArgumentException("rounds: " + rounds + " (expected: 1 to " + MAX_ROUNDS + ")");
		}
		if (workers < 1 || workers > MAX_WORKERS) {
			throw new IllegalArgumentException("workers: " + workers + " (expected: 1 to " + MAX_WORKERS + ")");
		}
	}

	static ClusterOptions parse(String... args) {
		Map<String, String> values = new HashMap<>();
		for (String arg : args) {
			String[] parts = arg.split("=", 2);
			if (!NAMES.contains(parts[0])) {
				throw new IllegalArgumentException("unknown option '" + arg + "'\n" + HELP);
			}
			values.put(parts[0], (parts.length > 1) ? parts[1] : "");
		}
		boolean quick = values.containsKey("--quick");
		String markdown = values.get("--markdown");
		return new ClusterOptions(quick, Integer.parseInt(values.getOrDefault("--rounds", quick ? "1" : "5")),
				Integer.parseInt(values.getOrDefault("--workers", "2")),
				words(values.get("--peers"), ",", ClusterPeerKind::ofLabel, List.of(ClusterPeerKind.values())),
				words(values.get("--scenarios"), ",", ClusterScenario::ofLabel, List.of(ClusterScenario.values())),
				words(values.get("--jvm"), " ", Function.identity(), List.of("-Xmx512m", "-XX:+UseG1GC")),
				Path.of(values.getOrDefault("--node", "benchmarks/src/node")),
				(markdown != null) ? Path.of(markdown) : null);
	}

	private static <T> List<T> words(@Nullable String value, String separator, Function<String, T> parser,
			List<T> defaults) {
		return (value == null || value.isBlank()) ? defaults
				: Stream.of(value.split(separator)).filter((word) -> !word.isBlank()).map(parser).toList();
	}

}
