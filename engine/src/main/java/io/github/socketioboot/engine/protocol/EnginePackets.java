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

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;

/**
 * Encodes Engine.IO packets that carry no Socket.IO packet. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EnginePackets {

	private EnginePackets() {
	}

	/**
	 * Encode a packet.
	 * @param type type of the packet
	 * @param text what follows the type, possibly nothing
	 * @return the packet, which the caller releases
	 */
	public static EncodedPacket encode(EnginePacketType type, CharSequence text) {
		byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		ByteBuf frame = WebSocketFrames.allocate(WebSocketFrames.FINAL_TEXT, bytes.length + 1);
		int offset = frame.readableBytes();
		frame.writeByte(type.code());
		frame.writeBytes(bytes);
		return new EncodedPacket(frame, offset, java.util.List.of());
	}

}
