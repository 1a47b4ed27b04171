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

package io.github.socketioboot.autoconfigure.logging;

import java.security.Principal;

import io.github.socketioboot.engine.bridge.EngineSocketIOClient;
import io.github.socketioboot.engine.namespace.HandlerContext;
import io.github.socketioboot.engine.namespace.Socket;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Marks what handlers log with the socket that they are told of. Immutable and
 * thread-safe.
 */
class MdcContext implements HandlerContext {

	static final String ID = "socketio.id";

	static final String NAMESPACE = "socketio.namespace";

	static final String INSTANCE = "socketio.instance";

	static final String USER = "socketio.user";

	private final @Nullable String instance;

	private final boolean includeUser;

	/**
	 * Create a context.
	 * @param instance index of this worker, or {@code null} if it is none
	 * @param includeUser whether to tell who the client is
	 */
	MdcContext(@Nullable String instance, boolean includeUser) {
		this.instance = instance;
		this.includeUser = includeUser;
	}

	@Override
	public Scope open(Socket socket) {
		String id = replace(ID, socket.id());
		String namespace = replace(NAMESPACE, socket.namespace().name());
		String instance = (this.instance != null) ? replace(INSTANCE, this.instance) : null;
		String user = this.includeUser ? replace(USER, user(socket)) : null;
		return () -> {
			put(ID, id);
			put(NAMESPACE, namespace);
			if (this.instance != null) {
				put(INSTANCE, instance);
			}
			if (this.includeUser) {
				put(USER, user);
			}
		};
	}

	private static @Nullable String replace(String key, @Nullable String value) {
		String before = MDC.get(key);
		put(key, value);
		return before;
	}

	private static void put(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

	private static @Nullable String user(Socket socket) {
		EngineSocketIOClient client = EngineSocketIOClient.of(socket);
		Principal principal = (client != null) ? client.principal() : null;
		return (principal != null) ? principal.getName() : null;
	}

}
