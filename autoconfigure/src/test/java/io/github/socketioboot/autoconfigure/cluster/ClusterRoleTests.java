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

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.github.socketioboot.cluster.link.WorkerIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.test.context.support.TestPropertySourceUtils;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterRoleTests {

	private static final WorkerIdentity IDENTITY = new WorkerIdentity(Path.of("private"), "secret", "host", 2, 7,
			"abcd");

	private final Map<String, Object> properties = new HashMap<>();

	private final Map<String, Object> variables = new HashMap<>();

	@Test
	void processIsSingleByDefault() {
		assertThat(role()).isEqualTo(ClusterRole.SINGLE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "max", "0", "2", "-1", "nonsense" })
	void severalInstancesMakeAPrimary(String instances) {
		this.properties.put("socketio.cluster.instances", instances);
		assertThat(role()).isEqualTo(ClusterRole.PRIMARY);
	}

	@Test
	void variableMakesAPrimary() {
		this.variables.put("SOCKETIO_CLUSTER_INSTANCES", "max");
		assertThat(role()).isEqualTo(ClusterRole.PRIMARY);
	}

	@Test
	void localAdapterMakesAPrimaryOfOneWorker() {
		this.properties.put("socketio.cluster.adapter", "local");
		assertThat(role()).isEqualTo(ClusterRole.PRIMARY);
	}

	@Test
	void identityMakesAWorker() {
		this.properties.put("socketio.cluster.instances", "max");
		this.variables.putAll(IDENTITY.environment());
		assertThat(role()).isEqualTo(ClusterRole.WORKER);
	}

	@Test
	void identityInTheConfigurationIsNone() {
		this.properties.putAll(IDENTITY.environment());
		assertThat(role()).isEqualTo(ClusterRole.SINGLE);
	}

	@Test
	void processingAheadOfTimeStaysInOneProcess() {
		this.properties.put("socketio.cluster.instances", "max");
		this.properties.put("spring.aot.processing", "true");
		assertThat(role()).isEqualTo(ClusterRole.SINGLE);
	}

	@Test
	void testsOfAnyKindStayInOneProcess() {
		this.properties.put("socketio.cluster.instances", "max");
		StandardEnvironment environment = environment();
		TestPropertySourceUtils.addInlinedPropertiesToEnvironment(environment, "spring.jmx.enabled=false");
		assertThat(ClusterRole.of(environment)).isEqualTo(ClusterRole.SINGLE);
	}

	@Test
	void disabledServerNeedsNoWorkers() {
		this.properties.put("socketio.cluster.instances", "max");
		this.properties.put("socketio.enabled", "false");
		assertThat(role()).isEqualTo(ClusterRole.SINGLE);
	}

	@Test
	void bootstrapContextIsNotTheApplication() {
		this.properties.put("socketio.cluster.instances", "max");
		StandardEnvironment environment = environment();
		environment.getPropertySources().addLast(new MapPropertySource("bootstrap", Map.of()));
		assertThat(ClusterRole.of(environment)).isEqualTo(ClusterRole.SINGLE);
	}

	private ClusterRole role() {
		return ClusterRole.of(environment());
	}

	private StandardEnvironment environment() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, this.variables));
		environment.getPropertySources().addFirst(new MapPropertySource("test", this.properties));
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

}
