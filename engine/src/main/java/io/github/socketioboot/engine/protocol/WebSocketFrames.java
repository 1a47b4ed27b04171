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
import io.netty.buffer.ByteBufAllocator;

/**
 * Headers of unmasked WebSocket frames (RFC 6455, section 5.2). Thread-safe.
 */
final class WebSocketFrames {

	static final int FINAL_TEXT = 0x81;

	/**
	 * Longest header of an unmasked frame, in bytes.
	 */
	static final int MAX_HEADER = 10;

	private static final int MAX_SHORT = 125;

	private static final int MAX_MEDIUM = 65535;

	private WebSocketFrames() {
	}

	/**
	 * Allocate a buffer for a whole frame and write its header.
	 * @param first first byte: final flag and operation code
	 * @param length length of the payload in bytes
	 * @return the buffer, ready for the payload
	 */
	static ByteBuf allocate(int first, int length) {
		ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(headerLength(length) + length);
		writeHeader(buffer, first, length);
		return buffer;
	}

	static int headerLength(int length) {
		if (length <= MAX_SHORT) {
			return 2;
		}
		return (length <= MAX_MEDIUM) ? 4 : MAX_HEADER;
	}

	static void writeHeader(ByteBuf buffer, int first, int length) {
		buffer.writeByte(first);
		if (length <= MAX_SHORT) {
			buffer.writeByte(length);
		}
		else if (length <= MAX_MEDIUM) {
			buffer.writeByte(126);
			buffer.writeShort(length);
		}
		else {
			buffer.writeByte(127);
			buffer.writeLong(length);
		}
	}

	/**
	 * Put the header before a payload that was written behind at least
	 * {@link #MAX_HEADER} free bytes, and move the reader index to the frame's begin.
	 * @param buffer the buffer
	 * @param start where the payload begins; it ends at the writer index
	 * @return length of the header in bytes
	 */
	static int prependTextHeader(ByteBuf buffer, int start) {
		int end = buffer.writerIndex();
		int length = end - start;
		int header = headerLength(length);
		buffer.setIndex(start - header, start - header);
		writeHeader(buffer, FINAL_TEXT, length);
		buffer.writerIndex(end);
		return header;
	}

}
