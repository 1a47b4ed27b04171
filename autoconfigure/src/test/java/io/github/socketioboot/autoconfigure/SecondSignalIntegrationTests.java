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

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecondSignalIntegrationTests {

	private static final int LIMIT_SECONDS = 60;

	@Test
	void firstSignalDrainsAndTheSecondEndsTheProcessAtOnce() throws Exception {
		Process process = start();
		try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
			RawWebSocketClient client = RawWebSocketClient.connect(Integer.parseInt(await(out, "port ")));
			client.send("42[\"stuck\"]");
			await(out, "stuck");
			signal(process);
			await(out, "draining");
			assertThat(process.isAlive()).isTrue();
			signal(process);
			assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(128 + 15);
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void signalsReachTheServerThatIsLeftOfTwo() throws Exception {
		Process process = start("two");
		try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
			await(out, "port ");
			int port = Integer.parseInt(await(out, "port "));
			await(out, "complete");
			RawWebSocketClient client = RawWebSocketClient.connect(port);
			client.send("42[\"stuck\"]");
			await(out, "stuck");
			signal(process);
			await(out, "draining");
			assertThat(process.isAlive()).isTrue();
			signal(process);
			assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(128 + 15);
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void oneSignalStopsAProcessWithoutWebServer() throws Exception {
		Process process = start();
		try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
			await(out, "port ");
			signal(process);
			assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(128 + 15);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Process start(String... args) throws Exception {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = new ArrayList<>(List.of(java, "-cp", classPath, DrainingApplication.class.getName()));
		command.addAll(List.of(args));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	// TERM and not INT, which may be ignored by the process that runs the tests
	private static void signal(Process process) throws Exception {
		new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor();
	}

	private static String await(BufferedReader out, String prefix) throws Exception {
		StringBuilder before = new StringBuilder();
		for (String line = out.readLine(); line != null; line = out.readLine()) {
			int index = line.indexOf(DrainingApplication.SAYS + prefix);
			if (index >= 0) {
				return line.substring(index + DrainingApplication.SAYS.length() + prefix.length());
			}
			before.append(line).append('\n');
		}
		throw new AssertionError("No '" + prefix + "' in:\n" + before);
	}

}
