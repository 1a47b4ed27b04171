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

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;

import io.github.socketioboot.cluster.message.MalformedMessageException;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/**
 * Reads one MessagePack message into maps, lists, scalars and bytes. Sizes are believed
 * as far as the bytes that are there can hold them. Understands the extensions that the
 * reference server's library has or had. For one thread.
 */
final class MessagePackReader {

	private static final byte TIMESTAMP = -1;

	/**
	 * With a fixed length of 1 {@code undefined}, of 8 a date in milliseconds; else
	 * bytes.
	 */
	private static final byte OLD_JAVASCRIPT = 0;

	private final int length;

	private final MessageUnpacker unpacker;

	private int values;

	MessagePackReader(byte[] bytes) {
		this.length = bytes.length;
		this.unpacker = MessagePack.newDefaultUnpacker(bytes);
	}

	/**
	 * Read how many elements an array has, which follow.
	 * @return the number
	 * @throws MalformedMessageException if there is no array
	 */
	int readArraySize() throws MalformedMessageException {
		return Objects.requireNonNull(read(() -> size(this.unpacker.unpackArrayHeader(), 1)));
	}

	/**
	 * Read a value.
	 * @return the value
	 * @throws MalformedMessageException if there is none, or it is out of bounds
	 */
	@Nullable Object readValue() throws MalformedMessageException {
		return read(() -> value(1));
	}

	/**
	 * Read the fields of a map, as far as it is wanted.
	 * @param unwanted tells by the name and the value of a field whether to leave off
	 * @return the fields, or {@code null} if the map is not wanted
	 * @throws MalformedMessageException if there is no map, or it is out of bounds
	 */
	@Nullable Map<String, @Nullable Object> readFields(BiPredicate<String, @Nullable Object> unwanted)
			throws MalformedMessageException {
		return read(() -> {
			int size = size(this.unpacker.unpackMapHeader(), 2);
			Map<String, @Nullable Object> fields = new LinkedHashMap<>();
			for (int i = 0; i < size; i++) {
				String name = name();
				Object value = value(1);
				if (unwanted.test(name, value)) {
					return null;
				}
				fields.put(name, value);
			}
			return fields;
		});
	}

	/**
	 * Check that nothing follows.
	 * @throws MalformedMessageException if something does
	 */
	void end() throws MalformedMessageException {
		if (remaining() != 0) {
			throw new MalformedMessageException("trailing bytes");
		}
	}

	private <T> @Nullable T read(Step<T> step) throws MalformedMessageException {
		try {
			return step.run();
		}
		catch (IOException | MessagePackException | DateTimeException | ArithmeticException ex) {
			throw new MalformedMessageException("illegal MessagePack", ex);
		}
	}

	private long remaining() {
		return this.length - this.unpacker.getTotalReadBytes();
	}

	private int size(int size, int bytesPerElement) throws MalformedMessageException {
		if ((long) size * bytesPerElement > remaining()) {
			throw new MalformedMessageException("illegal size");
		}
		return size;
	}

	private @Nullable Object value(int depth) throws IOException, MalformedMessageException {
		if (++this.values > Bounds.MAX_VALUES) {
			throw new MalformedMessageException("too many values");
		}
		MessageFormat format = this.unpacker.getNextFormat();
		return switch (format.getValueType()) {
			case NIL -> {
				this.unpacker.unpackNil();
				yield null;
			}
			case BOOLEAN -> this.unpacker.unpackBoolean();
			case INTEGER -> integer(format);
			case FLOAT -> this.unpacker.unpackDouble();
			case STRING -> this.unpacker.unpackString();
			case BINARY -> payload(this.unpacker.unpackBinaryHeader());
			case ARRAY -> array(depth + 1);
			case MAP -> map(depth + 1);
			case EXTENSION -> extension(format, this.unpacker.unpackExtensionTypeHeader());
		};
	}

	private Number integer(MessageFormat format) throws IOException {
		if (format == MessageFormat.UINT64) {
			BigInteger value = this.unpacker.unpackBigInteger();
			return (value.bitLength() < Long.SIZE) ? narrow(value.longValue()) : value;
		}
		return narrow(this.unpacker.unpackLong());
	}

	private static Number narrow(long value) {
		if (value == (int) value) {
			return (int) value;
		}
		return value;
	}

	private List<@Nullable Object> array(int depth) throws IOException, MalformedMessageException {
		check(depth);
		int size = size(this.unpacker.unpackArrayHeader(), 1);
		List<@Nullable Object> list = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			list.add(value(depth));
		}
		return list;
	}

	private Map<String, @Nullable Object> map(int depth) throws IOException, MalformedMessageException {
		check(depth);
		int size = size(this.unpacker.unpackMapHeader(), 2);
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = 0; i < size; i++) {
			map.put(name(), value(depth));
		}
		return map;
	}

	private String name() throws IOException, MalformedMessageException {
		this.values++;
		return switch (this.unpacker.getNextFormat().getValueType()) {
			case STRING -> this.unpacker.unpackString();
			// In JavaScript, all names are texts
			case INTEGER -> this.unpacker.unpackBigInteger().toString();
			default -> throw new MalformedMessageException("illegal name");
		};
	}

	private static void check(int depth) throws MalformedMessageException {
		if (depth > Bounds.MAX_DEPTH) {
			throw new MalformedMessageException("nested too deeply");
		}
	}

	private byte[] payload(int length) throws IOException, MalformedMessageException {
		return this.unpacker.readPayload(size(length, 1));
	}

	private @Nullable Object extension(MessageFormat format, ExtensionTypeHeader header)
			throws IOException, MalformedMessageException {
		int length = size(header.getLength(), 1);
		if (header.getType() == TIMESTAMP) {
			return JavaScriptDates.json(this.unpacker.unpackTimestamp(header));
		}
		byte[] payload = payload(length);
		if (header.getType() != OLD_JAVASCRIPT) {
			// As the library hands over what it does not know
			return new ArrayList<@Nullable Object>(Arrays.asList((int) header.getType(), payload));
		}
		return switch (format) {
			case FIXEXT1 -> null;
			case FIXEXT8 -> JavaScriptDates.json(Instant.ofEpochMilli(ByteBuffer.wrap(payload).getLong()));
			default -> payload;
		};
	}

	/**
	 * Reads from memory.
	 *
	 * @param <T> type of what is read
	 */
	private interface Step<T> {

		@Nullable T run() throws IOException, MalformedMessageException;

	}

}
