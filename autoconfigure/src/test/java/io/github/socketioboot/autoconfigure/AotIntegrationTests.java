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

package io.github.socketioboot.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.awaitility.Awaitility;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application processed ahead of time as Boot's build plugins do it, on the JVM.
 */
@DisabledOnOs(OS.WINDOWS)
class AotIntegrationTests {

	private static final Duration LIMIT = Duration.ofMinutes(4);

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	@TempDir
	private static Path folder;

	@BeforeAll
	static void processAheadOfTime() throws Exception {
		Path sources = folder.resolve("sources");
		Path classes = Files.createDirectory(folder.resolve("classes"));
		Process processor = java(folder.resolve("processor.log"), CLASS_PATH, List.of(),
				SpringApplicationAotProcessor.class.getName(), AotApplication.class.getName(), sources.toString(),
				folder.resolve("resources").toString(), classes.toString(), "group", "artifact",
				"--spring.main.web-application-type=none", "--socketio.cluster.instances=max");
		assertThat(processor.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(processor.exitValue()).as(() -> read("processor.log")).isZero();
		List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp",
				classes + File.pathSeparator + CLASS_PATH));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0])))
			.isZero();
	}

	@Test
	void clientsAreServed() throws Exception {
		Process process = start("single.log", "--socketio.cluster.instances=1");
		try {
			serve(port("single.log", "ready ahead of time: true, port (\\d+)"));
			terminate(process);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	@Test
	void workersDecideForThemselves() throws Exception {
		Process process = start("workers.log", "--socketio.cluster.instances=2");
		try {
			port("workers.log", "\\[worker 1] ready ahead of time: false, port (\\d+)");
			serve(port("workers.log", "\\[worker 0] ready ahead of time: false, port (\\d+)"));
			terminate(process);
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly().waitFor();
		}
	}

	private static Process start(String log, String argument) throws IOException {
		return java(folder.resolve(log), folder.resolve("classes") + File.pathSeparator + CLASS_PATH,
				List.of("-Dspring.aot.enabled=true"), AotApplication.class.getName(), argument, "--socketio.port=0",
				"--socketio.host=127.0.0.1", "--spring.main.web-application-type=none");
	}

	private static Process java(Path log, String classPath, List<String> options, String... arguments)
			throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
						"-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + folder));
		command.addAll(options);
		command.addAll(List.of("-cp", classPath));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
	}

	private static void serve(int port) throws Exception {
		try (TestClient client = TestClient.connect(port, "/orders", Map.of())) {
			assertThat(client.event()).first().isEqualTo("welcome");
			Object receipt = client.ask("order", new JSONObject(Map.of("item", "tea", "amount", 3))).get(0);
			assertThat(((JSONObject) receipt).getInt("price")).isEqualTo(6);
			assertThat(client.ask("all", new JSONArray(List.of(Map.of("amount", 4), Map.of("amount", 5)))))
				.containsExactly(9);
		}
	}

	private static int port(String log, String pattern) {
		Pattern compiled = Pattern.compile(pattern);
		int[] port = new int[1];
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
			Matcher matcher = compiled.matcher(read(log));
			assertThat(matcher.find()).as("'%s' in %s", pattern, read(log)).isTrue();
			port[0] = Integer.parseInt(matcher.group(1));
		});
		return port[0];
	}

	private static void terminate(Process process) throws Exception {
		new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor();
		assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(128 + 15);
	}

	private static String read(String log) {
		try {
			return Files.readString(folder.resolve(log));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
