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

package io.github.socketioboot.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

import com.sun.management.OperatingSystemMXBean;

/**
 * The process that holds one server of a load run. It says {@code ready <port>}, then
 * answers one line on the standard output for each line on the standard input, and ends
 * with its input.
 *
 * @since 0.1.0
 */
public final class PeerProcess {

	/**
	 * The name of the event that {@code broadcast} emits.
	 */
	public static final String BROADCAST_EVENT = "news";

	private static final int COLLECTIONS = 3;

	private final Peer peer;

	private final PrintStream out;

	private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

	private PeerProcess(Peer peer, PrintStream out) {
		this.peer = peer;
		this.out = out;
	}

	/**
	 * Starts a server and serves commands until the input ends.
	 * @param args the peer's label, the number of event loops, the ping interval and the
	 * ping timeout in milliseconds
	 * @throws IOException if the input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		PeerKind kind = PeerKind.ofLabel(args[0]);
		PeerSettings settings = new PeerSettings(0, Integer.parseInt(args[1]), Integer.parseInt(args[2]),
				Integer.parseInt(args[3]));
		Peer peer = kind.start(settings);
		PeerProcess process = new PeerProcess(peer, System.out);
		process.answer("ready " + peer.port());
		process.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
		// an orderly stop is not measured, and takes some servers seconds
		System.exit(0);
	}

	private void serve(BufferedReader in) throws IOException {
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			String[] words = line.split(" ");
			switch (words[0]) {
				case "cpu" -> answer("cpu " + this.system.getProcessCpuTime());
				case "heap" -> answer("heap " + usedHeap());
				case "broadcast" -> {
					this.peer.broadcast(BROADCAST_EVENT, words[2], Integer.parseInt(words[1]));
					answer("broadcast " + words[1]);
				}
				default -> answer("unknown " + words[0]);
			}
		}
	}

	// one collection may leave what the reference handlers free only after it
	private long usedHeap() {
		long used = Long.MAX_VALUE;
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
			used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return used;
	}

	private void answer(String line) {
		this.out.println(line);
		this.out.flush();
	}

}
