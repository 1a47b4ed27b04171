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

package io.github.socketioboot.engine.bridge;

import java.security.Principal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.PacketFormatException;
import io.github.socketioboot.engine.protocol.PacketLimits;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketDecoder;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns what is kept for a client into data that may be told to all servers: maps, lists,
 * scalars and bytes, the same wherever the client is. What cannot be told is left out,
 * key by key. Thread-safe.
 */
final class ClientData {

	/**
	 * Most that is told of one client, in bytes of JSON, attachments included.
	 */
	static final int MAX_SIZE = 16 * 1024;

	private static final Logger logger = LoggerFactory.getLogger(ClientData.class);

	private static final int MAX_ATTACHMENTS = 100;

	/**
	 * Quotation marks, colon and comma.
	 */
	private static final int PUNCTUATION = 6;

	/**
	 * Longest number, as JSON.
	 */
	private static final int SCALAR = 11;

	private final SocketPacketEncoder encoder;

	private final PacketLimits limits;

	ClientData(SocketPacketEncoder encoder, JsonMapper mapper) {
		this.encoder = encoder.withMaxAttachments(MAX_ATTACHMENTS);
		this.limits = new PacketLimits(mapper, MAX_ATTACHMENTS);
	}

	/**
	 * Return what of the values may be told.
	 * @param values values by key; may change meanwhile
	 * @return the data by key, in the order of the keys, or {@code null} if there is none
	 */
	@Nullable Map<String, @Nullable Object> of(Map<String, ?> values) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		int left = MAX_SIZE;
		// In order, so that the same keys are left out each time
		for (Map.Entry<String, Object> entry : new TreeMap<String, Object>(values).entrySet()) {
			left -= put(data, entry.getKey(), entry.getValue(), left);
		}
		return data.isEmpty() ? null : Collections.unmodifiableMap(data);
	}

	/**
	 * Put one value to the data unless it cannot be told.
	 * @param data where to put it
	 * @param key its key
	 * @param value the value
	 * @param left most bytes to take
	 * @return bytes taken
	 */
	private int put(Map<String, @Nullable Object> data, String key, Object value, int left) {
		if (value instanceof Principal) {
			// May hold credentials, and means nothing to other servers
			return 0;
		}
		int size = ByteBufUtil.utf8Bytes(key) + PUNCTUATION;
		if (value instanceof String text) {
			size += ByteBufUtil.utf8Bytes(text);
		}
		else if (isScalar(value)) {
			size += SCALAR;
		}
		else {
			return putTree(data, key, value, left, size);
		}
		if (size > left) {
			tooLarge(key);
			return 0;
		}
		data.put(key, value);
		return size;
	}

	private int putTree(Map<String, @Nullable Object> data, String key, Object value, int left, int sizeOfKey) {
		try {
			EncodedPacket packet = this.encoder.encode(SocketPacketType.ACK, SocketPacket.ROOT, SocketPacket.NO_ID,
					List.of(value));
			try {
				int size = sizeOfKey + packet.size();
				if (size > left) {
					tooLarge(key);
					return 0;
				}
				SocketPacket decoded = new SocketPacketDecoder(this.limits).decode(packet);
				if (!(decoded.data() instanceof List<?> list) || hasPlaceholder(list)) {
					noJson(key);
					return 0;
				}
				data.put(key, list.get(0));
				return size;
			}
			finally {
				packet.release();
			}
		}
		catch (PacketFormatException | RuntimeException ex) {
			noJson(key);
			return 0;
		}
	}

	/**
	 * Return whether what stands for bytes is left over. A client may have made it up,
	 * and it would get the bytes of another key.
	 * @param value the tree
	 * @return {@code true} if so
	 */
	private static boolean hasPlaceholder(@Nullable Object value) {
		if (value instanceof List<?> list) {
			return list.stream().anyMatch(ClientData::hasPlaceholder);
		}
		return value instanceof Map<?, ?> map && (Boolean.TRUE.equals(map.get("_placeholder"))
				|| map.values().stream().anyMatch(ClientData::hasPlaceholder));
	}

	private static void noJson(String key) {
		// Without the exception, whose message may hold the value
		logger.debug("What a client has under \"{}\" cannot be told to other servers: it has no JSON", key);
	}

	private static boolean isScalar(Object value) {
		return value instanceof Integer || value instanceof Boolean;
	}

	private static void tooLarge(String key) {
		logger.debug("What a client has under \"{}\" is not told to other servers: it would be more than {} bytes", key,
				MAX_SIZE);
	}

}
