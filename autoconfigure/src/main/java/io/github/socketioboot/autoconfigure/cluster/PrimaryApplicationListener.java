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

import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.NativeDetector;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Makes the started process the primary if several are asked for: it goes no further with
 * the application, which its workers run, and ends with them.
 * <p>
 * Asked when the configuration has been read and before anything else is done with it:
 * what Boot initialises ahead of time after that, by a thread of its own, would take the
 * primary several megabytes for nothing.
 */
class PrimaryApplicationListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	/**
	 * An application that starts a second one means that one for itself.
	 */
	private static final AtomicBoolean decided = new AtomicBoolean();

	private static final String DEVTOOLS = "org.springframework.boot.devtools.restart.Restarter";

	private static final List<String> WITHOUT_DEVTOOLS = List.of("-Dspring.devtools.restart.enabled=false",
			"-Dspring.devtools.livereload.enabled=false");

	private static final String WITHOUT_AOT = "-Dspring.aot.enabled=false";

	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER - 1;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		if (ClusterRole.of(event.getEnvironment()) == ClusterRole.PRIMARY && decided.compareAndSet(false, true)) {
			setUpLogging(event);
			System.exit(primary(event).run());
		}
	}

	// Its turn would be next
	private static void setUpLogging(ApplicationEnvironmentPreparedEvent event) {
		for (ApplicationListener<?> listener : event.getSpringApplication().getListeners()) {
			if (listener instanceof LoggingApplicationListener logging) {
				logging.onApplicationEvent(event);
			}
		}
	}

	private static PrimaryProcess primary(ApplicationEnvironmentPreparedEvent event) {
		SmallFootprint.prepare();
		SpringApplication application = event.getSpringApplication();
		ConfigurableEnvironment environment = event.getEnvironment();
		SocketIoProperties properties = Binder.get(environment).bindOrCreate("socketio", SocketIoProperties.class);
		Instances.requireJvm(properties.cluster().instances(), NativeDetector.inNativeImage());
		PrimaryConfig config = PrimarySettings.of(environment, application.getWebApplicationType(), properties);
		BalancerAdvice.log(properties);
		SocketIoProperties.Cluster.Local local = properties.cluster().local();
		WorkerCommands commands = WorkerCommands.of(WorkerCommandLine.ofThisProcess(event.getArgs(), jvmOptions(local)),
				System.getenv(), local.env());
		return new PrimaryProcess(config, commands);
	}

	// A worker that restarts its context within the process would leave its primary, and
	// what was decided ahead of time was decided for a single process
	private static List<String> jvmOptions(SocketIoProperties.Cluster.Local local) {
		List<String> options = new ArrayList<>(local.jvmOptions());
		if (AotDetector.useGeneratedArtifacts()) {
			options.add(WITHOUT_AOT);
		}
		if (ClassUtils.isPresent(DEVTOOLS, PrimaryApplicationListener.class.getClassLoader())) {
			options.addAll(WITHOUT_DEVTOOLS);
		}
		return options;
	}

}
