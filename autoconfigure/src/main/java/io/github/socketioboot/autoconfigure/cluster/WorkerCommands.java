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

import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.primary.Primary;
import io.github.socketioboot.cluster.supervisor.WorkerCommand;

/**
 * Starts workers as this process was started, with the same folder and variables.
 * Immutable.
 *
 * @param command program and arguments
 * @param directory working directory
 * @param environment variables of all workers
 */
record WorkerCommands(List<String> command, File directory,
		Map<String, String> environment) implements Primary.Commands {

	/**
	 * Options of the JVM in variables: this process has them as its own already.
	 */
	private static final List<String> OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

	WorkerCommands {
		command = List.copyOf(command);
		environment = Map.copyOf(environment);
	}

	/**
	 * Make commands from what this process is.
	 * @param commandLine the command line
	 * @param inherited variables of this process
	 * @param added further variables
	 * @return the commands
	 */
	static WorkerCommands of(WorkerCommandLine commandLine, Map<String, String> inherited, Map<String, String> added) {
		Map<String, String> environment = new HashMap<>(inherited);
		OPTIONS.forEach(environment::remove);
		environment.putAll(added);
		return new WorkerCommands(commandLine.command(), new File("").getAbsoluteFile(), environment);
	}

	@Override
	public WorkerCommand create(WorkerIdentity identity) {
		Map<String, String> all = new HashMap<>(this.environment);
		all.putAll(identity.environment());
		return new WorkerCommand(this.command, this.directory, all);
	}

}
