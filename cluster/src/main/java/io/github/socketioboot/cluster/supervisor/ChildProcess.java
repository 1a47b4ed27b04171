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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A process of the operating system. Thread-safe.
 */
final class ChildProcess implements WorkerProcess {

	private static final String RESIDENT_SIZE = "VmRSS:";

	private static final int KILOBYTE = 1024;

	private static final long LAST_WORDS_SECONDS = 1;

	private final Process process;

	private final CompletableFuture<?> output;

	/**
	 * Create a process.
	 * @param process the process
	 * @param output completed when all that it has written is copied
	 */
	ChildProcess(Process process, CompletableFuture<?> output) {
		this.process = process;
		this.output = output;
	}

	@Override
	public long pid() {
		return this.process.pid();
	}

	@Override
	public CompletionStage<Integer> exit() {
		return this.process.onExit().thenCompose(this::afterLastWords);
	}

	/**
	 * Let the last words of a process be read before its end is told: the program may end
	 * with it. What it has started may go on writing, for which nobody waits.
	 * @param process the process
	 * @return completed with its exit code
	 */
	private CompletionStage<Integer> afterLastWords(Process process) {
		return this.output.thenApply((copied) -> process.exitValue())
			.completeOnTimeout(process.exitValue(), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
	}

	@Override
	public void terminate() {
		// not that of the process, which would also close the worker's output
		this.process.toHandle().destroy();
	}

	@Override
	public void kill() {
		// once it is dead, nobody can tell which were its children
		List<ProcessHandle> descendants = this.process.descendants().toList();
		this.process.toHandle().destroyForcibly();
		descendants.forEach(ProcessHandle::destroyForcibly);
	}

	@Override
	public long memory() {
		Path status = Path.of("/proc", Long.toString(pid()), "status");
		try (var lines = Files.lines(status, StandardCharsets.ISO_8859_1)) {
			return lines.filter((line) -> line.startsWith(RESIDENT_SIZE))
				.mapToLong(ChildProcess::size)
				.findAny()
				.orElse(0);
		}
		catch (IOException | RuntimeException ex) {
			return 0; // it has just ended, or this is no Linux
		}
	}

	private static long size(String line) {
		String[] words = line.substring(RESIDENT_SIZE.length()).strip().split(" ");
		return Long.parseLong(words[0]) * KILOBYTE;
	}

}
