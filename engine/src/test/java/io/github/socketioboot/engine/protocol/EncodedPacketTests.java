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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EncodedPacket}.
 */
class EncodedPacketTests {

	private final SocketPacketEncoder encoder = new SocketPacketEncoder(JsonMapper.builder().build());

	@Test
	void isTheSameAfterATransfer() throws Exception {
		for (int length : new int[] { 0, 100, 130, 70_000 }) {
			EncodedPacket packet = event("/", SocketPacket.NO_ID, "x".repeat(length), new byte[] { 1, 2 }, new byte[0]);
			EncodedPacket copy = transfer(packet);
			assertThat(text(copy)).isEqualTo(text(packet));
			assertThat(copy.webSocketText()).satisfies((frame) -> {
				ByteBuf expected = packet.webSocketText();
				assertThat(frame).isEqualTo(expected);
				expected.release();
				frame.release();
			});
			assertThat(copy.size()).isEqualTo(packet.size());
			assertThat(copy.attachments()).isEqualTo(2);
			assertThat(copy.attachment(0)).containsExactly(1, 2);
			assertThat(copy.attachment(1)).isEmpty();
			packet.release();
			copy.release();
		}
	}

	@Test
	void everyTruncationIsRefused() {
		EncodedPacket packet = event("/", 1, "abc", new byte[] { 1, 2, 3 });
		ByteBuf bytes = Unpooled.buffer();
		packet.writeTo(bytes);
		packet.release();
		for (int length = 0; length < bytes.readableBytes(); length++) {
			ByteBuf part = bytes.copy(0, length);
			assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> EncodedPacket.readFrom(part));
		}
	}

	@Test
	void lengthsThatAreNotThereAllocateNothing() {
		ByteBuf bytes = Unpooled.buffer().writeInt(2).writeByte('4').writeByte('2').writeInt(Integer.MAX_VALUE);
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> EncodedPacket.readFrom(bytes));
		ByteBuf negative = Unpooled.buffer().writeInt(-1).writeZero(100);
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> EncodedPacket.readFrom(negative));
	}

	@Test
	void idIsReplaced() throws Exception {
		assertThat(withId("/", 7, 1234, "a")).isEqualTo("421234[\"e\",\"a\"]");
		assertThat(withId("/", 12345, 0, 5)).isEqualTo("420[\"e\",5]");
		assertThat(withId("/chat", 7, 8, "a")).isEqualTo("42/chat,8[\"e\",\"a\"]");
		assertThat(withId("/", 7, 8, new byte[1])).isEqualTo("451-8[\"e\",{\"_placeholder\":true,\"num\":0}]");
		assertThat(withId("/chat", 7, 8, Map.of("b", new byte[1])))
			.isEqualTo("451-/chat,8[\"e\",{\"b\":{\"_placeholder\":true,\"num\":0}}]");
	}

	@Test
	void idIsNotReplacedWhereThereIsNone() {
		EncodedPacket packet = event("/", SocketPacket.NO_ID, "a");
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> packet.withId("/", 1));
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> packet.withId("/other", 1));
		packet.release();
	}

	@Test
	void payloadIsWhatFollowsTheId() throws Exception {
		for (String namespace : new String[] { "/", "/a[1]" }) {
			for (long id : new long[] { SocketPacket.NO_ID, 123 }) {
				assertThat(payload(namespace, id, "a")).isEqualTo("[\"e\",\"a\"]");
				assertThat(payload(namespace, id, new byte[1])).isEqualTo("[\"e\",{\"_placeholder\":true,\"num\":0}]");
			}
		}
		EncodedPacket packet = event("/chat", 1, "a");
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> packet.payload("/other"));
		packet.release();
	}

	private String payload(String namespace, long id, Object argument) throws PacketFormatException {
		EncodedPacket packet = event(namespace, id, argument);
		ByteBuf payload = packet.payload(namespace);
		String text = payload.toString(StandardCharsets.UTF_8);
		payload.release();
		packet.release();
		return text;
	}

	private String withId(String namespace, long id, long other, Object argument) throws PacketFormatException {
		EncodedPacket packet = event(namespace, id, argument);
		EncodedPacket changed = packet.withId(namespace, other);
		assertThat(changed.attachments()).isEqualTo(packet.attachments());
		packet.release();
		String text = text(changed);
		changed.release();
		return text;
	}

	private EncodedPacket event(String namespace, long id, Object... args) {
		List<Object> data = new ArrayList<>(List.of("e"));
		data.addAll(List.of(args));
		return this.encoder.encode(SocketPacketType.EVENT, namespace, id, data);
	}

	private static EncodedPacket transfer(EncodedPacket packet) throws PacketFormatException {
		ByteBuf bytes = Unpooled.buffer();
		packet.writeTo(bytes);
		EncodedPacket copy = EncodedPacket.readFrom(bytes);
		assertThat(bytes.isReadable()).isFalse();
		return copy;
	}

	private static String text(EncodedPacket packet) {
		ByteBuf text = packet.text();
		String value = text.toString(StandardCharsets.UTF_8);
		text.release();
		return value;
	}

}
