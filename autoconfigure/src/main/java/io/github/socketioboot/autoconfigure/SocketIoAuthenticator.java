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
import java.util.Map;

import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOClient;
import io.github.socketioboot.engine.bridge.EngineSocketIOClient;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a client may connect to a namespace, and as whom. A bean of this type
 * is asked for every namespace, before the client is a member of it. With several beans
 * each must admit the client, in their order, and the first principal counts.
 * Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SocketIoAuthenticator {

	/**
	 * Decide. Called on a handler thread, once per client and namespace; may block. Any
	 * other exception refuses the client too, without telling it why.
	 * @param namespace name of the namespace, such as {@code /} or {@code /admin}
	 * @param auth what the client sent as {@code auth}, empty if it sent nothing. Clients
	 * of Socket.IO 2.x send the query of the namespace instead
	 * @param handshake the request that opened the session
	 * @return who the client is, or {@code null} to admit it without a principal
	 * @throws SocketIoAuthenticationException to refuse the client
	 */
	@Nullable Principal authenticate(String namespace, Map<String, Object> auth, HandshakeData handshake)
			throws SocketIoAuthenticationException;

	/**
	 * Return who a client is.
	 * @param client the client
	 * @return what the authenticator returned for it in its namespace, or {@code null}
	 * for nobody
	 */
	static @Nullable Principal principal(SocketIOClient client) {
		return (client instanceof EngineSocketIOClient admitted) ? admitted.principal() : null;
	}

}
