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
 * Type of a Socket.IO packet. Immutable.
 *
 * @since 0.1.0
 */
public enum SocketPacketType {

	/**
	 * Connection to a namespace.
	 */
	CONNECT,

	/**
	 * End of the connection to a namespace.
	 */
	DISCONNECT,

	/**
	 * Event without binary arguments.
	 */
	EVENT,

	/**
	 * Acknowledgement without binary arguments.
	 */
	ACK,

	/**
	 * Refusal of a connection to a namespace.
	 */
	CONNECT_ERROR,

	/**
	 * Event with binary arguments.
	 */
	BINARY_EVENT,

	/**
	 * Acknowledgement with binary arguments.
	 */
	BINARY_ACK;

	private static final SocketPacketType[] TYPES = values();

	/**
	 * Return the character that announces this type on the wire.
	 * @return an ASCII digit
	 */
	public byte code() {
		return (byte) ('0' + ordinal());
	}

	/**
	 * Find a type by its character on the wire.
	 * @param code the first byte of a packet
	 * @return the type, or {@code null} if there is none
	 */
	public static @Nullable SocketPacketType ofCode(byte code) {
		int index = code - '0';
		return (index >= 0 && index < TYPES.length) ? TYPES[index] : null;
	}

}
