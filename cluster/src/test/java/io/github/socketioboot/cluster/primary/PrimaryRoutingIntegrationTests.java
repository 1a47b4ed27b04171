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

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import io.github.socketioboot.cluster.primary.PrimaryConfig.HandOff;
import io.github.socketioboot.cluster.primary.PrimaryConfig.Routing;
import io.github.socketioboot.engine.netty.forwarded.ForwardedHeaders;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.github.socketioboot.engine.netty.forwarded.ProxyProtocol;
import io.github.socketioboot.engine.netty.forwarded.TrustedProxies;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A primary that keeps the sessions of an address together.
 */
@DisabledOnOs(OS.WINDOWS)
class PrimaryRoutingIntegrationTests {

	@ParameterizedTest
	@EnumSource(value = HandOff.class, names = { "AUTO", "PROXY" })
	void keepsForwardedAddressesTogether(HandOff handOff) throws Exception {
		UnaryOperator<PrimaryConfig> change = (config) -> PrimaryFixture.withRouting(config, Routing.FORWARDED_FOR,
				new ForwardingConfig(TrustedProxies.of(List.of("127.0.0.0/8")), ForwardedHeaders.NONE,
						ProxyProtocol.NONE));
		try (PrimaryFixture fixture = new PrimaryFixture(2, handOff, change)) {
			fixture.start().awaitReady(2);
			Set<Integer> all = new TreeSet<>();
			for (int client = 0; client < 20; client++) {
				Set<Integer> workers = new TreeSet<>();
				for (int i = 0; i < 5; i++) {
					workers.add(handshake(fixture, "203.0.113." + client));
				}
				assertThat(workers).hasSize(1);
				all.addAll(workers);
			}
			assertThat(all).hasSize(2);
		}
	}

	private static int handshake(PrimaryFixture fixture, String client) throws Exception {
		try (HttpConnection connection = fixture.connect()) {
			connection.send("GET " + PollingSession.HANDSHAKE + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: "
					+ client + "\r\n\r\n");
			return fixture.workerOf(connection.read().body().substring(9, 29));
		}
	}

}
