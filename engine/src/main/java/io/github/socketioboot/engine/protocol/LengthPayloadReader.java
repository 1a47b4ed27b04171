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
 * Reads Engine.IO 3 text bodies: {@code <length>:<packet>}, lengths in UTF-16 code units.
 * Event loop only.
 */
final class LengthPayloadReader implements PollingPayloadReader {

	private final ByteBuf body;

	private final int end;

	private int index;

	LengthPayloadReader(ByteBuf body) {
		this.body = body;
		this.index = body.readerIndex();
		this.end = body.writerIndex();
	}

	@Override
	public @Nullable Item next() throws PacketFormatException {
		if (this.index == this.end && this.index > this.body.readerIndex()) {
			return null;
		}
		int units = readLength();
		int start = this.index;
		int stop = Utf16Units.end(this.body, start, this.end, units);
		if (units == 0 || stop < 0) {
			throw PollingItems.malformed();
		}
		this.index = stop;
		if (this.body.getByte(start) != PollingPayloads.BASE64) {
			return PollingItems.text(this.body, start, stop);
		}
		if (stop - start < 2 || this.body.getByte(start + 1) != EnginePacketType.MESSAGE.code()) {
			throw PollingItems.malformed();
		}
		return PollingItems.base64(this.body, start + 2, stop);
	}

	private int readLength() throws PacketFormatException {
		int length = 0;
		for (int digits = 0; this.index < this.end; digits++) {
			int digit = this.body.getByte(this.index++) - '0';
			if (digit == ':' - '0' && digits > 0) {
				return length;
			}
			if (digit < 0 || digit > 9 || digits == PollingPayloads.MAX_LENGTH_DIGITS) {
				break;
			}
			length = length * 10 + digit;
		}
		throw PollingItems.malformed();
	}

}
