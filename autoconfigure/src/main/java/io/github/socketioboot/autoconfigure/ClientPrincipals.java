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

import java.security.Principal;

import com.corundumstudio.socketio.SocketIOClient;
import org.jspecify.annotations.Nullable;

/**
 * Principals of clients, kept as state of the client.
 */
final class ClientPrincipals {

	private static final String KEY = "io.github.socketioboot.principal";

	private ClientPrincipals() {
	}

	static @Nullable Principal get(SocketIOClient client) {
		return client.get(KEY);
	}

	static void set(SocketIOClient client, Principal principal) {
		client.set(KEY, principal);
	}

}
