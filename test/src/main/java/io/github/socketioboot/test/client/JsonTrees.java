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

package io.github.socketioboot.test.client;

import java.util.Iterator;
import java.util.Map;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/**
 * Turns values into what the Java client of Socket.IO sends, and what it receives into
 * trees of Jackson. Bytes stay bytes. Immutable.
 */
final class JsonTrees {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private final JsonMapper mapper;

	JsonTrees(JsonMapper mapper) {
		this.mapper = mapper;
	}

	JsonMapper mapper() {
		return this.mapper;
	}

	/**
	 * Turn values into arguments of the client.
	 * @param values values that Jackson can write
	 * @return the arguments
	 */
	Object[] write(@Nullable Object... values) {
		Object[] written = new Object[values.length];
		for (int i = 0; i < values.length; i++) {
			written[i] = write(values[i]);
		}
		return written;
	}

	/**
	 * Turn a value into an argument of the client.
	 * @param value a value that Jackson can write
	 * @return the argument
	 */
	Object write(@Nullable Object value) {
		try {
			return toClient(this.mapper.valueToTree(value));
		}
		catch (JSONException ex) {
			throw new IllegalArgumentException("Cannot be sent: " + ex.getMessage(), ex);
		}
	}

	private static Object toClient(JsonNode node) throws JSONException {
		switch (node.getNodeType()) {
			case OBJECT -> {
				JSONObject object = new JSONObject();
				for (Map.Entry<String, JsonNode> property : node.properties()) {
					object.put(property.getKey(), toClient(property.getValue()));
				}
				return object;
			}
			case ARRAY -> {
				JSONArray array = new JSONArray();
				for (JsonNode element : node) {
					array.put(toClient(element));
				}
				return array;
			}
			case STRING -> {
				return node.stringValue();
			}
			case NUMBER -> {
				return node.numberValue();
			}
			case BOOLEAN -> {
				return node.booleanValue();
			}
			case BINARY -> {
				return node.binaryValue();
			}
			case POJO -> {
				return embedded(((POJONode) node).getPojo());
			}
			default -> {
				return JSONObject.NULL;
			}
		}
	}

	private static Object embedded(@Nullable Object value) throws JSONException {
		if (value == null) {
			return JSONObject.NULL;
		}
		if (!(value instanceof byte[])) {
			throw new JSONException(value.getClass().getName() + " has no JSON");
		}
		return value;
	}

	/**
	 * Turn an argument of the client into a tree.
	 * @param value the argument
	 * @return the tree
	 */
	static JsonNode read(@Nullable Object value) {
		if (value instanceof JSONObject object) {
			ObjectNode node = NODES.objectNode();
			for (Iterator<?> keys = object.keys(); keys.hasNext();) {
				String key = (String) keys.next();
				node.set(key, read(object.opt(key)));
			}
			return node;
		}
		if (value instanceof JSONArray array) {
			ArrayNode node = NODES.arrayNode();
			for (int i = 0; i < array.length(); i++) {
				node.add(read(array.opt(i)));
			}
			return node;
		}
		if (value instanceof byte[] bytes) {
			return NODES.binaryNode(bytes);
		}
		if (value instanceof Boolean bool) {
			return NODES.booleanNode(bool);
		}
		if (value instanceof Integer || value instanceof Long) {
			long number = ((Number) value).longValue();
			return ((int) number == number) ? NODES.numberNode((int) number) : NODES.numberNode(number);
		}
		if (value instanceof Number number) {
			return NODES.numberNode(number.doubleValue());
		}
		return (value instanceof String string) ? NODES.stringNode(string) : NODES.nullNode();
	}

}
