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
 * Reads the packets of one HTTP body one by one, so that a reader may pause between two.
 * Event loop only.
 *
 * @since 0.1.0
 */
public interface PollingPayloadReader {

	/**
	 * Read the next packet.
	 * @return the packet, or {@code null} at the end of the body
	 * @throws PacketFormatException if the bytes are no packet (an empty body included)
	 */
	@Nullable Item next() throws PacketFormatException;

	/**
	 * One packet of a body.
	 *
	 * @param type type of the packet; {@code MESSAGE} for every binary one
	 * @param binary whether {@code content} is binary
	 * @param content what follows the type; a view of the body that lives as long as the
	 * body, or an unpooled buffer; nothing to release
	 */
	record Item(EnginePacketType type, boolean binary, ByteBuf content) {
	}

}
