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

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Arguments that a client has received, read as any type that Jackson can make of them.
 * Attachments are {@code byte[]}. Immutable.
 *
 * @since 0.1.0
 */
public final class SocketIoTestArguments {

	private static final int MAX_KEYS = 8;

	private final String subject;

	private final List<JsonNode> values;

	private final JsonMapper mapper;

	SocketIoTestArguments(String subject, List<JsonNode> values, JsonMapper mapper) {
		this.subject = subject;
		this.values = List.copyOf(values);
		this.mapper = mapper;
	}

	/**
	 * Return how many arguments there are.
	 * @return their number
	 */
	public int size() {
		return this.values.size();
	}

	/**
	 * Return an argument as a tree.
	 * @param index its position, from 0
	 * @return the tree
	 * @throws AssertionError if there are fewer arguments
	 */
	public JsonNode get(int index) {
		if (index < 0 || index >= this.values.size()) {
			throw new AssertionError(
					"There is no argument %d of %s, which has %s".formatted(index, this.subject, this));
		}
		return this.values.get(index);
	}

	/**
	 * Return an argument as a type.
	 * @param <T> the type
	 * @param index its position, from 0
	 * @param type the type
	 * @return the value, {@code null} where it is null
	 * @throws AssertionError if there are fewer arguments, or it is of another type
	 */
	public <T> T get(int index, Class<T> type) {
		return convert(index, this.mapper.constructType(type));
	}

	/**
	 * Return an argument as a generic type.
	 * @param <T> the type
	 * @param index its position, from 0
	 * @param type the type, such as {@code new TypeReference<List<String>>() {}}
	 * @return the value, {@code null} where it is null
	 * @throws AssertionError if there are fewer arguments, or it is of another type
	 */
	public <T> T get(int index, TypeReference<T> type) {
		return convert(index, this.mapper.constructType(type));
	}

	/**
	 * Return the first argument as a type.
	 * @param <T> the type
	 * @param type the type
	 * @return the value, {@code null} where it is null
	 * @throws AssertionError if there is no argument, or it is of another type
	 */
	public <T> T as(Class<T> type) {
		return get(0, type);
	}

	/**
	 * Return the first argument as a generic type.
	 * @param <T> the type
	 * @param type the type, such as {@code new TypeReference<List<String>>() {}}
	 * @return the value, {@code null} where it is null
	 * @throws AssertionError if there is no argument, or it is of another type
	 */
	public <T> T as(TypeReference<T> type) {
		return get(0, type);
	}

	private <T> T convert(int index, JavaType type) {
		JsonNode value = get(index);
		try {
			return this.mapper.treeToValue(value, type);
		}
		catch (JacksonException ex) {
			throw new AssertionError("Argument %d of %s is %s and cannot be read as %s: %s".formatted(index,
					this.subject, describe(value), type.toCanonical(), ex.getOriginalMessage()), ex);
		}
	}

	/**
	 * Describe the arguments by their types.
	 */
	@Override
	public String toString() {
		return this.values.stream().map(SocketIoTestArguments::describe).collect(Collectors.joining(", ", "(", ")"));
	}

	private static String describe(@Nullable JsonNode value) {
		if (value == null) {
			return "null";
		}
		return switch (value.getNodeType()) {
			case OBJECT -> describeObject(value);
			case ARRAY -> "array of " + value.size();
			case STRING -> "string";
			case NUMBER -> "number";
			case BOOLEAN -> "boolean";
			case BINARY -> value.binaryValue().length + " bytes";
			default -> "null";
		};
	}

	private static String describeObject(JsonNode value) {
		String keys = StreamSupport.stream(value.propertyNames().spliterator(), false)
			.limit(MAX_KEYS)
			.collect(Collectors.joining(", "));
		return "{" + keys + ((value.size() > MAX_KEYS) ? ", ...}" : "}");
	}

}
