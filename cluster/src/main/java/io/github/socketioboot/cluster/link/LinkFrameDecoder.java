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

package io.github.socketioboot.cluster.link;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;

/**
 * Cuts what comes over a link into frames. What is too long, unknown or malformed throws.
 * Event loop only.
 */
final class LinkFrameDecoder extends ByteToMessageDecoder {

	/**
	 * Longest frame before the other side is known, in bytes.
	 */
	private static final int MAX_FIRST_FRAME = 1024;

	private int maxFrame = MAX_FIRST_FRAME;

	/**
	 * Allow for longer frames.
	 * @param maxFrame longest frame, in bytes
	 */
	void maxFrame(int maxFrame) {
		this.maxFrame = maxFrame;
	}

	/**
	 * Return whether all that was received has been decoded.
	 * @return {@code true} if so
	 */
	boolean isEmpty() {
		return actualReadableBytes() == 0;
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		if (in.readableBytes() < EncodedFrame.LENGTH_SIZE) {
			return;
		}
		int length = in.getInt(in.readerIndex());
		if (length < 1 || length > this.maxFrame) {
			throw new CorruptedFrameException("a frame of " + length + " bytes (expected: 1 to " + this.maxFrame + ")");
		}
		if (in.readableBytes() < EncodedFrame.LENGTH_SIZE + length) {
			return;
		}
		ByteBuf body = in.skipBytes(EncodedFrame.LENGTH_SIZE).readSlice(length);
		LinkFrame frame = FrameType.of(body.readByte()).read(body);
		if (body.isReadable()) {
			throw new CorruptedFrameException(
					"a frame of type " + FrameType.of(frame) + " with " + body.readableBytes() + " bytes too many");
		}
		out.add(frame);
	}

}
