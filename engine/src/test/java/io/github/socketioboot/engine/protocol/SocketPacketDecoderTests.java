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

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SocketPacketDecoder}: the messages of the reference server's tables,
 * without the leading Engine.IO type.
 */
class SocketPacketDecoderTests {

	private final SocketPacketDecoder decoder = new SocketPacketDecoder(
			new PacketLimits(JsonMapper.builder().build(), 10));

	@Test
	void connectToRoot() throws PacketFormatException {
		assertThat(decode("0")).isEqualTo(packet(SocketPacketType.CONNECT, "/", -1, null));
		assertThat(decode("0/,")).isEqualTo(packet(SocketPacketType.CONNECT, "/", -1, null));
	}

	@Test
	void connectWithAuth() throws PacketFormatException {
		assertThat(decode("0{\"token\":\"123\"}"))
			.isEqualTo(packet(SocketPacketType.CONNECT, "/", -1, Map.of("token", "123")));
		assertThat(decode("0/admin,{\"token\":\"a\"}"))
			.isEqualTo(packet(SocketPacketType.CONNECT, "/admin", -1, Map.of("token", "a")));
	}

	@Test
	void connectWithoutComma() throws PacketFormatException {
		assertThat(decode("0/admin")).isEqualTo(packet(SocketPacketType.CONNECT, "/admin", -1, null));
		assertThat(decode("0/ok?token=a")).isEqualTo(packet(SocketPacketType.CONNECT, "/ok?token=a", -1, null));
	}

	@Test
	void eventOfAllKindsOfValues() throws PacketFormatException {
		Map<String, Object> object = Map.of("a", List.of(1));
		assertThat(decode("2[\"foo\",\"bar\",1,null,true,{\"a\":[1]}]"))
			.isEqualTo(packet(SocketPacketType.EVENT, "/", -1, Arrays.asList("foo", "bar", 1, null, true, object)));
	}

	@Test
	void eventWithId() throws PacketFormatException {
		assertThat(decode("212[\"foo\"]")).isEqualTo(packet(SocketPacketType.EVENT, "/", 12, List.of("foo")));
		assertThat(decode("20[\"foo\"]")).isEqualTo(packet(SocketPacketType.EVENT, "/", 0, List.of("foo")));
		assertThat(decode("2/admin,13[\"foo\"]"))
			.isEqualTo(packet(SocketPacketType.EVENT, "/admin", 13, List.of("foo")));
	}

	@Test
	void ack() throws PacketFormatException {
		assertThat(decode("312[\"ok\"]")).isEqualTo(packet(SocketPacketType.ACK, "/", 12, List.of("ok")));
		assertThat(decode("31[]")).isEqualTo(packet(SocketPacketType.ACK, "/", 1, List.of()));
	}

	@Test
	void disconnect() throws PacketFormatException {
		assertThat(decode("1")).isEqualTo(packet(SocketPacketType.DISCONNECT, "/", -1, null));
		assertThat(decode("1/admin,")).isEqualTo(packet(SocketPacketType.DISCONNECT, "/admin", -1, null));
	}

	@Test
	void connectError() throws PacketFormatException {
		assertThat(decode("4/mw,{\"message\":\"no data\"}"))
			.isEqualTo(packet(SocketPacketType.CONNECT_ERROR, "/mw", -1, Map.of("message", "no data")));
		assertThat(decode("4\"plain refusal\""))
			.isEqualTo(packet(SocketPacketType.CONNECT_ERROR, "/", -1, "plain refusal"));
	}

	@Test
	void binaryEvent() throws PacketFormatException {
		assertThat(decode("52-[\"bin\",{\"_placeholder\":true,\"num\":0},{\"x\":{\"_placeholder\":true,\"num\":1}}]"))
			.isNull();
		assertThat(add(1, 2)).isNull();
		SocketPacket packet = add(3);
		assertThat(packet).isNotNull();
		assertThat(packet.type()).isEqualTo(SocketPacketType.EVENT);
		List<?> data = (List<?>) packet.data();
		assertThat(data).hasSize(3).first().isEqualTo("bin");
		assertThat(data.get(1)).isEqualTo(new byte[] { 1, 2 });
		assertThat(((Map<?, ?>) data.get(2)).get("x")).isEqualTo(new byte[] { 3 });
	}

	@Test
	void binaryAck() throws PacketFormatException {
		assertThat(decode("61-/admin,7[\"ok\",{\"_placeholder\":true,\"num\":0}]")).isNull();
		SocketPacket packet = add(9);
		assertThat(packet).isNotNull();
		assertThat(packet.type()).isEqualTo(SocketPacketType.ACK);
		assertThat(packet.namespace()).isEqualTo("/admin");
		assertThat(packet.id()).isEqualTo(7);
		assertThat(((List<?>) packet.data()).get(1)).isEqualTo(new byte[] { 9 });
	}

	@Test
	void placeholderOutsideBinaryPacketIsPlainData() throws PacketFormatException {
		assertThat(decode("2[\"a\",{\"_placeholder\":true,\"num\":0}]"))
			.isEqualTo(packet(SocketPacketType.EVENT, "/", -1, List.of("a", Map.of("_placeholder", true, "num", 0))));
	}

	@Test
	void missingCommaMakesJsonPartOfNamespace() throws PacketFormatException {
		assertThat(decode("2/admin[\"x\"]")).isEqualTo(packet(SocketPacketType.EVENT, "/admin[\"x\"]", -1, List.of()));
	}

	@Test
	void acceptsWhatTheReferenceAccepts() throws PacketFormatException {
		assertThat(decode("2")).isEqualTo(packet(SocketPacketType.EVENT, "/", -1, List.of()));
		assertThat(decode("31")).isEqualTo(packet(SocketPacketType.ACK, "/", 1, List.of()));
		assertThat(decode("2[123,\"x\"]")).isEqualTo(packet(SocketPacketType.EVENT, "/", -1, List.of(123, "x")));
		assertThat(decode("2[\"error\",\"x\"]"))
			.isEqualTo(packet(SocketPacketType.EVENT, "/", -1, List.of("error", "x")));
		assertThat(decode("2[\"message\"]")).isEqualTo(packet(SocketPacketType.EVENT, "/", -1, List.of("message")));
		assertThat(decode("2[\"connection\"]"))
			.isEqualTo(packet(SocketPacketType.EVENT, "/", -1, List.of("connection")));
		assertThat(decode("2 [ \"a\" ] \n")).isEqualTo(packet(SocketPacketType.EVENT, "/", -1, List.of("a")));
	}

	@Test
	void fewerPlaceholdersThanAttachments() throws PacketFormatException {
		assertThat(decode("51-[\"a\"]")).isNull();
		assertThat(add(1)).isEqualTo(packet(SocketPacketType.EVENT, "/", -1, List.of("a")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2{\"a\":1}", "2[]", "2[null]", "2[{\"a\":1}]", "2\"a\"", "2[\"a\"", "2[true]",
			"2[\"connect\"]", "2[\"connect_error\"]", "2[\"disconnect\"]", "2[\"disconnecting\"]", "2[\"newListener\"]",
			"2[\"removeListener\"]", "1{\"x\":1}", "1null", "3{\"a\":1}", "0[]", "0\"s\"", "0null", "0{\"a\":", "4[]",
			"4null", "2[\"a\"]x", "2[\"a\"][\"b\"]", "2[\"a\",]", "2['a']", "2[\"a\",NaN]", "2[\"a\",01]",
			"2[\"a\",undefined]", "2[\"a\n\"]", "2[\"\\x\"]", "2/,//comment", "2/,[\"a\"]/**/", "2]", "2-1[\"a\"]",
			"29007199254740992[\"a\"]", "2\u0000[\"a\"]", "2[\u0000\"a\"]", "2\ufeff[\"a\"]" })
	void invalidPayload(String text) {
		assertRefused(text, "invalid payload");
	}

	@Test
	void unknownType() {
		assertRefused("9", "unknown packet type 9");
		assertRefused("7[\"a\"]", "unknown packet type 7");
		assertRefused("x", "unknown packet type NaN");
	}

	@ParameterizedTest
	@ValueSource(strings = { "5[\"a\"]", "50-[\"a\"]", "5-1-[\"a\"]", "51.5-[\"a\"]", "5", "51", "51[\"a\"]",
			"5999999999999999999999999[\"a\"]", "59999999999-[\"a\"]", "6+1-[]", "51e0-[\"a\"]" })
	void illegalAttachments(String text) {
		assertRefused(text, "Illegal attachments");
	}

	@Test
	void tooManyAttachments() throws PacketFormatException {
		assertRefused("511-[\"a\"]", "too many attachments");
		assertRefused("5999999999-[\"a\"]", "too many attachments");
		assertThat(decode("510-[\"a\"]")).isNull();
	}

	@Test
	void textWhileAttachmentsAreMissing() throws PacketFormatException {
		decode("51-[\"a\"]");
		assertRefused("2[\"b\"]", "got plaintext data when reconstructing a packet");
		assertThat(decode("2[\"b\"]")).isNotNull();
	}

	@Test
	void binaryWithoutHeader() throws PacketFormatException {
		String message = "got binary data when not reconstructing a packet";
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> add(1)).withMessage(message);
		decode("51-[\"a\"]");
		add(1);
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> add(1)).withMessage(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "-1", "0.5", "\"0\"", "null", "4294967296", "1e30", "[0]", "99999999999999999999" })
	void illegalPlaceholder(String number) throws PacketFormatException {
		decode("51-[\"a\",{\"_placeholder\":true,\"num\":" + number + "}]");
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> add(1))
			.withMessage("illegal attachments");
		assertThat(decodeUnchecked("2[\"b\"]")).isNotNull();
	}

	@Test
	void placeholderWithoutNumber() throws PacketFormatException {
		decode("51-[\"a\",{\"_placeholder\":true}]");
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> add(1))
			.withMessage("illegal attachments");
	}

	@Test
	void attachmentIsPlacedWhereverItIsNamed() throws PacketFormatException {
		decode("51-[\"a\",{\"_placeholder\":true,\"num\":0},[[{\"_placeholder\":true,\"num\":0}]],"
				+ "{\"_placeholder\":false,\"num\":0}]");
		List<?> data = (List<?>) add(5).data();
		assertThat(data.get(1)).isEqualTo(new byte[] { 5 });
		assertThat(((List<?>) ((List<?>) data.get(2)).get(0)).get(0)).isEqualTo(new byte[] { 5 });
		assertThat(data.get(3)).isEqualTo(Map.of("_placeholder", false, "num", 0));
	}

	@ParameterizedTest
	@CsvSource({ "1,java.lang.Integer", "-2147483648,java.lang.Integer", "2147483648,java.lang.Long",
			"9007199254740993,java.lang.Long", "9223372036854775808,java.math.BigInteger", "1.5,java.lang.Double",
			"1e3,java.lang.Double" })
	void numberTypes(String json, Class<?> type) throws PacketFormatException {
		Object number = ((List<?>) decode("2[\"a\"," + json + "]").data()).get(1);
		assertThat(number).isInstanceOf(type);
		assertThat(((Number) number).doubleValue()).isEqualTo(Double.parseDouble(json));
	}

	@Test
	void lengthOfNumbersIsLimited() throws PacketFormatException {
		String digits = "7".repeat(300);
		assertThat(((List<?>) decode("2[\"a\"," + digits + "]").data()).get(1)).isEqualTo(new BigInteger(digits));
		assertRefused("2[\"a\"," + "7".repeat(100_000) + "]", "invalid payload");
		assertRefused("2[\"a\",1." + "7".repeat(100_000) + "]", "invalid payload");
	}

	@Test
	void idsOfAnyLengthAreReadInOnePass() throws PacketFormatException {
		assertThat(decode("29007199254740991[\"a\"]").id()).isEqualTo(9007199254740991L);
		assertRefused("2" + "9".repeat(1_000_000) + "[\"a\"]", "invalid payload");
		assertThat(decode("2" + "0".repeat(1_000_000) + "1[\"a\"]").id()).isOne();
	}

	@Test
	void nestingIsLimited() throws PacketFormatException {
		assertThat(decode(
				"2[\"a\"," + "[".repeat(PacketLimits.MAX_DEPTH - 1) + "]".repeat(PacketLimits.MAX_DEPTH - 1) + "]"))
			.isNotNull();
		assertRefused("2[\"a\"," + "[".repeat(PacketLimits.MAX_DEPTH) + "]".repeat(PacketLimits.MAX_DEPTH) + "]",
				"invalid payload");
		assertRefused(
				"2[\"a\"," + "{\"a\":".repeat(PacketLimits.MAX_DEPTH) + "1" + "}".repeat(PacketLimits.MAX_DEPTH) + "]",
				"invalid payload");
		assertRefused("2" + "[".repeat(1_000_000), "invalid payload");
	}

	@Test
	void lengthOfNamespaceIsLimited() throws PacketFormatException {
		String longest = "/" + "n".repeat(PacketLimits.MAX_NAMESPACE_LENGTH - 1);
		assertThat(decode("0" + longest).namespace()).isEqualTo(longest);
		assertThat(decode("0" + longest + ",").namespace()).isEqualTo(longest);
		assertRefused("0" + longest + "n", "invalid namespace");
		assertRefused("0" + longest + "n,", "invalid namespace");
	}

	@Test
	void lastOfDuplicateNamesWins() throws PacketFormatException {
		assertThat(decode("0{\"a\":1,\"a\":2}").data()).isEqualTo(Map.of("a", 2));
	}

	@Test
	void prototypeIsAnOrdinaryName() throws PacketFormatException {
		assertThat(decode("0{\"__proto__\":{\"x\":1}}").data()).isEqualTo(Map.of("__proto__", Map.of("x", 1)));
	}

	@Test
	void textOutsideAscii() throws PacketFormatException {
		assertThat(decode("2/\u00fc\u20ac,[\"\u00e9\ud83d\ude00\"]"))
			.isEqualTo(packet(SocketPacketType.EVENT, "/\u00fc\u20ac", -1, List.of("\u00e9\ud83d\ude00")));
		assertThat(decode("2/\u00fc\u20ac,[\"a\"]").namespace()).isEqualTo("/\u00fc\u20ac");
		assertThat(decode("2[\"\\ud83d\"]").data()).isEqualTo(List.of("\ud83d"));
	}

	@Test
	void utf8ThatIsNotValid() {
		byte[] message = { '2', '[', '"', (byte) 0xc3, '"', ']' };
		assertThatExceptionOfType(PacketFormatException.class)
			.isThrownBy(() -> this.decoder.decodeText(Unpooled.wrappedBuffer(message)))
			.withMessage("invalid payload");
	}

	@Test
	void namespacesInTurn() throws PacketFormatException {
		for (String namespace : List.of("/a", "/b", "/b", "/a", "/ab", "/")) {
			assertThat(decode("2" + namespace + ",[\"x\"]").namespace()).isEqualTo(namespace);
		}
		assertThat(decode("2[\"x\"]").namespace()).isSameAs(SocketPacket.ROOT);
	}

	@Test
	void directAndHeapBuffersAtAnyOffset() throws PacketFormatException {
		String json = "2/n,5[\"name\",\"" + "x".repeat(20_000) + "\"]";
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		for (ByteBuf buffer : List.of(ByteBufAllocator.DEFAULT.directBuffer(), ByteBufAllocator.DEFAULT.heapBuffer())) {
			buffer.writeBytes(new byte[3]).writeBytes(bytes).writeBytes(new byte[3]);
			SocketPacket packet = this.decoder.decodeText(buffer.slice(3, bytes.length));
			assertThat(packet.data()).isEqualTo(List.of("name", "x".repeat(20_000)));
			assertThat(buffer.refCnt()).isOne();
			buffer.release();
		}
	}

	@Test
	void dataMayBeChangedByTheReceiver() throws PacketFormatException {
		SocketPacket packet = decode("2[\"a\",{}]");
		assertThat(packet.data()).isInstanceOf(ArrayList.class);
		assertThat(new HashMap<>((Map<?, ?>) ((List<?>) packet.data()).get(1))).isEmpty();
	}

	private void assertRefused(String text, String message) {
		assertThatExceptionOfType(PacketFormatException.class).as(text.substring(0, Math.min(40, text.length())))
			.isThrownBy(() -> decode(text))
			.withMessage(message);
	}

	private SocketPacket decode(String text) throws PacketFormatException {
		return this.decoder.decodeText(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
	}

	private SocketPacket decodeUnchecked(String text) {
		try {
			return decode(text);
		}
		catch (PacketFormatException ex) {
			throw new AssertionError(ex);
		}
	}

	private SocketPacket add(int... bytes) throws PacketFormatException {
		ByteBuf data = Unpooled.buffer();
		for (int value : bytes) {
			data.writeByte(value);
		}
		return this.decoder.addBinary(data);
	}

	private static SocketPacket packet(SocketPacketType type, String namespace, long id, Object data) {
		return new SocketPacket(type, namespace, id, data);
	}

}
