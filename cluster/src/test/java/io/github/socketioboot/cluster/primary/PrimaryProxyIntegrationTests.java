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

import java.util.HashMap;
import java.util.Map;

import io.github.socketioboot.cluster.primary.PrimaryConfig.HandOff;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A primary that proxies instead of handing over.
 */
@TestInstance(Lifecycle.PER_CLASS)
@DisabledOnOs(OS.WINDOWS)
class PrimaryProxyIntegrationTests {

	private static final int WORKERS = 2;

	private PrimaryFixture fixture;

	@BeforeAll
	void start() throws Exception {
		this.fixture = new PrimaryFixture(WORKERS, HandOff.PROXY, (config) -> config);
		this.fixture.start().awaitReady(WORKERS);
	}

	@AfterAll
	void stop() throws Exception {
		this.fixture.close();
	}

	@Test
	void bringsEachRequestOfAConnectionToItsSessionsWorker() throws Exception {
		Map<Integer, PollingSession> sessions = new HashMap<>();
		try (HttpConnection connection = this.fixture.connect()) {
			for (int i = 0; i < 100 && sessions.size() < WORKERS; i++) {
				PollingSession session = PollingSession.open(connection);
				sessions.put(this.fixture.workerOf(session.sid()), session);
			}
			assertThat(sessions).hasSize(WORKERS);
			for (int i = 0; i < 10; i++) {
				for (PollingSession session : sessions.values()) {
					assertThat(session.echo(connection, "hello " + i)).isEqualTo("hello " + i);
				}
			}
		}
	}

	@Test
	void spreadsHandshakesOfOneConnection() throws Exception {
		Map<Integer, Integer> counts = new HashMap<>();
		try (HttpConnection connection = this.fixture.connect()) {
			for (int i = 0; i < 100; i++) {
				counts.merge(this.fixture.workerOf(PollingSession.open(connection).sid()), 1, Integer::sum);
			}
		}
		assertThat(counts.values()).hasSize(WORKERS).allSatisfy((count) -> assertThat(count).isBetween(35, 65));
	}

	@Test
	void tellsWorkersTheClientsAddress() throws Exception {
		try (HttpConnection connection = this.fixture.connect()) {
			String client = "127.0.0.1:" + connection.socket().getLocalPort();
			assertThat(PollingSession.open(connection).echo(connection, "origin")).contains(client).endsWith(" false");
		}
	}

	@Test
	void tellsWorkersThatItProxies() throws Exception {
		assertThat(this.fixture.web("/host")).contains("descriptors=false");
	}

}
