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
 * One attachment of an {@link EncodedPacket} and the frames made of it. Thread-safe.
 */
final class BinaryPart {

	private static final int FINAL_BINARY = 0x82;

	private final byte[] data;

	private @Nullable ByteBuf frameV4;

	private @Nullable ByteBuf frameV3;

	BinaryPart(byte[] data) {
		this.data = data;
	}

	byte[] data() {
		return this.data;
	}

	synchronized ByteBuf webSocketFrame(EngineVersion version) {
		ByteBuf frame = (version == EngineVersion.V4) ? this.frameV4 : this.frameV3;
		if (frame == null) {
			frame = encode(version);
			if (version == EngineVersion.V4) {
				this.frameV4 = frame;
			}
			else {
				this.frameV3 = frame;
			}
		}
		return frame.retainedDuplicate();
	}

	private ByteBuf encode(EngineVersion version) {
		int prefix = (version == EngineVersion.V3) ? 1 : 0;
		ByteBuf frame = WebSocketFrames.allocate(FINAL_BINARY, this.data.length + prefix);
		if (prefix != 0) {
			frame.writeByte(EnginePacketType.MESSAGE.ordinal());
		}
		return frame.writeBytes(this.data);
	}

	synchronized void release() {
		if (this.frameV4 != null) {
			this.frameV4.release();
		}
		if (this.frameV3 != null) {
			this.frameV3.release();
		}
	}

}
