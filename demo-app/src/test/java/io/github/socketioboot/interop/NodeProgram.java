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

package io.github.socketioboot.interop;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program of {@code src/test/js} in a process of its own, that prints lines of JSON and
 * reads lines.
 */
public final class NodeProgram implements AutoCloseable {

	private static final Path FOLDER = Path.of("src", "test", "js").toAbsolutePath();

	private static final long MOST_MINUTES = 10;

	private static final JsonMapper MAPPER = new JsonMapper();

	private final Process process;

	private final BufferedReader output;

	private final BufferedWriter input;

	private final Path errors;

	private NodeProgram(Process process, Path errors) {
		this.process = process;
		this.errors = errors;
		this.output = process.inputReader(StandardCharsets.UTF_8);
		this.input = process.outputWriter(StandardCharsets.UTF_8);
		// Nothing waits for a program that hangs: its output ends then
		CompletableFuture.delayedExecutor(MOST_MINUTES, TimeUnit.MINUTES).execute(process::destroyForcibly);
	}

	/**
	 * Skip the test where Node.js or the packages are missing; in CI fail it.
	 */
	public static void assumeAvailable() {
		boolean available = Files.exists(FOLDER.resolve("node_modules").resolve(".package-lock.json"))
				&& nodeVersion() >= 18;
		Prerequisite.require(available, "Node.js 18 or later, or the packages of src/test/js, are missing");
	}

	private static int nodeVersion() {
		try {
			Process node = new ProcessBuilder("node", "--version").start();
			try (BufferedReader output = node.inputReader()) {
				String line = output.readLine();
				return (line != null) ? Integer.parseInt(line.replaceFirst("^v(\\d+).*$", "$1")) : -1;
			}
		}
		catch (IOException | NumberFormatException ex) {
			return -1;
		}
	}

	public static NodeProgram start(String script, String... args) {
		List<String> command = new ArrayList<>(List.of("node", script));
		command.addAll(List.of(args));
		try {
			Path errors = Files.createTempFile(Files.createDirectories(Path.of("target")), "node-", ".err");
			return new NodeProgram(
					new ProcessBuilder(command).directory(FOLDER.toFile()).redirectError(errors.toFile()).start(),
					errors);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait for the next line; {@code null} is the end.
	 */
	public @Nullable JsonNode line() {
		try {
			String line = this.output.readLine();
			return (line != null) ? MAPPER.readTree(line) : null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public JsonNode requireLine() {
		JsonNode line = line();
		if (line == null) {
			throw new AssertionError("The program has ended early: " + errors());
		}
		return line;
	}

	public void answer(String line) {
		try {
			this.input.write(line);
			this.input.newLine();
			this.input.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return what the program wrote to standard error.
	 */
	public String errors() {
		try {
			return Files.readString(this.errors);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().orTimeout(1, TimeUnit.MINUTES).join();
		try {
			Files.deleteIfExists(this.errors);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
