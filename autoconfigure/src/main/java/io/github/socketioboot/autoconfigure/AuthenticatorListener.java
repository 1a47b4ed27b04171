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

import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.corundumstudio.socketio.AuthTokenListener;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOClient;
import io.github.socketioboot.engine.bridge.EngineSocketIOClient;
import org.jspecify.annotations.Nullable;

/**
 * Asks authenticators whether a client may connect to a namespace. Immutable; thread-safe
 * as far as the authenticators are.
 */
final class AuthenticatorListener implements AuthTokenListener {

	private final List<SocketIoAuthenticator> authenticators;

	AuthenticatorListener(List<SocketIoAuthenticator> authenticators) {
		this.authenticators = List.copyOf(authenticators);
	}

	@Override
	public AuthTokenResult getAuthTokenResult(@Nullable Object authToken, SocketIOClient client) {
		String namespace = NamespaceNames.unbridged(client.getNamespace().getName());
		Map<String, Object> auth = auth(authToken);
		HandshakeData handshake = client.getHandshakeData();
		Principal principal = null;
		for (SocketIoAuthenticator authenticator : this.authenticators) {
			try {
				Principal found = authenticator.authenticate(namespace, auth, handshake);
				principal = (principal != null) ? principal : found;
			}
			catch (SocketIoAuthenticationException ex) {
				return refusal(ex);
			}
		}
		if (client instanceof EngineSocketIOClient admitted) {
			admitted.principal(principal);
		}
		return AuthTokenResult.AuthTokenResultSuccess;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> auth(@Nullable Object authToken) {
		// The protocol knows objects only, and their names are texts
		return (authToken instanceof Map<?, ?> map) ? (Map<String, Object>) map : Map.of();
	}

	private static AuthTokenResult refusal(SocketIoAuthenticationException exception) {
		Map<String, @Nullable Object> error = new HashMap<>();
		error.put("message", String.valueOf(exception.getMessage()));
		error.put("data", exception.getData());
		return new AuthTokenResult(false, error);
	}

}
