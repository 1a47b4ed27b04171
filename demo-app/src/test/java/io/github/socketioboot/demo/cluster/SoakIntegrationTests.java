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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.socketioboot.load.LoadApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Workers are replaced again and again while sessions come and go: the primary stays as
 * it is. Run it at full length with {@code -Dsoak=full}.
 */
@EnabledOnOs(OS.LINUX)
class SoakIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(SoakIntegrationTests.class);

	private static final boolean FULL = "full".equals(System.getProperty("soak"));

	private static final int RELOADS = FULL ? 200 : 4;

	private static final int SESSIONS = FULL ? 20_000 : 600;

	/**
	 * What may come and go: links and connections of the moment.
	 */
	private static final int MOST_DESCRIPTORS_MORE = 12;

	private static final int MOST_THREADS_MORE = 6;

	private static final long MOST_MEGABYTES_MORE = 40;

	@Test
	void thePrimaryStaysAsItIs() throws IOException {
		try (ClusterProcess cluster = ClusterProcess.application(LoadApplication.class)
			// A heap that is not full yet would look like a leak
			.jvm("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k", "-Xmx64m")
			.with("--socketio.cluster.local.jvm-options=-Xmx512m")
			.instances("2")
			.start()
			.awaitReady(2)) {
			// Once through everything, so that what is made once is there
			churn(cluster, 200);
			replace(cluster, 0);
			replace(cluster, 1);
			Figures before = Figures.of(cluster.pid());
			for (int reload = 0; reload < RELOADS; reload++) {
				churn(cluster, SESSIONS / RELOADS);
				replace(cluster, reload % 2);
			}
			await().atMost(ClusterProcess.LIMIT).untilAsserted(() -> {
				Figures now = Figures.of(cluster.pid());
				assertThat(now.descriptors()).isLessThan(before.descriptors() + MOST_DESCRIPTORS_MORE);
				assertThat(now.threads()).isLessThan(before.threads() + MOST_THREADS_MORE);
			});
			Figures after = Figures.of(cluster.pid());
			logger.info("{} reloads, {} sessions; primary before: {}, after: {}", RELOADS, SESSIONS, before, after);
			assertThat(after.megabytes()).isLessThan(before.megabytes() + MOST_MEGABYTES_MORE);
			try (Stream<Path> files = Files.walk(cluster.folder())) {
				assertThat(files.filter((file) -> file.toString().endsWith(".sock"))).hasSizeLessThan(6);
			}
		}
	}

	private static void churn(ClusterProcess cluster, int sessions) throws IOException {
		for (int i = 0; i < sessions; i++) {
			try (HttpConnection connection = new HttpConnection(cluster.port())) {
				PollingSession session = PollingSession.open(connection);
				session.echo(connection, "soak");
				if (i % 2 == 0) {
					session.close(connection);
				}
			}
		}
	}

	private static void replace(ClusterProcess cluster, int index) {
		long old = pid(cluster, index);
		cluster.post("/actuator/socketio/restart", "{\"index\":" + index + "}");
		await().atMost(ClusterProcess.LIMIT).until(() -> pid(cluster, index) != old && pid(cluster, index) > 0);
		cluster.awaitReady(2);
	}

	private static long pid(ClusterProcess cluster, int index) {
		return cluster.workers()
			.stream()
			.filter((worker) -> worker.index() == index && worker.state().equals("ready"))
			.mapToLong(ClusterProcess.WorkerInfo::pid)
			.findFirst()
			.orElse(-1);
	}

	/**
	 * What a process holds.
	 *
	 * @param descriptors open descriptors
	 * @param threads threads
	 * @param megabytes resident size
	 */
	private record Figures(int descriptors, int threads, long megabytes) {

		static Figures of(long pid) throws IOException {
			Path process = Path.of("/proc", Long.toString(pid));
			try (Stream<Path> descriptors = Files.list(process.resolve("fd"));
					Stream<Path> threads = Files.list(process.resolve("task"))) {
				String size = Files.readAllLines(process.resolve("status"))
					.stream()
					.filter((line) -> line.startsWith("VmRSS:"))
					.findFirst()
					.orElseThrow();
				return new Figures((int) descriptors.count(), (int) threads.count(),
						Long.parseLong(size.replaceAll("\\D", "")) / 1024);
			}
		}

	}

}
