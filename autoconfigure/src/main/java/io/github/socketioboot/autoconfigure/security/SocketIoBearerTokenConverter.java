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
import java.util.Objects;

import com.corundumstudio.socketio.HandshakeData;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Takes a bearer token from what a client sent as {@code auth}, or else from the
 * {@code Authorization} header of its handshake. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class SocketIoBearerTokenConverter implements SocketIoAuthenticationConverter {

	private static final String SCHEME = "Bearer ";

	private final String tokenName;

	/**
	 * Create a converter.
	 * @param tokenName name of the token in {@code auth}, such as {@code token}
	 */
	public SocketIoBearerTokenConverter(String tokenName) {
		this.tokenName = Objects.requireNonNull(tokenName, "'tokenName' must not be null");
	}

	@Override
	public @Nullable Authentication convert(String namespace, Map<String, Object> auth, HandshakeData handshake) {
		// The header stays as it was at the handshake; a token in auth may be newer
		String token = (auth.get(this.tokenName) instanceof String text) ? text : header(handshake);
		return (token != null && !token.isBlank()) ? new BearerTokenAuthenticationToken(token.strip()) : null;
	}

	private static @Nullable String header(HandshakeData handshake) {
		String header = handshake.getHttpHeaders().get(HttpHeaderNames.AUTHORIZATION);
		return (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
				? header.substring(SCHEME.length()) : null;
	}

}
