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

/**
 * Lengths of UTF-8 text in UTF-16 code units, by which Engine.IO 3 counts. Thread-safe.
 */
final class Utf16Units {

	private Utf16Units() {
	}

	/**
	 * Count the units of a text.
	 * @param text the buffer
	 * @param start where the text begins
	 * @param end where it ends
	 * @return the number of UTF-16 code units
	 */
	static int count(ByteBuf text, int start, int end) {
		int units = 0;
		for (int i = start; i < end; i++) {
			units += units(text.getByte(i));
		}
		return units;
	}

	/**
	 * Find the end of a text of known length.
	 * @param text the buffer
	 * @param start where the text begins
	 * @param end where the buffer ends
	 * @param units length of the text in UTF-16 code units
	 * @return index of the first byte behind the text, or -1 if no character ends there
	 */
	static int end(ByteBuf text, int start, int end, int units) {
		int index = start;
		int left = units;
		while (index < end && (left > 0 || units(text.getByte(index)) == 0)) {
			left -= units(text.getByte(index++));
		}
		return (left == 0) ? index : -1;
	}

	private static int units(byte utf8) {
		// The units of a whole character count where it begins
		int unsigned = utf8 & 0xff;
		if (unsigned >= 0xf0) {
			return 2;
		}
		return ((unsigned & 0xc0) == 0x80) ? 0 : 1;
	}

}
