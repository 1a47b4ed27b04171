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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.docs.Settings;
import io.github.socketioboot.interop.Prerequisite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The unit of systemd fits the server's settings, and systemd understands it.
 */
class SystemdUnitTests {

	/**
	 * Of ten; below it systemd calls a service well guarded.
	 */
	private static final String EXPOSURE = "25";

	private static final long LIMIT_MINUTES = 2;

	private final UnitFile unit = UnitFile.read();

	@Test
	void onlyThePrimaryIsToldToStopAndHasTimeToDrain() {
		assertThat(this.unit.value("KillMode")).isEqualTo("mixed");
		assertThat(this.unit.value("KillSignal")).isEqualTo("SIGTERM");
		Duration killTimeout = Settings.duration("socketio.drain.timeout").plusSeconds(5);
		assertThat(Settings.seconds(this.unit.value("TimeoutStopSec"))).isGreaterThan(killTimeout.plusSeconds(10));
	}

	@Test
	void theServiceOutlivesAWorker() {
		assertThat(this.unit.value("OOMPolicy")).isEqualTo("continue");
		assertThat(this.unit.value("Restart")).isEqualTo("on-failure");
	}

	@Test
	void anEnvironmentHasNamesOfSettings() {
		assertThat(this.unit.environment()).isNotEmpty();
		assertThat(Settings.variables()).containsAll(this.unit.environment().keySet());
	}

	@Test
	void aJvmCanRunInIt() {
		// It writes code, and the primary hands sockets over by sockets of its own
		assertThat(this.unit.values("MemoryDenyWriteExecute")).isEmpty();
		assertThat(this.unit.value("RestrictAddressFamilies")).contains("AF_UNIX", "AF_INET", "AF_INET6");
		assertThat(this.unit.value("RuntimeDirectory")).isEqualTo("socketio");
		assertThat(this.unit.value("CacheDirectory")).isEqualTo("socketio");
		assertThat(this.unit.value("ExecStart")).contains("-Djava.io.tmpdir=%t/socketio ",
				"-Dio.netty.native.workdir=%C/socketio ");
	}

	@Test
	void systemdUnderstandsIt(@TempDir Path folder) throws IOException {
		assertThat(analyze(folder, "verify", "--man=no", "--recursive-errors=no")).isEmpty();
	}

	@Test
	void systemdFindsItWellGuarded(@TempDir Path folder) throws IOException {
		assertThat(analyze(folder, "security", "--offline=yes", "--no-pager", "--threshold=" + EXPOSURE))
			.contains("Overall exposure level");
	}

	/**
	 * Let systemd look at the unit, with the JVM of this test.
	 */
	private String analyze(Path folder, String... command) throws IOException {
		Prerequisite.require(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd is missing");
		Path file = folder.resolve("socketio.service");
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Files.writeString(file, Recipes.text(UnitFile.NAME).replace("/usr/bin/java", java));
		List<String> line = new ArrayList<>(List.of("/usr/bin/systemd-analyze"));
		line.addAll(List.of(command));
		line.add(file.toString());
		Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		try {
			assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
		assertThat(process.exitValue()).as(output).isZero();
		return output;
	}

}
