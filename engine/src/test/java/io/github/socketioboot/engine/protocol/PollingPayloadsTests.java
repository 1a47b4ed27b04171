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
import java.util.HexFormat;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PollingPayloads}: the bodies captured from the reference server.
 */
class PollingPayloadsTests {

	private static final byte[] BYTES = { 1, 2, 3, 4 };

	@Test
	void recordsOfVersion4() {
		assertThat(encode(EngineVersion.V4, false, message("a"))).isEqualTo("3461");
		assertThat(encode(EngineVersion.V4, false, withBinary("a"), message("b")))
			.isEqualTo("34611e624151494442413d3d1e3462");
	}

	@Test
	void lengthsOfVersion3() {
		assertThat(ascii(encode(EngineVersion.V3, false, message("hello"), message("\u20ac"))))
			.isEqualTo("6:4hello2:4\u20ac");
		assertThat(ascii(encode(EngineVersion.V3, false, message("\ud83d\ude00")))).isEqualTo("3:4\ud83d\ude00");
	}

	@Test
	void binaryOfVersion3() {
		assertThat(encode(EngineVersion.V3, false, withBinary("\u20ac"))).isEqualTo("0004ff34e282ac0105ff0401020304");
		assertThat(encode(EngineVersion.V3, false, withBinary("0123456789"))).startsWith("000101ff3430")
			.endsWith("0105ff0401020304");
	}

	@Test
	void base64OfVersion3() {
		assertThat(ascii(encode(EngineVersion.V3, true, withBinary("a")))).isEqualTo("2:4a10:b4AQIDBA==");
	}

	@Test
	void isBinaryInVersion3WithAttachmentsOnly() {
		EncodedPacket text = message("a");
		EncodedPacket binary = withBinary("a");
		assertThat(PollingPayloads.isBinary(List.of(text, binary), EngineVersion.V3, false)).isTrue();
		assertThat(PollingPayloads.isBinary(List.of(text), EngineVersion.V3, false)).isFalse();
		assertThat(PollingPayloads.isBinary(List.of(text, binary), EngineVersion.V3, true)).isFalse();
		assertThat(PollingPayloads.isBinary(List.of(text, binary), EngineVersion.V4, false)).isFalse();
		text.release();
		binary.release();
	}

	@Test
	void readsRecordsOfVersion4() throws PacketFormatException {
		assertThat(readText(EngineVersion.V4, "4a\u001ebAQIDBA==\u001e4b\u001e1\u001e3probe\u001eb"))
			.containsExactly("MESSAGE a", "MESSAGE 01020304", "MESSAGE b", "CLOSE ", "PONG probe", "MESSAGE ");
		assertThat(readText(EngineVersion.V4, "4\u20ac")).containsExactly("MESSAGE \u20ac");
		assertThat(readText(EngineVersion.V4, "bAQIDBA")).containsExactly("MESSAGE 01020304");
	}

	@Test
	void readsLengthsOfVersion3() throws PacketFormatException {
		assertThat(readText(EngineVersion.V3, "6:4hello2:4\u20ac1:2")).containsExactly("MESSAGE hello",
				"MESSAGE \u20ac", "PING ");
		assertThat(readText(EngineVersion.V3, "3:4\ud83d\ude0010:b4AQIDBA==")).containsExactly("MESSAGE \ud83d\ude00",
				"MESSAGE 01020304");
	}

	@Test
	void readsBinaryOfVersion3() throws PacketFormatException {
		ByteBuf body = Unpooled.wrappedBuffer(HexFormat.of().parseHex("0004ff34e282ac0105ff0401020304"));
		assertThat(read(body, EngineVersion.V3, true)).containsExactly("MESSAGE \u20ac", "MESSAGE 01020304");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "9x", "4a\u001e", "\u001e4a", "4a\u001e\u001e4b", "b!!", "bA", "4a\u001ex" })
	void malformedVersion4(String body) {
		assertMalformed(body.getBytes(StandardCharsets.UTF_8), EngineVersion.V4, false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "4a", ":", ":4a", "2:4", "2", "x:4a", "-2:4a", "0:", "2:4a3", "2:4a:", "2:9a", "2:b4x",
			"1:b", "3:b4!", "4:b2AA", "2:4\ud83d\ude00", "99999999999999999999:4a", "1:\u20ac", "2: 4a" })
	void malformedVersion3(String body) {
		assertMalformed(body.getBytes(StandardCharsets.UTF_8), EngineVersion.V3, false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "0002", "00ff34", "0002ff34", "0001ff", "0000ff", "0001ff39", "0201ff34",
			"0101ff34", "0101ff05", "000aff34", "0009090909090909090909ff34", "0001ff3400" })
	void malformedBinaryOfVersion3(String hex) {
		assertMalformed(HexFormat.of().parseHex(hex), EngineVersion.V3, true);
	}

	@Test
	void readerLeavesTheBodyAlone() throws PacketFormatException {
		ByteBuf body = Unpooled.copiedBuffer("xx4axx", StandardCharsets.UTF_8);
		assertThat(read(body.slice(2, 2), EngineVersion.V4, false)).containsExactly("MESSAGE a");
		assertThat(body.readableBytes()).isEqualTo(6);
		assertThat(body.refCnt()).isOne();
	}

	@Test
	void manyPacketsAreReadInLinearTime() throws PacketFormatException {
		assertThat(readText(EngineVersion.V4, "4a\u001e".repeat(100_000) + "4a")).hasSize(100_001);
		assertThat(readText(EngineVersion.V3, "2:4a".repeat(100_000))).hasSize(100_000);
	}

	private static void assertMalformed(byte[] body, EngineVersion version, boolean binary) {
		assertThatExceptionOfType(PacketFormatException.class)
			.isThrownBy(() -> read(Unpooled.wrappedBuffer(body), version, binary))
			.withMessage("parser error");
	}

	private static List<String> readText(EngineVersion version, String body) throws PacketFormatException {
		return read(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8), version, false);
	}

	private static List<String> read(ByteBuf body, EngineVersion version, boolean binary) throws PacketFormatException {
		PollingPayloadReader reader = PollingPayloads.reader(body, version, binary);
		List<String> packets = new ArrayList<>();
		for (PollingPayloadReader.Item item = reader.next(); item != null; item = reader.next()) {
			packets.add(item.type() + " " + (item.binary() ? ByteBufUtil.hexDump(item.content())
					: item.content().toString(StandardCharsets.UTF_8)));
		}
		return packets;
	}

	private static String encode(EngineVersion version, boolean base64, EncodedPacket... packets) {
		ByteBuf body = PollingPayloads.encode(List.of(packets), version, base64);
		String hex = ByteBufUtil.hexDump(body);
		body.release();
		for (EncodedPacket packet : packets) {
			packet.release();
		}
		return hex;
	}

	private static String ascii(String hex) {
		return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
	}

	private static EncodedPacket message(String text) {
		return EnginePackets.encode(EnginePacketType.MESSAGE, text);
	}

	private static EncodedPacket withBinary(String text) {
		EncodedPacket packet = message(text);
		try {
			return new EncodedPacket(packet.webSocketText(), 2, List.of(BYTES));
		}
		finally {
			packet.release();
		}
	}

}
