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

package io.github.socketioboot.cluster.message;

import io.github.socketioboot.engine.adapter.SocketState;
import io.github.socketioboot.engine.protocol.PacketFormatException;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Binary form of what makes a socket the same for its client, to be kept anywhere:
 * version, id, rooms, and the data as JSON with attachments, in the form of
 * {@link ClusterMessageCodec}. Data that has no JSON is left out. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SocketStateCodec {

	/**
	 * Version of the form, the first byte.
	 */
	static final int VERSION = 1;

	private final SocketPacketEncoder trees;

	/**
	 * Create a codec.
	 * @param encoder encoder of the application's payloads
	 */
	public SocketStateCodec(SocketPacketEncoder encoder) {
		this.trees = encoder.withMaxAttachments(ClusterMessageCodec.MAX_ATTACHMENTS);
	}

	/**
	 * Write a state.
	 * @param state the state
	 * @return the bytes
	 */
	public byte[] encode(SocketState state) {
		ByteBuf out = ByteBufAllocator.DEFAULT.buffer();
		try {
			out.writeByte(VERSION);
			new MessageWriter(out, this.trees).writeState(state);
			return ByteBufUtil.getBytes(out);
		}
		finally {
			out.release();
		}
	}

	/**
	 * Read a state.
	 * @param bytes the bytes
	 * @return the state
	 * @throws MalformedMessageException if the bytes are no state
	 */
	public SocketState decode(byte[] bytes) throws MalformedMessageException {
		ByteBuf in = Unpooled.wrappedBuffer(bytes);
		try {
			if (in.readUnsignedByte() != VERSION) {
				throw new MalformedMessageException("unknown version");
			}
			SocketState state = new MessageReader(in).readState();
			if (in.isReadable()) {
				throw new MalformedMessageException("trailing bytes");
			}
			return state;
		}
		catch (IndexOutOfBoundsException | PacketFormatException ex) {
			throw new MalformedMessageException("illegal content", ex);
		}
	}

}
