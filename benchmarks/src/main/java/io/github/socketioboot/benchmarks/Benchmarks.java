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

package io.github.socketioboot.benchmarks;

import java.util.Arrays;

import io.github.socketioboot.benchmarks.load.ClusterRun;
import io.github.socketioboot.benchmarks.load.ClusterSoak;
import io.github.socketioboot.benchmarks.load.LoadRun;
import io.github.socketioboot.benchmarks.peer.ClusterPrimaryProcess;
import io.github.socketioboot.benchmarks.peer.ClusterWorkerProcess;
import io.github.socketioboot.benchmarks.peer.PeerProcess;
import io.github.socketioboot.benchmarks.peer.RedisServerProcess;

/**
 * Entry point of the benchmarks: {@code load} runs the servers side by side, {@code jmh}
 * runs the micro-benchmarks, {@code server} is what a load run starts for each server.
 *
 * @since 0.1.0
 */
public final class Benchmarks {

	private static final String USAGE = "usage: (load | cluster | soak | jmh) [options]; --help lists those of load and cluster";

	private Benchmarks() {
	}

	/**
	 * Runs the command that the first argument names.
	 * @param args the command and its own arguments
	 * @throws Exception if the run fails
	 */
	public static void main(String[] args) throws Exception {
		String command = (args.length > 0) ? args[0] : "";
		String[] rest = (args.length > 0) ? Arrays.copyOfRange(args, 1, args.length) : args;
		switch (command) {
			case "load" -> LoadRun.main(rest);
			case "jmh" -> org.openjdk.jmh.Main.main(rest);
			case "cluster" -> ClusterRun.main(rest);
			case "soak" -> ClusterSoak.main(rest);
			case "primary" -> ClusterPrimaryProcess.main(rest);
			case "worker" -> ClusterWorkerProcess.main(rest);
			case "redis" -> RedisServerProcess.main(rest);
			case "server" -> PeerProcess.main(rest);
			default -> {
				System.err.println(USAGE);
				System.exit(2);
			}
		}
	}

}
