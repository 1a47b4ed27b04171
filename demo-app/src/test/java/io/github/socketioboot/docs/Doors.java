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

import java.security.Principal;
import java.util.Map;

import com.corundumstudio.socketio.HandshakeData;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticationException;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import io.github.socketioboot.autoconfigure.SocketIoHandshakeInterceptor;
import io.github.socketioboot.engine.session.Handshake;
import io.github.socketioboot.engine.session.HandshakeDecision;

import org.springframework.stereotype.Component;

/**
 * What decides who comes in, of docs/migration-from-node.md.
 */
final class Doors {

	private Doors() {
	}

	@Component
	static class Authenticator implements SocketIoAuthenticator {

		@Override
		public Principal authenticate(String namespace, Map<String, Object> auth, HandshakeData handshake) {
			if (auth.get("token") instanceof String token && token.startsWith("user-")) {
				return () -> token;
			}
			throw new SocketIoAuthenticationException("who are you?", Map.of("code", 401));
		}

	}

	@Component
	static class Maintenance implements SocketIoHandshakeInterceptor {

		@Override
		public HandshakeDecision intercept(Handshake handshake) {
			return handshake.headers().contains("x-robot") ? HandshakeDecision.refuse("no robots")
					: HandshakeDecision.ALLOW;
		}

	}

}
