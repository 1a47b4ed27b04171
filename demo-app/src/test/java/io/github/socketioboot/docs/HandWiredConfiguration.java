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

package io.github.socketioboot.docs;

import com.corundumstudio.socketio.AuthorizationResult;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.SpringAnnotationScanner;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * netty-socketio wired by hand, of docs/migration-from-netty-socketio.md.
 */
@Configuration
class HandWiredConfiguration {

	@Bean
	SocketIOServer socketIOServer(Environment environment) {
		com.corundumstudio.socketio.Configuration configuration = new com.corundumstudio.socketio.Configuration();
		configuration.setPort(environment.getRequiredProperty("chat.port", Integer.class));
		configuration.setOrigin("https://www.example.org");
		configuration.setMaxFramePayloadLength(100_000);
		configuration.setAuthorizationListener((handshake) -> (handshake.getSingleUrlParam("token") != null)
				? AuthorizationResult.SUCCESSFUL_AUTHORIZATION : AuthorizationResult.FAILED_AUTHORIZATION);
		return new SocketIOServer(configuration);
	}

	@Bean
	SpringAnnotationScanner springAnnotationScanner(SocketIOServer server) {
		return new SpringAnnotationScanner(server);
	}

	@Bean
	SmartLifecycle socketIOServerLifecycle(SocketIOServer server) {
		return new ServerLifecycle(server);
	}

	static class ServerLifecycle implements SmartLifecycle {

		private final SocketIOServer server;

		private volatile boolean running;

		ServerLifecycle(SocketIOServer server) {
			this.server = server;
		}

		@Override
		public void start() {
			this.server.start();
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.server.stop();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

}
