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

package io.github.socketioboot.autoconfigure.security;

import java.util.Map;

import com.corundumstudio.socketio.HandshakeData;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticationException;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Finds the credentials of a client that wants to enter a namespace, as Spring Security's
 * {@code AuthenticationConverter} does for requests. What it returns goes to the
 * {@code AuthenticationProvider}s, or is who the client is if it is authenticated
 * already. With several such beans the first one that returns something is the one that
 * counts. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SocketIoAuthenticationConverter {

	/**
	 * Find credentials. Called on a handler thread, at most once per client and
	 * namespace; may block.
	 * @param namespace name of the namespace, such as {@code /} or {@code /admin}
	 * @param auth what the client sent as {@code auth}, empty if it sent nothing. Clients
	 * of Socket.IO 2.x send the query of the namespace instead
	 * @param handshake the request that opened the session
	 * @return the credentials to be checked, or who the client is if they need no check,
	 * or {@code null} if the client has none of this kind
	 * @throws AuthenticationException to refuse the client with a message that says
	 * nothing more
	 * @throws SocketIoAuthenticationException to refuse the client with a message and
	 * data
	 */
	@Nullable Authentication convert(String namespace, Map<String, Object> auth, HandshakeData handshake);

}
