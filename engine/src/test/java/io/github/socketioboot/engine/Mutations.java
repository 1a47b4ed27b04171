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

package io.github.socketioboot.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages bytes, the same way for the same seed.
 */
public final class Mutations {

	private static final byte[] SYNTAX = "0123456789-,/[]{}\":\\b\u001e\r\n ".getBytes(StandardCharsets.US_ASCII);

	private final Random random;

	public Mutations(long seed) {
		this.random = new Random(seed);
	}

	public static List<byte[]> utf8(String... texts) {
		return Arrays.stream(texts).map((text) -> text.getBytes(StandardCharsets.UTF_8)).toList();
	}

	public boolean isOneOf(int count) {
		return this.random.nextInt(count) == 0;
	}

	/**
	 * Choose one of the originals and damage it one to three times.
	 */
	public byte[] of(List<byte[]> originals) {
		byte[] bytes = originals.get(this.random.nextInt(originals.size()));
		for (int i = 1 + this.random.nextInt(3); i > 0; i--) {
			bytes = mutate(bytes);
		}
		return bytes;
	}

	private byte[] mutate(byte[] bytes) {
		int index = (bytes.length > 0) ? this.random.nextInt(bytes.length) : 0;
		return switch (this.random.nextInt(5)) {
			case 0 -> replace(bytes, index, (byte) this.random.nextInt(256));
			case 1 -> replace(bytes, index, SYNTAX[this.random.nextInt(SYNTAX.length)]);
			case 2 -> Arrays.copyOf(bytes, index);
			case 3 -> repeat(bytes, Arrays.copyOfRange(bytes, index, bytes.length), this.random.nextInt(20));
			default ->
				repeat(bytes, new byte[] { SYNTAX[this.random.nextInt(SYNTAX.length)] }, this.random.nextInt(2000));
		};
	}

	private static byte[] replace(byte[] bytes, int index, byte value) {
		byte[] copy = bytes.clone();
		if (copy.length > 0) {
			copy[index] = value;
		}
		return copy;
	}

	private static byte[] repeat(byte[] bytes, byte[] tail, int times) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(bytes);
		for (int i = 0; i < times; i++) {
			out.writeBytes(tail);
		}
		return out.toByteArray();
	}

}
