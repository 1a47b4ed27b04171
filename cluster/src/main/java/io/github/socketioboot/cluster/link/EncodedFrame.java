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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A frame as bytes: length (four bytes, of what follows), type (one byte), body.
 *
 * @param head everything, or everything but {@code payload}
 * @param payload the buffer that ends the frame if it is not in {@code head}
 */
record EncodedFrame(ByteBuf head, @Nullable ByteBuf payload) {

	/**
	 * Bytes before the type.
	 */
	static final int LENGTH_SIZE = 4;

	/**
	 * Longest payload that is copied: cheaper than a buffer of its own in a write.
	 */
	private static final int MAX_COPIED = 1024;

	private static final int INITIAL_SIZE = 32;

	/**
	 * Encode a frame.
	 * @param frame the frame; its buffer's ownership passes
	 * @param allocator where buffers come from
	 * @return the bytes
	 */
	static EncodedFrame of(LinkFrame frame, ByteBufAllocator allocator) {
		FrameType type = FrameType.of(frame);
		ByteBuf payload = type.payload(frame);
		int length = (payload != null) ? payload.readableBytes() : 0;
		boolean copied = length <= MAX_COPIED;
		ByteBuf head = allocator.ioBuffer(INITIAL_SIZE + (copied ? length : 0));
		head.writeInt(0);
		head.writeByte(type.code());
		type.write(frame, head);
		head.setInt(0, head.readableBytes() - LENGTH_SIZE + length);
		if (payload == null) {
			return new EncodedFrame(head, null);
		}
		if (copied) {
			head.writeBytes(payload);
			payload.release();
			return new EncodedFrame(head, null);
		}
		return new EncodedFrame(head, payload);
	}

	/**
	 * Return the size.
	 * @return number of bytes
	 */
	int size() {
		return this.head.readableBytes() + ((this.payload != null) ? this.payload.readableBytes() : 0);
	}

	/**
	 * Give the buffers back.
	 */
	void release() {
		this.head.release();
		if (this.payload != null) {
			this.payload.release();
		}
	}

	/**
	 * Give the buffer of a frame back that is not sent.
	 * @param frame the frame
	 */
	static void release(LinkFrame frame) {
		ByteBuf payload = FrameType.of(frame).payload(frame);
		if (payload != null) {
			payload.release();
		}
	}

}
