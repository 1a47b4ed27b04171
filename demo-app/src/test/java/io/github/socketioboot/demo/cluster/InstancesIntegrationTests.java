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

package io.github.socketioboot.demo.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.github.socketioboot.load.LoadApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What {@code socketio.cluster.instances} says, and starts that must fail.
 */
class InstancesIntegrationTests {

	@ParameterizedTest
	@CsvSource({ "max, 2", "0, 2", "-1, 1", "-5, 1", "3, 3" })
	void startsSoManyWorkers(String instances, int workers) {
		try (ClusterProcess cluster = onTwoProcessors().instances(instances).start().awaitReady(workers)) {
			assertThat(cluster.workers().stream().map(ClusterProcess.WorkerInfo::index))
				.containsExactlyElementsOf(IntStream.range(0, workers).boxed().toList());
			assertThat(cluster.processes()).hasSize(workers + 1).contains(cluster.pid());
		}
	}

	@Test
	void oneIsASingleProcess() {
		try (ClusterProcess single = onTwoProcessors().instances("1").start()) {
			await().atMost(ClusterProcess.LIMIT)
				.untilAsserted(() -> assertThat(single.health().at("/components/socketio/details/role").asString(""))
					.isEqualTo("single"));
			assertThat(single.workers()).isEmpty();
			assertThat(single.processes()).containsExactly(single.pid());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "many", "1.5", "99999999999", "-" })
	void nonsenseStopsTheStart(String instances) {
		assertFails(onTwoProcessors().instances(instances), "socketio.cluster.instances", instances);
	}

	@Test
	void aPortInUseStopsTheStart() throws IOException {
		try (ServerSocket other = new ServerSocket(0);
				ClusterProcess cluster = onTwoProcessors().instances("2").port(other.getLocalPort()).start()) {
			assertFailed(cluster, "" + other.getLocalPort(), "socketio.port");
			// Else it is not free at the end
			other.close();
		}
	}

	@Test
	void aFolderThatIsMissingStopsTheStart() throws IOException {
		Path folder = Files.createTempDirectory("socketio-folder-");
		// A superuser may write everywhere, but not below a file
		Path file = Files.createFile(folder.resolve("file"));
		try {
			assertFails(onTwoProcessors().instances("2").temporary(file), file.toString());
		}
		finally {
			Files.delete(file);
			Files.delete(folder);
		}
	}

	private static void assertFails(ClusterProcess.Builder builder, String... words) {
		try (ClusterProcess cluster = builder.start()) {
			assertFailed(cluster, words);
		}
	}

	private static void assertFailed(ClusterProcess cluster, String... words) {
		assertThat(cluster.exitCode()).as("%s", cluster).isEqualTo(1);
		List<String> lines = cluster.allLines();
		assertThat(lines.stream().filter((line) -> line.contains("APPLICATION FAILED TO START"))).as("%s", cluster)
			.hasSize(1);
		assertThat(String.join("\n", lines)).contains(words);
		assertThat(lines).noneMatch((line) -> line.contains("\tat "));
	}

	private static ClusterProcess.Builder onTwoProcessors() {
		return ClusterProcess.application(LoadApplication.class)
			.jvm("-XX:ActiveProcessorCount=2", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
	}

}
