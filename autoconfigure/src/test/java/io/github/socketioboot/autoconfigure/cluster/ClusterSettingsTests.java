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

package io.github.socketioboot.autoconfigure.cluster;

import java.time.Duration;
import java.util.Map;

import io.github.socketioboot.autoconfigure.InvalidPropertyException;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.supervisor.SupervisorConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClusterSettingsTests {

	@Test
	void defaultsAreThoseOfTheCluster() {
		ClusterSettings settings = settings(Map.of("cluster.instances", "max"));
		assertThat(settings.cluster()).isEqualTo(ClusterConfig.DEFAULT);
		assertThat(settings.supervisor()).isEqualTo(new SupervisorConfig(4, Duration.ofSeconds(60),
				Duration.ofSeconds(25), 1, SupervisorConfig.OnTimeout.ABORT, SupervisorConfig.Restart.DEFAULT, 0));
		assertThat(settings.maxHeadSize()).isEqualTo(16384);
		assertThat(settings.workerPort()).isZero();
	}

	@Test
	void killTimeoutFollowsTheDrain() {
		assertThat(settings(Map.of("drain.timeout", "60s")).supervisor().killTimeout())
			.isEqualTo(Duration.ofSeconds(65));
		assertThat(settings(Map.of("cluster.local.kill-timeout", "3s")).supervisor().killTimeout())
			.isEqualTo(Duration.ofSeconds(3));
	}

	@ParameterizedTest(name = "{0}={1}")
	@CsvSource({ "cluster.instances, many", "cluster.requests-timeout, 0s", "cluster.heartbeat-interval, 0s",
			"cluster.heartbeat-timeout, 5s", "cluster.local.head-timeout, 0s", "cluster.local.max-head-size, 10B",
			"cluster.local.max-head-size, 2MB", "cluster.local.worker-port, 0", "cluster.local.worker-port, 65536",
			"cluster.local.listen-timeout, 0s", "cluster.local.kill-timeout, -1s", "cluster.local.max-memory, 0B",
			"cluster.local.reload.parallel, 0", "cluster.local.restart.min-uptime, -1s",
			"cluster.local.restart.max-unstable, 0", "cluster.local.restart.initial-delay, 0s",
			"cluster.local.restart.max-delay, 50ms" })
	void badValueIsNamed(String property, String value) {
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(() -> settings(Map.of(property, value)))
			.satisfies((failure) -> {
				assertThat(failure.getProperty()).isEqualTo("socketio." + property);
				assertThat(failure.getRemedy()).isNotBlank().endsWith(".");
			});
	}

	@Test
	void lastWorkerNeedsAPortToo() {
		assertThat(settings(Map.of("cluster.instances", "2", "cluster.local.worker-port", "65534")).workerPort())
			.isEqualTo(65534);
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> settings(Map.of("cluster.instances", "2", "cluster.local.worker-port", "65535")));
	}

	@Test
	void severalProcessesWithoutLinksAreRefused() {
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> settings(Map.of("cluster.instances", "2", "cluster.adapter", "none")))
			.satisfies((failure) -> assertThat(failure.getReason()).contains("'socketio.cluster.instances'"));
		assertThat(settings(Map.of("cluster.instances", "1", "cluster.adapter", "none")).instances().count()).isOne();
	}

	@Test
	void descriptorsOfEncryptedConnectionsAreRefused() {
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> settings(Map.of("cluster.local.handoff", "descriptor", "ssl.bundle", "b")))
			.satisfies((failure) -> assertThat(failure.getProperty()).isEqualTo("socketio.cluster.local.handoff"));
	}

	private static ClusterSettings settings(Map<String, String> values) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		values.forEach((name, value) -> source.put("socketio." + name, value));
		return ClusterSettings.of(new Binder(source).bindOrCreate("socketio", SocketIoProperties.class), 4);
	}

}
