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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

import io.github.socketioboot.cluster.message.MalformedMessageException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON into maps, lists and scalars. Thread-safe.
 */
final class JsonReader {

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxDocumentLength(Bounds.MAX_MESSAGE)
			.maxNameLength(Bounds.MAX_MESSAGE)
			.maxStringLength(Bounds.MAX_MESSAGE)
			.maxTokenCount(Bounds.MAX_VALUES)
			.maxNestingDepth(Bounds.MAX_DEPTH)
			.build())
		.build();

	private JsonReader() {
	}

	/**
	 * Read a value.
	 * @param json a JSON text in UTF-8
	 * @return the value
	 * @throws MalformedMessageException if it is none, or out of bounds
	 */
	static @Nullable Object read(byte[] json) throws MalformedMessageException {
		try (JsonParser parser = parser(json)) {
			Object value = value(parser, parser.nextToken());
			end(parser);
			return value;
		}
		catch (JacksonException ex) {
			throw malformed(ex);
		}
	}

	/**
	 * Read the fields of an object, as far as it is wanted.
	 * @param json a JSON text in UTF-8
	 * @param unwanted tells by the name and the value of a field whether to leave off
	 * @return the fields, or {@code null} if the object is not wanted
	 * @throws MalformedMessageException if there is no object, or it is out of bounds
	 */
	static @Nullable Map<String, @Nullable Object> readFields(byte[] json,
			BiPredicate<String, @Nullable Object> unwanted) throws MalformedMessageException {
		try (JsonParser parser = parser(json)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw new MalformedMessageException("no object");
			}
			Map<String, @Nullable Object> fields = new LinkedHashMap<>();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				Object value = value(parser, parser.nextToken());
				if (unwanted.test(name, value)) {
					return null;
				}
				fields.put(name, value);
			}
			end(parser);
			return fields;
		}
		catch (JacksonException ex) {
			throw malformed(ex);
		}
	}

	private static JsonParser parser(byte[] json) throws MalformedMessageException {
		// Jackson would detect UTF-16 and UTF-32 by these bytes
		if (json.length == 0 || json[0] <= 0 || (json.length > 1 && json[1] == 0)) {
			throw new MalformedMessageException("illegal JSON");
		}
		return FACTORY.createParser(ObjectReadContext.empty(), json);
	}

	private static void end(JsonParser parser) throws MalformedMessageException {
		if (parser.nextToken() != null) {
			throw new MalformedMessageException("trailing text");
		}
	}

	private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token)
			throws MalformedMessageException {
		if (token == null) {
			throw new MalformedMessageException("text ends early");
		}
		return switch (token) {
			case START_OBJECT -> object(parser);
			case START_ARRAY -> array(parser);
			case VALUE_STRING -> parser.getString();
			case VALUE_NUMBER_INT -> integer(parser);
			case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
			case VALUE_TRUE -> Boolean.TRUE;
			case VALUE_FALSE -> Boolean.FALSE;
			case VALUE_NULL -> null;
			default -> throw new MalformedMessageException("illegal JSON");
		};
	}

	private static Map<String, @Nullable Object> object(JsonParser parser) throws MalformedMessageException {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			map.put(name, value(parser, parser.nextToken()));
		}
		return map;
	}

	private static List<@Nullable Object> array(JsonParser parser) throws MalformedMessageException {
		List<@Nullable Object> list = new ArrayList<>(4);
		for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
			list.add(value(parser, token));
		}
		return list;
	}

	private static Number integer(JsonParser parser) {
		return switch (parser.getNumberType()) {
			case INT -> parser.getIntValue();
			case LONG -> parser.getLongValue();
			default -> parser.getBigIntegerValue();
		};
	}

	private static MalformedMessageException malformed(JacksonException ex) {
		return new MalformedMessageException("illegal JSON", ex);
	}

}
