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

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Puts several processes behind one port under load, side by side with others, and
 * measures their CPU time.
 */
public final class ClusterRun {

	private static final double NANOS_PER_MICRO = 1000;

	private final ClusterOptions options;

	private final Consumer<String> progress;

	ClusterRun(ClusterOptions options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	/**
	 * Runs with the options of a command line and prints the table.
	 * @param args the options, see {@code --help}
	 * @throws IOException if the file cannot be written
	 */
	public static void main(String... args) throws IOException {
		if (Arrays.asList(args).contains("--help")) {
			System.out.print(ClusterOptions.HELP);
			return;
		}
		ClusterOptions options = ClusterOptions.parse(args);
		String table = toMarkdown(new ClusterRun(options, System.err::println).run());
		System.out.println(table);
		if (options.markdown() != null) {
			Files.writeString(options.markdown(), table);
		}
	}

	List<ClusterFigure> run() {
		List<ClusterFigure> figures = new ArrayList<>();
		for (ClusterScenario scenario : this.options.scenarios()) {
			List<ClusterServer> servers = new ArrayList<>();
			try {
				for (ClusterPeerKind peer : this.options.peers()) {
					if (scenario.isFor(peer)) {
						servers.add(ClusterLauncher.start(peer, this.options));
					}
				}
				figures.addAll(runInTurns(scenario, servers));
			}
			finally {
				servers.forEach(ClusterServer::close);
			}
		}
		return figures;
	}

	private List<ClusterFigure> runInTurns(ClusterScenario scenario, List<ClusterServer> servers) {
		ClusterScenario.Size size = scenario.size(this.options.quick());
		List<Load> loads = new ArrayList<>();
		try (LoadClient client = new LoadClient()) {
			try {
				for (ClusterServer server : servers) {
					Load load = scenario.load(server, client, size);
					loads.add(load);
					load.open();
					load.run(size.warmUp());
				}
				return measure(scenario, size, servers, loads, client);
			}
			finally {
				loads.forEach(Load::close);
			}
		}
	}

	private List<ClusterFigure> measure(ClusterScenario scenario, ClusterScenario.Size size,
			List<ClusterServer> servers, List<Load> loads, LoadClient client) {
		List<List<Double>> fronts = new ArrayList<>();
		List<List<Double>> alls = new ArrayList<>();
		List<List<Double>> times = new ArrayList<>();
		double[] connections = new double[loads.size()];
		for (int round = 1; round <= this.options.rounds(); round++) {
			for (int i = 0; i < loads.size(); i++) {
				if (round == 1) {
					fronts.add(new ArrayList<>());
					alls.add(new ArrayList<>());
					times.add(new ArrayList<>());
				}
				ClusterServer server = servers.get(i);
				long opened = client.connections();
				long front = server.frontNanos();
				long all = server.allNanos();
				long begin = System.nanoTime();
				long operations = scenario.operations(size, loads.get(i).run(size.times()));
				times.get(i).add((System.nanoTime() - begin) / NANOS_PER_MICRO / operations);
				double frontMicros = (server.frontNanos() - front) / NANOS_PER_MICRO / operations;
				double allMicros = (server.allNanos() - all) / NANOS_PER_MICRO / operations;
				fronts.get(i).add(frontMicros);
				alls.get(i).add(allMicros);
				connections[i] = (double) (client.connections() - opened) / operations;
				this.progress.accept("%s, round %d, %s: front %.2f µs, all %.2f µs per %s".formatted(scenario.label(),
						round, server.label(), frontMicros, allMicros, scenario.operation()));
			}
		}
		List<ClusterFigure> figures = new ArrayList<>();
		for (int i = 0; i < loads.size(); i++) {
			figures.add(new ClusterFigure(scenario, servers.get(i).kind(), fronts.get(i), alls.get(i), times.get(i),
					connections[i]));
		}
		return figures;
	}

	private static String toMarkdown(List<ClusterFigure> figures) {
		StringBuilder table = new StringBuilder("""
				| Scenario | Peer | front, µs | all processes, µs | servers alone, µs | passed, µs | connections | per |
				| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |
				""");
		for (ClusterFigure figure : figures) {
			table.append(String.format(Locale.ROOT, "| %s | %s | %.2f | %.2f | %.2f | %.2f | %.2f | %s |%n",
					figure.scenario().label(), figure.peer().label(), ClusterFigure.median(figure.front()),
					ClusterFigure.median(figure.all()), ClusterFigure.median(figure.servers()),
					ClusterFigure.median(figure.passed()), figure.connections(), figure.scenario().operation()));
		}
		return table.toString();
	}

}
