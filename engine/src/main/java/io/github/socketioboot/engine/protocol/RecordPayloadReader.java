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
 * Reads Engine.IO 4 bodies: packets separated by U+001E. Event loop only.
 */
final class RecordPayloadReader implements PollingPayloadReader {

	private final ByteBuf body;

	private final int end;

	private int index;

	RecordPayloadReader(ByteBuf body) {
		this.body = body;
		this.index = body.readerIndex();
		this.end = body.writerIndex();
	}

	@Override
	public @Nullable Item next() throws PacketFormatException {
		if (this.index > this.end) {
			return null;
		}
		int start = this.index;
		int stop = this.body.indexOf(start, this.end, PollingPayloads.SEPARATOR);
		if (stop < 0) {
			stop = this.end;
		}
		this.index = stop + 1;
		if (start < stop && this.body.getByte(start) == PollingPayloads.BASE64) {
			return PollingItems.base64(this.body, start + 1, stop);
		}
		return PollingItems.text(this.body, start, stop);
	}

}
