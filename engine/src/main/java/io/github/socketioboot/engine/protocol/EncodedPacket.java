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
import java.util.Collections;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;

/**
 * Bytes of one packet, encoded once and shared by all its receivers: an Engine.IO packet,
 * or a Socket.IO packet with its attachments, which go out together. Thread-safe.
 * Reference counted: every receiver that keeps it retains it.
 * <p>
 * The text part lies in memory as a whole WebSocket frame (server frames are not masked,
 * so its bytes are the same for all); polling uses the same bytes without the frame's
 * header.
 *
 * @since 0.1.0
 */
public final class EncodedPacket extends AbstractReferenceCounted {

	/**
	 * Engine.IO type and Socket.IO type.
	 */
	private static final int MIN_TEXT = 2;

	private final ByteBuf frame;

	private final int payloadOffset;

	private final List<BinaryPart> attachments;

	private final List<EncodedPacket> parts;

	private final int size;

	private final int messages;

	private final int messageBytes;

	/**
	 * Create a packet.
	 * @param frame the text part as a WebSocket text frame; ownership passes
	 * @param payloadOffset bytes of the frame's header, from the reader index
	 * @param attachments raw attachments, in order
	 */
	EncodedPacket(ByteBuf frame, int payloadOffset, List<byte[]> attachments) {
		this.frame = frame;
		this.payloadOffset = payloadOffset;
		this.parts = Collections.emptyList();
		int size = frame.readableBytes();
		if (attachments.isEmpty()) {
			this.attachments = Collections.emptyList();
		}
		else {
			this.attachments = attachments.stream().map(BinaryPart::new).toList();
			for (byte[] attachment : attachments) {
				size += attachment.length;
			}
		}
		this.size = size;
		this.messages = 1 + attachments.size();
		this.messageBytes = size - payloadOffset - 1;
	}

	private EncodedPacket(ByteBuf frames, List<EncodedPacket> parts) {
		this.frame = frames;
		this.payloadOffset = 0;
		this.attachments = Collections.emptyList();
		this.parts = parts;
		this.size = frames.readableBytes();
		int messages = 0;
		int messageBytes = 0;
		for (EncodedPacket part : parts) {
			messages += part.messages;
			messageBytes += part.messageBytes;
		}
		this.messages = messages;
		this.messageBytes = messageBytes;
	}

	/**
	 * Join packets that have the same receivers, so that each receiver costs one write.
	 * @param packets packets in order, each a single one; stay the caller's
	 * @return a packet with {@link #parts()}, which the caller releases
	 */
	public static EncodedPacket batch(List<EncodedPacket> packets) {
		int size = 0;
		for (EncodedPacket packet : packets) {
			size += packet.size() + packet.attachments() * WebSocketFrames.MAX_HEADER;
		}
		ByteBuf frames = ByteBufAllocator.DEFAULT.directBuffer(size);
		for (EncodedPacket packet : packets) {
			frames.writeBytes(packet.frame, packet.frame.readerIndex(), packet.frame.readableBytes());
			for (BinaryPart attachment : packet.attachments) {
				ByteBuf binary = attachment.webSocketFrame(EngineVersion.V4);
				frames.writeBytes(binary);
				binary.release();
			}
			packet.retain();
		}
		return new EncodedPacket(frames, List.copyOf(packets));
	}

	/**
	 * Read a packet that {@link #writeTo} has written, for other receivers. Copies the
	 * bytes.
	 * @param in where to read, moves on
	 * @return the packet, which the caller releases
	 * @throws PacketFormatException if the bytes are no such packet
	 */
	public static EncodedPacket readFrom(ByteBuf in) throws PacketFormatException {
		int length = length(in);
		if (length < MIN_TEXT || in.getByte(in.readerIndex()) != EnginePacketType.MESSAGE.code()) {
			throw new PacketFormatException("no packet");
		}
		int text = in.readerIndex();
		in.skipBytes(length);
		int count = length(in);
		if (count > in.readableBytes() / Integer.BYTES) {
			throw new PacketFormatException("illegal number of attachments");
		}
		List<byte[]> attachments = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			byte[] attachment = new byte[length(in)];
			in.readBytes(attachment);
			attachments.add(attachment);
		}
		ByteBuf frame = WebSocketFrames.allocate(WebSocketFrames.FINAL_TEXT, length);
		int header = frame.writerIndex();
		frame.writeBytes(in, text, length);
		return new EncodedPacket(frame, header, attachments);
	}

	private static int length(ByteBuf in) throws PacketFormatException {
		int length = (in.readableBytes() >= Integer.BYTES) ? in.readInt() : -1;
		if (length < 0 || length > in.readableBytes()) {
			throw new PacketFormatException("illegal length");
		}
		return length;
	}

	/**
	 * Write the packet for {@link #readFrom} in another process.
	 * @param out the buffer to write to
	 */
	public void writeTo(ByteBuf out) {
		out.ensureWritable(2 * Integer.BYTES + this.size + this.attachments.size() * Integer.BYTES);
		out.writeInt(textLength());
		appendText(out);
		out.writeInt(this.attachments.size());
		for (BinaryPart attachment : this.attachments) {
			out.writeInt(attachment.data().length);
			out.writeBytes(attachment.data());
		}
	}

	/**
	 * Return the same Socket.IO packet with another acknowledgement id.
	 * @param namespace name of its namespace
	 * @param id the other id
	 * @return a packet, which the caller releases
	 * @throws PacketFormatException if the packet bears no id, or is of another namespace
	 */
	public EncodedPacket withId(String namespace, long id) throws PacketFormatException {
		int start = this.frame.readerIndex() + this.payloadOffset;
		int end = this.frame.writerIndex();
		int index = idIndex(namespace);
		int rest = idEnd(index);
		if (rest == index) {
			throw new PacketFormatException("illegal id");
		}
		String digits = Long.toString(id);
		ByteBuf changed = WebSocketFrames.allocate(WebSocketFrames.FINAL_TEXT,
				index - start + digits.length() + end - rest);
		int header = changed.writerIndex();
		changed.writeBytes(this.frame, start, index - start);
		ByteBufUtil.writeAscii(changed, digits);
		changed.writeBytes(this.frame, rest, end - rest);
		return new EncodedPacket(changed, header, this.attachments.stream().map(BinaryPart::data).toList());
	}

	/**
	 * Return the payload of a Socket.IO packet, with placeholders where attachments
	 * belong.
	 * @param namespace name of its namespace
	 * @return a retained slice, JSON or empty; the caller releases it
	 * @throws PacketFormatException if the packet is of another namespace
	 */
	public ByteBuf payload(String namespace) throws PacketFormatException {
		int index = idEnd(idIndex(namespace));
		return this.frame.retainedSlice(index, this.frame.writerIndex() - index);
	}

	private int idIndex(String namespace) throws PacketFormatException {
		int start = this.frame.readerIndex() + this.payloadOffset;
		int end = this.frame.writerIndex();
		int index = start + MIN_TEXT;
		if (!this.attachments.isEmpty()) {
			index = this.frame.indexOf(index, end, (byte) '-') + 1;
		}
		if (index <= start || index > end) {
			throw new PacketFormatException("no packet");
		}
		if (!SocketPacket.ROOT.equals(namespace)) {
			byte[] expected = (namespace + ',').getBytes(StandardCharsets.UTF_8);
			if (end - index < expected.length
					|| !ByteBufUtil.equals(this.frame, index, Unpooled.wrappedBuffer(expected), 0, expected.length)) {
				throw new PacketFormatException("illegal namespace");
			}
			index += expected.length;
		}
		return index;
	}

	private int idEnd(int index) {
		int end = index;
		while (end < this.frame.writerIndex() && this.frame.getByte(end) >= '0' && this.frame.getByte(end) <= '9') {
			end++;
		}
		return end;
	}

	/**
	 * Return the packets of a batch. Of a batch only {@link #size()} and
	 * {@link #webSocketText()} may be used besides; the latter holds the frames of all
	 * its packets, attachments as in version 4 included.
	 * @return the packets in order, none if this is a single packet
	 */
	public List<EncodedPacket> parts() {
		return this.parts;
	}

	/**
	 * Return how many bytes this packet counts in an outgoing queue.
	 * @return size in bytes, at least 1
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Return how many Engine.IO messages this is, each attachment being one.
	 * @return number of messages, at least 1
	 */
	public int messages() {
		return this.messages;
	}

	/**
	 * Return how many bytes these messages have, without their Engine.IO type.
	 * @return number of bytes
	 */
	public int messageBytes() {
		return this.messageBytes;
	}

	/**
	 * Return how many attachments follow the text.
	 * @return number of attachments
	 */
	public int attachments() {
		return this.attachments.size();
	}

	/**
	 * Return the text as a WebSocket frame, header included.
	 * @return a retained duplicate; the caller releases it
	 */
	public ByteBuf webSocketText() {
		return this.frame.retainedDuplicate();
	}

	/**
	 * Return the text as a WebSocket frame, header included, to be looked at: neither
	 * kept, nor released, nor changed, its indexes included.
	 * @return the buffer that all receivers share
	 */
	public ByteBuf webSocketFrame() {
		return this.frame;
	}

	/**
	 * Return the text as it stands in a polling payload or in a WebSocket message,
	 * Engine.IO type first.
	 * @return a retained slice; the caller releases it
	 */
	public ByteBuf text() {
		return this.frame.retainedSlice(this.frame.readerIndex() + this.payloadOffset,
				this.frame.readableBytes() - this.payloadOffset);
	}

	/**
	 * Return the length of the text in bytes, Engine.IO type included.
	 * @return length in bytes
	 */
	public int textLength() {
		return this.frame.readableBytes() - this.payloadOffset;
	}

	/**
	 * Append the text to a buffer, Engine.IO type first.
	 * @param out the buffer to write to
	 */
	public void appendText(ByteBuf out) {
		out.writeBytes(this.frame, this.frame.readerIndex() + this.payloadOffset, textLength());
	}

	/**
	 * Return an attachment as a WebSocket frame, header included. Encoded at the first
	 * call for a version and shared from then on.
	 * @param index index of the attachment, from 0
	 * @param version version of the receiver; version 3 carries a leading type byte
	 * @return a retained duplicate; the caller releases it
	 */
	public ByteBuf webSocketBinary(int index, EngineVersion version) {
		return this.attachments.get(index).webSocketFrame(version);
	}

	/**
	 * Return the raw bytes of an attachment.
	 * @param index index of the attachment, from 0
	 * @return the bytes, not to be changed
	 */
	public byte[] attachment(int index) {
		return this.attachments.get(index).data();
	}

	@Override
	public EncodedPacket retain() {
		super.retain();
		return this;
	}

	@Override
	public ReferenceCounted touch(Object hint) {
		this.frame.touch(hint);
		return this;
	}

	@Override
	protected void deallocate() {
		this.frame.release();
		this.attachments.forEach(BinaryPart::release);
		this.parts.forEach(EncodedPacket::release);
	}

}
