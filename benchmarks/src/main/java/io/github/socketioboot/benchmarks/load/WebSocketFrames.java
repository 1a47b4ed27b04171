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

package io.github.socketioboot.benchmarks.load;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * The frames that the client sends, built once: as the protocol asks, a client's frames
 * are masked.
 */
final class WebSocketFrames {

	static final int OPCODE_TEXT = 1;

	static final int OPCODE_CLOSE = 8;

	private static final int FINAL = 0x80;

	private static final int MASKED = 0x80;

	private static final int MAX_SHORT_LENGTH = 125;

	private static final int TWO_BYTE_LENGTH = 126;

	private static final int MAX_HEADER = 8;

	// any but zero: servers skip the unmasking of an all-zero key
	private static final byte[] KEY = { 0x37, (byte) 0xfa, 0x21, 0x3d };

	private WebSocketFrames() {
	}

	static ByteBuf text(String text) {
		return frame(OPCODE_TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	static ByteBuf close() {
		return frame(OPCODE_CLOSE, new byte[0]);
	}

	private static ByteBuf frame(int opcode, byte[] payload) {
		ByteBuf frame = Unpooled.buffer(payload.length + MAX_HEADER);
		frame.writeByte(FINAL | opcode);
		if (payload.length <= MAX_SHORT_LENGTH) {
			frame.writeByte(MASKED | payload.length);
		}
		else {
			frame.writeByte(MASKED | TWO_BYTE_LENGTH).writeShort(payload.length);
		}
		frame.writeBytes(KEY);
		for (int i = 0; i < payload.length; i++) {
			frame.writeByte(payload[i] ^ KEY[i % KEY.length]);
		}
		return ConstantBytes.of(ByteBufUtil.getBytes(frame));
	}

}
