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

package io.github.socketioboot.engine.netty;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients see, and the log shows, of a server that stops.
 */
@Timeout(120)
class StopIntegrationTests {

	private static final int ROUNDS = 20;

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	@BeforeEach
	void recordLog() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stopRecording() {
		this.logger.detachAppender(this.log);
	}

	@Test
	void connectionsThatComeMeanwhileAreNotWorthAWarning() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			HttpFrontFixture fixture = new HttpFrontFixture(HttpFrontFixture.LIMITS);
			AtomicBoolean stopped = new AtomicBoolean();
			AtomicInteger served = new AtomicInteger();
			Thread client = new Thread(() -> {
				while (!stopped.get()) {
					try {
						RawConnection.exchange(fixture.port, HttpFrontFixture.get(""));
						served.incrementAndGet();
					}
					catch (IOException ex) {
						// The server is stopping
					}
				}
			});
			client.start();
			while (served.get() < 3) {
				Thread.onSpinWait();
			}
			fixture.close();
			stopped.set(true);
			client.join();
			assertThat(fixture.server.sessions()).isZero();
			assertThat(fixture.closed).hasSize(fixture.accepted.get());
		}
		assertThat(this.log.list).filteredOn((event) -> event.getLevel().isGreaterOrEqual(Level.WARN)).isEmpty();
	}

	@Test
	void everyConnectionIsClosed() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			HttpFrontFixture fixture = new HttpFrontFixture(HttpFrontFixture.LIMITS);
			String sid = fixture.handshake();
			try (RawConnection silent = RawConnection.open(fixture.port);
					RawConnection idle = RawConnection.open(fixture.port);
					RawConnection halfway = RawConnection.open(fixture.port);
					RawConnection polling = RawConnection.open(fixture.port)) {
				assertThat(idle.send(HttpFrontFixture.health()).read().status()).isEqualTo(200);
				halfway.send("GET / HTT");
				polling.send(HttpFrontFixture.health() + HttpFrontFixture.get(sid));
				assertThat(polling.read().status()).isEqualTo(200);
				fixture.close();
				assertThat(silent.readAll()).isEmpty();
				assertThat(idle.readAll()).isEmpty();
				assertThat(halfway.readAll()).isEmpty();
				assertThat(polling.readAll()).hasSizeLessThanOrEqualTo(1);
			}
		}
	}

	@Test
	void mayBeAskedForTwice() throws Exception {
		HttpFrontFixture fixture = new HttpFrontFixture(HttpFrontFixture.LIMITS);
		fixture.handshake();
		fixture.close();
		fixture.close();
		assertThat(fixture.closed).hasSize(1);
		assertThat(this.log.list).filteredOn((event) -> event.getLevel().isGreaterOrEqual(Level.WARN)).isEmpty();
	}

}
