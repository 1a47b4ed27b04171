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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program in a process of its own that says {@code ready} in its output when it is. Not
 * thread-safe.
 */
final class ReadyProcess implements AutoCloseable {

	static final int START_SECONDS = 60;

	private static final int STOP_SECONDS = 10;

	private static final int MAX_LINES = 1000;

	private static final String READY = "ready";

	private final Process process;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MAX_LINES);

	private ReadyProcess(Process process) {
		this.process = process;
		Thread reader = new Thread(this::read, "cluster-output");
		reader.setDaemon(true);
		reader.start();
	}

	static ReadyProcess start(List<String> command) throws IOException {
		return new ReadyProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	private void read() {
		try (BufferedReader out = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = out.readLine(); line != null; line = out.readLine()) {
				if (line.contains(READY + " ")) {
					this.lines.add(line);
				}
			}
		}
		catch (IOException ex) {
			// It has ended: whoever waits for a line will not get one
		}
	}

	/**
	 * Waits for the word, and the port behind it.
	 * @return the port
	 * @throws IOException if it is not said in time
	 */
	int awaitPort() throws IOException {
		String line = await();
		return Integer.parseInt(line.substring(line.indexOf(READY) + READY.length()).trim());
	}

	/**
	 * Waits for the word as often as there are servers.
	 * @param times number of servers
	 * @throws IOException if it is not said in time
	 */
	void await(int times) throws IOException {
		for (int i = 0; i < times; i++) {
			await();
		}
	}

	private String await() throws IOException {
		try {
			String line = this.lines.poll(START_SECONDS, TimeUnit.SECONDS);
			if (line == null) {
				this.process.destroyForcibly();
				throw new IOException("not ready in " + START_SECONDS + " s");
			}
			return line;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	void write(String line) throws IOException {
		this.process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	long pid() {
		return this.process.pid();
	}

	int children() {
		return (int) this.process.children().count();
	}

	void onExit(Runnable task) {
		this.process.onExit().thenRun(task);
	}

	/**
	 * Returns the CPU time of this process alone.
	 * @return user and system time, in nanoseconds
	 */
	long ownNanos() {
		return nanos(this.process.toHandle());
	}

	/**
	 * Returns the CPU time of this process and those that it has started.
	 * @return user and system time, in nanoseconds
	 */
	long allNanos() {
		return ownNanos() + this.process.descendants().mapToLong(ReadyProcess::nanos).sum();
	}

	private static long nanos(ProcessHandle process) {
		return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
	}

	@Override
	public void close() {
		List<ProcessHandle> started = this.process.descendants().toList();
		this.process.destroy();
		try {
			if (!this.process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		started.forEach(ProcessHandle::destroyForcibly);
	}

}
