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

package io.github.socketioboot.engine.bridge;

import java.util.HashMap;
import java.util.Map;

import com.corundumstudio.socketio.AuthorizationListener;
import com.corundumstudio.socketio.AuthorizationResult;
import io.github.socketioboot.engine.session.Handshake;
import io.github.socketioboot.engine.session.HandshakeDecision;
import io.github.socketioboot.engine.session.HandshakeInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks netty-socketio's {@link AuthorizationListener} whether a handshake may become a
 * session. Thread-safe as far as the listener is.
 */
final class AuthorizationInterceptor implements HandshakeInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(AuthorizationInterceptor.class);

	private final FailureLog failures = new FailureLog(logger);

	private final AuthorizationListener listener;

	AuthorizationInterceptor(AuthorizationListener listener) {
		this.listener = listener;
	}

	@Override
	public HandshakeDecision intercept(Handshake handshake) {
		AuthorizationResult result;
		try {
			result = this.listener.getAuthorizationResult(new EngineHandshakeData(handshake, null));
		}
		catch (Exception ex) {
			this.failures.log("The authorization listener failed", ex);
			return HandshakeDecision.forbid();
		}
		if (!result.isAuthorized()) {
			return HandshakeDecision.forbid();
		}
		Map<String, Object> parameters = new HashMap<>(result.getStoreParams());
		parameters.values().removeIf((value) -> value == null);
		return parameters.isEmpty() ? HandshakeDecision.ALLOW : HandshakeDecision.allow(parameters);
	}

}
