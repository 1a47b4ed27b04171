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

package io.github.socketioboot.benchmarks.peer;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A text packet encoded once, bare and as one unmasked WebSocket frame. Each event loop
 * owns one reference and gives it back by {@link #release()}.
 *
 * @param frame the frame, whose receivers get retained duplicates
 * @param headerLength the number of bytes of the frame that precede the packet
 */
record FloorMessage(ByteBuf frame, int headerLength) {

	private static final int FINAL_TEXT = 0x81;

	private static final int MAX_SHORT_LENGTH = 125;

	private static final int TWO_BYTE_LENGTH = 126;

	static FloorMessage encode(String packet, int references) {
		byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
		if (bytes.length > 0xFFFF) {
			throw new IllegalArgumentException("packet: " + bytes.length + " bytes (expected: <= 65535)");
		}
		int headerLength = (bytes.length <= MAX_SHORT_LENGTH) ? 2 : 4;
		ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(headerLength + bytes.length);
		frame.writeByte(FINAL_TEXT);
		if (headerLength == 2) {
			frame.writeByte(bytes.length);
		}
		else {
			frame.writeByte(TWO_BYTE_LENGTH).writeShort(bytes.length);
		}
		frame.writeBytes(bytes);
		if (references > 1) {
			frame.retain(references - 1);
		}
		return new FloorMessage(frame, headerLength);
	}

	ByteBuf retainedFrame() {
		return this.frame.retainedDuplicate();
	}

	ByteBuf retainedPacket() {
		return this.frame.retainedDuplicate().skipBytes(this.headerLength);
	}

	void release() {
		this.frame.release();
	}

}
