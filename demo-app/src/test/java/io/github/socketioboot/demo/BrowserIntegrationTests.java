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

package io.github.socketioboot.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.socketioboot.interop.NodeProgram;
import io.github.socketioboot.interop.Prerequisite;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Two people chat on the demo's page, in Chromium. Leaves pictures of the page in
 * {@code target/pictures}.
 */
class BrowserIntegrationTests {

	private static final List<String> BROWSERS = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
			"/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

	@BeforeAll
	static void needBrowser() {
		NodeProgram.assumeAvailable();
		Prerequisite.require(browser() != null, "Chromium is missing");
	}

	private static @Nullable String browser() {
		return BROWSERS.stream().filter((path) -> Files.isExecutable(Path.of(path))).findFirst().orElse(null);
	}

	@TestFactory
	Stream<DynamicTest> twoPeopleChat() throws IOException {
		Path pictures = Files.createDirectories(Path.of("target", "pictures").toAbsolutePath());
		// The page's origin stands in the settings, so that its port must be known first
		int port = freePort();
		List<DynamicTest> steps = new ArrayList<>();
		int expected = -1;
		String errors;
		try (ConfigurableApplicationContext demo = SpringApplication.run(DemoApplication.class, "--server.port=" + port,
				"--socketio.port=0", "--socketio.drain.spread=0s");
				NodeProgram program = NodeProgram.start("browser.js", "http://localhost:" + port, pictures.toString(),
						String.valueOf(browser()))) {
			assertThat(demo.isRunning()).isTrue();
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
		return steps.stream();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
