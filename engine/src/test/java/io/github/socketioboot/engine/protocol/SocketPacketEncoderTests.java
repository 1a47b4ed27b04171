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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SocketPacketEncoder}: the messages of the reference server's tables.
 */
class SocketPacketEncoderTests {

	private final SocketPacketEncoder encoder = new SocketPacketEncoder(
			JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build());

	@Test
	void connect() {
		assertText(SocketPacketType.CONNECT, "/", -1, Map.of("sid", "S90haKMwaVZS9XBdAAAA"),
				"40{\"sid\":\"S90haKMwaVZS9XBdAAAA\"}");
		assertText(SocketPacketType.CONNECT, "/admin", -1, Map.of("sid", "x"), "40/admin,{\"sid\":\"x\"}");
		assertText(SocketPacketType.CONNECT, "/", -1, null, "40");
		assertText(SocketPacketType.CONNECT, "/ok", -1, null, "40/ok,");
	}

	@Test
	void connectError() {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("message", "not authorized");
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("content", "Please retry later");
		data.put("code", 42);
		error.put("data", data);
		assertText(SocketPacketType.CONNECT_ERROR, "/deny", -1, error,
				"44/deny,{\"message\":\"not authorized\",\"data\":{\"content\":\"Please retry later\",\"code\":42}}");
		assertText(SocketPacketType.CONNECT_ERROR, "/", -1, "plain refusal", "44\"plain refusal\"");
	}

	@Test
	void disconnect() {
		assertText(SocketPacketType.DISCONNECT, "/", -1, null, "41");
		assertText(SocketPacketType.DISCONNECT, "/admin", -1, null, "41/admin,");
	}

	@Test
	void event() {
		assertText(SocketPacketType.EVENT, "/", -1, Arrays.asList("foo", "bar", 1, null, true, Map.of("a", List.of(1))),
				"42[\"foo\",\"bar\",1,null,true,{\"a\":[1]}]");
		assertText(SocketPacketType.EVENT, "/", 12, List.of("foo"), "4212[\"foo\"]");
		assertText(SocketPacketType.EVENT, "/admin", 13, List.of("foo"), "42/admin,13[\"foo\"]");
		assertText(SocketPacketType.EVENT, "/\u20ac", 0, List.of("foo"), "42/\u20ac,0[\"foo\"]");
	}

	@Test
	void ack() {
		assertText(SocketPacketType.ACK, "/", 12, List.of("ok"), "4312[\"ok\"]");
		assertText(SocketPacketType.ACK, "/", 0, List.of(), "430[]");
	}

	@Test
	void binaryEvent() {
		EncodedPacket packet = this.encoder.encode(SocketPacketType.EVENT, "/", -1,
				List.of("bin", new byte[] { 1 }, Map.of("x", new byte[] { 2, 3 })));
		assertThat(text(packet))
			.isEqualTo("452-[\"bin\",{\"_placeholder\":true,\"num\":0},{\"x\":{\"_placeholder\":true,\"num\":1}}]");
		assertThat(packet.attachments()).isEqualTo(2);
		assertThat(packet.attachment(0)).containsExactly(1);
		assertThat(packet.attachment(1)).containsExactly(2, 3);
		assertThat(hex(packet.webSocketBinary(1, EngineVersion.V4))).isEqualTo("82020203");
		assertThat(hex(packet.webSocketBinary(1, EngineVersion.V3))).isEqualTo("8203040203");
		packet.release();
	}

	@Test
	void binaryAck() {
		EncodedPacket packet = this.encoder.encode(SocketPacketType.ACK, "/admin", 7,
				List.of("ok", new byte[] { 1, 2 }));
		assertThat(text(packet)).isEqualTo("461-/admin,7[\"ok\",{\"_placeholder\":true,\"num\":0}]");
		packet.release();
	}

	@Test
	void binaryOfEveryKindAnywhere() {
		ByteBuffer offset = ByteBuffer.wrap(new byte[] { 9, 1, 9 });
		offset.position(1).limit(2);
		ByteBuffer direct = ByteBuffer.allocateDirect(1).put((byte) 3).flip();
		ByteBuf netty = Unpooled.wrappedBuffer(new byte[] { 4 });
		List<Object> data = List.of("a", offset,
				List.of(new Photo("p", new byte[] { 2 }, direct), new Picture(netty), offset));
		EncodedPacket packet = this.encoder.encode(SocketPacketType.EVENT, "/", -1, data);
		assertThat(text(packet)).isEqualTo("455-[\"a\",{\"_placeholder\":true,\"num\":0},"
				+ "[{\"name\":\"p\",\"data\":{\"_placeholder\":true,\"num\":1},"
				+ "\"thumb\":{\"_placeholder\":true,\"num\":2}},{\"data\":{\"_placeholder\":true,\"num\":3}},"
				+ "{\"_placeholder\":true,\"num\":4}]]");
		List<byte[]> attachments = new ArrayList<>();
		for (int i = 0; i < packet.attachments(); i++) {
			attachments.add(packet.attachment(i));
		}
		assertThat(attachments).containsExactly(new byte[] { 1 }, new byte[] { 2 }, new byte[] { 3 }, new byte[] { 4 },
				new byte[] { 1 });
		assertThat(netty.readableBytes()).isOne();
		assertThat(offset.position()).isOne();
		packet.release();
	}

	@Test
	void numberOfAttachmentsIsLimited() {
		List<Object> data = new ArrayList<>(Collections.nCopies(11, new byte[1]));
		data.set(0, "a");
		EncodedPacket packet = this.encoder.encode(SocketPacketType.EVENT, "/", -1, data);
		assertThat(text(packet)).startsWith("4510-[\"a\",{");
		packet.release();
		data.add(new byte[1]);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.encoder.encode(SocketPacketType.EVENT, "/", -1, data))
			.withMessage("too many attachments: 11 (expected: <= 10)");
	}

	@Test
	void binaryInConnectErrorIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.encoder.encode(SocketPacketType.CONNECT_ERROR, "/", -1, Map.of("data", new byte[1])))
			.withMessage("binary data in CONNECT_ERROR (expected: EVENT or ACK)");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener" })
	void reservedEventName(String name) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.encoder.encode(SocketPacketType.EVENT, "/", -1, List.of(name)))
			.withMessage("\"" + name + "\" is a reserved event name");
		assertText(SocketPacketType.ACK, "/", 1, List.of(name), "431[\"" + name + "\"]");
	}

	@Test
	void dataThatIsNotJson() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.encoder.encode(SocketPacketType.EVENT, "/", -1,
					List.of("a", "x".repeat(100_000), new Broken("x"))))
			.withMessageStartingWith("data cannot be written as JSON: ");
	}

	@ParameterizedTest
	@CsvSource({ "1.5,1.5", "1.0,1", "-0.0,0", "100.0,100", "0.1,0.1", "1e-6,0.000001", "1e-7,1e-7", "1.5e-7,1.5e-7",
			"-1.25e-9,-1.25e-9", "1e20,100000000000000000000", "1e21,1e+21", "1.2345e300,1.2345e+300",
			"123456789.125,123456789.125", "9007199254740992.0,9007199254740992", "5e-324,5e-324", "NaN,null",
			"Infinity,null", "-Infinity,null" })
	void doubles(double value, String json) {
		// JDK 17 writes 4.9E-324, which reads as the same number
		String expected = (value == Double.MIN_VALUE) ? Double.toString(value).replace('E', 'e') : json;
		assertText(SocketPacketType.EVENT, "/", -1, List.of("a", value), "42[\"a\"," + expected + "]");
		assertText(SocketPacketType.EVENT, "/", -1, List.of("a", List.of(value)), "42[\"a\",[" + expected + "]]");
		assertText(SocketPacketType.EVENT, "/", -1, List.of("a", new double[] { value }),
				"42[\"a\",[" + expected + "]]");
	}

	@Test
	void numbers() {
		assertText(SocketPacketType.EVENT, "/", -1,
				List.of(1, 0, 9, 10, -5, Integer.MIN_VALUE, Long.MAX_VALUE, 1.5f, 0.1f, Float.NaN),
				"42[1,0,9,10,-5,-2147483648,9223372036854775807,1.5,0.1,null]");
	}

	@Test
	void stringsAreWrittenAsJavaScriptDoes() {
		String value = "\"\\\b\f\n\r\t\u0001\u001f\u007f\u00e9\u20ac\ud83d\ude00/\u2028\ud800";
		String json = "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\u00e9\u20ac\ud83d\ude00/\u2028\\ud800\"";
		assertText(SocketPacketType.EVENT, "/", -1, List.of(value, value), "42[" + json + "," + json + "]");
		assertText(SocketPacketType.EVENT, "/", -1, List.of("a", List.of(value)), "42[\"a\",[" + json + "]]");
		assertText(SocketPacketType.EVENT, "/", -1, List.of("\udc00\ud800", "\ud800a", ""),
				"42[\"\\udc00\\ud800\",\"\\ud800a\",\"\"]");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 118, 119, 120, 121, 65528, 65529, 65530, 65531, 200_000 })
	void frameHeaderFitsTheLength(int length) {
		String argument = "x".repeat(length);
		EncodedPacket packet = this.encoder.encode(SocketPacketType.EVENT, "/", -1, List.of(argument));
		ByteBuf frame = packet.webSocketText();
		int payload = length + 6;
		assertThat(frame.readUnsignedByte()).isEqualTo((short) 0x81);
		int first = frame.readUnsignedByte();
		long announced = (first == 126) ? frame.readUnsignedShort() : (first == 127) ? frame.readLong() : first;
		assertThat(announced).isEqualTo(payload);
		assertThat(frame.toString(StandardCharsets.UTF_8)).isEqualTo("42[\"" + argument + "\"]");
		frame.release();
		assertThat(packet.textLength()).isEqualTo(payload);
		assertThat(text(packet)).hasSize(payload);
		packet.release();
	}

	@Test
	void largeObjectsGrowTheBuffer() {
		List<Object> data = List.of("a", Collections.nCopies(20_000, Map.of("k", "\u20ac")));
		EncodedPacket packet = this.encoder.encode(SocketPacketType.EVENT, "/", 5, data);
		assertThat(text(packet)).startsWith("425[\"a\",[{\"k\":\"\u20ac\"},").hasSize(200_010);
		packet.release();
	}

	private void assertText(SocketPacketType type, String namespace, long id, Object data, String expected) {
		EncodedPacket packet = this.encoder.encode(type, namespace, id, data);
		assertThat(text(packet)).isEqualTo(expected);
		assertThat(packet.attachments()).isZero();
		packet.release();
		assertThat(packet.refCnt()).isZero();
	}

	private static String text(EncodedPacket packet) {
		ByteBuf text = packet.text();
		try {
			return text.toString(StandardCharsets.UTF_8);
		}
		finally {
			text.release();
		}
	}

	private static String hex(ByteBuf buffer) {
		byte[] bytes = new byte[buffer.readableBytes()];
		buffer.readBytes(bytes).release();
		return HexFormat.of().formatHex(bytes);
	}

	record Photo(String name, byte[] data, ByteBuffer thumb) {
	}

	record Picture(ByteBuf data) {
	}

	record Broken(String value) {

		@Override
		public String value() {
			throw new IllegalStateException("broken");
		}

	}

}
