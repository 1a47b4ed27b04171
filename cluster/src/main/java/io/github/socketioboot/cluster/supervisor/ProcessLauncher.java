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
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Starts processes of the operating system, which Ctrl-C and the end of the terminal do
 * not reach: a worker ends when its supervisor says so. Thread-safe.
 */
final class ProcessLauncher implements WorkerLauncher {

	private static final File SHELL = new File("/bin/sh");

	/**
	 * What is ignored here stays ignored after the exec, and a JVM installs no handler
	 * for it.
	 */
	private static final List<String> IGNORING_SIGNALS = List.of(SHELL.getPath(), "-c",
			"trap \"\" INT HUP; exec \"$@\"", "sh");

	private static final long END_OF_OUTPUT_SECONDS = 1;

	private static final long LAST_BYTES_MILLIS = 20;

	private final PrintStream out;

	private final PrintStream err;

	ProcessLauncher(PrintStream out, PrintStream err) {
		this.out = out;
		this.err = err;
	}

	@Override
	public WorkerProcess launch(int index, WorkerCommand command) throws IOException {
		List<String> words = new ArrayList<>();
		if (SHELL.canExecute()) {
			words.addAll(IGNORING_SIGNALS);
		}
		words.addAll(command.command());
		ProcessBuilder builder = new ProcessBuilder(words).directory(command.directory());
		builder.environment().clear();
		builder.environment().putAll(command.environment());
		Process process = builder.start();
		closeInput(process);
		String name = "socketio-worker-" + index;
		CompletableFuture<Void> copied = CompletableFuture.allOf(
				copy(process, process.getInputStream(), new WorkerOutput(this.out, index), name + "-out"),
				copy(process, process.getErrorStream(), new WorkerOutput(this.err, index), name + "-err"));
		return new ChildProcess(process, copied);
	}

	private static void closeInput(Process process) {
		try {
			process.getOutputStream().close();
		}
		catch (IOException ex) {
			// it has ended already, which its exit will tell
		}
	}

	private static CompletableFuture<Boolean> copy(Process process, InputStream in, WorkerOutput output, String name) {
		CompletableFuture<Boolean> copied = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				output.copy(in);
				awaitLastBytes(process);
				output.copy(in);
				output.finish();
			}
			finally {
				copied.complete(true);
			}
		}, name);
		thread.setDaemon(true);
		thread.start();
		return copied;
	}

	/**
	 * When a process ends, the JDK takes what is left in its pipe from under a reader,
	 * who sees an end or a failure, and makes it readable again a moment later.
	 * @param process the process
	 */
	private static void awaitLastBytes(Process process) {
		try {
			if (process.waitFor(END_OF_OUTPUT_SECONDS, TimeUnit.SECONDS)) {
				Thread.sleep(LAST_BYTES_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
