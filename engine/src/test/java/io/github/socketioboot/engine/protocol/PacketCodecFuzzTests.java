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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Feeds mutated packets to the decoders: nothing but {@link PacketFormatException} may
 * come out, and no memory may stay.
 */
class PacketCodecFuzzTests {

	private static final int ROUNDS = 100_000;

	private static final long SEED = 20240229;

	private static final List<byte[]> MESSAGES = utf8("0", "0/admin,{\"token\":\"a\"}", "1/admin,",
			"2[\"foo\",\"bar\",1,null,true,{\"a\":[1]}]", "212[\"foo\",-1.5e3,\"\\u20ac\"]", "2/admin,13[\"foo\"]",
			"312[\"ok\"]", "4/deny,{\"message\":\"no\",\"data\":{\"code\":42}}",
			"52-[\"bin\",{\"_placeholder\":true,\"num\":0},{\"x\":{\"_placeholder\":true,\"num\":1}}]",
			"61-/admin,7[\"ok\",{\"_placeholder\":true,\"num\":0}]", "510-[\"a\"]", "2[[[[[[[[\"x\"]]]]]]]]");

	private static final List<byte[]> BODIES = List.of(bytes("4a\u001ebAQIDBA==\u001e4b"), bytes("6:4hello2:4\u20ac"),
			bytes("10:b4AQIDBA==2:4a"), HexFormat.of().parseHex("0004ff34e282ac0105ff0401020304"), bytes("1"),
			bytes("3probe\u001e2"));

	private static final String SYNTAX = "0123456789-,/[]{}\":\\b\u001e";

	private final Random random = new Random(SEED);

	@Test
	void mutatedMessages() {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
		SocketPacketDecoder decoder = new SocketPacketDecoder(new PacketLimits(JsonMapper.builder().build(), 10));
		SocketPacketEncoder encoder = new SocketPacketEncoder(JsonMapper.builder().build());
		int decoded = 0;
		for (int round = 0; round < ROUNDS; round++) {
			ByteBuf message = mutation(allocator, MESSAGES);
			try {
				SocketPacket packet = (this.random.nextInt(4) == 0) ? decoder.addBinary(message)
						: decoder.decodeText(message);
				if (packet != null) {
					decoded++;
					roundTrip(encoder, packet);
				}
			}
			catch (PacketFormatException ex) {
				assertThat(ex.getMessage()).hasSizeLessThan(60);
			}
			finally {
				assertThat(message.release()).isTrue();
			}
		}
		assertThat(decoded).isBetween(ROUNDS / 100, ROUNDS);
		assertThat(allocator.metric().usedDirectMemory()).isLessThan(64 << 20);
	}

	@Test
	void mutatedBodies() {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
		int packets = 0;
		for (int round = 0; round < ROUNDS; round++) {
			ByteBuf body = mutation(allocator, BODIES);
			EngineVersion version = this.random.nextBoolean() ? EngineVersion.V4 : EngineVersion.V3;
			PollingPayloadReader reader = PollingPayloads.reader(body, version, this.random.nextBoolean());
			int limit = body.readableBytes() + 1;
			try {
				for (int i = 0; i < limit && reader.next() != null; i++) {
					packets++;
				}
				assertThat(reader.next()).isNull();
			}
			catch (PacketFormatException ex) {
				assertThat(ex.getMessage()).isEqualTo("parser error");
			}
			finally {
				assertThat(body.release()).isTrue();
			}
		}
		assertThat(packets).isGreaterThan(ROUNDS / 100);
	}

	private void roundTrip(SocketPacketEncoder encoder, SocketPacket packet) throws PacketFormatException {
		EncodedPacket encoded;
		try {
			encoded = encoder.encode(packet.type(), packet.namespace(), packet.id(), packet.data());
		}
		catch (IllegalArgumentException ex) {
			// Lone surrogates in the name of a property
			assertThat(ex).hasMessageContaining("surrogate");
			return;
		}
		assertThat(encoded.size()).isPositive();
		assertThat(encoded.release()).isTrue();
	}

	// Without leak detection: paranoid, it records a stack for every byte that is read
	private ByteBuf mutation(UnpooledByteBufAllocator allocator, List<byte[]> seeds) {
		ByteBuf buffer = this.random.nextBoolean() ? allocator.directBuffer() : allocator.heapBuffer();
		buffer.writeBytes(seeds.get(this.random.nextInt(seeds.size())));
		for (int i = this.random.nextInt(4); i > 0; i--) {
			mutate(buffer);
		}
		return buffer;
	}

	private void mutate(ByteBuf buffer) {
		int length = buffer.readableBytes();
		int index = (length > 0) ? this.random.nextInt(length) : 0;
		switch (this.random.nextInt(6)) {
			case 0 -> {
				if (length > 0) {
					buffer.setByte(index, this.random.nextInt(256));
				}
			}
			case 1 -> {
				if (length > 0) {
					buffer.setByte(index, SYNTAX.charAt(this.random.nextInt(SYNTAX.length())));
				}
			}
			case 2 -> buffer.writerIndex(index);
			case 3 -> {
				byte[] copy = new byte[length - index];
				buffer.getBytes(index, copy);
				for (int i = this.random.nextInt(20); i > 0; i--) {
					buffer.writeBytes(copy);
				}
			}
			case 4 -> {
				byte digit = (byte) "019[{-".charAt(this.random.nextInt(6));
				for (int i = this.random.nextInt(2000); i > 0; i--) {
					buffer.writeByte(digit);
				}
			}
			default -> {
				for (int i = this.random.nextInt(8); i > 0; i--) {
					buffer.writeByte(this.random.nextInt(256));
				}
			}
		}
	}

	private static List<byte[]> utf8(String... texts) {
		return Arrays.stream(texts).map(PacketCodecFuzzTests::bytes).toList();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
