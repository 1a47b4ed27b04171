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

package io.github.socketioboot.engine.session;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Answer of a {@link HandshakeInterceptor}. Immutable.
 *
 * @param refusal message for the refused client (code 4), or {@code null} to let it in
 * @param attributes what the session starts with, see {@link Session#attributes()}
 * @since 0.1.0
 */
public record HandshakeDecision(@Nullable String refusal, Map<String, Object> attributes) {

	/**
	 * Lets the client in.
	 */
	public static final HandshakeDecision ALLOW = new HandshakeDecision(null, Map.of());

	/**
	 * Refuse with the message {@code Forbidden}.
	 * @return the decision
	 */
	public static HandshakeDecision forbid() {
		return refuse("Forbidden");
	}

	/**
	 * Refuse.
	 * @param message message for the client
	 * @return the decision
	 */
	public static HandshakeDecision refuse(String message) {
		return new HandshakeDecision(message, Map.of());
	}

	/**
	 * Let the client in.
	 * @param attributes what the session starts with
	 * @return the decision
	 */
	public static HandshakeDecision allow(Map<String, Object> attributes) {
		return new HandshakeDecision(null, Map.copyOf(attributes));
	}

}
