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

package io.github.socketioboot.deploy.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.interop.Prerequisite;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Schemas out of packages of the npm registry, which a program in JavaScript reads.
 */
final class PublishedSchemas implements AutoCloseable {

	private static final Path FOLDER = Path.of("src", "test", "schemas").toAbsolutePath();

	private static final long LIMIT_MINUTES = 2;

	private static final JsonMapper MAPPER = new JsonMapper();

	private final Process process;

	private final BufferedReader output;

	private final Writer input;

	/**
	 * Start the program. Skip the test where its packages are not installed; in CI fail
	 * it.
	 */
	PublishedSchemas() {
		Prerequisite.require(Files.exists(FOLDER.resolve("node_modules/.package-lock.json")),
				"The packages with the schemas are not installed");
		try {
			this.process = new ProcessBuilder("node", "validate.js").directory(FOLDER.toFile())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.output = this.process.inputReader();
		this.input = this.process.outputWriter();
	}

	/**
	 * Say what is wrong with a document.
	 * @param schema {@code kubernetes}, {@code compose} or {@code traefik:} with a type
	 * @param document the document
	 * @return the problems; none if it fits
	 */
	List<String> problems(String schema, JsonNode document) {
		try {
			this.input.write(MAPPER.writeValueAsString(Map.of("schema", schema, "document", document)));
			this.input.write('\n');
			this.input.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		String line = CompletableFuture.supplyAsync(this::answer).orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES).join();
		if (line == null) {
			throw new AssertionError("The program has ended");
		}
		List<String> problems = new ArrayList<>();
		MAPPER.readTree(line).forEach((problem) -> problems.add(problem.asString()));
		return problems;
	}

	private @Nullable String answer() {
		try {
			return this.output.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES).join();
	}

}
