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

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.handler.SocketIoNamespace;

import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * An application that is processed ahead of time.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AotApplication {

	private static final PrintStream out = System.out;

	private final Environment environment;

	AotApplication(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Start the application.
	 * @param args its arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(AotApplication.class, args);
	}

	@Bean
	Orders orders() {
		return new Orders();
	}

	@EventListener(ApplicationReadyEvent.class)
	void ready() {
		out.println("ready ahead of time: " + AotDetector.useGeneratedArtifacts() + ", port "
				+ this.environment.getProperty("local.socketio.port"));
	}

	interface Ordering {

		Receipt order(Order order);

	}

	@SocketIoNamespace("/orders")
	static class Orders implements Ordering {

		@OnConnect
		void connected(SocketIOClient client) {
			client.sendEvent("welcome", Map.of("to", "orders"));
		}

		@Override
		@OnEvent("order")
		public Receipt order(Order order) {
			return new Receipt(order.item(), order.amount() * 2);
		}

		@OnEvent("all")
		int all(SocketIOClient client, List<Line> lines) {
			return lines.stream().mapToInt(Line::amount).sum();
		}

	}

	record Order(String item, int amount) {
	}

	record Line(int amount) {
	}

	record Receipt(String item, int price) {
	}

}
