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

import java.util.Base64;

import io.github.socketioboot.engine.protocol.PollingPayloadReader.Item;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Decodes single packets out of HTTP bodies. Thread-safe.
 */
final class PollingItems {

	private PollingItems() {
	}

	static Item text(ByteBuf body, int start, int end) throws PacketFormatException {
		EnginePacketType type = (start < end) ? EnginePacketType.ofCode(body.getByte(start)) : null;
		if (type == null) {
			throw malformed();
		}
		return new Item(type, false, body.slice(start + 1, end - start - 1));
	}

	static Item base64(ByteBuf body, int start, int end) throws PacketFormatException {
		byte[] data = ByteBufUtil.getBytes(body, start, end - start);
		try {
			// The Java client breaks long lines
			boolean lines = body.indexOf(start, end, (byte) '\n') >= 0;
			Base64.Decoder decoder = lines ? Base64.getMimeDecoder() : Base64.getDecoder();
			return new Item(EnginePacketType.MESSAGE, true, Unpooled.wrappedBuffer(decoder.decode(data)));
		}
		catch (IllegalArgumentException ex) {
			throw malformed();
		}
	}

	static Item binary(ByteBuf body, int start, int end) throws PacketFormatException {
		if (start == end || body.getByte(start) != EnginePacketType.MESSAGE.ordinal()) {
			throw malformed();
		}
		return new Item(EnginePacketType.MESSAGE, true, body.slice(start + 1, end - start - 1));
	}

	static PacketFormatException malformed() {
		return new PacketFormatException("parser error");
	}

}
