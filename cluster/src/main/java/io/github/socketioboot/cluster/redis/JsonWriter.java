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

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes one JSON text as {@code JSON.stringify} does, bytes included: those become
 * objects of the type {@code Buffer}. For one thread.
 */
final class JsonWriter {

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(2 * Bounds.MAX_DEPTH).build())
		.disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
		.build();

	// Takes lone surrogates, which a generator of bytes refuses
	private final StringWriter text = new StringWriter();

	private final JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), this.text);

	byte[] toByteArray() {
		return toString().getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		this.generator.close();
		return this.text.toString();
	}

	/**
	 * Return how much has been written, but for what waits to be.
	 * @return about the number of characters so far
	 */
	int length() {
		return this.text.getBuffer().length();
	}

	JsonWriter startObject() {
		this.generator.writeStartObject();
		return this;
	}

	JsonWriter endObject() {
		this.generator.writeEndObject();
		return this;
	}

	JsonWriter startArray() {
		this.generator.writeStartArray();
		return this;
	}

	JsonWriter endArray() {
		this.generator.writeEndArray();
		return this;
	}

	JsonWriter name(String name) {
		this.generator.writeName(name);
		return this;
	}

	JsonWriter text(String value) {
		this.generator.writeString(value);
		return this;
	}

	JsonWriter texts(Collection<String> values) {
		startArray();
		values.forEach(this::text);
		return endArray();
	}

	JsonWriter number(long value) {
		this.generator.writeNumber(value);
		return this;
	}

	JsonWriter bool(boolean value) {
		this.generator.writeBoolean(value);
		return this;
	}

	/**
	 * Write a value that is JSON already.
	 * @param json the text
	 * @return this
	 */
	JsonWriter raw(String json) {
		this.generator.writeRawValue(json);
		return this;
	}

	/**
	 * Write a tree.
	 * @param value maps, lists, scalars and bytes
	 * @return this
	 */
	JsonWriter value(@Nullable Object value) {
		if (value instanceof String string) {
			return text(string);
		}
		if (value instanceof Number number) {
			return number(number);
		}
		if (value instanceof Boolean flag) {
			return bool(flag);
		}
		if (value instanceof byte[] bytes) {
			return bytes(bytes);
		}
		if (value instanceof List<?> list) {
			startArray();
			list.forEach(this::value);
			return endArray();
		}
		if (value instanceof Map<?, ?> map) {
			startObject();
			map.forEach((name, element) -> name((String) name).value(element));
			return endObject();
		}
		this.generator.writeNull();
		return this;
	}

	private JsonWriter number(Number value) {
		if (value instanceof BigInteger integer) {
			this.generator.writeNumber(integer);
		}
		else if (value instanceof Integer || value instanceof Long) {
			this.generator.writeNumber(value.longValue());
		}
		else if (Double.isFinite(value.doubleValue())) {
			this.generator.writeNumber(value.doubleValue());
		}
		else {
			this.generator.writeNull();
		}
		return this;
	}

	private JsonWriter bytes(byte[] bytes) {
		startObject().name(NodeBuffers.TYPE).text(NodeBuffers.BUFFER).name(NodeBuffers.DATA).startArray();
		for (byte current : bytes) {
			number(Byte.toUnsignedInt(current));
		}
		return endArray().endObject();
	}

}
