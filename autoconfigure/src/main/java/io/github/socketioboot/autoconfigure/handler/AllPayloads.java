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

package io.github.socketioboot.autoconfigure.handler;

import java.util.Collections;
import java.util.List;

import io.github.socketioboot.engine.bridge.PayloadTypeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;

/**
 * All payloads of an event as one argument. Immutable.
 *
 * @param mapper converts them
 * @param type type that the method declares: a list, an array or a tree
 */
record AllPayloads(JsonMapper mapper, JavaType type) implements HandlerArgument {

	/**
	 * Return the argument for a type.
	 * @param type type that a method declares
	 * @param mapper converts payloads
	 * @return the argument, or {@code null} if the type cannot hold payloads
	 */
	static @Nullable AllPayloads of(ResolvableType type, JsonMapper mapper) {
		Class<?> raw = type.resolve(Object.class);
		boolean list = raw != Object.class && raw.isAssignableFrom(List.class);
		boolean array = raw.isArray() && !raw.getComponentType().isPrimitive();
		return (list || array || JsonNode.class.isAssignableFrom(raw))
				? new AllPayloads(mapper, mapper.constructType(type.getType())) : null;
	}

	@Override
	public @Nullable Object resolve(HandlerCall call) throws PayloadTypeException {
		List<@Nullable Object> payloads = call.payloads();
		if (this.type.isContainerType() && this.type.getContentType().isJavaLangObject()) {
			return this.type.isArrayType() ? payloads.toArray() : Collections.unmodifiableList(payloads);
		}
		try {
			return this.mapper.convertValue(payloads, this.type);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new PayloadTypeException(this.type.getRawClass(), ex);
		}
	}

}
