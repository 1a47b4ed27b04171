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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.socketioboot.benchmarks.peer.PeerKind;

/**
 * Puts servers side by side: each in a process of its own, the clients in this one. The
 * servers take turns within each round, so that what disturbs the machine disturbs all of
 * them alike.
 *
 * @since 0.1.0
 */
public final class LoadRun {

	// long enough that no heartbeat falls into a scenario that does not ask for one
	private static final int QUIET_MILLIS = 600_000;

	private static final int IDLE_PING_INTERVAL_MILLIS = 5000;

	private static final int QUICK_PING_INTERVAL_MILLIS = 500;

	private static final int IDLE_PING_TIMEOUT_MILLIS = 20_000;

	private static final double BYTES_PER_KIB = 1024;

	private static final double NANOS_PER_MICRO = 1000;

	private final LoadOptions options;

	private final Consumer<String> progress;

	/**
	 * Creates a run.
	 * @param options what to run
	 * @param progress is told what the run does, a line at a time
	 */
	public LoadRun(LoadOptions options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	/**
	 * Runs with the options of a command line, prints the table and writes it to the
	 * files that the options name.
	 * @param args the options, see {@code --help}
	 * @throws IOException if a file cannot be written
	 */
	public static void main(String... args) throws IOException {
		if (Arrays.asList(args).contains("--help")) {
			System.out.print(LoadOptions.HELP);
			return;
		}
		LoadOptions options = LoadOptions.parse(args);
		LoadReport report = new LoadReport(options, new LoadRun(options, System.err::println).run());
		System.out.println(report.toMarkdown());
		if (options.markdown() != null) {
			Files.writeString(options.markdown(), report.toMarkdown());
		}
		if (options.json() != null) {
			Files.writeString(options.json(), report.toJson());
		}
	}

	/**
	 * Runs all scenarios against all servers. Each scenario gets fresh processes, as one
	 * leaves its traces in what the compiler knows; only a quick run shares them.
	 * @return the figures, by scenario and then by server
	 */
	public List<Figure> run() {
		List<Figure> figures = new ArrayList<>();
		List<ServerProcess> servers = new ArrayList<>();
		try {
			for (Scenario scenario : this.options.scenarios()) {
				if (scenario == Scenario.IDLE) {
					figures.addAll(runIdle());
					continue;
				}
				if (servers.isEmpty()) {
					start(servers);
				}
				figures.addAll(runInTurns(scenario, servers));
				if (!this.options.quick()) {
					stop(servers);
				}
			}
			return figures;
		}
		finally {
			stop(servers);
		}
	}

	private void start(List<ServerProcess> servers) {
		for (PeerKind kind : this.options.peers()) {
			servers.add(ServerProcess.start(kind, this.options, QUIET_MILLIS, QUIET_MILLIS));
		}
	}

	private static void stop(List<ServerProcess> servers) {
		servers.forEach(ServerProcess::close);
		servers.clear();
	}

	private List<Figure> runInTurns(Scenario scenario, List<ServerProcess> servers) {
		Scenario.Size size = scenario.size(this.options.quick());
		List<Load> loads = new ArrayList<>();
		try (LoadClient client = new LoadClient()) {
			try {
				for (ServerProcess server : servers) {
					Load load = scenario.load(server, client, size);
					loads.add(load);
					load.open();
					load.run(size.warmUp());
				}
				return measure(scenario, size, servers, loads);
			}
			finally {
				loads.forEach(Load::close);
			}
		}
	}

	private List<Figure> measure(Scenario scenario, Scenario.Size size, List<ServerProcess> servers, List<Load> loads) {
		List<List<Double>> values = new ArrayList<>();
		long[] operations = new long[loads.size()];
		loads.forEach((load) -> values.add(new ArrayList<>()));
		for (int round = 1; round <= this.options.rounds(); round++) {
			for (int i = 0; i < loads.size(); i++) {
				ServerProcess server = servers.get(i);
				long wallStart = System.nanoTime();
				long start = server.cpuNanos();
				long completed = loads.get(i).run(size.times());
				double micros = (server.cpuNanos() - start) / NANOS_PER_MICRO / completed;
				long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - wallStart);
				values.get(i).add(micros);
				operations[i] += completed;
				this.progress.accept("%s, round %d, %s: %.2f µs per %s (%d in %d ms)".formatted(scenario.label(), round,
						server.kind().label(), micros, scenario.operation(), completed, millis));
			}
		}
		List<Figure> figures = new ArrayList<>();
		for (int i = 0; i < loads.size(); i++) {
			figures.add(new Figure(scenario, servers.get(i).kind(), values.get(i), operations[i]));
		}
		return figures;
	}

	private List<Figure> runIdle() {
		Scenario.Size size = Scenario.IDLE.size(this.options.quick());
		int interval = this.options.quick() ? QUICK_PING_INTERVAL_MILLIS : IDLE_PING_INTERVAL_MILLIS;
		List<Figure> figures = new ArrayList<>();
		try (LoadClient client = new LoadClient()) {
			for (PeerKind kind : this.options.peers()) {
				try (ServerProcess server = ServerProcess.start(kind, this.options, interval,
						IDLE_PING_TIMEOUT_MILLIS)) {
					figures.add(measureHeap(server, client, size));
				}
			}
		}
		return figures;
	}

	private Figure measureHeap(ServerProcess server, LoadClient client, Scenario.Size size) {
		try (Load first = Scenario.CHURN.load(server, client, size)) {
			// what a server allocates once is not what a connection costs
			first.run(size.warmUp());
		}
		long before = server.usedHeap();
		try (Load load = Scenario.IDLE.load(server, client, size)) {
			load.open();
			long beaten = load.run(1);
			double kib = (server.usedHeap() - before) / BYTES_PER_KIB / beaten;
			this.progress.accept("idle, %s: %.2f KiB of heap per connection".formatted(server.kind().label(), kib));
			return new Figure(Scenario.IDLE, server.kind(), List.of(kib), beaten);
		}
	}

}
