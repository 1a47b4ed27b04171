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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.socketioboot.autoconfigure.process.ProcessSignal;
import io.github.socketioboot.cluster.primary.Primary;
import io.github.socketioboot.cluster.primary.PrimaryConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as the primary, from its start to its end. One thread runs it and waits;
 * signals come on others.
 */
final class PrimaryProcess {

	private static final Logger logger = LoggerFactory.getLogger(PrimaryProcess.class);

	private static final int STOPPED = 0;

	/**
	 * What an end of the JVM that nobody has announced waits for workers beyond their own
	 * time.
	 */
	private static final long MARGIN_SECONDS = 5;

	private static final long FIRST_SHRINK_MINUTES = 1;

	private static final long SHRINK_MINUTES = 10;

	private final PrimaryConfig config;

	private final Primary primary;

	private final CompletableFuture<Integer> exit = new CompletableFuture<>();

	private final List<ProcessSignal> signals = new ArrayList<>();

	private @Nullable CompletionStage<@Nullable Void> stopping;

	PrimaryProcess(PrimaryConfig config, Primary.Commands commands) {
		this.config = config;
		this.primary = new Primary(config, commands);
	}

	/**
	 * Run until a signal or the loss of all workers ends it.
	 * @return the exit code
	 */
	int run() {
		Thread hook = new Thread(this::stopWithJvm, "socketio-primary-shutdown");
		Runtime.getRuntime().addShutdownHook(hook);
		handleSignals();
		try {
			join(this.primary.start());
		}
		catch (RuntimeException ex) {
			Runtime.getRuntime().removeShutdownHook(hook);
			this.signals.forEach(ProcessSignal::restore);
			this.primary.kill();
			throw ex;
		}
		logger.info("This process is the primary, and starts {} for Socket.IO on {}",
				count(this.config.supervisor().instances()), port(this.config.socketIo().port()));
		this.primary.failed().thenAccept((code) -> stop(code));
		SmallFootprint.shrink();
		return awaitExit();
	}

	// Compiling takes memory that the C library keeps; most of it is done after a while
	private int awaitExit() {
		long minutes = FIRST_SHRINK_MINUTES;
		while (true) {
			try {
				return this.exit.get(minutes, TimeUnit.MINUTES);
			}
			catch (TimeoutException ex) {
				SmallFootprint.shrink();
				minutes = SHRINK_MINUTES;
			}
			catch (InterruptedException | ExecutionException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private static String count(int workers) {
		return (workers == 1) ? "1 worker" : workers + " workers";
	}

	private static String port(int port) {
		return (port == 0) ? "any free port" : "port " + port;
	}

	private void handleSignals() {
		for (String name : List.of("INT", "TERM")) {
			CompletableFuture<ProcessSignal> self = new CompletableFuture<>();
			add(ProcessSignal.handle(name, () -> self.thenAccept(this::stopOrKill)), self);
		}
		for (String name : List.of("HUP", "USR2")) {
			add(ProcessSignal.handle(name, this::reload), new CompletableFuture<>());
		}
	}

	private void add(@Nullable ProcessSignal signal, CompletableFuture<ProcessSignal> self) {
		if (signal != null) {
			this.signals.add(signal);
			self.complete(signal);
		}
	}

	private void reload() {
		logger.info("Reloading, as asked by a signal");
		this.primary.reload();
	}

	private void stopOrKill(ProcessSignal signal) {
		if (!stop(signal.exitCode())) {
			this.primary.kill();
			Runtime.getRuntime().halt(signal.exitCode());
		}
	}

	/**
	 * Stop, unless that was begun before.
	 * @param code the exit code
	 * @return {@code false} if it was begun before
	 */
	private synchronized boolean stop(int code) {
		if (this.stopping != null) {
			return false;
		}
		this.stopping = this.primary.stop().whenComplete((done, failure) -> {
			if (failure != null) {
				logger.error("The workers could not be stopped in good order", failure);
				this.primary.kill();
			}
			this.exit.complete(code);
		});
		return true;
	}

	// Whoever ends the JVM otherwise, such as an agent, ends the workers too
	private void stopWithJvm() {
		stop(STOPPED);
		try {
			this.exit.get(this.config.supervisor().killTimeout().toSeconds() + MARGIN_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.primary.kill();
		}
		catch (ExecutionException | TimeoutException ex) {
			this.primary.kill();
		}
	}

	private static <T extends @Nullable Object> T join(CompletionStage<T> stage) {
		try {
			return stage.toCompletableFuture().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

}
