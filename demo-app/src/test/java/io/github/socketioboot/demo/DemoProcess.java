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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.socketioboot.interop.Prerequisite;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo in a process of its own, started from its jar as the README says.
 */
final class DemoProcess implements AutoCloseable {

	private static final Path JAR = Path.of("target", "socketio-demo-app.jar");

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final long LIMIT_MINUTES = 3;

	private final HttpClient http = HttpClient.newHttpClient();

	private final Process process;

	private final int port;

	private final CompletableFuture<String> output;

	private DemoProcess(Process process) {
		this.process = process;
		CompletableFuture.delayedExecutor(LIMIT_MINUTES, TimeUnit.MINUTES).execute(process::destroyForcibly);
		BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
		StringBuilder read = new StringBuilder();
		this.port = port(reader, read);
		this.output = CompletableFuture.supplyAsync(() -> rest(reader, read));
	}

	/**
	 * Skip the test where the jar has not been built, as in an IDE; in CI fail it.
	 */
	static void assumeBuilt() {
		Prerequisite.require(Files.exists(JAR), JAR + " is missing");
	}

	static DemoProcess start(String... args) {
		List<String> command = new ArrayList<>();
		if (canRestoreSignals()) {
			// A shell's background jobs ignore SIGINT, and so would their children
			command.addAll(List.of("env", "--default-signal=INT"));
		}
		command.addAll(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
		command.addAll(List.of(args));
		try {
			return new DemoProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean canRestoreSignals() {
		try {
			return new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static int port(BufferedReader reader, StringBuilder read) {
		try {
			String line;
			while ((line = reader.readLine()) != null) {
				read.append(line).append('\n');
				Matcher matcher = PORT.matcher(line);
				if (matcher.find()) {
					return Integer.parseInt(matcher.group(1));
				}
			}
			throw new AssertionError("The demo has not started: " + read);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String rest(BufferedReader reader, StringBuilder read) {
		reader.lines().forEach((line) -> read.append(line).append('\n'));
		return read.toString();
	}

	JsonNode get(String path) {
		try {
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build();
			HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			return new JsonMapper().readTree(response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	void signal(String name) {
		try {
			int result = new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start().waitFor();
			assertThat(result).isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	int exitCode() {
		return this.process.onExit().orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES).join().exitValue();
	}

	/**
	 * Return what the process printed until its end.
	 */
	String output() {
		return this.output.orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES).join();
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES).join();
	}

}
