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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnEvent;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * An application for a process of any JDK, which tells of the threads of its handlers.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ThreadsApplication {

	private static final PrintStream out = System.out;

	static final int CLIENTS = 50;

	private static final int LIMIT_SECONDS = 60;

	private final Environment environment;

	private final Map<SocketIOClient, List<Integer>> received = new ConcurrentHashMap<>();

	private final CountDownLatch waiting = new CountDownLatch(CLIENTS);

	ThreadsApplication(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Start the application.
	 * @param args its arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(ThreadsApplication.class, args);
	}

	@EventListener(ApplicationReadyEvent.class)
	void ready() {
		out.println("port " + this.environment.getProperty("local.socketio.port"));
	}

	@OnEvent("thread")
	String thread() {
		return Thread.currentThread().toString();
	}

	@OnEvent("number")
	void number(SocketIOClient client, int number) {
		if (number % 7 == 0) {
			Thread.yield();
		}
		this.received.computeIfAbsent(client, (key) -> new CopyOnWriteArrayList<>()).add(number);
	}

	@OnEvent("numbers")
	List<Integer> numbers(SocketIOClient client) {
		return this.received.getOrDefault(client, List.of());
	}

	/**
	 * Answers when as many handlers wait at once as there are clients.
	 * @return whether they have met
	 * @throws InterruptedException never
	 */
	@OnEvent("together")
	boolean together() throws InterruptedException {
		this.waiting.countDown();
		return this.waiting.await(LIMIT_SECONDS, TimeUnit.SECONDS);
	}

}
