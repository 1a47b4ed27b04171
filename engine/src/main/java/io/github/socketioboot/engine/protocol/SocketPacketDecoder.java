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

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the Socket.IO packets of one connection, attachments included. Event loop only.
 *
 * @since 0.1.0
 */
public final class SocketPacketDecoder {

	private final PacketLimits limits;

	/**
	 * Create a decoder.
	 * @param limits what a packet may hold; shared by all connections
	 */
	public SocketPacketDecoder(PacketLimits limits) {
		this.limits = limits;
	}

	/**
	 * Decode a text message.
	 * @param text the message behind its Engine.IO type; stays the caller's
	 * @return the packet, or {@code null} while attachments are awaited
	 * @throws PacketFormatException if the message is no packet, or attachments of
	 * another are missing
	 */
	public @Nullable SocketPacket decodeText(ByteBuf text) throws PacketFormatException {
		throw new UnsupportedOperationException(this.limits.toString());
	}

	/**
	 * Take an attachment.
	 * @param data the raw bytes; stays the caller's
	 * @return the packet, or {@code null} while more attachments are awaited
	 * @throws PacketFormatException if no attachment is awaited
	 */
	public @Nullable SocketPacket addBinary(ByteBuf data) throws PacketFormatException {
		throw new UnsupportedOperationException();
	}

}
