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

package io.github.socketioboot.cluster.primary.proxy;

import java.nio.charset.StandardCharsets;

import io.github.socketioboot.cluster.primary.proxy.RequestHead.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Writes parts of bodies, without copying all but the smallest.
 */
final class BodyWriter {

	private static final int COPIED = 512;

	private static final int CHUNK_OVERHEAD = 16;

	private static final ByteBuf CRLF = constant("\r\n");

	private static final ByteBuf END = constant("0\r\n\r\n");

	private BodyWriter() {
	}

	/**
	 * Write part of a body, unflushed.
	 * @param channel where to
	 * @param part the part; released
	 * @param framing how the body is delimited there
	 */
	static void write(Channel channel, HttpContent part, Framing framing) {
		ByteBuf content = part.content();
		if (content.isReadable()) {
			if (framing == Framing.CHUNKED) {
				chunk(channel, content);
			}
			else {
				channel.write(content, channel.voidPromise());
			}
		}
		else {
			content.release();
		}
		if (framing == Framing.CHUNKED && part instanceof LastHttpContent last) {
			end(channel, last);
		}
	}

	private static void chunk(Channel channel, ByteBuf content) {
		int length = content.readableBytes();
		if (length <= COPIED) {
			ByteBuf chunk = channel.alloc().buffer(length + CHUNK_OVERHEAD);
			size(chunk, length);
			chunk.writeBytes(content).writeShort('\r' << 8 | '\n');
			content.release();
			channel.write(chunk, channel.voidPromise());
			return;
		}
		ByteBuf size = channel.alloc().buffer(CHUNK_OVERHEAD);
		size(size, length);
		channel.write(size, channel.voidPromise());
		channel.write(content, channel.voidPromise());
		channel.write(CRLF.duplicate(), channel.voidPromise());
	}

	private static void size(ByteBuf out, int length) {
		out.writeCharSequence(Integer.toHexString(length), StandardCharsets.US_ASCII);
		out.writeShort('\r' << 8 | '\n');
	}

	private static void end(Channel channel, LastHttpContent last) {
		if (last.trailingHeaders().isEmpty()) {
			channel.write(END.duplicate(), channel.voidPromise());
			return;
		}
		ByteBuf end = channel.alloc().buffer();
		end.writeCharSequence("0\r\n", StandardCharsets.US_ASCII);
		HeadWriter.trailers(end, last.trailingHeaders());
		end.writeShort('\r' << 8 | '\n');
		channel.write(end, channel.voidPromise());
	}

	private static ByteBuf constant(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
	}

}
