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

import io.github.socketioboot.cluster.link.WorkerIdentity;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Finds in the variables of the process what a primary tells its workers.
 */
final class WorkerVariables {

	private WorkerVariables() {
	}

	/**
	 * Read the identity. Variables of the process only: no file of the application can
	 * make it a worker.
	 * @param environment environment of the application
	 * @return the identity, or {@code null} if the process is no worker
	 */
	static @Nullable WorkerIdentity identity(ConfigurableEnvironment environment) {
		PropertySource<?> source = environment.getPropertySources()
			.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		if (source == null || !(source.getSource() instanceof Map<?, ?> map)) {
			return null;
		}
		Map<String, String> variables = new HashMap<>();
		map.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
		return WorkerIdentity.from(variables);
	}

}
