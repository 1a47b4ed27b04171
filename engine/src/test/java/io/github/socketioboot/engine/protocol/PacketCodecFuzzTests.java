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
import java.util.HexFormat;
import java.util.List;

import io.github.socketioboot.engine.Mutations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.Unpooled;
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

	private static final int POOLED_RATIO = 100;

	private static final long MAX_DIRECT_MEMORY = 256L << 20;

	private static final List<byte[]> MESSAGES = Mutations.utf8("0", "0/admin,{\"token\":\"a\"}", "1/admin,",
			"2[\"foo\",\"bar\",1,null,true,{\"a\":[1]}]", "212[\"foo\",-1.5e3,\"\\u20ac\"]", "2/admin,13[\"foo\"]",
			"312[\"ok\"]", "4/deny,{\"message\":\"no\",\"data\":{\"code\":42}}",
			"52-[\"bin\",{\"_placeholder\":true,\"num\":0},{\"x\":{\"_placeholder\":true,\"num\":1}}]",
			"61-/admin,7[\"ok\",{\"_placeholder\":true,\"num\":0}]", "510-[\"a\"]", "2[[[[[[[[\"x\"]]]]]]]]");

	private static final List<byte[]> BODIES = List.of(bytes("4a\u001ebAQIDBA==\u001e4b"), bytes("6:4hello2:4\u20ac"),
			bytes("10:b4AQIDBA==2:4a"), HexFormat.of().parseHex("0004ff34e282ac0105ff0401020304"), bytes("1"),
			bytes("3probe\u001e2"));

	private final Mutations mutations = new Mutations(SEED);

	@Test
	void mutatedMessages() {
		SocketPacketDecoder decoder = new SocketPacketDecoder(new PacketLimits(JsonMapper.builder().build(), 10));
		SocketPacketEncoder encoder = new SocketPacketEncoder(JsonMapper.builder().build());
		int decoded = 0;
		for (int round = 0; round < ROUNDS; round++) {
			ByteBuf message = mutation(MESSAGES);
			try {
				SocketPacket packet = this.mutations.isOneOf(4) ? decoder.addBinary(message)
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
		assertThat(((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory())
			.isLessThan(MAX_DIRECT_MEMORY);
	}

	@Test
	void mutatedBodies() {
		int packets = 0;
		for (int round = 0; round < ROUNDS; round++) {
			ByteBuf body = mutation(BODIES);
			EngineVersion version = this.mutations.isOneOf(2) ? EngineVersion.V4 : EngineVersion.V3;
			PollingPayloadReader reader = PollingPayloads.reader(body, version, this.mutations.isOneOf(2));
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

	/**
	 * Return a damaged original. Few of the buffers are pooled, as the leak detector is
	 * slow: it notes every access to those.
	 */
	private ByteBuf mutation(List<byte[]> originals) {
		byte[] bytes = this.mutations.of(originals);
		if (bytes.length == 0 || this.mutations.isOneOf(POOLED_RATIO)) {
			return ByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes);
		}
		return Unpooled.wrappedBuffer(bytes);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
