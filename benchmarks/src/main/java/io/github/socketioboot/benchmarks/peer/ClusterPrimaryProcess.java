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
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.socketioboot.benchmarks.Benchmarks;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.primary.Primary;
import io.github.socketioboot.cluster.primary.PrimaryConfig;
import io.github.socketioboot.cluster.primary.PrimaryConfig.HandOff;
import io.github.socketioboot.cluster.primary.PrimaryConfig.LoadBalancing;
import io.github.socketioboot.cluster.primary.PrimaryConfig.PublicAddress;
import io.github.socketioboot.cluster.primary.PrimaryConfig.Routing;
import io.github.socketioboot.cluster.supervisor.SupervisorConfig;
import io.github.socketioboot.cluster.supervisor.WorkerCommand;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;

/**
 * The program of a process that is a primary, without Spring.
 */
public final class ClusterPrimaryProcess {

	private static final Duration START = Duration.ofSeconds(60);

	private static final Duration IDLE = Duration.ofSeconds(75);

	private static final Duration STOP = Duration.ofSeconds(5);

	private ClusterPrimaryProcess() {
	}

	/**
	 * Starts a primary, which replaces its workers at each line {@code reload} and ends
	 * with the input.
	 * @param args how connections reach workers, number of workers, port
	 * @throws IOException if the input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		HandOff handOff = HandOff.valueOf(args[0].toUpperCase(Locale.ROOT));
		SupervisorConfig supervisor = new SupervisorConfig(Integer.parseInt(args[1]), START, STOP, 1,
				SupervisorConfig.OnTimeout.ABORT, SupervisorConfig.Restart.DEFAULT, 0);
		PrimaryConfig config = new PrimaryConfig(Path.of(System.getProperty("java.io.tmpdir")),
				new PublicAddress("127.0.0.1", Integer.parseInt(args[2]), "port"), null, null, Routing.SESSION,
				LoadBalancing.LEAST_CONNECTION, ForwardingConfig.NONE, handOff, STOP, 16 * 1024, IDLE, STOP, "/health",
				null, LinkConfig.DEFAULT, STOP, START, supervisor);
		Primary primary = new Primary(config, ClusterPrimaryProcess::command);
		Runtime.getRuntime().addShutdownHook(new Thread(primary::kill));
		primary.failed().thenAccept(System::exit);
		primary.start().toCompletableFuture().join();
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			if (line.equals("reload")) {
				primary.reload();
			}
		}
	}

	private static WorkerCommand command(WorkerIdentity identity) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Benchmarks.class.getName(), "worker"));
		Map<String, String> environment = new HashMap<>(System.getenv());
		environment.putAll(identity.environment());
		return new WorkerCommand(command, new File("").getAbsoluteFile(), environment);
	}

}
