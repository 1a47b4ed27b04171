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

package io.github.socketioboot.engine.protocol;

import java.nio.ByteBuffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Serializers of buffers. They write what is between position and limit (Jackson's own
 * takes the limit for the length) and leave the buffers as they are.
 */
final class BinarySerializers {

	private BinarySerializers() {
	}

	static SimpleModule module() {
		return new SimpleModule("socketio-attachments").addSerializer(ByteBuffer.class, new OfByteBuffer())
			.addSerializer(ByteBuf.class, new OfByteBuf());
	}

	static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.duplicate().get(bytes);
		return bytes;
	}

	private static final class OfByteBuffer extends StdSerializer<ByteBuffer> {

		OfByteBuffer() {
			super(ByteBuffer.class);
		}

		@Override
		public void serialize(ByteBuffer value, JsonGenerator generator, SerializationContext context) {
			generator.writeBinary(bytes(value));
		}

	}

	private static final class OfByteBuf extends StdSerializer<ByteBuf> {

		OfByteBuf() {
			super(ByteBuf.class);
		}

		@Override
		public void serialize(ByteBuf value, JsonGenerator generator, SerializationContext context) {
			generator.writeBinary(ByteBufUtil.getBytes(value));
		}

	}

}
