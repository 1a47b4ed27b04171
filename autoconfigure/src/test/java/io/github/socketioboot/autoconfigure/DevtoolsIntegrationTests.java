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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.socketioboot.cluster.FreePort;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that Boot's developer tools restart within itself.
 */
@DisabledOnOs(OS.WINDOWS)
class DevtoolsIntegrationTests {

	private static final Duration LIMIT = Duration.ofMinutes(4);

	private static final Path DEVTOOLS = Path.of("target", "devtools", "spring-boot-devtools.jar").toAbsolutePath();

	private static final Pattern READY = Pattern.compile("ready: (\\d+) threads, start (\\d+) of (\\S+)");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@Test
	void restartsOfTheContextFreeThePortAndLeaveNothingBehind() throws Exception {
		Path changed = Files.createDirectory(this.folder.resolve("classes")).resolve("changed.properties");
		int port = FreePort.find();
		Process process = start(port, changed.getParent());
		try {
			for (int restarts = 0; restarts < 3; restarts++) {
				int starts = restarts + 1;
				Awaitility.await()
					.atMost(LIMIT)
					.untilAsserted(() -> assertThat(started()).as(this::log).hasSize(starts));
				try (TestClient client = TestClient.connect(port)) {
					assertThat(client.ask("echo", "start " + starts)).containsExactly("start " + starts);
					change(changed, "restart=" + starts);
					// The tools set server.shutdown to immediate
					assertThat(client.disconnection()).startsWith("transport ");
				}
			}
			Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(started()).as(this::log).hasSize(4));
			assertThat(started()).extracting((ready) -> ready.group(1)).containsOnly(started().get(0).group(1));
			assertThat(started()).extracting((ready) -> ready.group(2)).containsOnly("1");
			assertThat(started()).extracting((ready) -> ready.group(3)).doesNotHaveDuplicates();
			assertThat(process.toHandle().children()).as("workers").isEmpty();
			assertThat(log()).contains("-Dspring.devtools.restart.enabled=false")
				.doesNotContain("in use", "FAILED", "Exception");
			new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor();
			assertThat(process.waitFor()).isEqualTo(128 + 15);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private Process start(int port, Path classes) throws Exception {
		assertThat(DEVTOOLS).as("fetched by the build").exists();
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
						"-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + this.folder));
		command
			.addAll(List.of("-cp", String.join(File.pathSeparator, classes.toString(), DEVTOOLS.toString(), classPath),
					DevtoolsApplication.class.getName(), "--socketio.cluster.instances=2", "--socketio.port=" + port,
					"--socketio.host=127.0.0.1", "--spring.main.web-application-type=none",
					"--spring.devtools.livereload.enabled=false", "--spring.devtools.restart.poll-interval=200ms",
					"--spring.devtools.restart.quiet-period=100ms", "--logging.level.root=info"));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("log").toFile())
			.start();
	}

	// At once as a whole, or the tools may see two changes
	private void change(Path file, String content) throws Exception {
		Path whole = Files.writeString(this.folder.resolve("changed"), content);
		Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private List<MatchResult> started() {
		return READY.matcher(log()).results().toList();
	}

	private String log() {
		try {
			return Files.readString(this.folder.resolve("log"));
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

}
