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

import com.corundumstudio.socketio.HandshakeData;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticationException;
import io.github.socketioboot.autoconfigure.security.ExpiringCredentials;
import io.github.socketioboot.autoconfigure.security.SocketIoAuthenticationConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.stereotype.Component;

@Component
class TicketConverter implements SocketIoAuthenticationConverter {

	private final StringRedisTemplate redis; // any worker of any host may be asked

	TicketConverter(StringRedisTemplate redis) {
		this.redis = redis;
	}

	String issue(String user) {
		String id = UUID.randomUUID().toString();
		this.redis.opsForValue().set("ticket:" + id, user, Duration.ofMinutes(1));
		return id;
	}

	@Override
	public @Nullable Authentication convert(String namespace, Map<String, Object> auth, HandshakeData handshake) {
		if (!(auth.get("ticket") instanceof String id)) {
			return null; // another converter may know the client
		}
		// Good for one connect
		String user = this.redis.opsForValue().getAndDelete("ticket:" + id);
		if (user == null) {
			throw new SocketIoAuthenticationException("Ticket is not valid", Map.of("error", "ticket"));
		}
		Guest guest = new Guest(user, Instant.now().plus(Duration.ofHours(8)));
		return UsernamePasswordAuthenticationToken.authenticated(guest, null,
				AuthorityUtils.createAuthorityList("ROLE_GUEST"));
	}

	record Guest(String name, Instant end) implements ExpiringCredentials, Principal {

		@Override
		public Instant getExpiresAt() {
			return this.end;
		}

		@Override
		public String getName() {
			return this.name;
		}

	}

}
