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

package io.github.socketioboot.cluster.primary;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import io.github.socketioboot.cluster.primary.RequestHeadReader.Result;
import io.github.socketioboot.engine.netty.forwarded.ProxyProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestHeadReaderTests {

	private static final String HEAD = "POST /socket.io/?EIO=4&transport=polling&sid=ABCDefghijklmnopqrst HTTP/1.1\r\n"
			+ "Host: localhost\r\nX-Forwarded-For: 1.2.3.4\r\nContent-Length: 3\r\n\r\n";

	@Test
	void findsTheHeadHoweverItIsCutInTwo() {
		for (int cut = 0; cut <= HEAD.length(); cut++) {
			RequestHeadReader reader = reader(1024);
			ByteBuf bytes = bytes(HEAD.substring(0, cut));
			assertThat(reader.read(bytes)).as("before %s", cut)
				.isEqualTo((cut < HEAD.length()) ? Result.INCOMPLETE : Result.COMPLETE);
			bytes = bytes(HEAD + "abc");
			if (cut < HEAD.length()) {
				assertThat(reader.read(bytes)).as("behind %s", cut).isEqualTo(Result.COMPLETE);
			}
			assertThat(reader.head(bytes)).isEqualTo(new RequestHead("ABCDefghijklmnopqrst", false,
					"/socket.io/?EIO=4&transport=polling&sid=ABCDefghijklmnopqrst", "1.2.3.4"));
		}
	}

	@Test
	void findsTheHeadByteByByte() {
		RequestHeadReader reader = reader(HEAD.length());
		ByteBuf bytes = Unpooled.buffer();
		for (int i = 0; i < HEAD.length() - 1; i++) {
			bytes.writeByte(HEAD.charAt(i));
			assertThat(reader.read(bytes)).isEqualTo(Result.INCOMPLETE);
		}
		bytes.writeByte('\n');
		assertThat(reader.read(bytes)).isEqualTo(Result.COMPLETE);
	}

	@Test
	void reportsAHeadThatDoesNotEndWithinTheLimit() {
		assertThat(reader(HEAD.length() - 1).read(bytes(HEAD))).isEqualTo(Result.TOO_LARGE);
		assertThat(reader(10).read(bytes("GET /socke"))).isEqualTo(Result.TOO_LARGE);
	}

	@Test
	void countsEmptyLinesBeforeTheRequest() {
		assertThat(reader(8).read(bytes("\r\n\r\n\r\n\r\n"))).isEqualTo(Result.TOO_LARGE);
	}

	@Test
	void reportsWhatIsNoRequest() {
		assertThat(reader(1024).read(Unpooled.wrappedBuffer(new byte[] { 0x16, 3, 1 }))).isEqualTo(Result.NOT_HTTP);
		assertThat(reader(1024).read(Unpooled.wrappedBuffer(new byte[] { (byte) 0xC3 }))).isEqualTo(Result.NOT_HTTP);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\r\n\r\nGET /?sid=abcd HTTP/1.1\r\n\r\n", "GET /?sid=abcd HTTP/1.0\n\n",
			"GET\t/?sid=abcd\tHTTP/1.1\r\n\r\n", "OPTIONS http://host:80/?sid=abcd HTTP/1.1\r\n\r\n",
			"GET /?sid=abcd\r\n\r\n", "GET /?%73%69d=%61bcd HTTP/1.1\r\n\r\n",
			"GET /?a=1&sid=abcd#sid=no HTTP/1.1\r\n\r\n" })
	void takesTheSessionFromTheQuery(String head) {
		assertThat(sid(head)).isEqualTo("abcd");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /?xsid=abcd HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nX: ?sid=abcd\r\n\r\n",
			"GET /sid=abcd HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nCookie: sid=abcd\r\n\r\n", "GET\r\n\r\n",
			"GET /?sid= HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\n\r\n?sid=abcd" })
	void takesTheSessionFromNowhereElse(String head) {
		assertThat(sid(head)).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			X-Forwarded-For: 1.1.1.1\\r\\n                              | 1.1.1.1
			x-forwarded-for:1.1.1.1, 2.2.2.2 \\r\\n                     | 1.1.1.1, 2.2.2.2
			X-FORWARDED-FOR: 1.1.1.1\\r\\nA: b\\r\\nX-Forwarded-For: 2.2.2.2\\r\\n | 1.1.1.1,2.2.2.2
			X-Forwarded-Fo: 1.1.1.1\\r\\n                               | null
			X-Forwarded-For : 1.1.1.1\\r\\n                             | null
			""")
	void readsForwardedAddresses(String headers, @Nullable String expected) {
		String head = "GET / HTTP/1.1\r\n" + headers.replace("\\r\\n", "\r\n") + "\r\n";
		assertThat(head(head).forwarded()).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource(value = ProxyProtocol.class, names = { "OPTIONAL", "REQUIRED" })
	void findsTheHeadBehindAHeaderOfTheProxyProtocol(ProxyProtocol protocol) {
		String all = "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n" + HEAD;
		for (int cut = 0; cut < all.length(); cut++) {
			// As long as the head itself is small enough
			RequestHeadReader reader = new RequestHeadReader(HEAD.length(), protocol, null);
			assertThat(reader.read(bytes(all.substring(0, cut)))).isEqualTo(Result.INCOMPLETE);
			ByteBuf bytes = bytes(all);
			assertThat(reader.read(bytes)).isEqualTo(Result.COMPLETE);
			assertThat(reader.head(bytes).sid()).isEqualTo("ABCDefghijklmnopqrst");
			assertThat(reader.source()).isEqualTo(new InetSocketAddress("192.0.2.1", 4660));
			assertThat(bytes.readableBytes()).isEqualTo(all.length());
		}
	}

	@Test
	void reportsAHeaderOfTheProxyProtocolThatIsMissingOrMalformed() {
		assertThat(new RequestHeadReader(1024, ProxyProtocol.REQUIRED, null).read(bytes(HEAD)))
			.isEqualTo(Result.NOT_HTTP);
		assertThat(new RequestHeadReader(1024, ProxyProtocol.OPTIONAL, null).read(bytes("PROXY TCP4 a\r\n" + HEAD)))
			.isEqualTo(Result.NOT_HTTP);
		RequestHeadReader optional = new RequestHeadReader(1024, ProxyProtocol.OPTIONAL, null);
		assertThat(optional.read(bytes(HEAD))).isEqualTo(Result.COMPLETE);
		assertThat(optional.source()).isNull();
	}

	private static RequestHeadReader reader(int maxSize) {
		return new RequestHeadReader(maxSize, ProxyProtocol.NONE, "x-forwarded-for");
	}

	private static @Nullable String sid(String head) {
		return head(head).sid();
	}

	private static RequestHead head(String head) {
		RequestHeadReader reader = reader(1024);
		ByteBuf bytes = bytes(head);
		assertThat(reader.read(bytes)).isEqualTo(Result.COMPLETE);
		return reader.head(bytes);
	}

	private static ByteBuf bytes(String text) {
		return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
	}

	@ParameterizedTest
	@CsvSource({ "/socket.io/?EIO=4&transport=polling, true", "/socket.io/?transport=websocket&EIO=4, true",
			"/socket.io/?EIO=4&transport=polling&sid=ABCDefghijklmnopqrst, false", "/socket.io/socket.io.js, false",
			"/health, false" })
	void tellsWhatMayOpenASession(String target, boolean opening) {
		ByteBuf head = Unpooled.copiedBuffer("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n",
				StandardCharsets.US_ASCII);
		assertThat(RequestHead.parse(head, 0, head.readableBytes(), null).opening()).isEqualTo(opening);
	}

}
