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

import java.util.List;

import io.netty.buffer.ByteBuf;

/**
 * Framing of several packets in one HTTP body (Engine.IO 4: records separated by U+001E;
 * Engine.IO 3: lengths). Thread-safe.
 *
 * @since 0.1.0
 */
public final class PollingPayloads {

	private PollingPayloads() {
	}

	/**
	 * Return whether a payload of these packets is binary, which happens in version 3
	 * only.
	 * @param packets packets in order
	 * @param version version of the receiver
	 * @param base64 whether the receiver asked for text
	 * @return {@code true} for {@code application/octet-stream}
	 */
	public static boolean isBinary(List<EncodedPacket> packets, EngineVersion version, boolean base64) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Encode packets into one body.
	 * @param packets packets in order, at least one; stay the caller's
	 * @param version version of the receiver
	 * @param base64 whether the receiver asked for text ({@code b64}, version 3)
	 * @return the body, which the caller releases
	 */
	public static ByteBuf encode(List<EncodedPacket> packets, EngineVersion version, boolean base64) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Start to decode a body.
	 * @param body the body; stays the caller's and must live as long as the reader is
	 * used
	 * @param version version of the sender
	 * @param binary whether the body is {@code application/octet-stream} (version 3)
	 * @return a reader of its packets
	 */
	public static PollingPayloadReader reader(ByteBuf body, EngineVersion version, boolean binary) {
		throw new UnsupportedOperationException();
	}

}
