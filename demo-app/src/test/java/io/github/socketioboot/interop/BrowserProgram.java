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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * A program of {@code src/test/js} that acts at a page in Chromium, step by step. Leaves
 * pictures of the page in {@code target/pictures}.
 */
public final class BrowserProgram {

	private static final List<String> BROWSERS = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
			"/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

	private BrowserProgram() {
	}

	/**
	 * Skip the test where the browser, Node.js or the packages are missing; in CI fail
	 * it.
	 */
	public static void assumeAvailable() {
		NodeProgram.assumeAvailable();
		Prerequisite.require(browser() != null, "Chromium is missing");
	}

	/**
	 * Return the path of the browser, or {@code null}.
	 */
	static @Nullable String browser() {
		return BROWSERS.stream().filter((path) -> Files.isExecutable(Path.of(path))).findFirst().orElse(null);
	}

	/**
	 * Run a program to its end.
	 * @param script name of the program
	 * @param page address of the page
	 * @param more what else the program is told
	 * @return its steps
	 */
	public static List<DynamicTest> run(String script, String page, String... more) {
		List<DynamicTest> steps = new ArrayList<>();
		List<String> arguments = new ArrayList<>(List.of(page, pictures().toString(), String.valueOf(browser())));
		arguments.addAll(List.of(more));
		int expected;
		String errors;
		try (NodeProgram program = NodeProgram.start(script, arguments.toArray(String[]::new))) {
			JsonNode line = program.line();
			while (line != null && line.has("test")) {
				String error = line.path("error").asString(null);
				steps.add(DynamicTest.dynamicTest(line.get("test").asString(), () -> assertThat(error).isNull()));
				line = program.line();
			}
			expected = (line != null) ? line.get("end").asInt() : -1;
			errors = program.errors();
		}
		if (expected != steps.size()) {
			steps.add(DynamicTest.dynamicTest("goes on to its end", () -> fail("Ended early: " + errors)));
		}
		return steps;
	}

	private static Path pictures() {
		try {
			return Files.createDirectories(Path.of("target", "pictures").toAbsolutePath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
