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

package io.github.socketioboot.engine.netty.forwarded;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.github.socketioboot.engine.netty.forwarded.ProxyHeader.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProxyHeader}, whose other side is Netty's codec.
 */
class ProxyHeaderTests {

	private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

	@ParameterizedTest
	@EnumSource(HAProxyProtocolVersion.class)
	void readsAddresses(HAProxyProtocolVersion version) {
		for (String[] addresses : List.of(new String[] { "192.0.2.1", "198.51.100.2" },
				new String[] { "2001:db8::1", "2001:db8::2" })) {
			boolean ip4 = addresses[0].indexOf(':') == -1;
			ByteBuf encoded = encode(new HAProxyMessage(version, HAProxyCommand.PROXY,
					ip4 ? HAProxyProxiedProtocol.TCP4 : HAProxyProxiedProtocol.TCP6, addresses[0], addresses[1], 4660,
					443));
			byte[] all = new byte[encoded.readableBytes() + 5];
			encoded.getBytes(0, all, 0, encoded.readableBytes());
			for (int length = 0; length < encoded.readableBytes(); length++) {
				assertThat(ProxyHeader.read(Unpooled.wrappedBuffer(all, 0, length)).state())
					.isEqualTo(State.INCOMPLETE);
			}
			ProxyHeader header = ProxyHeader.read(Unpooled.wrappedBuffer(all));
			assertThat(header).isEqualTo(new ProxyHeader(State.COMPLETE, encoded.readableBytes(),
					version == HAProxyProtocolVersion.V2, new InetSocketAddress(addresses[0], 4660),
					new InetSocketAddress(addresses[1], 443), false));
			encoded.release();
		}
	}

	@Test
	void readsThatTheClientUsesTls() {
		for (byte client : new byte[] { 0x01, 0x07, 0x00, 0x02 }) {
			List<HAProxyTLV> extras = List.of(
					new HAProxyTLV(HAProxyTLV.Type.PP2_TYPE_ALPN,
							Unpooled.copiedBuffer("h2", StandardCharsets.US_ASCII)),
					new HAProxySSLTLV(0, client, List.of(new HAProxyTLV(HAProxyTLV.Type.PP2_TYPE_SSL_VERSION,
							Unpooled.copiedBuffer("TLSv1.3", StandardCharsets.US_ASCII)))));
			ByteBuf encoded = encode(new HAProxyMessage(HAProxyProtocolVersion.V2, HAProxyCommand.PROXY,
					HAProxyProxiedProtocol.TCP4, "192.0.2.1", "198.51.100.2", 4660, 443, extras));
			ProxyHeader header = ProxyHeader.read(encoded);
			assertThat(header.state()).isEqualTo(State.COMPLETE);
			assertThat(header.secure()).isEqualTo((client & 1) != 0);
			assertThat(header.length()).isEqualTo(encoded.readableBytes());
			encoded.release();
		}
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 198.51.100.2, TCP4", "2001:db8::1, 2001:db8::2, TCP6", "192.0.2.1, 2001:db8::2, TCP6" })
	void writesWhatOthersRead(String source, String destination, HAProxyProxiedProtocol expected) {
		for (boolean secure : new boolean[] { false, true }) {
			ByteBuf bytes = Unpooled.buffer();
			InetSocketAddress from = new InetSocketAddress(source, 4660);
			InetSocketAddress to = new InetSocketAddress(destination, 443);
			ProxyHeader.write(from, to, secure, bytes);
			assertThat(ProxyHeader.read(bytes))
				.isEqualTo(new ProxyHeader(State.COMPLETE, bytes.readableBytes(), true, from, to, secure));
			EmbeddedChannel channel = new EmbeddedChannel(new HAProxyMessageDecoder());
			channel.writeInbound(bytes);
			HAProxyMessage message = channel.readInbound();
			assertThat(message.proxiedProtocol()).isEqualTo(expected);
			assertThat(message.sourcePort()).isEqualTo(4660);
			assertThat(message.destinationPort()).isEqualTo(443);
			assertThat(message.tlvs()).hasSize(secure ? 1 : 0);
			message.release();
			channel.finishAndReleaseAll();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { SIGNATURE + "20000000", SIGNATURE + "20110008c0000201c6336402", SIGNATURE + "21000000",
			SIGNATURE + "21000003ffffff", SIGNATURE + "2112000cc0000201c6336402123401bb",
			"50524f585920554e4b4e4f574e0d0a", "50524f585920554e4b4e4f574e206666203a3a2031203220780d0a" })
	void takesHeadersThatSayNothingOfAClient(String hex) {
		ByteBuf bytes = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
		ProxyHeader header = ProxyHeader.read(bytes);
		assertThat(header.state()).isEqualTo(State.COMPLETE);
		assertThat(header.source()).isNull();
		assertThat(header.destination()).isNull();
		assertThat(header.length()).isEqualTo(bytes.readableBytes());
	}

	@ParameterizedTest
	@ValueSource(strings = { "PROXY \r\n", "PROXY TCP4\r\n", "PROXY TCP4 1.2.3.4 5.6.7.8 1\r\n",
			"PROXY TCP4 1.2.3.4 5.6.7.8 1 2 3\r\n", "PROXY TCP4 1.2.3.4 5.6.7.8 1 65536\r\n",
			"PROXY TCP4 1.2.3.4 5.6.7.8 +1 2\r\n", "PROXY TCP4 1.2.3.4 5.6.7.8 -1 2\r\n", "PROXY TCP4 ::1 ::2 1 2\r\n",
			"PROXY TCP6 1.2.3.4 5.6.7.8 1 2\r\n", "PROXY TCP4 localhost 5.6.7.8 1 2\r\n",
			"PROXY TCP5 1.2.3.4 5.6.7.8 1 2\r\n", "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\n",
			"PROXY TCP4  1.2.3.4 5.6.7.8 1 2\r\n" })
	void refusesMalformedLines(String line) {
		assertThat(ProxyHeader.read(bytes(line + "GET / HTTP/1.1\r\n\r\n")).state()).isEqualTo(State.MALFORMED);
	}

	@Test
	void boundsLines() {
		String line = "PROXY UNKNOWN " + "x".repeat(91);
		assertThat(ProxyHeader.read(bytes(line + "\r\n")).state()).isEqualTo(State.COMPLETE);
		assertThat(ProxyHeader.read(bytes(line)).state()).isEqualTo(State.INCOMPLETE);
		assertThat(ProxyHeader.read(bytes(line + "x\r\n")).state()).isEqualTo(State.MALFORMED);
		assertThat(ProxyHeader.read(bytes(line + "xx")).state()).isEqualTo(State.MALFORMED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "3111000cc0000201c6336402123401bb", "2211000cc0000201c6336402123401bb",
			"1111000cc0000201c6336402123401bb", "2111000bc0000201c6336402123401", "2121000cc0000201c6336402123401bb",
			"2111ffff", "21110425" })
	void refusesMalformedBinaryHeaders(String hex) {
		assertThat(ProxyHeader.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex(SIGNATURE + hex))).state())
			.isEqualTo(State.MALFORMED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\r\n", "POST / HTTP/1.1\r\n", "PROPFIND / HTTP/1.1\r\n", "\r\n\r\nGET /",
			"proxy TCP4", "\u0016\u0003\u0001" })
	void leavesWhatIsNoHeader(String start) {
		assertThat(ProxyHeader.read(bytes(start)).state()).isEqualTo(State.ABSENT);
	}

	@Test
	void judgesAnyBytes() {
		Random random = new Random(11);
		for (int i = 0; i < 50_000; i++) {
			byte[] bytes = new byte[random.nextInt(80)];
			random.nextBytes(bytes);
			ByteBuf all = Unpooled.buffer()
				.writeBytes(random.nextBoolean() ? HexFormat.of().parseHex(SIGNATURE + "21")
						: "PROXY TCP4 1.2".getBytes(StandardCharsets.US_ASCII))
				.writeBytes(bytes);
			ProxyHeader header = ProxyHeader.read(all);
			assertThat(header.length()).isLessThanOrEqualTo(all.readableBytes());
			assertThat(header.state()).isNotEqualTo(State.ABSENT);
		}
	}

	private static ByteBuf encode(HAProxyMessage message) {
		EmbeddedChannel channel = new EmbeddedChannel(HAProxyMessageEncoder.INSTANCE);
		channel.writeOutbound(message);
		ByteBuf bytes = channel.readOutbound();
		channel.finishAndReleaseAll();
		return bytes;
	}

	private static ByteBuf bytes(String text) {
		return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
	}

}
