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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;

/**
 * Reads one JSON value into maps, lists and scalars, without the detours of data binding.
 * Strict: nothing but white space may follow the value. Thread-safe.
 */
final class JsonTreeReader {

	private static final int SCRATCH_SIZE = 8 * 1024;

	private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {

		@Override
		protected byte[] initialValue() {
			return new byte[SCRATCH_SIZE];
		}

	};

	private JsonTreeReader() {
	}

	/**
	 * Read a value.
	 * @param factory factory of parsers
	 * @param json buffer, stays unchanged
	 * @param index where the value begins
	 * @param length number of bytes up to the end of the value, at least 1
	 * @param maxDepth deepest nesting
	 * @return the value
	 * @throws PacketFormatException if the bytes are no JSON value, or one that is nested
	 * too deeply
	 */
	static @Nullable Object read(TokenStreamFactory factory, ByteBuf json, int index, int length, int maxDepth)
			throws PacketFormatException {
		byte[] bytes;
		int offset = 0;
		if (json.hasArray()) {
			bytes = json.array();
			offset = json.arrayOffset() + index;
		}
		else {
			bytes = (length <= SCRATCH_SIZE) ? SCRATCH.get() : new byte[length];
			json.getBytes(index, bytes, 0, length);
		}
		// Jackson would detect UTF-16 and UTF-32 by these bytes
		if (bytes[offset] <= 0 || (length > 1 && bytes[offset + 1] == 0)) {
			throw invalid();
		}
		try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
			Object value = readValue(parser, parser.nextToken(), maxDepth);
			if (parser.nextToken() != null) {
				throw invalid();
			}
			return value;
		}
		catch (JacksonException ex) {
			throw invalid();
		}
	}

	private static @Nullable Object readValue(JsonParser parser, @Nullable JsonToken token, int depth)
			throws PacketFormatException {
		if (token == null) {
			throw invalid();
		}
		return switch (token) {
			case START_OBJECT -> readObject(parser, deeper(depth));
			case START_ARRAY -> readArray(parser, deeper(depth));
			case VALUE_STRING -> parser.getString();
			case VALUE_NUMBER_INT -> readInteger(parser);
			case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
			case VALUE_TRUE -> Boolean.TRUE;
			case VALUE_FALSE -> Boolean.FALSE;
			case VALUE_NULL -> null;
			default -> throw invalid();
		};
	}

	private static Map<String, @Nullable Object> readObject(JsonParser parser, int depth) throws PacketFormatException {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			map.put(name, readValue(parser, parser.nextToken(), depth));
		}
		return map;
	}

	private static List<@Nullable Object> readArray(JsonParser parser, int depth) throws PacketFormatException {
		List<@Nullable Object> list = new ArrayList<>(4);
		for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
			list.add(readValue(parser, token, depth));
		}
		return list;
	}

	private static Number readInteger(JsonParser parser) {
		return switch (parser.getNumberType()) {
			case INT -> parser.getIntValue();
			case LONG -> parser.getLongValue();
			default -> parser.getBigIntegerValue();
		};
	}

	private static int deeper(int depth) throws PacketFormatException {
		if (depth == 0) {
			throw invalid();
		}
		return depth - 1;
	}

	private static PacketFormatException invalid() {
		return new PacketFormatException(SocketPacketDecoder.INVALID_PAYLOAD);
	}

}
