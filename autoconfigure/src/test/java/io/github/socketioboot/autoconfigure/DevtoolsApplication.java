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

package io.github.socketioboot.autoconfigure;

import java.io.PrintStream;
import java.time.Duration;
import java.util.stream.Stream;

import com.corundumstudio.socketio.annotation.OnEvent;
import org.awaitility.Awaitility;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * An application for a process with Boot's developer tools, which says what it has of the
 * process whenever it has been started.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class DevtoolsApplication {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final PrintStream out = System.out;

	private static int starts;

	/**
	 * Start the application.
	 * @param args its arguments
	 */
	public static void main(String[] args) {
		starts++;
		SpringApplication.run(DevtoolsApplication.class, args);
	}

	@EventListener(ApplicationReadyEvent.class)
	void ready() {
		ClassLoader own = getClass().getClassLoader();
		// Those of the start before end on their own, behind the stop of its context
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> threads().allMatch((thread) -> thread.getContextClassLoader() == own));
		out.println("ready: " + threads().count() + " threads, start " + starts + " of " + own);
	}

	private static Stream<Thread> threads() {
		return Thread.getAllStackTraces().keySet().stream().filter((thread) -> thread.getName().startsWith("socketio"));
	}

	@OnEvent("echo")
	String echo(String text) {
		return text;
	}

}
