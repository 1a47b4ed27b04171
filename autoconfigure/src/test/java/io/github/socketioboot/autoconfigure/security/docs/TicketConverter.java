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

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.corundumstudio.socketio.HandshakeData;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticationException;
import io.github.socketioboot.autoconfigure.security.ExpiringCredentials;
import io.github.socketioboot.autoconfigure.security.SocketIoAuthenticationConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.stereotype.Component;

@Component
class TicketConverter implements SocketIoAuthenticationConverter {

	private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();

	String issue(String user) {
		String id = UUID.randomUUID().toString();
		this.tickets.put(id, new Ticket(user, Instant.now().plus(Duration.ofHours(8))));
		return id;
	}

	@Override
	public @Nullable Authentication convert(String namespace, Map<String, Object> auth, HandshakeData handshake) {
		if (!(auth.get("ticket") instanceof String id)) {
			return null; // another converter may know the client
		}
		Ticket ticket = this.tickets.remove(id); // good for one connect
		if (ticket == null) {
			throw new SocketIoAuthenticationException("Ticket is not valid", Map.of("error", "ticket"));
		}
		return UsernamePasswordAuthenticationToken.authenticated(ticket, null,
				AuthorityUtils.createAuthorityList("ROLE_GUEST"));
	}

	record Ticket(String user, Instant end) implements ExpiringCredentials, Principal {

		@Override
		public Instant getExpiresAt() {
			return this.end;
		}

		@Override
		public String getName() {
			return this.user;
		}

	}

}
