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

package io.github.socketioboot.cluster.redis;

import java.nio.charset.StandardCharsets;

import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Frames between workers as bytes: version, kind, namespace, and what the kind has.
 * Without I/O.
 */
final class HostFrameCodec {

	/**
	 * Unlike the first byte of a message of a cluster without Redis, which a worker may
	 * be sent while its host is reloaded with another configuration.
	 */
	private static final byte VERSION = (byte) 0xA1;

	private static final byte LOCAL = 1;

	private static final byte RELAYED = 2;

	private static final byte STANDS = 3;

	private static final byte ATTACHED = 4;

	private static final byte DETACHED = 5;

	private static final byte GONE = 6;

	private static final int INITIAL_CAPACITY = 64;

	private HostFrameCodec() {
	}

	static ByteBuf encode(HostFrame frame) {
		ByteBuf out = Unpooled.buffer(INITIAL_CAPACITY);
		out.writeByte(VERSION);
		if (frame instanceof HostFrame.Local local) {
			return encode(out, LOCAL, local.namespace(), local.message());
		}
		if (frame instanceof HostFrame.Relayed relayed) {
			return encode(out, RELAYED, relayed.namespace(), relayed.message());
		}
		if (frame instanceof HostFrame.Stands stands) {
			head(out, STANDS, stands.namespace()).writeBoolean(stands.standing().reads())
				.writeBoolean(stands.standing().up());
		}
		else if (frame instanceof HostFrame.Attached attached) {
			head(out, ATTACHED, attached.namespace()).writeLong(attached.number());
		}
		else if (frame instanceof HostFrame.Detached detached) {
			head(out, DETACHED, detached.namespace()).writeLong(detached.number());
		}
		else {
			head(out, GONE, frame.namespace());
		}
		return out;
	}

	private static ByteBuf encode(ByteBuf out, byte kind, String namespace, ClassicMessage message) {
		text(head(out, kind, namespace), message.channel());
		return Unpooled.wrappedBuffer(out, Unpooled.wrappedBuffer(message.bytes()));
	}

	private static ByteBuf head(ByteBuf out, byte kind, String namespace) {
		return text(out.writeByte(kind), namespace);
	}

	private static ByteBuf text(ByteBuf out, String text) {
		out.writeInt(ByteBufUtil.utf8Bytes(text));
		out.writeCharSequence(text, StandardCharsets.UTF_8);
		return out;
	}

	/**
	 * Read a frame.
	 * @param bytes the bytes, which stay the caller's
	 * @return the frame
	 * @throws MalformedMessageException if it is none
	 */
	static HostFrame decode(ByteBuf bytes) throws MalformedMessageException {
		ByteBuf in = bytes.duplicate();
		try {
			if (in.readByte() != VERSION) {
				throw new MalformedMessageException("unknown version");
			}
			byte kind = in.readByte();
			String namespace = text(in);
			return switch (kind) {
				case LOCAL -> new HostFrame.Local(namespace, message(in));
				case RELAYED -> new HostFrame.Relayed(namespace, message(in));
				case STANDS -> new HostFrame.Stands(namespace, new Standing(in.readBoolean(), in.readBoolean()));
				case ATTACHED -> new HostFrame.Attached(namespace, in.readLong());
				case DETACHED -> new HostFrame.Detached(namespace, in.readLong());
				case GONE -> new HostFrame.Gone(namespace);
				default -> throw new MalformedMessageException("unknown kind");
			};
		}
		catch (IndexOutOfBoundsException ex) {
			throw new MalformedMessageException("illegal content", ex);
		}
	}

	private static ClassicMessage message(ByteBuf in) throws MalformedMessageException {
		String channel = text(in);
		return new ClassicMessage(channel, ByteBufUtil.getBytes(in));
	}

	private static String text(ByteBuf in) throws MalformedMessageException {
		int length = in.readInt();
		if (length < 0 || length > in.readableBytes()) {
			throw new MalformedMessageException("illegal length");
		}
		return in.readCharSequence(length, StandardCharsets.UTF_8).toString();
	}

}
