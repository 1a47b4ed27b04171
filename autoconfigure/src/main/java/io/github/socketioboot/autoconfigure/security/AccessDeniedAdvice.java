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

import com.corundumstudio.socketio.SocketIOClient;
import io.github.socketioboot.autoconfigure.handler.ErrorAnswer;
import io.github.socketioboot.autoconfigure.handler.SocketIoAdvice;
import io.github.socketioboot.autoconfigure.handler.SocketIoExceptionHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;

/**
 * Tells a client that a handler is not for it, unless the application does so itself. A
 * client to which the handler of connects is denied is sent away. Stateless and
 * thread-safe.
 */
@SocketIoAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class AccessDeniedAdvice {

	@SocketIoExceptionHandler
	ErrorAnswer denied(AccessDeniedException exception, SocketIOClient client, @Nullable String event) {
		if (event == null) {
			client.disconnect();
		}
		return ErrorAnswer.of("Access denied");
	}

}
