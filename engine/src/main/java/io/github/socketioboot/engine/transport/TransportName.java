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

package io.github.socketioboot.engine.transport;

import org.jspecify.annotations.Nullable;

/**
 * What can carry the packets of a session. Immutable.
 *
 * @since 0.1.0
 */
public enum TransportName {

	/**
	 * HTTP long polling.
	 */
	POLLING("polling"),

	/**
	 * WebSocket.
	 */
	WEBSOCKET("websocket");

	private final String value;

	TransportName(String value) {
		this.value = value;
	}

	/**
	 * Return the name as it stands in requests and handshakes.
	 * @return name in lower case
	 */
	public String value() {
		return this.value;
	}

	/**
	 * Find a transport by its name in a request.
	 * @param value the name, or {@code null}
	 * @return the transport, or {@code null} if there is none
	 */
	public static @Nullable TransportName of(@Nullable String value) {
		if (POLLING.value.equals(value)) {
			return POLLING;
		}
		return WEBSOCKET.value.equals(value) ? WEBSOCKET : null;
	}

}
