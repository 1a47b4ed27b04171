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

package io.github.socketioboot.benchmarks.load;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

/**
 * Bytes that are built once and sent or compared many times; nobody releases them, and
 * leak detection does not ask for it.
 */
final class ConstantBytes {

	private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

	private ConstantBytes() {
	}

	static ByteBuf of(String ascii) {
		return of(ascii.getBytes(StandardCharsets.US_ASCII));
	}

	static ByteBuf of(byte[] bytes) {
		ByteBuf buffer = ALLOCATOR.directBuffer(bytes.length).writeBytes(bytes);
		return Unpooled.unreleasableBuffer(buffer.asReadOnly());
	}

}
