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
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePack.PackerConfig;

/**
 * Writes one MessagePack message, numbers as short as they can be, bytes inline. For one
 * thread.
 */
final class MessagePackWriter {

	private static final int INITIAL_CAPACITY = 1024;

	private static final int MAX_UNSIGNED_BITS = 64;

	private static final PackerConfig CONFIG = MessagePack.DEFAULT_PACKER_CONFIG.withBufferSize(INITIAL_CAPACITY);

	private final MessageBufferPacker packer = CONFIG.newBufferPacker();

	byte[] toByteArray() {
		return this.packer.toByteArray();
	}

	MessagePackWriter array(int size) {
		return write(() -> this.packer.packArrayHeader(size));
	}

	MessagePackWriter map(int size) {
		return write(() -> this.packer.packMapHeader(size));
	}

	MessagePackWriter text(String value) {
		return write(() -> this.packer.packString(value));
	}

	MessagePackWriter texts(Collection<String> values) {
		array(values.size());
		values.forEach(this::text);
		return this;
	}

	MessagePackWriter number(long value) {
		return write(() -> this.packer.packLong(value));
	}

	MessagePackWriter bool(boolean value) {
		return write(() -> this.packer.packBoolean(value));
	}

	/**
	 * Write a tree.
	 * @param value maps, lists, scalars and bytes
	 * @return this
	 */
	MessagePackWriter value(@Nullable Object value) {
		return write(() -> pack(value));
	}

	private void pack(@Nullable Object value) throws IOException {
		if (value instanceof String text) {
			this.packer.packString(text);
		}
		else if (value instanceof Number number) {
			pack(number);
		}
		else if (value instanceof Boolean flag) {
			this.packer.packBoolean(flag);
		}
		else if (value instanceof byte[] bytes) {
			this.packer.packBinaryHeader(bytes.length).writePayload(bytes);
		}
		else if (value instanceof List<?> list) {
			this.packer.packArrayHeader(list.size());
			for (Object element : list) {
				pack(element);
			}
		}
		else if (value instanceof Map<?, ?> map) {
			this.packer.packMapHeader(map.size());
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				this.packer.packString((String) entry.getKey());
				pack(entry.getValue());
			}
		}
		else {
			this.packer.packNil();
		}
	}

	private void pack(Number value) throws IOException {
		if (value instanceof Integer || value instanceof Long) {
			this.packer.packLong(value.longValue());
		}
		else if (value instanceof BigInteger integer && integer.signum() >= 0
				&& integer.bitLength() <= MAX_UNSIGNED_BITS) {
			this.packer.packBigInteger(integer);
		}
		else {
			this.packer.packDouble(value.doubleValue());
		}
	}

	private MessagePackWriter write(Step step) {
		try {
			step.run();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes to memory, which does not fail.
	 */
	private interface Step {

		void run() throws IOException;

	}

}
