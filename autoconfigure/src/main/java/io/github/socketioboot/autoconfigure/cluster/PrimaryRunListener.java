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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.socketioboot.autoconfigure.SocketIoProperties;
import io.github.socketioboot.cluster.primary.PrimaryConfig;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Makes the started process the primary if several are asked for: it goes no further with
 * the application, which its workers run, and ends with them.
 */
class PrimaryRunListener implements SpringApplicationRunListener, Ordered {

	/**
	 * An application that starts a second one means that one for itself.
	 */
	private static final AtomicBoolean decided = new AtomicBoolean();

	private static final String DEVTOOLS = "org.springframework.boot.devtools.restart.Restarter";

	private static final List<String> WITHOUT_DEVTOOLS = List.of("-Dspring.devtools.restart.enabled=false",
			"-Dspring.devtools.livereload.enabled=false");

	private final SpringApplication application;

	private final String[] arguments;

	PrimaryRunListener(SpringApplication application, String[] arguments) {
		this.application = application;
		this.arguments = arguments;
	}

	/**
	 * After Boot's own listener, which reads the configuration and sets up logging.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void environmentPrepared(ConfigurableBootstrapContext bootstrapContext,
			ConfigurableEnvironment environment) {
		if (ClusterRole.of(environment) == ClusterRole.PRIMARY && decided.compareAndSet(false, true)) {
			System.exit(primary(environment).run());
		}
	}

	private PrimaryProcess primary(ConfigurableEnvironment environment) {
		SmallFootprint.prepare();
		SocketIoProperties properties = Binder.get(environment).bindOrCreate("socketio", SocketIoProperties.class);
		PrimaryConfig config = PrimarySettings.of(environment, this.application.getWebApplicationType(), properties);
		SocketIoProperties.Cluster.Local local = properties.cluster().local();
		WorkerCommands commands = WorkerCommands.of(WorkerCommandLine.ofThisProcess(this.arguments, jvmOptions(local)),
				System.getenv(), local.env());
		return new PrimaryProcess(config, commands);
	}

	// A worker that restarts its context within the process would leave its primary
	private static List<String> jvmOptions(SocketIoProperties.Cluster.Local local) {
		List<String> options = new ArrayList<>(local.jvmOptions());
		if (ClassUtils.isPresent(DEVTOOLS, PrimaryRunListener.class.getClassLoader())) {
			options.addAll(WITHOUT_DEVTOOLS);
		}
		return options;
	}

}
