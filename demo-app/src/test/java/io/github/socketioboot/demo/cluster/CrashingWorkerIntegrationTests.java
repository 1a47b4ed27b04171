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

import java.util.List;

import io.github.socketioboot.demo.cluster.ClusterProcess.WorkerInfo;
import io.github.socketioboot.load.LoadApplication;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Workers end at every start.
 */
class CrashingWorkerIntegrationTests {

	@Test
	void oneThatCrashesAtEveryStartEndsErrored() {
		try (ClusterProcess cluster = crashing("1")) {
			await().atMost(ClusterProcess.LIMIT).untilAsserted(() -> {
				JsonNode health = cluster.health();
				assertThat(health.path("status").asString("")).as("%s", cluster).isEqualTo("UP");
				assertThat(health.at("/components/socketio/details/degraded").asBoolean()).isTrue();
				List<WorkerInfo> workers = cluster.workers();
				assertThat(workers).extracting(WorkerInfo::state).containsExactly("ready", "errored");
			});
			cluster.awaitLine((line) -> line.contains("exit code 7"));
			cluster.awaitLine((line) -> line.contains("errored"));
		}
	}

	@Test
	void thePrimaryEndsWhenAllAreErrored() {
		try (ClusterProcess cluster = crashing("0,1")) {
			assertThat(cluster.exitCode()).as("%s", cluster).isEqualTo(1);
			cluster.assertNothingLeft();
			assertThat(cluster.allLines()).anyMatch((line) -> line.contains("errored"));
			assertThat(cluster.allLines()).noneMatch((line) -> line.contains("at java.base/"));
		}
	}

	private static ClusterProcess crashing(String indexes) {
		return ClusterProcess.application(LoadApplication.class)
			.jvm("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dtest.end-at-start=" + indexes)
			.instances("2")
			.with("--socketio.cluster.local.restart.max-unstable=3",
					"--socketio.cluster.local.restart.initial-delay=50ms")
			.start();
	}

}
