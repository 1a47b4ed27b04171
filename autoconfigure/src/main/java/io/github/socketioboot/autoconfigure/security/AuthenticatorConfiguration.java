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

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.socketioboot.autoconfigure.InvalidPropertyException;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.ProviderNotFoundException;

/**
 * Authentication by Spring Security, as soon as something finds credentials.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(SocketIoAuthenticationConverter.class)
class AuthenticatorConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(AuthenticatorConfiguration.class);

	private static final String PERMIT_ALL = "socketio.security.permit-all";

	// Neither a manager nor providers become beans: Spring Security would take them for
	// those of the web application
	@Bean
	SecurityAuthenticator socketIoSecurityAuthenticator(SocketIoProperties properties,
			ObjectProvider<SocketIoAuthenticationConverter> converters, ObjectProvider<BearerTokenProvider> tokens,
			ObjectProvider<AuthenticationProvider> providers, ObjectProvider<AuthenticationManager> parent,
			ObjectProvider<AuthenticationEventPublisher> events, ExpiryWatch expiry) {
		Set<String> open = open(properties.security().permitAll());
		AuthenticationManager manager = manager(
				Stream.concat(tokens.stream().map(BearerTokenProvider::provider), providers.orderedStream()).toList(),
				parent.getIfUnique(), events);
		logger.info("Socket.IO clients are authenticated by Spring Security in all namespaces{}",
				open.isEmpty() ? "" : " but " + open);
		return new SecurityAuthenticator(converters.orderedStream().toList(), manager, open, expiry);
	}

	private static AuthenticationManager manager(List<AuthenticationProvider> providers,
			@Nullable AuthenticationManager parent, ObjectProvider<AuthenticationEventPublisher> events) {
		if (providers.isEmpty()) {
			return (parent != null) ? parent : (request) -> {
				throw new ProviderNotFoundException(
						"No AuthenticationProvider for " + request.getClass().getSimpleName());
			};
		}
		ProviderManager manager = new ProviderManager(providers, parent);
		events.ifUnique(manager::setAuthenticationEventPublisher);
		return manager;
	}

	private static Set<String> open(List<String> names) {
		Set<String> open = new HashSet<>();
		for (String name : names) {
			String completed = (name.equals(SecurityAuthenticator.ALL) || name.startsWith("/")) ? name : "/" + name;
			if (name.contains("*") && !name.equals(SecurityAuthenticator.ALL)) {
				throw new InvalidPropertyException(PERMIT_ALL, name, "is no namespace",
						"Name each namespace that is open to all, such as /news, or set '%s' to '*' for all of them."
							.formatted(PERMIT_ALL));
			}
			open.add(completed);
		}
		return open;
	}

}
