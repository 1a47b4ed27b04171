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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.interop.Prerequisite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The commands and signals of systemd's unit do what it is told they do. systemd itself
 * does not run.
 */
class SystemdUnitIntegrationTests {

	private static final int WORKERS = 2;

	private final UnitFile unit = UnitFile.read();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void aReloadReplacesTheWorkersAndAStopDrains() throws IOException {
		Prerequisite.require(Files.exists(RecipeProcess.JAR), RecipeProcess.JAR + " is missing");
		Path runtime = Files.createDirectory(this.folder.resolve("run"));
		int httpPort = FreePort.find();
		try (RecipeProcess service = RecipeProcess.start(this.folder, environment(httpPort), command())) {
			List<Long> old = awaitWorkers(service, httpPort, List.of());
			assertThat(sockets(runtime)).isNotEmpty();
			assertThat(RecipeProcess.run(this.folder, Map.of(),
					words(this.unit.value("ExecReload").replace("$MAINPID", Long.toString(service.pid())))))
				.isZero();
			awaitWorkers(service, httpPort, old);
			service.signal(this.unit.value("KillSignal").substring("SIG".length()));
			assertThat(service.exitCode()).as("%s", service)
				.isEqualTo(Integer.parseInt(this.unit.value("SuccessExitStatus")));
		}
		assertThat(sockets(runtime)).isEmpty();
	}

	private List<String> command() throws IOException {
		Files.createDirectory(this.folder.resolve("socketio-cache"));
		List<String> command = new ArrayList<>();
		for (String word : words(this.unit.value("ExecStart"))) {
			command.add(word.replace("/usr/bin/java", RecipeProcess.JAVA)
				.replace("%t/socketio", this.folder.resolve("run").toString())
				.replace("%C/socketio", this.folder.resolve("socketio-cache").toString())
				.replace("/opt/socketio/app.jar", RecipeProcess.JAR.toString()));
		}
		assertThat(command).noneMatch((word) -> word.contains("%") || word.contains("/opt/"));
		return command;
	}

	/**
	 * The variables of the unit, and what a file with settings would add.
	 */
	private Map<String, String> environment(int httpPort) {
		Map<String, String> environment = new TreeMap<>(this.unit.environment());
		environment.put("SOCKETIO_CLUSTER_INSTANCES", Integer.toString(WORKERS));
		environment.put("SOCKETIO_PORT", Integer.toString(FreePort.find()));
		environment.put("SERVER_PORT", Integer.toString(httpPort));
		environment.put("SOCKETIO_DRAIN_SPREAD", "200ms");
		environment.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
		return environment;
	}

	private static List<Long> awaitWorkers(RecipeProcess service, int httpPort, List<Long> old) {
		service.await(httpPort, "/actuator/health", 200);
		return await().atMost(RecipeProcess.LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
			List<Long> ready = new ArrayList<>();
			for (JsonNode worker : service.json(httpPort, "/actuator/health")
				.at("/components/socketio/details/workers")) {
				ready.add("ready".equals(worker.path("state").asString("")) ? worker.path("pid").asLong() : -1);
			}
			return ready;
		}, (ready) -> ready.size() == WORKERS && !ready.contains(-1L) && old.stream().noneMatch(ready::contains));
	}

	private static List<Path> sockets(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(".sock")).toList();
		}
	}

	private static List<String> words(String command) {
		return List.of(command.split(" +"));
	}

}
