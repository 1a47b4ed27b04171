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

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/**
 * Framing of several packets in one HTTP body (Engine.IO 4: records separated by U+001E;
 * Engine.IO 3: lengths). Thread-safe.
 *
 * @since 0.1.0
 */
public final class PollingPayloads {

	static final byte SEPARATOR = 0x1e;

	static final byte BASE64 = 'b';

	/**
	 * Version 3, binary: end of a length.
	 */
	static final int LENGTH_END = 0xff;

	/**
	 * Version 3: longest length that is read, in digits.
	 */
	static final int MAX_LENGTH_DIGITS = 9;

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
		if (version == EngineVersion.V4 || base64) {
			return false;
		}
		for (EncodedPacket packet : packets) {
			if (packet.attachments() > 0) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Encode packets into one body.
	 * @param packets packets in order, at least one; stay the caller's
	 * @param version version of the receiver
	 * @param base64 whether the receiver asked for text ({@code b64}, version 3)
	 * @return the body, which the caller releases
	 */
	public static ByteBuf encode(List<EncodedPacket> packets, EngineVersion version, boolean base64) {
		ByteBuf body = ByteBufAllocator.DEFAULT.directBuffer(estimate(packets));
		try {
			boolean binary = isBinary(packets, version, base64);
			for (EncodedPacket packet : packets) {
				if (version == EngineVersion.V4) {
					appendV4(body, packet);
				}
				else if (binary) {
					appendBinaryV3(body, packet);
				}
				else {
					appendTextV3(body, packet);
				}
			}
			return body;
		}
		catch (Throwable ex) {
			body.release();
			throw ex;
		}
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
		if (version == EngineVersion.V4) {
			return new RecordPayloadReader(body);
		}
		return binary ? new BinaryPayloadReader(body) : new LengthPayloadReader(body);
	}

	private static int estimate(List<EncodedPacket> packets) {
		long size = 0;
		for (EncodedPacket packet : packets) {
			size += packet.textLength() + MAX_LENGTH_DIGITS + 2;
			for (int i = 0; i < packet.attachments(); i++) {
				size += base64Length(packet.attachment(i)) + MAX_LENGTH_DIGITS + 4;
			}
		}
		return (int) Math.min(size, Integer.MAX_VALUE);
	}

	private static void appendV4(ByteBuf body, EncodedPacket packet) {
		if (body.isReadable()) {
			body.writeByte(SEPARATOR);
		}
		packet.appendText(body);
		for (int i = 0; i < packet.attachments(); i++) {
			body.writeByte(SEPARATOR).writeByte(BASE64);
			body.writeBytes(Base64.getEncoder().encode(packet.attachment(i)));
		}
	}

	private static void appendTextV3(ByteBuf body, EncodedPacket packet) {
		int lengthIndex = body.writerIndex();
		packet.appendText(body);
		int units = Utf16Units.count(body, lengthIndex, body.writerIndex());
		body.writerIndex(lengthIndex);
		writeAscii(body, units + ":");
		packet.appendText(body);
		for (int i = 0; i < packet.attachments(); i++) {
			byte[] attachment = packet.attachment(i);
			writeAscii(body, (base64Length(attachment) + 2) + ":b" + EnginePacketType.MESSAGE.ordinal());
			body.writeBytes(Base64.getEncoder().encode(attachment));
		}
	}

	private static void appendBinaryV3(ByteBuf body, EncodedPacket packet) {
		writeBinaryLength(body, 0, packet.textLength());
		packet.appendText(body);
		for (int i = 0; i < packet.attachments(); i++) {
			byte[] attachment = packet.attachment(i);
			writeBinaryLength(body, 1, attachment.length + 1);
			body.writeByte(EnginePacketType.MESSAGE.ordinal()).writeBytes(attachment);
		}
	}

	private static void writeBinaryLength(ByteBuf body, int kind, int length) {
		body.writeByte(kind);
		for (byte digit : Integer.toString(length).getBytes(StandardCharsets.US_ASCII)) {
			body.writeByte(digit - '0');
		}
		body.writeByte(LENGTH_END);
	}

	private static int base64Length(byte[] attachment) {
		return (int) (4 * ((attachment.length + 2L) / 3));
	}

	private static void writeAscii(ByteBuf body, String text) {
		ByteBufUtil.writeAscii(body, text);
	}

}
