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

package io.github.socketioboot.autoconfigure.security.docs;

import java.time.Instant;
import java.util.Map;

import com.corundumstudio.socketio.HandshakeData;
import io.github.socketioboot.autoconfigure.security.ExpiringCredentials;
import io.github.socketioboot.autoconfigure.security.SocketIoAuthenticationConverter;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.stereotype.Component;

@Component
class WebSessionConverter implements SocketIoAuthenticationConverter {

	private final SessionRegistry sessions;

	WebSessionConverter(SessionRegistry sessions) {
		this.sessions = sessions;
	}

	@Override
	public @Nullable Authentication convert(String namespace, Map<String, Object> auth, HandshakeData handshake) {
		String header = handshake.getHttpHeaders().get("Cookie", "");
		for (Cookie cookie : ServerCookieDecoder.LAX.decode(header)) {
			if (cookie.name().equals("JSESSIONID") && isOpen(cookie.value())
					&& user(cookie.value()) instanceof UserDetails user) {
				UsernamePasswordAuthenticationToken known = UsernamePasswordAuthenticationToken.authenticated(user,
						null, user.getAuthorities());
				known.setDetails(untilLogout(cookie.value()));
				return known;
			}
		}
		return null;
	}

	private ExpiringCredentials untilLogout(String session) {
		return () -> isOpen(session) ? Instant.now().plusSeconds(60) : Instant.EPOCH;
	}

	private boolean isOpen(String session) {
		SessionInformation information = this.sessions.getSessionInformation(session);
		return information != null && !information.isExpired();
	}

	private @Nullable Object user(String session) {
		SessionInformation information = this.sessions.getSessionInformation(session);
		return (information != null) ? information.getPrincipal() : null;
	}

}
