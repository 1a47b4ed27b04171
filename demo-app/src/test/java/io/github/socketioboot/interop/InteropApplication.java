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

package io.github.socketioboot.interop;

import java.security.Principal;
import java.util.Map;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticationException;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import io.github.socketioboot.autoconfigure.SocketIoOperations;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The events of {@code reference.js} on our server.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class InteropApplication {

	@Bean
	SocketIoAuthenticator authenticator() {
		return (namespace, auth, handshake) -> {
			if (!namespace.equals("/admin")) {
				return null;
			}
			if (!"secret".equals(auth.get("token"))) {
				throw new SocketIoAuthenticationException("not authorized", Map.of("code", "E_TOKEN"));
			}
			return (Principal) () -> "ada";
		};
	}

	@Bean
	RootHandler rootHandler(SocketIOServer server, SocketIoOperations operations) {
		return new RootHandler(server, operations);
	}

	@Bean
	OtherHandler otherHandler() {
		return new OtherHandler();
	}

	@Bean
	AdminHandler adminHandler() {
		return new AdminHandler();
	}

}
