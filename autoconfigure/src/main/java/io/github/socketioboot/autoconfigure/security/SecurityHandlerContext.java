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

import io.github.socketioboot.engine.bridge.EngineSocketIOClient;
import io.github.socketioboot.engine.namespace.HandlerContext;
import io.github.socketioboot.engine.namespace.Socket;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Makes a client who it is to Spring Security while its handlers run. Each call has a
 * context of its own: what a handler changes in it is gone afterwards. Immutable and
 * thread-safe.
 */
final class SecurityHandlerContext implements HandlerContext {

	private static final Authentication ANONYMOUS = new AnonymousAuthenticationToken("socketio", "anonymousUser",
			AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

	private final SecurityContextHolderStrategy strategy;

	/**
	 * Create a context.
	 * @param strategy where Spring Security keeps the context of a thread
	 */
	SecurityHandlerContext(SecurityContextHolderStrategy strategy) {
		this.strategy = strategy;
	}

	@Override
	public Scope open(Socket socket) {
		SecurityContext before = this.strategy.getContext();
		SecurityContext context = this.strategy.createEmptyContext();
		EngineSocketIOClient client = EngineSocketIOClient.of(socket);
		if (client != null) {
			context.setAuthentication(authentication(client.principal()));
		}
		this.strategy.setContext(context);
		return () -> {
			if (before.getAuthentication() == null) {
				this.strategy.clearContext();
			}
			else {
				this.strategy.setContext(before);
			}
		};
	}

	/**
	 * Return who a client is to Spring Security.
	 * @param principal who it is to its namespace, or {@code null} for nobody
	 * @return the authentication, anonymous for nobody
	 */
	static Authentication authentication(@Nullable Principal principal) {
		if (principal == null) {
			return ANONYMOUS;
		}
		// An authenticator of the application may know names only
		return (principal instanceof Authentication authentication) ? authentication
				: UsernamePasswordAuthenticationToken.authenticated(principal, null, List.of());
	}

}
