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

import io.github.socketioboot.autoconfigure.InvalidPropertyException;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * The session of the web application, where it is named by which cookie clients tell it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("socketio.security.session-cookie")
class SessionCookieConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SessionCookieConfiguration.class);

	private static final String SESSION_COOKIE = "socketio.security.session-cookie";

	private static InvalidPropertyException noRepository(SocketIoProperties properties) {
		return new InvalidPropertyException(SESSION_COOKIE, String.valueOf(properties.security().sessionCookie()),
				"has no effect, as there is no SessionRepository",
				"Add Spring Session to the application, such as spring-boot-starter-session-data-redis, or find the "
						+ "session by a SocketIoAuthenticationConverter bean of your own.");
	}

	/**
	 * Sessions of Spring Session.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SessionRepository.class)
	static class Present {

		@Bean
		SessionCookieConverter socketIoSessionCookieConverter(SocketIoProperties properties,
				ObjectProvider<SessionRepository<? extends Session>> repository, ExpiryWatch expiry) {
			String cookie = String.valueOf(properties.security().sessionCookie());
			if (cookie.isBlank()) {
				throw new InvalidPropertyException(SESSION_COOKIE, cookie, "is no name of a cookie",
						"Set '%s' to the name of the session's cookie, such as SESSION.".formatted(SESSION_COOKIE));
			}
			SessionRepository<? extends Session> sessions = repository.getIfUnique();
			if (sessions == null) {
				throw noRepository(properties);
			}
			SocketIoProperties.Cors cors = properties.cors();
			if (cors.allowedOrigins().contains("*") || cors.allowedOriginPatterns().contains("*")) {
				logger.warn("Pages of any origin can act as the user who looks at them: browsers send the cookie "
						+ "'{}' along with WebSockets, and 'socketio.cors' allows all origins. Name the origins.",
						cookie);
			}
			return new SessionCookieConverter(cookie, sessions, expiry.clock());
		}

		@Bean
		SessionEndListener socketIoSessionEndListener(ExpiryWatch expiry) {
			return new SessionEndListener(expiry);
		}

	}

	/**
	 * No Spring Session.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.session.SessionRepository")
	static class Absent {

		@Bean
		SocketIoAuthenticationConverter socketIoSessionCookieConverter(SocketIoProperties properties) {
			throw noRepository(properties);
		}

	}

}
