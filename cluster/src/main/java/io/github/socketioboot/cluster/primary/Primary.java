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

package io.github.socketioboot.cluster.primary;

import java.util.concurrent.CompletionStage;

import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.supervisor.WorkerCommand;
import org.jspecify.annotations.Nullable;

/**
 * The primary of a host: owns the public ports and the workers. Thread-safe; no method
 * blocks.
 *
 * @since 0.1.0
 */
public final class Primary {

	/**
	 * Create a primary.
	 * @param config settings
	 * @param commands how a worker is started
	 */
	@SuppressWarnings("UnusedVariable")
	public Primary(PrimaryConfig config, Commands commands) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Reserve the ports and start the workers.
	 * @return completed when the workers are being started, or exceptionally with a
	 * {@link PortUnavailableException} or {@link PrivateDirectoryException}
	 */
	public CompletionStage<@Nullable Void> start() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return what ends the primary by itself.
	 * @return completed with an exit code when no worker can be kept running
	 */
	public CompletionStage<Integer> failed() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Replace all workers, one after the other.
	 */
	public void reload() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Take nothing new, let the workers finish, and end.
	 * @return completed when no process, port or file is left
	 */
	public CompletionStage<@Nullable Void> stop() {
		throw new UnsupportedOperationException();
	}

	/**
	 * End at once: kill the workers and remove the files.
	 */
	public void kill() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Makes the commands of workers.
	 */
	@FunctionalInterface
	public interface Commands {

		/**
		 * Make the command of a worker.
		 * @param identity who the worker is; its environment must be in the command's
		 * @return the command
		 */
		WorkerCommand create(WorkerIdentity identity);

	}

}
