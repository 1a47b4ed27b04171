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

package io.github.socketioboot.autoconfigure.security.docs;

import java.security.Principal;
import java.util.Map;

import com.corundumstudio.socketio.HandshakeData;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticationException;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

@Component
class ApiKeyAuthenticator implements SocketIoAuthenticator {

	private final Map<String, String> users = Map.of("4711", "ann");

	@Override
	public @Nullable Principal authenticate(String namespace, Map<String, Object> auth, HandshakeData handshake) {
		if (namespace.equals("/news")) {
			return null; // open to all
		}
		String user = (auth.get("key") instanceof String key) ? this.users.get(key) : null;
		if (user == null) {
			throw new SocketIoAuthenticationException("Unknown key", Map.of("retry", false));
		}
		return () -> user;
	}

}
