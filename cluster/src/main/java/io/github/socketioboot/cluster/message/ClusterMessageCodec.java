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

import java.nio.charset.StandardCharsets;

import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.protocol.PacketFormatException;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Binary form of messages: version, type, a trace if the version says so, namespace, then
 * the message's own fields in order. Numbers are big-endian; texts are UTF-8 behind their
 * length in bytes; whatever repeats stands behind its number; payloads are JSON texts
 * with attachments, as clients get them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ClusterMessageCodec {

	/**
	 * Version of the form, the first byte. Members of another version are not understood.
	 */
	static final int VERSION = 1;

	/**
	 * Version of messages that are part of a trace: it stands behind the type, in ASCII
	 * behind its length in one byte.
	 */
	static final int VERSION_WITH_TRACE = 2;

	/**
	 * Most attachments of one payload.
	 */
	static final int MAX_ATTACHMENTS = 100_000;

	private static final int INITIAL_CAPACITY = 256;

	private final SocketPacketEncoder trees;

	/**
	 * Create a codec for payloads of an application.
	 * @param encoder encoder of the application's payloads
	 */
	public ClusterMessageCodec(SocketPacketEncoder encoder) {
		this.trees = encoder.withMaxAttachments(MAX_ATTACHMENTS);
	}

	/**
	 * Create a codec for messages without payloads.
	 */
	public ClusterMessageCodec() {
		this(new SocketPacketEncoder(JsonMapper.shared()));
	}

	/**
	 * Write a message.
	 * @param namespace name of the namespace, or empty for messages about members
	 * @param message the message; a packet in it must be encoded and stays the caller's
	 * @return the bytes, which the caller releases
	 * @throws IllegalArgumentException if a payload cannot be written as JSON
	 */
	public ByteBuf encode(String namespace, ClusterMessage message) {
		ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(INITIAL_CAPACITY);
		try {
			TraceParent trace = message.trace();
			out.writeByte((trace != null) ? VERSION_WITH_TRACE : VERSION);
			out.writeByte(message.type().number());
			if (trace != null) {
				out.writeByte(trace.value().length());
				out.writeCharSequence(trace.value(), StandardCharsets.US_ASCII);
			}
			MessageWriter writer = new MessageWriter(out, this.trees);
			writer.writeText(namespace);
			message.accept(writer);
			return out;
		}
		catch (Throwable ex) {
			out.release();
			throw ex;
		}
	}

	/**
	 * Read a message.
	 * @param in the bytes; stay the caller's
	 * @return the message; the caller releases a packet in it
	 * @throws MalformedMessageException if the bytes are no message
	 */
	public ClusterEnvelope decode(ByteBuf in) throws MalformedMessageException {
		ByteBuf bytes = in.duplicate();
		try {
			int version = bytes.readUnsignedByte();
			if (version != VERSION && version != VERSION_WITH_TRACE) {
				throw new MalformedMessageException("unknown version");
			}
			ClusterMessageType type = ClusterMessageType.ofNumber(bytes.readUnsignedByte());
			if (type == null) {
				throw new MalformedMessageException("unknown type");
			}
			TraceParent trace = (version == VERSION_WITH_TRACE) ? readTrace(bytes) : null;
			MessageReader reader = new MessageReader(bytes);
			String namespace = reader.readText();
			if (namespace.isEmpty() != type.isOfMembers()) {
				throw new MalformedMessageException("illegal namespace");
			}
			ClusterMessage message = reader.read(type);
			if (bytes.isReadable()) {
				release(message);
				throw new MalformedMessageException("trailing bytes");
			}
			return new ClusterEnvelope(namespace, (trace != null) ? message.withTrace(trace) : message);
		}
		catch (IndexOutOfBoundsException | PacketFormatException ex) {
			throw new MalformedMessageException("illegal content", ex);
		}
	}

	private static @Nullable TraceParent readTrace(ByteBuf in) {
		return TraceParent.read(in.readCharSequence(in.readUnsignedByte(), StandardCharsets.US_ASCII).toString());
	}

	private static void release(ClusterMessage message) {
		if (message instanceof ClusterMessage.Broadcast broadcast) {
			BroadcastPacket packet = broadcast.packet();
			packet.release();
		}
	}

}
