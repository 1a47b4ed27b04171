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

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterEnvironmentPostProcessorTests {

	private final Map<String, Object> properties = new HashMap<>();

	private final Map<String, Object> variables = new HashMap<>();

	@Test
	void singleProcessIsTheFirst() {
		assertThat(process().getProperty("socketio.cluster.instance")).isEqualTo("0");
	}

	@Test
	void primaryHasNoIndex() {
		this.properties.put("socketio.cluster.instances", "max");
		assertThat(process().getProperty("socketio.cluster.instance")).isEqualTo("primary");
	}

	@Test
	void workerKnowsItsIndexAndLeavesToThePrimaryWhatIsThePrimarys() {
		worker();
		this.properties.put("log", "app-${socketio.cluster.instance}.log");
		this.properties.put("socketio.ssl.bundle", "web");
		this.properties.put("server.port", "8080");
		StandardEnvironment environment = process();
		assertThat(environment.getProperty("log")).isEqualTo("app-0.log");
		assertThat(environment.getProperty("socketio.ssl.bundle")).isEmpty();
		assertThat(environment.getProperty("server.port")).isEqualTo("8080");
		assertThat(environment.getProperty("server.forward-headers-strategy")).isEqualTo("native");
		assertThat(environment.getProperty("spring.main.banner-mode")).isEqualTo("off");
	}

	@Test
	void whatTheApplicationChoosesStays() {
		worker();
		this.properties.put("server.forward-headers-strategy", "framework");
		this.properties.put("spring.main.banner-mode", "log");
		StandardEnvironment environment = process();
		assertThat(environment.getProperty("server.forward-headers-strategy")).isEqualTo("framework");
		assertThat(environment.getProperty("spring.main.banner-mode")).isEqualTo("log");
	}

	@Test
	void workersWithPortsOfTheirOwnBelieveNoProxy() {
		worker();
		this.properties.put("socketio.cluster.local.share-http-ports", "false");
		assertThat(process().containsProperty("server.forward-headers-strategy")).isFalse();
	}

	private void worker() {
		this.properties.put("socketio.cluster.instances", "max");
		this.variables.putAll(Hosts.IDENTITY.environment());
	}

	private StandardEnvironment process() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, this.variables));
		environment.getPropertySources().addFirst(new MapPropertySource("test", this.properties));
		ConfigurationPropertySources.attach(environment);
		new ClusterEnvironmentPostProcessor().postProcessEnvironment(environment, new SpringApplication());
		return environment;
	}

}
