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

package io.github.socketioboot.engine.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Socket.IO packet as read from a client or about to be sent. Immutable as far as its
 * data is.
 *
 * @param type type; a decoded packet never is {@code BINARY_EVENT} or {@code BINARY_ACK},
 * these become {@code EVENT} and {@code ACK} once their attachments are there
 * @param namespace name of the namespace, with the leading slash; a query that an
 * Engine.IO 3 client appends to it is kept
 * @param id acknowledgement id, or {@link #NO_ID}
 * @param data payload: a {@code List} for {@code EVENT} and {@code ACK} (event name
 * first, a {@code String} or a {@code Number}), a {@code Map} or {@code null} for
 * {@code CONNECT}, {@code null} for {@code DISCONNECT}, anything for
 * {@code CONNECT_ERROR}. Made of {@code Map}, {@code List}, {@code String},
 * {@code Number}, {@code Boolean}, {@code null}, and {@code byte[]} where an attachment
 * stood
 * @since 0.1.0
 */
public record SocketPacket(SocketPacketType type, String namespace, long id, @Nullable Object data) {

	/**
	 * Value of {@link #id()} for packets that want no acknowledgement.
	 */
	public static final long NO_ID = -1;

	/**
	 * Name of the namespace that is always there.
	 */
	public static final String ROOT = "/";

	/**
	 * Return whether the packet bears an acknowledgement id.
	 * @return {@code true} if it does
	 */
	public boolean hasId() {
		return this.id != NO_ID;
	}

}
