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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command of a recipe, started with the variables of the recipe.
 */
final class RecipeProcess implements AutoCloseable {

	static final Path JAR = Path.of("..", "demo-app", "target", "socketio-demo-app.jar").toAbsolutePath().normalize();

	static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	/**
	 * Longest wait for anything; generous, as machines may be slow.
	 */
	static final Duration LIMIT = Duration.ofMinutes(3);

	private static final int MAX_LINES = 100;

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(10))
		.build();

	private final Deque<String> lines = new ArrayDeque<>();

	private final Process process;

	private RecipeProcess(Process process) {
		this.process = process;
		BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
		Thread reader = new Thread(() -> output.lines().forEach(this::add), "recipe-output");
		reader.setDaemon(true);
		reader.start();
	}

	static RecipeProcess start(Path folder, Map<String, String> environment, List<String> command) {
		// A shell's background jobs ignore some signals, and so would their children
		List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT,HUP"));
		line.addAll(command);
		ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
		builder.environment().putAll(environment);
		try {
			return new RecipeProcess(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void add(String line) {
		synchronized (this.lines) {
			this.lines.add(line);
			if (this.lines.size() > MAX_LINES) {
				this.lines.remove();
			}
		}
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * Wait until a path is answered with a status.
	 */
	void await(int port, String path, int status) {
		Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
			if (!this.process.isAlive()) {
				throw new IllegalStateException("The process has ended: " + this);
			}
			assertThat(status(port, path)).as("%s", this).isEqualTo(status);
		});
	}

	private int status(int port, String path) {
		try {
			return response(port, path).statusCode();
		}
		catch (IOException ex) {
			// Nobody listens yet
			return 0;
		}
	}

	/**
	 * Return the answer to a request; an empty node if there is none.
	 */
	JsonNode json(int port, String path) {
		JsonMapper mapper = new JsonMapper();
		try {
			return mapper.readTree(response(port, path).body());
		}
		catch (IOException | JacksonException ex) {
			return mapper.createObjectNode();
		}
	}

	private HttpResponse<String> response(int port, String path) throws IOException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.timeout(Duration.ofSeconds(10))
			.build();
		try {
			return this.http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * Run a command to its end.
	 * @return its exit code
	 */
	static int run(Path folder, Map<String, String> environment, List<String> command) {
		try (RecipeProcess process = start(folder, environment, command)) {
			return process.exitCode();
		}
	}

	void signal(String name) {
		assertThat(run(Path.of("/"), Map.of(), List.of("kill", "-s", name, Long.toString(pid())))).isZero();
	}

	int exitCode() {
		return this.process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join().exitValue();
	}

	@Override
	public void close() {
		List<ProcessHandle> children = this.process.descendants().toList();
		this.process.destroyForcibly().onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
		children.forEach(ProcessHandle::destroyForcibly);
	}

	@Override
	public String toString() {
		synchronized (this.lines) {
			return String.join("\n", this.lines);
		}
	}

}
