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

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.corundumstudio.socketio.HandshakeData;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticationException;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Lets Spring Security decide who may enter a namespace. A client without credentials
 * enters only what is open to all; one with credentials that are not good enters nothing.
 * What refused clients are told does not depend on what is wrong with their credentials.
 * Thread-safe.
 */
final class SecurityAuthenticator implements SocketIoAuthenticator {

	/**
	 * Stands for all namespaces.
	 */
	static final String ALL = "*";

	private static final Logger logger = LoggerFactory.getLogger(SecurityAuthenticator.class);

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final List<SocketIoAuthenticationConverter> converters;

	private final AuthenticationManager manager;

	private final Set<String> open;

	private final ExpiryWatch expiry;

	/**
	 * Create an authenticator.
	 * @param converters find credentials
	 * @param manager checks them
	 * @param open names of the namespaces that are open to all
	 * @param expiry tells whether credentials have ended
	 */
	SecurityAuthenticator(List<SocketIoAuthenticationConverter> converters, AuthenticationManager manager,
			Set<String> open, ExpiryWatch expiry) {
		this.converters = List.copyOf(converters);
		this.manager = manager;
		this.open = Set.copyOf(open);
		this.expiry = expiry;
	}

	@Override
	public @Nullable Principal authenticate(String namespace, Map<String, Object> auth, HandshakeData handshake) {
		Authentication authentication;
		try {
			Authentication request = convert(namespace, auth, handshake);
			authentication = (request != null && !request.isAuthenticated()) ? this.manager.authenticate(request)
					: request;
		}
		catch (AuthenticationServiceException | ProviderNotFoundException ex) {
			// Not the client's fault: the server logs it and refuses the client
			throw ex;
		}
		catch (AuthenticationException ex) {
			// Without its message, in which there may be a part of the credentials
			logger.debug("A client was refused in {}: {}", namespace, ex.getClass().getSimpleName());
			throw failed();
		}
		if (this.expiry.isPast(CredentialsExpiry.of(authentication))) {
			logger.debug("A client was refused in {}: its credentials have expired", namespace);
			throw failed();
		}
		if (this.trust.isAuthenticated(authentication)) {
			return authentication;
		}
		if (this.open.contains(namespace) || this.open.contains(ALL)) {
			return null;
		}
		throw new SocketIoAuthenticationException("Authentication required",
				Map.of("error", "authentication_required"));
	}

	private @Nullable Authentication convert(String namespace, Map<String, Object> auth, HandshakeData handshake) {
		for (SocketIoAuthenticationConverter converter : this.converters) {
			Authentication request = converter.convert(namespace, auth, handshake);
			if (request != null) {
				return request;
			}
		}
		return null;
	}

	private static SocketIoAuthenticationException failed() {
		return new SocketIoAuthenticationException("Authentication failed", Map.of("error", "invalid_credentials"));
	}

}
