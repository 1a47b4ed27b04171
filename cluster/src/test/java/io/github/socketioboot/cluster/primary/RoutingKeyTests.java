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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

import io.github.socketioboot.cluster.primary.PrimaryConfig.Routing;
import io.github.socketioboot.engine.netty.forwarded.ForwardedHeaders;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.github.socketioboot.engine.netty.forwarded.ProxyProtocol;
import io.github.socketioboot.engine.netty.forwarded.TrustedProxies;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoutingKeyTests {

	private static final TrustedProxies TRUSTED = TrustedProxies.of(List.of("10.0.0.0/8", "192.168.1.1", "fd00::/8"));

	@Test
	void keepsNothingTogetherButSessions() throws UnknownHostException {
		assertThat(key(Routing.SESSION, ForwardedHeaders.NONE).of(peer("1.2.3.4"), "5.6.7.8")).isNull();
	}

	@Test
	void keepsThePeersAddressTogether() throws UnknownHostException {
		assertThat(key(Routing.ADDRESS, ForwardedHeaders.NONE).of(peer("10.2.3.4"), "5.6.7.8")).isEqualTo("10.2.3.4");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			1.2.3.4     | 5.6.7.8                     | 1.2.3.4
			10.1.1.1    | null                        | 10.1.1.1
			10.1.1.1    | 5.6.7.8                     | 5.6.7.8
			10.1.1.1    | 9.9.9.9, 5.6.7.8            | 5.6.7.8
			10.1.1.1    | 9.9.9.9, 5.6.7.8, 10.4.5.6  | 5.6.7.8
			192.168.1.1 | 5.6.7.8,192.168.1.2         | 192.168.1.2
			10.1.1.1    | 10.4.5.7, 10.4.5.6          | 10.4.5.7
			10.1.1.1    | 5.6.7.8:1234                | 5.6.7.8
			10.1.1.1    | [2001:db8::1]:1234          | 2001:db8:0:0:0:0:0:1
			fd00::1     | 2001:db8::1                 | 2001:db8:0:0:0:0:0:1
			10.1.1.1    | 5.6.7.8, unknown            | 10.1.1.1
			10.1.1.1    | unknown                     | 10.1.1.1
			10.1.1.1    | ' '                         | 10.1.1.1
			""")
	void keepsTheNearestUntrustedAddressTogether(String peer, @Nullable String forwardedFor, String expected)
			throws UnknownHostException {
		assertThat(key(Routing.FORWARDED_FOR, ForwardedHeaders.NONE).of(peer(peer), forwardedFor)).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource(value = Routing.class, names = { "ADDRESS", "FORWARDED_FOR" })
	void keepsTheAddressTogetherThatTheApplicationSees(Routing routing) throws UnknownHostException {
		RoutingKey xForwarded = key(routing, ForwardedHeaders.X_FORWARDED);
		assertThat(xForwarded.header()).isEqualTo("x-forwarded-for");
		assertThat(xForwarded.of(peer("10.1.1.1"), "5.6.7.8")).isEqualTo("5.6.7.8");
		assertThat(xForwarded.of(peer("1.2.3.4"), "5.6.7.8")).isEqualTo("1.2.3.4");
		RoutingKey forwarded = key(routing, ForwardedHeaders.FORWARDED);
		assertThat(forwarded.header()).isEqualTo("forwarded");
		assertThat(forwarded.of(peer("10.1.1.1"), "for=9.9.9.9, for=5.6.7.8;proto=https")).isEqualTo("5.6.7.8");
	}

	@Test
	void readsNoHeaderThatItDoesNotNeed() {
		assertThat(key(Routing.SESSION, ForwardedHeaders.X_FORWARDED).header()).isNull();
		assertThat(key(Routing.ADDRESS, ForwardedHeaders.NONE).header()).isNull();
		assertThat(key(Routing.FORWARDED_FOR, ForwardedHeaders.NONE).header()).isEqualTo("x-forwarded-for");
	}

	private static RoutingKey key(Routing routing, ForwardedHeaders headers) {
		return new RoutingKey(routing, new ForwardingConfig(TRUSTED, headers, ProxyProtocol.NONE));
	}

	private static InetSocketAddress peer(String address) throws UnknownHostException {
		return new InetSocketAddress(InetAddress.getByName(address), 4711);
	}

}
