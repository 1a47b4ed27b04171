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
 * Type of an Engine.IO packet. Immutable.
 *
 * @since 0.1.0
 */
public enum EnginePacketType {

	/**
	 * Handshake, sent by the server.
	 */
	OPEN,

	/**
	 * End of the session.
	 */
	CLOSE,

	/**
	 * Heartbeat question.
	 */
	PING,

	/**
	 * Heartbeat answer.
	 */
	PONG,

	/**
	 * Payload for the layer above.
	 */
	MESSAGE,

	/**
	 * Completion of an upgrade, sent by the client.
	 */
	UPGRADE,

	/**
	 * Answer to a poll that has nothing to say.
	 */
	NOOP;

	private static final EnginePacketType[] TYPES = values();

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
	public static @Nullable EnginePacketType ofCode(byte code) {
		int index = code - '0';
		return (index >= 0 && index < TYPES.length) ? TYPES[index] : null;
	}

}
