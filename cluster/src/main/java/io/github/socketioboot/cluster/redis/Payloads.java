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
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.PacketFormatException;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of the application into what clients would get of them: trees of maps,
 * lists, scalars and bytes, or JSON. Thread-safe.
 */
final class Payloads {

	/**
	 * Most attachments of a payload that no client receives.
	 */
	private static final int MAX_ATTACHMENTS = 100_000;

	private static final String PLACEHOLDER = "_placeholder";

	private static final String NUMBER = "num";

	private final SocketPacketEncoder encoder;

	Payloads(SocketPacketEncoder encoder) {
		this.encoder = encoder.withMaxAttachments(MAX_ATTACHMENTS);
	}

	/**
	 * Return the payload of a packet.
	 * @param packet the packet, stays the caller's
	 * @param namespace name of its namespace
	 * @return the payload, a tree
	 * @throws IllegalArgumentException if it is of another namespace, or out of bounds
	 */
	@Nullable Object tree(EncodedPacket packet, String namespace) {
		try {
			Object tree = JsonReader.read(bytes(packet, namespace));
			return (packet.attachments() > 0) ? resolve(tree, packet) : tree;
		}
		catch (MalformedMessageException ex) {
			throw new IllegalArgumentException("The payload cannot be read again", ex);
		}
	}

	/**
	 * Return the JSON text of a packet's payload.
	 * @param packet the packet, stays the caller's, without attachments
	 * @param namespace name of its namespace
	 * @return the text
	 * @throws IllegalArgumentException if it is of another namespace
	 */
	String json(EncodedPacket packet, String namespace) {
		return new String(bytes(packet, namespace), StandardCharsets.UTF_8);
	}

	/**
	 * Return a value as a tree.
	 * @param value the value
	 * @return the tree
	 * @throws IllegalArgumentException if it cannot be written as JSON
	 */
	@Nullable Object tree(@Nullable Object value) {
		EncodedPacket packet = encode(Arrays.asList(value));
		try {
			return (tree(packet, SocketPacket.ROOT) instanceof List<?> list) ? list.get(0) : null;
		}
		finally {
			packet.release();
		}
	}

	/**
	 * Return the JSON text of a value.
	 * @param value the value
	 * @return the text
	 * @throws IllegalArgumentException if it cannot be written as JSON
	 */
	String json(@Nullable Object value) {
		String list = jsonOfList(Arrays.asList(value));
		return list.substring(1, list.length() - 1);
	}

	/**
	 * Return the JSON text of a list.
	 * @param values the elements
	 * @return the text, brackets included
	 * @throws IllegalArgumentException if an element cannot be written as JSON
	 */
	String jsonOfList(List<? extends @Nullable Object> values) {
		EncodedPacket packet = encode(values);
		try {
			if (packet.attachments() > 0) {
				return new JsonWriter().value(tree(packet, SocketPacket.ROOT)).toString();
			}
			return new String(bytes(packet, SocketPacket.ROOT), StandardCharsets.UTF_8);
		}
		finally {
			packet.release();
		}
	}

	private EncodedPacket encode(List<? extends @Nullable Object> values) {
		return this.encoder.encode(SocketPacketType.ACK, SocketPacket.ROOT, SocketPacket.NO_ID, values);
	}

	private static byte[] bytes(EncodedPacket packet, String namespace) {
		try {
			ByteBuf payload = packet.payload(namespace);
			try {
				return ByteBufUtil.getBytes(payload);
			}
			finally {
				payload.release();
			}
		}
		catch (PacketFormatException ex) {
			throw new IllegalArgumentException("The packet is of another namespace", ex);
		}
	}

	/**
	 * Put attachments where they belong. What looks like the place of one, and is none,
	 * stays: a client may have made it up.
	 * @param value the tree, which is changed
	 * @param packet holds the attachments
	 * @return the tree, or an attachment
	 */
	@SuppressWarnings("unchecked")
	private static @Nullable Object resolve(@Nullable Object value, EncodedPacket packet) {
		if (value instanceof List<?>) {
			((List<@Nullable Object>) value).replaceAll((element) -> resolve(element, packet));
		}
		else if (value instanceof Map<?, ?>) {
			Map<String, @Nullable Object> map = (Map<String, @Nullable Object>) value;
			if (Boolean.TRUE.equals(map.get(PLACEHOLDER)) && map.get(NUMBER) instanceof Integer number && number >= 0
					&& number < packet.attachments()) {
				return packet.attachment(number);
			}
			map.replaceAll((name, element) -> resolve(element, packet));
		}
		return value;
	}

}
