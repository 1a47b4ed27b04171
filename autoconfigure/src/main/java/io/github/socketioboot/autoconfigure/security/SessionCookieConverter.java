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

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import com.corundumstudio.socketio.HandshakeData;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Finds who has logged in to the web application by the cookie of its session, which
 * browsers send to all ports of a host. Reads sessions and never changes them; a socket
 * keeps none alive. Thread-safe.
 */
final class SessionCookieConverter implements SocketIoAuthenticationConverter {

	/**
	 * Where Spring Security keeps its context in a session.
	 */
	static final String CONTEXT_ATTRIBUTE = "SPRING_SECURITY_CONTEXT";

	/**
	 * Most cookies of that name that are looked at.
	 */
	private static final int MAX_COOKIES = 4;

	private final String cookieName;

	private final SessionRepository<? extends Session> sessions;

	private final Clock clock;

	/**
	 * Create a converter.
	 * @param cookieName name of the cookie
	 * @param sessions finds sessions
	 * @param clock tells what time of the day it is
	 */
	SessionCookieConverter(String cookieName, SessionRepository<? extends Session> sessions, Clock clock) {
		this.cookieName = cookieName;
		this.sessions = sessions;
		this.clock = clock;
	}

	@Override
	public @Nullable Authentication convert(String namespace, Map<String, Object> auth, HandshakeData handshake) {
		for (String id : ids(handshake)) {
			Session session = this.sessions.findById(id);
			if (session != null && !session.isExpired()
					&& session.getAttribute(CONTEXT_ATTRIBUTE) instanceof SecurityContext context) {
				Authentication authentication = context.getAuthentication();
				if (authentication != null && authentication.isAuthenticated()) {
					return followed(authentication, new SessionDetails(session, this.sessions, this.clock));
				}
			}
		}
		return null;
	}

	// Sessions may share the object with the web application: it stays as it is
	private static Authentication followed(Authentication authentication, SessionDetails details) {
		return authentication.toBuilder().details(details).build();
	}

	// Spring Session writes the id in Base64 unless told otherwise
	private Set<String> ids(HandshakeData handshake) {
		Set<String> ids = new LinkedHashSet<>();
		for (String header : handshake.getHttpHeaders().getAll(HttpHeaderNames.COOKIE)) {
			for (Cookie cookie : ServerCookieDecoder.LAX.decodeAll(header)) {
				if (cookie.name().equals(this.cookieName) && ids.size() < MAX_COOKIES) {
					ids.add(decoded(cookie.value()));
					ids.add(cookie.value());
				}
			}
		}
		return ids;
	}

	private static String decoded(String value) {
		try {
			return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return value;
		}
	}

}
