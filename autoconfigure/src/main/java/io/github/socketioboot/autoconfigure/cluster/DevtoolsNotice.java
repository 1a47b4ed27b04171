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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Tells that Boot's developer tools make a single process of an application that asks for
 * workers.
 */
final class DevtoolsNotice implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(DevtoolsNotice.class);

	private final ConfigurableEnvironment environment;

	DevtoolsNotice(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (ClusterRole.isKeptSingleByDevtools(this.environment)) {
			logger.info("Spring Boot's developer tools restart the application in this process, which therefore serves "
					+ "Socket.IO alone, without the workers that are configured. To have them, start it with "
					+ "-Dspring.devtools.restart.enabled=false");
		}
	}

}
