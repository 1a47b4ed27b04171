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

import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns decoded payloads into the types that listeners declare. Thread-safe.
 */
final class PayloadConverter {

	private final JsonMapper mapper;

	PayloadConverter(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Return the types to convert to: wrappers instead of primitives.
	 * @param types declared types
	 * @return the types, a copy
	 */
	static Class<?>[] boxed(Class<?>... types) {
		Class<?>[] boxed = new Class<?>[types.length];
		for (int i = 0; i < types.length; i++) {
			boxed[i] = MethodType.methodType(types[i]).wrap().returnType();
		}
		return boxed;
	}

	/**
	 * Convert one payload.
	 * @param value decoded payload
	 * @param type type wanted, no primitive
	 * @return the value, {@code null} for {@code null} and for type {@code Void}
	 * @throws PayloadTypeException if the payload cannot be read as that type
	 */
	@Nullable Object convert(@Nullable Object value, Class<?> type) throws PayloadTypeException {
		if (value == null || type.isInstance(value)) {
			return value;
		}
		if (type == Void.class) {
			return null;
		}
		try {
			return this.mapper.convertValue(value, type);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new PayloadTypeException(type, ex);
		}
	}

	/**
	 * Convert payloads by position. Those without a type are left out, as netty-socketio
	 * does.
	 * @param values decoded payloads
	 * @param types types wanted, no primitives
	 * @return converted payloads; the same list if nothing had to change
	 * @throws PayloadTypeException if a payload cannot be read as its type
	 */
	List<@Nullable Object> convert(List<@Nullable Object> values, Class<?>[] types) throws PayloadTypeException {
		int size = Math.min(values.size(), types.length);
		if (size == values.size() && fits(values, types)) {
			return values;
		}
		List<@Nullable Object> converted = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			converted.add(convert(values.get(i), types[i]));
		}
		return converted;
	}

	private static boolean fits(List<@Nullable Object> values, Class<?>[] types) {
		for (int i = 0; i < values.size(); i++) {
			Object value = values.get(i);
			if (value != null && !types[i].isInstance(value)) {
				return false;
			}
		}
		return true;
	}

}
