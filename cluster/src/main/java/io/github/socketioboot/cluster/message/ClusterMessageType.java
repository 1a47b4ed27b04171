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

package io.github.socketioboot.cluster.message;

import org.jspecify.annotations.Nullable;

/**
 * Kinds of messages, by the names and numbers of the reference server.
 *
 * @since 0.1.0
 */
public enum ClusterMessageType {

	/**
	 * A new member wants to hear of the others.
	 */
	INITIAL_HEARTBEAT,

	/**
	 * A member lives.
	 */
	HEARTBEAT,

	/**
	 * A packet for clients.
	 */
	BROADCAST,

	/**
	 * Sockets shall join rooms.
	 */
	SOCKETS_JOIN,

	/**
	 * Sockets shall leave rooms.
	 */
	SOCKETS_LEAVE,

	/**
	 * Sockets shall be disconnected.
	 */
	DISCONNECT_SOCKETS,

	/**
	 * Sockets shall be described.
	 */
	FETCH_SOCKETS,

	/**
	 * Descriptions of sockets.
	 */
	FETCH_SOCKETS_RESPONSE,

	/**
	 * An event for the namespace itself.
	 */
	SERVER_SIDE_EMIT,

	/**
	 * Answer to such an event.
	 */
	SERVER_SIDE_EMIT_RESPONSE,

	/**
	 * To how many clients a packet was sent.
	 */
	BROADCAST_CLIENT_COUNT,

	/**
	 * Acknowledgement of a client.
	 */
	BROADCAST_ACK,

	/**
	 * A member leaves.
	 */
	ADAPTER_CLOSE;

	private static final ClusterMessageType[] TYPES = values();

	/**
	 * Return the number.
	 * @return number of the type, from 1
	 */
	public int number() {
		return ordinal() + 1;
	}

	/**
	 * Return whether the type is about members, not about a namespace.
	 * @return {@code true} if so
	 */
	public boolean isOfMembers() {
		return this == INITIAL_HEARTBEAT || this == HEARTBEAT || this == ADAPTER_CLOSE;
	}

	/**
	 * Find a type.
	 * @param number its number
	 * @return the type, or {@code null} if there is none
	 */
	public static @Nullable ClusterMessageType ofNumber(int number) {
		return (number > 0 && number <= TYPES.length) ? TYPES[number - 1] : null;
	}

}
