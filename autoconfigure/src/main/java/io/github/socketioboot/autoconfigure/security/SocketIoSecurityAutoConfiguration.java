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

import java.time.Clock;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import io.github.socketioboot.autoconfigure.SocketIoServerCustomizer;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for Spring Security in the Socket.IO
 * server: handlers have a {@code SecurityContext}, sockets end with the credentials of
 * their clients, and clients are authenticated where it is known how. An application's
 * own {@link SocketIOServer} is left alone.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = SocketIoAutoConfiguration.class,
		afterName = "org.springframework.boot.security.oauth2.server.resource.autoconfigure."
				+ "OAuth2ResourceServerAutoConfiguration")
@ConditionalOnClass({ SocketIOServer.class, EngineSocketIOServer.class, SecurityContextHolder.class })
@ConditionalOnBooleanProperty(name = "socketio.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "socketio.security.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SocketIoProperties.class)
@Import({ BearerTokenConfiguration.class, SessionCookieConfiguration.class, AuthenticatorConfiguration.class })
public final class SocketIoSecurityAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SocketIoSecurityAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	ExpiryWatch socketIoExpiryWatch() {
		return new ExpiryWatch(Clock.systemUTC());
	}

	@Bean
	AccessDeniedAdvice socketIoAccessDeniedAdvice() {
		return new AccessDeniedAdvice();
	}

	@Bean
	SocketIoServerCustomizer socketIoSecurityCustomizer(ExpiryWatch expiry,
			ObjectProvider<SecurityContextHolderStrategy> strategy,
			ObjectProvider<SocketIoAuthenticator> authenticators) {
		if (authenticators.stream().findAny().isEmpty()) {
			logger.info("Spring Security is here, but Socket.IO clients are not authenticated: there is no "
					+ "JwtDecoder, SocketIoAuthenticationConverter or SocketIoAuthenticator bean");
		}
		SecurityHandlerContext context = new SecurityHandlerContext(
				strategy.getIfUnique(SecurityContextHolder::getContextHolderStrategy));
		return (builder) -> builder.handlerContext(context).namespaceCustomizer(expiry::watchClientsOf);
	}

}
