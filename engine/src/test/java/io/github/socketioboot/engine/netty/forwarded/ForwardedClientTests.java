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
import java.util.List;
import java.util.Random;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ForwardedClient}.
 */
class ForwardedClientTests {

	private static final TrustedProxies TRUSTED = TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"));

	private static final HttpHeadersFactory UNCHECKED = DefaultHttpHeadersFactory.headersFactory()
		.withValidation(false);

	private static final InetSocketAddress PROXY = new InetSocketAddress("10.1.1.1", 4711);

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			1.2.3.4  | 5.6.7.8                    | 1.2.3.4:4711
			10.1.1.1 | null                       | 10.1.1.1:4711
			10.1.1.1 | ''                         | 10.1.1.1:4711
			10.1.1.1 | 5.6.7.8                    | 5.6.7.8:0
			10.1.1.1 | 9.9.9.9, 5.6.7.8           | 5.6.7.8:0
			10.1.1.1 | 9.9.9.9, 5.6.7.8, 10.4.5.6 | 5.6.7.8:0
			10.1.1.1 | 10.4.5.7, 10.4.5.6         | 10.4.5.7:0
			10.1.1.1 | 5.6.7.8:1234               | 5.6.7.8:1234
			10.1.1.1 | 5.6.7.8:99999              | 5.6.7.8:0
			10.1.1.1 | [2001:db8::1]:1234         | [2001:db8::1]:1234
			10.1.1.1 | [2001:db8::1]              | [2001:db8::1]:0
			10.1.1.1 | ::ffff:5.6.7.8             | 5.6.7.8:0
			fd00::1  | 2001:db8::1                | [2001:db8::1]:0
			10.1.1.1 | 5.6.7.8,                   | 10.1.1.1:4711
			10.1.1.1 | ,,,                        | 10.1.1.1:4711
			10.1.1.1 | 5.6.7.8, unknown           | 10.1.1.1:4711
			10.1.1.1 | 5.6.7.8, localhost         | 10.1.1.1:4711
			10.1.1.1 | 5.6.7.8, [::1              | 10.1.1.1:4711
			10.1.1.1 | 5.6.7.8, fe80::1%1         | 10.1.1.1:4711
			10.1.1.1 | 5.6.7.8, junk, 10.4.5.6    | 10.4.5.6:0
			""")
	void xForwardedForIsReadFromTheRightUpToTheFirstUntrustedAddress(String peer, @Nullable String value,
			String expected) {
		ForwardedClient client = new ForwardedClient(ForwardedHeaders.X_FORWARDED, TRUSTED);
		assertThat(client.header()).isEqualTo("x-forwarded-for");
		assertThat(text(client.address(new InetSocketAddress(peer, 4711), value))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "null", textBlock = """
			1.2.3.4  | for=5.6.7.8                                   | 1.2.3.4:4711
			10.1.1.1 | null                                          | 10.1.1.1:4711
			10.1.1.1 | for=5.6.7.8                                   | 5.6.7.8:0
			10.1.1.1 | For="5.6.7.8:80" ; Proto=https                | 5.6.7.8:80
			10.1.1.1 | proto=https;by=10.1.1.1;for="[2001:db8::1]:9" | [2001:db8::1]:9
			10.1.1.1 | for=9.9.9.9, for=5.6.7.8, for=10.4.5.6        | 5.6.7.8:0
			10.1.1.1 | for=9.9.9.9, for=unknown                      | 10.1.1.1:4711
			10.1.1.1 | for=9.9.9.9, for=_hidden                      | 10.1.1.1:4711
			10.1.1.1 | for=9.9.9.9, proto=https                      | 10.1.1.1:4711
			10.1.1.1 | for="9.9.9.9, for=5.6.7.8                     | 5.6.7.8:0
			10.1.1.1 | x="a,b;for=9.9.9.9", for=5.6.7.8              | 5.6.7.8:0
			10.1.1.1 | x="a,b;for=9.9.9.9";for=5.6.7.8               | 5.6.7.8:0
			10.1.1.1 | for=9.9.9.9, for="5.6.7.8                     | 10.1.1.1:4711
			10.1.1.1 | ;;;=,=;                                       | 10.1.1.1:4711
			""")
	void forwardedIsReadFromTheRightUpToTheFirstUntrustedAddress(String peer, @Nullable String value, String expected) {
		ForwardedClient client = new ForwardedClient(ForwardedHeaders.FORWARDED, TRUSTED);
		assertThat(client.header()).isEqualTo("forwarded");
		assertThat(text(client.address(new InetSocketAddress(peer, 4711), value))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			5.6.7.8                    | https       | null              | null     | true  | inner
			5.6.7.8                    | HTTPS       | example.org       | null     | true  | example.org
			5.6.7.8                    | wss         | example.org       | 443      | true  | example.org
			5.6.7.8                    | https       | example.org       | 8443     | true  | example.org:8443
			5.6.7.8                    | http        | example.org       | 80       | false | example.org
			5.6.7.8                    | http        | example.org:8080  | 80       | false | example.org:8080
			5.6.7.8                    | https       | [2001:db8::1]     | 8443     | true  | [2001:db8::1]:8443
			5.6.7.8                    | https       | null              | 8443     | true  | inner:8443
			5.6.7.8                    | gopher      | a b               | x        | false | inner
			5.6.7.8                    | ''          | ''                | ''       | false | inner
			null                       | https       | example.org       | null     | true  | example.org
			9.9.9.9, 5.6.7.8           | http, https | evil.org, ok.org  | 1, 8443  | true  | ok.org:8443
			9.9.9.9, 5.6.7.8, 10.4.5.6 | https, http | evil.org,ok.org,x | null     | true  | ok.org
			5.6.7.8, 10.4.5.6          | https       | ok.org            | null     | true  | ok.org
			""")
	void schemeAndHostAreThoseThatTheOutermostTrustedProxyHasSeen(@Nullable String addresses, @Nullable String proto,
			@Nullable String host, @Nullable String port, boolean secure, String expected) {
		HttpHeaders headers = new DefaultHttpHeaders().add("Host", "inner");
		add(headers, "X-Forwarded-For", addresses);
		add(headers, "X-Forwarded-Proto", proto);
		add(headers, "X-Forwarded-Host", host);
		add(headers, "X-Forwarded-Port", port);
		headers.add("Forwarded", "for=6.6.6.6;proto=http;host=evil.org");
		ClientOrigin origin = new ForwardedClient(ForwardedHeaders.X_FORWARDED, TRUSTED).origin(PROXY, false, headers);
		assertThat(origin.secure()).isEqualTo(secure);
		assertThat(origin.host()).isEqualTo(expected);
	}

	@Test
	void elementsOfForwardedTellSchemeAndHost() {
		HttpHeaders headers = new DefaultHttpHeaders().add("Host", "inner")
			.add("X-Forwarded-For", "6.6.6.6")
			.add("Forwarded", "for=9.9.9.9;host=evil.org;proto=http")
			.add("Forwarded", "for=5.6.7.8;host=\"example.org:8443\";proto=https")
			.add("Forwarded", "for=10.4.5.6;proto=http");
		ClientOrigin origin = new ForwardedClient(ForwardedHeaders.FORWARDED, TRUSTED).origin(PROXY, false, headers);
		assertThat(text(origin.address())).isEqualTo("5.6.7.8:0");
		assertThat(origin.secure()).isTrue();
		assertThat(origin.host()).isEqualTo("example.org:8443");
	}

	@Test
	void schemeAndHostAreKnownOfAClientWhoseAddressIsHidden() {
		HttpHeaders headers = new DefaultHttpHeaders().add("Forwarded", "for=unknown;host=example.org;proto=https");
		ClientOrigin origin = new ForwardedClient(ForwardedHeaders.FORWARDED, TRUSTED).origin(PROXY, false, headers);
		assertThat(origin).isEqualTo(new ClientOrigin(PROXY, true, "example.org"));
	}

	@Test
	void peersThatAreNotTrustedSayNothing() {
		InetSocketAddress peer = new InetSocketAddress("1.2.3.4", 1);
		HttpHeaders headers = new DefaultHttpHeaders().add("Host", "inner")
			.add("X-Forwarded-For", "5.6.7.8")
			.add("X-Forwarded-Proto", "https")
			.add("X-Forwarded-Host", "example.org")
			.add("Forwarded", "for=5.6.7.8;host=example.org;proto=https");
		for (ForwardedHeaders kind : List.of(ForwardedHeaders.X_FORWARDED, ForwardedHeaders.FORWARDED)) {
			assertThat(new ForwardedClient(kind, TRUSTED).origin(peer, false, headers))
				.isEqualTo(new ClientOrigin(peer, false, "inner"));
		}
	}

	@Test
	void whateverHeadersHoldThereIsAnAddress() {
		Random random = new Random(7);
		String alphabet = "0123456789.:,;=\"\\[]abforptsh %-_/";
		for (int i = 0; i < 20_000; i++) {
			StringBuilder value = new StringBuilder("for=10.1.1.1".substring(0, random.nextInt(13)));
			for (int length = random.nextInt(40); length > 0; length--) {
				value.append(alphabet.charAt(random.nextInt(alphabet.length())));
			}
			String text = value.toString();
			HttpHeaders headers = UNCHECKED.newHeaders()
				.add("X-Forwarded-For", text)
				.add("X-Forwarded-Proto", text)
				.add("X-Forwarded-Host", text)
				.add("X-Forwarded-Port", text)
				.add("Forwarded", text);
			for (ForwardedHeaders kind : List.of(ForwardedHeaders.X_FORWARDED, ForwardedHeaders.FORWARDED)) {
				ClientOrigin origin = new ForwardedClient(kind, TRUSTED).origin(PROXY, true, headers);
				assertThat(origin.address().getAddress()).as(text).isNotNull();
			}
		}
	}

	@Test
	void someHeadersMustBeChosen() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ForwardedClient(ForwardedHeaders.NONE, TrustedProxies.NONE));
	}

	private static void add(HttpHeaders headers, String name, @Nullable String value) {
		if (value != null) {
			headers.add(name, value);
		}
	}

	private static String text(InetSocketAddress address) {
		String host = address.getAddress().getHostAddress().replace("2001:db8:0:0:0:0:0:1", "2001:db8::1");
		return ((host.indexOf(':') != -1) ? "[" + host + "]" : host) + ":" + address.getPort();
	}

}
