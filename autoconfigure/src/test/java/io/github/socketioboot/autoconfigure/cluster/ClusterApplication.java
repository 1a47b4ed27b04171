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

import java.io.PrintStream;
import java.util.Arrays;

import io.github.socketioboot.autoconfigure.SocketIoServerDrainingEvent;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * An application for tests that start it as a process. Each worker says what it is made
 * of.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ClusterApplication {

	private static final PrintStream out = System.out;

	private final Environment environment;

	private static String[] arguments = new String[0];

	ClusterApplication(Environment environment) {
		this.environment = environment;
	}

	public static void main(String[] args) {
		arguments = args.clone();
		out.println("main " + ProcessHandle.current().pid());
		SpringApplication.run(ClusterApplication.class, args);
	}

	@EventListener(ApplicationReadyEvent.class)
	void ready() {
		out.println("instance " + this.environment.getProperty("socketio.cluster.instance"));
		out.println("server.port " + this.environment.getProperty("server.port"));
		out.println("web port " + this.environment.getProperty("local.server.port"));
		out.println("port " + this.environment.getProperty("local.socketio.port"));
		out.println("arguments " + Arrays.asList(arguments));
		out.println("system property " + System.getProperty("test.property"));
		out.println("option " + System.getProperty("test.option"));
		out.println("variable " + System.getenv("TEST_VARIABLE"));
		out.println("ready " + ProcessHandle.current().pid());
	}

	@EventListener(SocketIoServerDrainingEvent.class)
	void draining() {
		out.println("draining");
	}

	@EventListener
	void workers(SocketIoWorkersEvent event) {
		out.println("workers " + event.getHost().workers().stream().map((worker) -> worker.status().state()).toList());
	}

}
