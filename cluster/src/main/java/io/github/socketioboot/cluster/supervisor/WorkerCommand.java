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

import java.io.File;
import java.util.List;
import java.util.Map;

/**
 * How a worker is started. Immutable.
 *
 * @param command program and arguments
 * @param directory working directory
 * @param environment the whole environment
 * @since 0.1.0
 */
public record WorkerCommand(List<String> command, File directory, Map<String, String> environment) {

	/**
	 * Create a command.
	 */
	public WorkerCommand {
		command = List.copyOf(command);
		environment = Map.copyOf(environment);
	}

	/**
	 * Makes the command of a worker.
	 */
	@FunctionalInterface
	public interface Factory {

		/**
		 * Make the command. Called for each start.
		 * @param index place of the worker, from 0
		 * @param number number of the process
		 * @return the command
		 */
		WorkerCommand create(int index, int number);

	}

}
