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

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.benchmarks.Benchmarks;
import io.github.socketioboot.benchmarks.peer.PeerKind;
import org.jspecify.annotations.Nullable;

/**
 * A forked JVM with one server in it, as the load run sees it. Not thread-safe.
 */
final class ServerProcess implements TargetServer, AutoCloseable {

	private static final int ANSWER_SECONDS = 60;

	private static final int STOP_SECONDS = 10;

	private static final int MAX_LINES = 1000;

	private static final int JAVA_WITH_NATIVE_ACCESS_WARNINGS = 22;

	private final PeerKind kind;

	private final Process process;

	private final BufferedWriter in;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MAX_LINES);

	private final int port;

	private ServerProcess(PeerKind kind, Process process) {
		this.kind = kind;
		this.process = process;
		this.in = process.outputWriter(StandardCharsets.UTF_8);
		Thread reader = new Thread(this::read, kind.label() + "-output");
		reader.setDaemon(true);
		reader.start();
		this.port = Integer.parseInt(answer("ready"));
	}

	/**
	 * Starts a server and waits until it listens.
	 * @param kind the server
	 * @param options the JVM's flags and the number of event loops
	 * @param pingIntervalMillis the server's ping interval, in milliseconds
	 * @param pingTimeoutMillis the server's ping timeout, in milliseconds
	 * @return the process
	 */
	static ServerProcess start(PeerKind kind, LoadOptions options, int pingIntervalMillis, int pingTimeoutMillis) {
		List<String> command = java(options.jvmOptions());
		command.add("server");
		command.add(kind.label());
		command.add(String.valueOf(options.eventLoops()));
		command.add(String.valueOf(pingIntervalMillis));
		command.add(String.valueOf(pingTimeoutMillis));
		try {
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			return new ServerProcess(kind, process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the command that runs this program in another JVM.
	 * @param jvmOptions the JVM's flags
	 * @return the command, to be continued with arguments
	 */
	static List<String> java(List<String> jvmOptions) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmOptions);
		if (Runtime.version().feature() >= JAVA_WITH_NATIVE_ACCESS_WARNINGS) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		command.add("-cp");
		command.add(classPath());
		command.add(Benchmarks.class.getName());
		return command;
	}

	// absolute, as java -jar leaves a path relative to the working directory
	private static String classPath() {
		StringBuilder path = new StringBuilder();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			path.append(path.isEmpty() ? "" : File.pathSeparator).append(Path.of(entry).toAbsolutePath());
		}
		return path.toString();
	}

	PeerKind kind() {
		return this.kind;
	}

	@Override
	public String label() {
		return this.kind.label();
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public boolean keepsPollingAlive() {
		return this.kind.keepsPollingAlive();
	}

	/**
	 * Returns the CPU time that the process has used since its start.
	 * @return user and system time, in nanoseconds
	 */
	long cpuNanos() {
		return Long.parseLong(ask("cpu"));
	}

	/**
	 * Returns the heap in use after full collections.
	 * @return the heap in use, in bytes
	 */
	long usedHeap() {
		return Long.parseLong(ask("heap"));
	}

	@Override
	public void broadcast(String payload, int times) {
		send("broadcast " + times + " " + payload);
		answer("broadcast");
	}

	private String ask(String command) {
		send(command);
		return answer(command);
	}

	private void send(String line) {
		try {
			this.in.write(line);
			this.in.newLine();
			this.in.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(this.kind.label() + " no longer takes commands", ex);
		}
	}

	private String answer(String word) {
		try {
			String line = this.lines.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
			if (line == null || !line.startsWith(word + " ")) {
				close();
				throw new IllegalStateException(
						"'" + this.kind.label() + "' did not answer '" + word + "' but " + line);
			}
			return line.substring(word.length() + 1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			close();
			throw new IllegalStateException("interrupted while waiting for '" + word + "'", ex);
		}
	}

	private void read() {
		try (BufferedReader out = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (@Nullable
			String line = out.readLine(); line != null; line = out.readLine()) {
				if (!this.lines.offer(line)) {
					return;
				}
			}
		}
		catch (IOException ex) {
			// the process has ended: whoever waits for an answer will not get one
		}
	}

	@Override
	public void close() {
		try {
			this.in.close();
		}
		catch (IOException ex) {
			// it has ended by itself
		}
		try {
			if (!this.process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
