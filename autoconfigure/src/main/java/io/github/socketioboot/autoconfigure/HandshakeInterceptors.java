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

package io.github.socketioboot.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.engine.session.Handshake;
import io.github.socketioboot.engine.session.HandshakeDecision;
import io.github.socketioboot.engine.session.HandshakeInterceptor;

/**
 * Asks interceptors one after the other until one refuses. Immutable; thread-safe as far
 * as the interceptors are.
 */
final class HandshakeInterceptors implements HandshakeInterceptor {

	private final List<SocketIoHandshakeInterceptor> interceptors;

	HandshakeInterceptors(List<SocketIoHandshakeInterceptor> interceptors) {
		this.interceptors = List.copyOf(interceptors);
	}

	@Override
	public HandshakeDecision intercept(Handshake handshake) {
		Map<String, Object> attributes = new HashMap<>();
		for (SocketIoHandshakeInterceptor interceptor : this.interceptors) {
			HandshakeDecision decision = interceptor.intercept(handshake);
			if (decision.refusal() != null) {
				return decision;
			}
			attributes.putAll(decision.attributes());
		}
		return HandshakeDecision.allow(attributes);
	}

}
