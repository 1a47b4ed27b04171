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
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Replaces workers and opens sessions many times over, and looks at what the primary
 * holds.
 */
public final class ClusterSoak {

	private static final int WORKERS = 2;

	private static final int WARM_UP = 5;

	private static final String JVM = "-Xmx64m";

	private ClusterSoak() {
	}

	/**
	 * Runs and prints what the primary holds.
	 * @param args number of reloads, each of two workers, and number of sessions
	 * @throws IOException if the primary cannot be looked at
	 */
	public static void main(String... args) throws IOException {
		int reloads = (args.length > 0) ? Integer.parseInt(args[0]) : 100;
		int sessions = (args.length > 1) ? Integer.parseInt(args[1]) : 20_000;
		run(reloads, sessions, System.out::println);
	}

	/**
	 * Run.
	 * @param reloads how often to replace all workers
	 * @param sessions how many sessions to open in all
	 * @param progress told what the primary holds
	 * @return what it held before and after
	 * @throws IOException if it cannot be looked at
	 */
	static List<Holdings> run(int reloads, int sessions, Consumer<String> progress) throws IOException {
		ClusterOptions options = ClusterOptions.parse("--workers=" + WORKERS, "--jvm=" + JVM);
		try (ClusterServer server = ClusterLauncher.start(ClusterPeerKind.OURS, options)) {
			for (int i = 0; i < WARM_UP; i++) {
				open(server.port(), sessions / reloads);
				server.reload();
			}
			Holdings before = Holdings.of(server.frontPid());
			progress.accept("before: " + before);
			for (int i = 1; i <= reloads; i++) {
				open(server.port(), sessions / reloads);
				server.reload();
				if (i % 25 == 0) {
					progress.accept("after %d reloads of %d workers and %d sessions: %s".formatted(i, WORKERS,
							i * (sessions / reloads), Holdings.of(server.frontPid())));
				}
			}
			return List.of(before, Holdings.of(server.frontPid()));
		}
	}

	private static void open(int port, int sessions) throws IOException {
		byte[] request = ("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: 127.0.0.1:" + port
				+ "\r\nConnection: close\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
		for (int i = 0; i < sessions; i++) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				socket.getOutputStream().write(request);
				String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
				if (!answer.contains("\"sid\"")) {
					throw new IllegalStateException("no session was opened: " + answer);
				}
			}
		}
	}

	/**
	 * What a process holds.
	 *
	 * @param descriptors open descriptors
	 * @param threads threads
	 * @param megabytes resident size
	 */
	record Holdings(long descriptors, long threads, long megabytes) {

		private static final long KIB_PER_MIB = 1024;

		static Holdings of(long pid) throws IOException {
			Path process = Path.of("/proc", Long.toString(pid));
			try (Stream<Path> descriptors = Files.list(process.resolve("fd"));
					Stream<Path> threads = Files.list(process.resolve("task"));
					Stream<String> status = Files.lines(process.resolve("status"))) {
				long kib = status.filter((line) -> line.startsWith("VmRSS:"))
					.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
					.sum();
				return new Holdings(descriptors.count(), threads.count(), kib / KIB_PER_MIB);
			}
		}

	}

}
