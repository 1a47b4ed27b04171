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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the Socket.IO packets of one connection, attachments included. Event loop only.
 * Accepts and refuses what the reference parser does, except that a number of attachments
 * without any is refused, and that names of namespaces, ids and the nesting of payloads
 * are limited.
 * <p>
 * After an exception the decoder is ready for another packet.
 *
 * @since 0.1.0
 */
public final class SocketPacketDecoder {

	static final String INVALID_PAYLOAD = "invalid payload";

	/**
	 * Largest integer that JavaScript represents exactly.
	 */
	private static final long MAX_ID = (1L << 53) - 1;

	/**
	 * Longest number of attachments, in digits.
	 */
	private static final int MAX_ATTACHMENT_DIGITS = 9;

	private final PacketLimits limits;

	private @Nullable AwaitedAttachments awaited;

	/**
	 * Events of a connection mostly belong to one namespace.
	 */
	private String lastNamespace = SocketPacket.ROOT;

	/**
	 * Create a decoder.
	 * @param limits what a packet may hold; shared by all connections
	 */
	public SocketPacketDecoder(PacketLimits limits) {
		this.limits = limits;
	}

	/**
	 * Decode a text message.
	 * @param text the message behind its Engine.IO type; stays the caller's
	 * @return the packet, or {@code null} while attachments are awaited. An event that
	 * bears no payload has an empty list
	 * @throws PacketFormatException if the message is no packet, or attachments of
	 * another are missing
	 */
	public @Nullable SocketPacket decodeText(ByteBuf text) throws PacketFormatException {
		if (this.awaited != null) {
			this.awaited = null;
			throw new PacketFormatException("got plaintext data when reconstructing a packet");
		}
		int index = text.readerIndex();
		int end = text.writerIndex();
		SocketPacketType type = type(text, index++, end);
		int attachments = 0;
		if (type == SocketPacketType.BINARY_EVENT || type == SocketPacketType.BINARY_ACK) {
			int dash = attachmentsEnd(text, index, end);
			attachments = attachments(text, index, dash);
			index = dash + 1;
			type = (type == SocketPacketType.BINARY_EVENT) ? SocketPacketType.EVENT : SocketPacketType.ACK;
		}
		String namespace = SocketPacket.ROOT;
		if (index < end && text.getByte(index) == '/') {
			int namespaceEnd = namespaceEnd(text, index, end);
			namespace = namespace(text, index, namespaceEnd);
			index = Math.min(namespaceEnd + 1, end);
		}
		long id = SocketPacket.NO_ID;
		while (index < end && isDigit(text.getByte(index))) {
			id = Math.max(id, 0) * 10 + (text.getByte(index++) - '0');
			if (id > MAX_ID) {
				throw new PacketFormatException(INVALID_PAYLOAD);
			}
		}
		SocketPacket packet = new SocketPacket(type, namespace, id, data(type, text, index, end));
		if (attachments == 0) {
			return packet;
		}
		this.awaited = new AwaitedAttachments(packet, attachments);
		return null;
	}

	/**
	 * Decode a packet with all of its attachments.
	 * @param packet the packet; stays the caller's
	 * @return the packet
	 * @throws PacketFormatException if it is none, or attachments are missing
	 */
	public SocketPacket decode(EncodedPacket packet) throws PacketFormatException {
		ByteBuf text = packet.text();
		try {
			// Behind the Engine.IO type
			SocketPacket decoded = decodeText(text.skipBytes(1));
			for (int i = 0; decoded == null && i < packet.attachments(); i++) {
				decoded = addBinary(Unpooled.wrappedBuffer(packet.attachment(i)));
			}
			if (decoded == null) {
				throw new PacketFormatException(INVALID_PAYLOAD);
			}
			return decoded;
		}
		finally {
			this.awaited = null;
			text.release();
		}
	}

	/**
	 * Take an attachment.
	 * @param data the raw bytes; stays the caller's
	 * @return the packet, or {@code null} while more attachments are awaited
	 * @throws PacketFormatException if no attachment is awaited, or the packet names
	 * another one than those it has
	 */
	public @Nullable SocketPacket addBinary(ByteBuf data) throws PacketFormatException {
		AwaitedAttachments awaited = this.awaited;
		if (awaited == null) {
			throw new PacketFormatException("got binary data when not reconstructing a packet");
		}
		if (!awaited.add(ByteBufUtil.getBytes(data))) {
			return null;
		}
		this.awaited = null;
		return awaited.complete();
	}

	private static SocketPacketType type(ByteBuf text, int index, int end) throws PacketFormatException {
		if (index == end) {
			throw new PacketFormatException(INVALID_PAYLOAD);
		}
		byte code = text.getByte(index);
		SocketPacketType type = SocketPacketType.ofCode(code);
		if (type == null) {
			throw new PacketFormatException("unknown packet type " + (isDigit(code) ? (char) code : "NaN"));
		}
		return type;
	}

	private static int attachmentsEnd(ByteBuf text, int index, int end) throws PacketFormatException {
		int last = Math.min(end, index + MAX_ATTACHMENT_DIGITS + 1);
		for (int i = index; i < last; i++) {
			byte current = text.getByte(i);
			if (current == '-' && i > index) {
				return i;
			}
			if (!isDigit(current)) {
				break;
			}
		}
		throw new PacketFormatException("Illegal attachments");
	}

	private int attachments(ByteBuf text, int index, int dash) throws PacketFormatException {
		int count = 0;
		for (int i = index; i < dash; i++) {
			count = count * 10 + (text.getByte(i) - '0');
		}
		if (count == 0) {
			throw new PacketFormatException("Illegal attachments");
		}
		if (count > this.limits.maxAttachments()) {
			throw new PacketFormatException("too many attachments");
		}
		return count;
	}

	private static int namespaceEnd(ByteBuf text, int index, int end) throws PacketFormatException {
		int comma = text.indexOf(index, Math.min(end, index + PacketLimits.MAX_NAMESPACE_LENGTH + 1), (byte) ',');
		if (comma < 0) {
			comma = end;
		}
		if (comma - index > PacketLimits.MAX_NAMESPACE_LENGTH) {
			throw new PacketFormatException("invalid namespace");
		}
		return comma;
	}

	private String namespace(ByteBuf text, int index, int end) {
		if (!isLastNamespace(text, index, end)) {
			this.lastNamespace = text.toString(index, end - index, StandardCharsets.UTF_8);
		}
		return this.lastNamespace;
	}

	private boolean isLastNamespace(ByteBuf text, int index, int end) {
		String last = this.lastNamespace;
		if (last.length() != end - index) {
			return false;
		}
		for (int i = 0; i < last.length(); i++) {
			if (text.getByte(index + i) != last.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	private @Nullable Object data(SocketPacketType type, ByteBuf text, int index, int end)
			throws PacketFormatException {
		if (index == end) {
			return (type == SocketPacketType.EVENT || type == SocketPacketType.ACK) ? new ArrayList<>(0) : null;
		}
		if (type == SocketPacketType.DISCONNECT) {
			throw new PacketFormatException(INVALID_PAYLOAD);
		}
		Object data = JsonTreeReader.read(this.limits.mapper().tokenStreamFactory(), text, index, end - index,
				this.limits.maxDepth());
		if (!isValid(type, data)) {
			throw new PacketFormatException(INVALID_PAYLOAD);
		}
		return data;
	}

	private static boolean isValid(SocketPacketType type, @Nullable Object data) {
		return switch (type) {
			case CONNECT -> data instanceof Map;
			case CONNECT_ERROR -> data instanceof Map || data instanceof String;
			case EVENT -> data instanceof List<?> list && !list.isEmpty() && isEventName(list.get(0));
			default -> data instanceof List;
		};
	}

	private static boolean isEventName(@Nullable Object name) {
		return name instanceof Number || (name instanceof String && !ReservedEvents.contains(name));
	}

	private static boolean isDigit(byte character) {
		return character >= '0' && character <= '9';
	}

}
