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

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What this process is on its host.
 */
enum ClusterRole {

	/**
	 * The only process.
	 */
	SINGLE,

	/**
	 * Runs workers and owns the ports, and has no context.
	 */
	PRIMARY,

	/**
	 * Runs the application.
	 */
	WORKER;

	/**
	 * Source of the properties of a test, which Spring's support for tests adds, for
	 * {@code @SpringBootTest} and for slices of an application alike.
	 */
	private static final String TEST_SOURCE = "Inlined Test Properties";

	private static final String AOT_PROCESSING = "spring.aot.processing";

	private static final String CONTEXT_EXIT = "spring.context.exit";

	/**
	 * Spring Cloud's sign of the small context that it starts ahead of the application's.
	 */
	private static final String BOOTSTRAP_SOURCE = "bootstrap";

	private static final String RESTART_CLASS_LOADER = "org.springframework.boot.devtools.restart.classloader"
			+ ".RestartClassLoader";

	private static final String RESTART = "spring.devtools.restart.enabled";

	/**
	 * Decide what the process is. Values that cannot be worked with make a primary, which
	 * refuses them.
	 * @param environment environment of the application, with its configuration
	 * @return what it is
	 */
	static ClusterRole of(ConfigurableEnvironment environment) {
		if (WorkerVariables.identity(environment) != null) {
			return WORKER;
		}
		return (mayFork(environment) && !isRestartedInPlace(environment) && asksForWorkers(Binder.get(environment)))
				? PRIMARY : SINGLE;
	}

	/**
	 * Return whether the process would be a primary, were it not restarted within itself
	 * by Boot's developer tools at each change.
	 * @param environment environment of the application, with its configuration
	 * @return {@code true} if the tools keep it single
	 */
	static boolean isKeptSingleByDevtools(ConfigurableEnvironment environment) {
		return WorkerVariables.identity(environment) == null && mayFork(environment) && isRestartedInPlace(environment)
				&& asksForWorkers(Binder.get(environment));
	}

	private static boolean isRestartedInPlace(ConfigurableEnvironment environment) {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		return loader != null && loader.getClass().getName().equals(RESTART_CLASS_LOADER)
				&& environment.getProperty(RESTART, Boolean.class, true);
	}

	private static boolean mayFork(ConfigurableEnvironment environment) {
		return !environment.getPropertySources().contains(TEST_SOURCE)
				&& !environment.getProperty(AOT_PROCESSING, Boolean.class, false)
				&& SpringProperties.getProperty(CONTEXT_EXIT) == null
				&& !environment.getPropertySources().contains(BOOTSTRAP_SOURCE);
	}

	private static boolean asksForWorkers(Binder binder) {
		if (!binder.bind("socketio.enabled", Boolean.class).orElse(true)) {
			return false;
		}
		String instances = binder.bind(Instances.PROPERTY, String.class).orElse("1");
		String adapter = binder.bind("socketio.cluster.adapter", String.class).orElse("auto");
		return !instances.trim().equals("1") || adapter.trim().equalsIgnoreCase("local");
	}

}
