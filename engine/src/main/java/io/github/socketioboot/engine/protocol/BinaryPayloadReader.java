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
 * Reads Engine.IO 3 binary bodies: kind, length in bytes with a byte per decimal digit,
 * {@code ff}, packet. Event loop only.
 */
final class BinaryPayloadReader implements PollingPayloadReader {

	private final ByteBuf body;

	private final int end;

	private int index;

	BinaryPayloadReader(ByteBuf body) {
		this.body = body;
		this.index = body.readerIndex();
		this.end = body.writerIndex();
	}

	@Override
	public @Nullable Item next() throws PacketFormatException {
		if (this.index == this.end && this.index > this.body.readerIndex()) {
			return null;
		}
		int kind = (this.index < this.end) ? this.body.getByte(this.index++) : -1;
		if (kind != 0 && kind != 1) {
			throw PollingItems.malformed();
		}
		int length = readLength();
		int start = this.index;
		if (length > this.end - start) {
			throw PollingItems.malformed();
		}
		this.index = start + length;
		return (kind == 0) ? PollingItems.text(this.body, start, this.index)
				: PollingItems.binary(this.body, start, this.index);
	}

	private int readLength() throws PacketFormatException {
		int length = 0;
		for (int digits = 0; this.index < this.end; digits++) {
			int digit = this.body.getUnsignedByte(this.index++);
			if (digit == PollingPayloads.LENGTH_END && digits > 0) {
				return length;
			}
			if (digit > 9 || digits == PollingPayloads.MAX_LENGTH_DIGITS) {
				break;
			}
			length = length * 10 + digit;
		}
		throw PollingItems.malformed();
	}

}
