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

package io.github.socketioboot.engine.netty;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Compresses answers to polls, as a whole, so that they keep their
 * {@code Content-Length}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
final class PollCompression {

	/**
	 * Longer answers are sent as they are: compressing them would hold up the event loop
	 * for longer than the network takes.
	 */
	static final int MAX_LENGTH = 1024 * 1024;

	private static final byte[] GZIP_HEADER = { 0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff };

	private static final int GZIP_TRAILER_LENGTH = 8;

	/**
	 * What incompressible data grows by at most: 5 bytes for each stored block, header
	 * and trailer. Generous, only there to make an endless loop impossible.
	 */
	private static final int MAX_GROWTH = 1024;

	private static final Pattern QUALITY = Pattern.compile("[01](\\.\\d{0,3})?");

	private final int threshold;

	/**
	 * Create a compression.
	 * @param threshold shortest answer that is compressed, in bytes; -1 for none
	 */
	PollCompression(int threshold) {
		this.threshold = threshold;
	}

	/**
	 * Choose how to send an answer.
	 * @param acceptEncoding header {@code Accept-Encoding} of the request, or
	 * {@code null}
	 * @param length length of the answer in bytes
	 * @return the coding, or {@code null} to send it as it is
	 */
	@Nullable Coding choose(@Nullable String acceptEncoding, int length) {
		if (acceptEncoding == null || this.threshold < 0 || length < this.threshold || length > MAX_LENGTH) {
			return null;
		}
		return negotiate(acceptEncoding);
	}

	/**
	 * Choose the coding that a client likes best.
	 * @param acceptEncoding header {@code Accept-Encoding}
	 * @return the coding, or {@code null} if it likes none better than the plain answer
	 */
	static @Nullable Coding negotiate(String acceptEncoding) {
		double gzip = -1;
		double deflate = -1;
		double identity = -1;
		double others = -1;
		int start = 0;
		while (start < acceptEncoding.length()) {
			int comma = acceptEncoding.indexOf(',', start);
			int end = (comma != -1) ? comma : acceptEncoding.length();
			int semicolon = acceptEncoding.indexOf(';', start);
			int nameEnd = (semicolon != -1 && semicolon < end) ? semicolon : end;
			double quality = quality(acceptEncoding, nameEnd, end);
			switch (acceptEncoding.substring(start, nameEnd).trim().toLowerCase(Locale.ROOT)) {
				case "gzip", "x-gzip" -> {
					gzip = Math.max(gzip, quality);
				}
				case "deflate" -> {
					deflate = Math.max(deflate, quality);
				}
				case "identity" -> {
					identity = Math.max(identity, quality);
				}
				case "*" -> {
					others = Math.max(others, quality);
				}
				default -> {
				}
			}
			start = end + 1;
		}
		gzip = (gzip >= 0) ? gzip : others;
		deflate = (deflate >= 0) ? deflate : others;
		double best = Math.max(gzip, deflate);
		if (best <= 0 || best < identity) {
			return null;
		}
		return (gzip >= deflate) ? Coding.GZIP : Coding.DEFLATE;
	}

	private static double quality(String value, int start, int end) {
		int position = value.indexOf("q=", start);
		if (position == -1 || position >= end) {
			position = value.indexOf("Q=", start);
		}
		if (position == -1 || position >= end) {
			return 1;
		}
		int semicolon = value.indexOf(';', position);
		int stop = (semicolon != -1 && semicolon < end) ? semicolon : end;
		String digits = value.substring(position + 2, stop).trim();
		return QUALITY.matcher(digits).matches() ? Math.min(Double.parseDouble(digits), 1) : 0;
	}

	/**
	 * Compress an answer.
	 * @param body the answer, released in any case
	 * @param coding the coding
	 * @param allocator allocates the result
	 * @return the compressed answer, owned by the caller
	 */
	static ByteBuf compress(ByteBuf body, Coding coding, ByteBufAllocator allocator) {
		int length = body.readableBytes();
		int capacity = Math.min(length / 2, MAX_LENGTH) + MAX_GROWTH;
		Deflater deflater = new Deflater(Deflater.BEST_SPEED, coding == Coding.GZIP);
		ByteBuf compressed = null;
		try {
			compressed = allocator.directBuffer(capacity, length + (length >> 7) + MAX_GROWTH);
			write(body, coding, deflater, compressed);
			ByteBuf result = compressed;
			compressed = null;
			return result;
		}
		finally {
			deflater.end();
			body.release();
			if (compressed != null) {
				compressed.release();
			}
		}
	}

	private static void write(ByteBuf body, Coding coding, Deflater deflater, ByteBuf compressed) {
		if (coding == Coding.GZIP) {
			compressed.writeBytes(GZIP_HEADER);
		}
		CRC32 checksum = new CRC32();
		int length = body.readableBytes();
		for (ByteBuffer part : body.nioBuffers()) {
			if (coding == Coding.GZIP) {
				checksum.update(part.duplicate());
			}
			deflater.setInput(part);
			while (!deflater.needsInput()) {
				deflate(deflater, compressed);
			}
		}
		deflater.finish();
		while (!deflater.finished()) {
			deflate(deflater, compressed);
		}
		if (coding == Coding.GZIP) {
			compressed.ensureWritable(GZIP_TRAILER_LENGTH);
			compressed.writeIntLE((int) checksum.getValue());
			compressed.writeIntLE(length);
		}
	}

	private static void deflate(Deflater deflater, ByteBuf compressed) {
		if (!compressed.isWritable()) {
			compressed.ensureWritable(Math.min(compressed.capacity(), compressed.maxWritableBytes()));
		}
		ByteBuffer output = compressed.internalNioBuffer(compressed.writerIndex(), compressed.writableBytes());
		int count = deflater.deflate(output);
		compressed.writerIndex(compressed.writerIndex() + count);
	}

	/**
	 * How an answer is compressed.
	 */
	enum Coding {

		/**
		 * Deflate with the head and checksum of gzip.
		 */
		GZIP("gzip"),

		/**
		 * Deflate with the head and checksum of zlib.
		 */
		DEFLATE("deflate");

		private final AsciiString value;

		Coding(String value) {
			this.value = AsciiString.cached(value);
		}

		/**
		 * Return the value of the header {@code Content-Encoding}.
		 * @return the value
		 */
		AsciiString value() {
			return this.value;
		}

	}

}
