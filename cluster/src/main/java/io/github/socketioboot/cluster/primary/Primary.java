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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.supervisor.WorkerCommand;
import io.netty.channel.epoll.Epoll;
import org.jspecify.annotations.Nullable;

/**
 * The primary of a host: owns the public ports and the workers. Thread-safe; no method
 * blocks.
 *
 * @since 0.1.0
 */
public final class Primary {

	private final PrimaryConfig config;

	private final Commands commands;

	private final CompletableFuture<Integer> failed = new CompletableFuture<>();

	private final AtomicReference<@Nullable RunningPrimary> running = new AtomicReference<>();

	/**
	 * Create a primary.
	 * @param config settings
	 * @param commands how a worker is started
	 */
	public Primary(PrimaryConfig config, Commands commands) {
		this.config = config;
		this.commands = commands;
	}

	/**
	 * Reserve the ports and start the workers.
	 * @return completed when the workers are being started, or exceptionally with a
	 * {@link PortUnavailableException} or {@link PrivateDirectoryException}
	 * @throws IllegalStateException if it has been started before
	 */
	public CompletionStage<@Nullable Void> start() {
		PrivateDirectory directory;
		try {
			directory = PrivateDirectory.create(this.config.directory());
		}
		catch (PrivateDirectoryException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		RunningPrimary primary;
		try {
			primary = new RunningPrimary(this.config, this.commands, directory,
					Reservations.reserve(this.config, Epoll.isAvailable()), this.failed);
		}
		catch (RuntimeException ex) {
			directory.remove();
			return CompletableFuture.failedFuture(ex);
		}
		if (!this.running.compareAndSet(null, primary)) {
			primary.end();
			throw new IllegalStateException("has been started before");
		}
		CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
		primary.start().whenComplete((done, failure) -> {
			if (failure == null) {
				started.complete(null);
				return;
			}
			primary.end();
			started.completeExceptionally(
					new PrivateDirectoryException(this.config.directory(), "no socket can be made there", failure));
		});
		return started;
	}

	/**
	 * Return what ends the primary by itself.
	 * @return completed with an exit code when no worker can be kept running
	 */
	public CompletionStage<Integer> failed() {
		return this.failed;
	}

	/**
	 * Replace all workers, one after the other.
	 */
	public void reload() {
		RunningPrimary primary = this.running.get();
		if (primary != null) {
			primary.reload();
		}
	}

	/**
	 * Take nothing new, let the workers finish, and end.
	 * @return completed when no process, port or file is left
	 */
	public CompletionStage<@Nullable Void> stop() {
		RunningPrimary primary = this.running.get();
		return (primary != null) ? primary.stop() : CompletableFuture.completedFuture(null);
	}

	/**
	 * End at once: kill the workers and remove the files.
	 */
	public void kill() {
		RunningPrimary primary = this.running.get();
		if (primary != null) {
			primary.kill();
		}
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
