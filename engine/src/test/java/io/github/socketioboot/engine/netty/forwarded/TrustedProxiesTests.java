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

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TrustedProxies}.
 */
class TrustedProxiesTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, 10.255.0.1, true", "10.0.0.0/8, 11.0.0.0, false", "10.1.2.3/8, 10.9.9.9, true",
			"10.1.2.3, 10.1.2.3, true", "10.1.2.3, 10.1.2.2, false", "10.1.2.128/25, 10.1.2.129, true",
			"10.1.2.128/25, 10.1.2.127, false", "255.255.255.254/31, 255.255.255.255, true",
			"255.255.255.254/31, 255.255.255.253, false", "0.0.0.0/0, 203.0.113.9, true", "0.0.0.0/0, ::1, false",
			"fd00::/8, fdff::1, true", "fd00::/8, fe00::1, false", "fd00::/7, fcff::1, true", "::1, ::1, true",
			"::/0, 2001:db8::1, true", "2001:db8::8000/113, 2001:db8::ffff, true",
			"2001:db8::8000/113, 2001:db8::7fff, false", "::ffff:10.0.0.0/104, 10.1.2.3, true",
			"::ffff:10.0.0.0/104, 11.1.2.3, false", "10.0.0.0/8, ::ffff:10.1.2.3, true" })
	void believesAddressesOfTheRange(String range, String address, boolean expected) throws UnknownHostException {
		assertThat(TrustedProxies.isRange(range)).isTrue();
		assertThat(TrustedProxies.of(List.of("192.0.2.1", range)).contains(InetAddress.getByName(address)))
			.isEqualTo(expected);
	}

	@Test
	void believesNobodyWithoutRanges() throws UnknownHostException {
		assertThat(TrustedProxies.of(List.of())).isSameAs(TrustedProxies.NONE);
		assertThat(TrustedProxies.NONE.isEmpty()).isTrue();
		assertThat(TrustedProxies.NONE.contains(InetAddress.getByName("127.0.0.1"))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "/", "localhost", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8 ",
					"10.0.0/8", "::1/129", "::ffff:10.0.0.0/95", "fe80::1%eth0", "10.0.0.0/1000", "10.0.0.0/8/8" })
	void refusesWhatIsNoRange(String range) {
		assertThat(TrustedProxies.isRange(range)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.of(List.of(range)))
			.withMessageContaining("expected");
	}

}
