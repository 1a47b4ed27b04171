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

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes Socket.IO packets. {@code byte[]}, {@code ByteBuffer} and {@code ByteBuf}
 * anywhere in the data become attachments; arrays are not copied and must not change
 * until the packet is sent. Thread-safe.
 * <p>
 * The text is what {@code JSON.stringify} gives for plain data; other types are written
 * as the mapper does.
 *
 * @since 0.1.0
 */
public final class SocketPacketEncoder {

	/**
	 * Room for the number of attachments, which is known after the payload is written.
	 */
	private static final int MAX_ATTACHMENTS_PREFIX = 11;

	private static final int TYPES_LENGTH = 2;

	private static final int SCALAR_ESTIMATE = 8;

	private static final int OBJECT_ESTIMATE = 128;

	private final JsonMapper mapper;

	private final int maxAttachments;

	/**
	 * Create an encoder that allows {@link PacketLimits#DEFAULT_MAX_ATTACHMENTS}.
	 * @param mapper mapper for payloads
	 */
	public SocketPacketEncoder(JsonMapper mapper) {
		this(mapper, PacketLimits.DEFAULT_MAX_ATTACHMENTS);
	}

	/**
	 * Create an encoder.
	 * @param mapper mapper for payloads
	 * @param maxAttachments most attachments of a packet, at least 0; clients disconnect
	 * when they receive more than they allow
	 */
	public SocketPacketEncoder(JsonMapper mapper, int maxAttachments) {
		this.mapper = mapper.rebuild()
			.addModule(BinarySerializers.module())
			.disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
			.disable(SerializationFeature.INDENT_OUTPUT)
			.build();
		this.maxAttachments = maxAttachments;
	}

	private SocketPacketEncoder(int maxAttachments, JsonMapper prepared) {
		this.mapper = prepared;
		this.maxAttachments = maxAttachments;
	}

	/**
	 * Return an encoder that writes the same and allows another number of attachments,
	 * for packets that no client receives.
	 * @param maxAttachments most attachments of a packet, at least 0
	 * @return the encoder
	 */
	public SocketPacketEncoder withMaxAttachments(int maxAttachments) {
		return new SocketPacketEncoder(maxAttachments, this.mapper);
	}

	/**
	 * Encode a packet. {@code EVENT} and {@code ACK} become their binary form where the
	 * data has binary parts.
	 * @param type type, never a binary one
	 * @param namespace name of the namespace
	 * @param id acknowledgement id, or {@link SocketPacket#NO_ID}
	 * @param data payload, or {@code null} for none; a list for {@code EVENT} and
	 * {@code ACK}
	 * @return the packet, which the caller releases
	 * @throws IllegalArgumentException if the data cannot be written as JSON, the event
	 * has a reserved name, or there are too many attachments
	 */
	public EncodedPacket encode(SocketPacketType type, String namespace, long id, @Nullable Object data) {
		if (type == SocketPacketType.EVENT) {
			checkEvent(data);
		}
		String prefix = prefix(namespace, id);
		int prefixLength = ByteBufUtil.utf8Bytes(prefix);
		int start = WebSocketFrames.MAX_HEADER + TYPES_LENGTH + MAX_ATTACHMENTS_PREFIX + prefixLength;
		ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(start + estimate(data));
		try {
			List<byte[]> attachments = new ArrayList<>(0);
			buffer.writerIndex(start);
			if (data != null) {
				writeData(buffer, data, attachments);
			}
			int end = buffer.writerIndex();
			int payload = writePrefix(buffer, start, type, prefix, prefixLength, attachments.size());
			buffer.writerIndex(end);
			int header = WebSocketFrames.prependTextHeader(buffer, payload);
			return new EncodedPacket(buffer, header, attachments);
		}
		catch (JacksonException ex) {
			buffer.release();
			throw new IllegalArgumentException("data cannot be written as JSON: " + ex.getOriginalMessage(), ex);
		}
		catch (Throwable ex) {
			buffer.release();
			throw ex;
		}
	}

	static String placeholder(int number) {
		return "{\"_placeholder\":true,\"num\":" + number + "}";
	}

	private static void checkEvent(@Nullable Object data) {
		if (data instanceof List<?> list && !list.isEmpty() && ReservedEvents.contains(list.get(0))) {
			throw new IllegalArgumentException("\"" + list.get(0) + "\" is a reserved event name");
		}
	}

	private static String prefix(String namespace, long id) {
		if (SocketPacket.ROOT.equals(namespace)) {
			return (id != SocketPacket.NO_ID) ? Long.toString(id) : "";
		}
		return (id != SocketPacket.NO_ID) ? namespace + ',' + id : namespace + ',';
	}

	private int writePrefix(ByteBuf buffer, int start, SocketPacketType type, String prefix, int prefixLength,
			int attachments) {
		String count = "";
		SocketPacketType wireType = type;
		if (attachments > 0) {
			if (attachments > this.maxAttachments) {
				throw new IllegalArgumentException(
						"too many attachments: " + attachments + " (expected: <= " + this.maxAttachments + ")");
			}
			count = attachments + "-";
			wireType = binary(type);
		}
		int payload = start - prefixLength - count.length() - TYPES_LENGTH;
		buffer.writerIndex(payload);
		buffer.writeByte(EnginePacketType.MESSAGE.code());
		buffer.writeByte(wireType.code());
		ByteBufUtil.writeAscii(buffer, count);
		ByteBufUtil.reserveAndWriteUtf8(buffer, prefix, prefixLength);
		return payload;
	}

	private static SocketPacketType binary(SocketPacketType type) {
		return switch (type) {
			case EVENT -> SocketPacketType.BINARY_EVENT;
			case ACK -> SocketPacketType.BINARY_ACK;
			default -> throw new IllegalArgumentException("binary data in " + type + " (expected: EVENT or ACK)");
		};
	}

	private void writeData(ByteBuf buffer, Object data, List<byte[]> attachments) {
		if (data instanceof List<?> list && isPlain(list)) {
			buffer.writeByte('[');
			for (int i = 0; i < list.size(); i++) {
				if (i > 0) {
					buffer.writeByte(',');
				}
				writePlain(buffer, list.get(i), attachments);
			}
			buffer.writeByte(']');
			return;
		}
		OutputStream out = new ByteBufOutputStream(buffer);
		try (JsonGenerator generator = this.mapper.createGenerator(out)) {
			this.mapper.writeValue(new AttachmentGenerator(generator, attachments), data);
		}
	}

	private static boolean isPlain(List<?> list) {
		for (int i = 0; i < list.size(); i++) {
			if (!isPlain(list.get(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isPlain(@Nullable Object value) {
		return value == null || value instanceof String || value instanceof Integer || value instanceof Long
				|| value instanceof Boolean || value instanceof Double || value instanceof byte[]
				|| value instanceof ByteBuffer;
	}

	private static void writePlain(ByteBuf buffer, @Nullable Object value, List<byte[]> attachments) {
		if (value instanceof String text) {
			JsonText.writeString(buffer, text);
		}
		else if (value instanceof Integer || value instanceof Long) {
			JsonText.writeLong(buffer, ((Number) value).longValue());
		}
		else if (value instanceof Double number) {
			JsonText.writeAscii(buffer, JsonText.ofDouble(number));
		}
		else if (value instanceof byte[] || value instanceof ByteBuffer) {
			JsonText.writeAscii(buffer, placeholder(attachments.size()));
			attachments.add((value instanceof ByteBuffer bytes) ? BinarySerializers.bytes(bytes) : (byte[]) value);
		}
		else {
			JsonText.writeAscii(buffer, String.valueOf(value));
		}
	}

	private static int estimate(@Nullable Object data) {
		if (!(data instanceof List<?> list)) {
			return (data != null) ? OBJECT_ESTIMATE : 0;
		}
		int estimate = SCALAR_ESTIMATE;
		for (int i = 0; i < list.size(); i++) {
			Object value = list.get(i);
			if (value instanceof String text) {
				estimate += text.length() + 3;
			}
			else {
				estimate += isPlain(value) ? SCALAR_ESTIMATE : OBJECT_ESTIMATE;
			}
		}
		return estimate;
	}

}
