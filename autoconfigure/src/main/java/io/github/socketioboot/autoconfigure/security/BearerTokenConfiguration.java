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

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.InvalidPropertyException;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import io.github.socketioboot.autoconfigure.SocketIoProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Bearer tokens, where the application is a resource server and has no authenticator of
 * its own for namespaces.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(BearerTokenAuthenticationToken.class)
@ConditionalOnMissingBean({ SocketIoAuthenticator.class, SocketIOServer.class, SocketIoBearerTokenConverter.class })
class BearerTokenConfiguration {

	private static final String TOKEN_NAME = "socketio.security.token-name";

	private static SocketIoBearerTokenConverter converter(SocketIoProperties properties) {
		String name = properties.security().tokenName();
		if (name.isBlank()) {
			throw new InvalidPropertyException(TOKEN_NAME, name, "is no name",
					"Set '%s' to the name that clients use in auth, such as token.".formatted(TOKEN_NAME));
		}
		return new SocketIoBearerTokenConverter(name);
	}

	/**
	 * Tokens that tell all themselves.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JwtDecoder.class)
	@ConditionalOnBean(JwtDecoder.class)
	static class Jwt {

		@Bean
		SocketIoBearerTokenConverter socketIoJwtConverter(SocketIoProperties properties) {
			return converter(properties);
		}

		@Bean
		BearerTokenProvider socketIoJwtProvider(JwtDecoder decoder,
				ObjectProvider<JwtAuthenticationConverter> converter) {
			JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
			converter.ifUnique(provider::setJwtAuthenticationConverter);
			return new BearerTokenProvider(provider);
		}

	}

	/**
	 * Tokens about which the authorization server is asked.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(OpaqueTokenIntrospector.class)
	@ConditionalOnMissingBean(BearerTokenProvider.class)
	static class Opaque {

		@Bean
		SocketIoBearerTokenConverter socketIoOpaqueTokenConverter(SocketIoProperties properties) {
			return converter(properties);
		}

		@Bean
		BearerTokenProvider socketIoOpaqueTokenProvider(OpaqueTokenIntrospector introspector) {
			return new BearerTokenProvider(new OpaqueTokenAuthenticationProvider(introspector));
		}

	}

}
