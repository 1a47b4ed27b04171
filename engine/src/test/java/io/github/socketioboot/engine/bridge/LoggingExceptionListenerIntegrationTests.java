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

package io.github.socketioboot.engine.bridge;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.corundumstudio.socketio.AuthTokenResult;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is logged of listeners that fail, without an exception listener of the
 * application.
 */
class LoggingExceptionListenerIntegrationTests {

	private static final int ATTEMPTS = 50;

	private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingExceptionListener.class);

	private final Level level = this.logger.getLevel();

	private final Recorder recorder = new Recorder();

	@BeforeEach
	void record() {
		this.recorder.start();
		this.logger.setLevel(Level.DEBUG);
		this.logger.addAppender(this.recorder);
	}

	@AfterEach
	void restore() {
		this.logger.detachAppender(this.recorder);
		this.logger.setLevel(this.level);
	}

	@Test
	void payloadOfAWrongTypeIsLoggedQuietlyAndWithoutThePayload() {
		try (AttackedServer server = Wire.OURS
			.serve((listeners) -> listeners.addEventListener("number", Integer.class, (client, number, ack) -> {
			})); RawPeer peer = server.join()) {
			peer.sendText("42[\"number\",\"private words\"]");

			await().until(() -> this.recorder.events.size() == 1);
			ILoggingEvent event = this.recorder.events.get(0);
			assertThat(event.getLevel()).isEqualTo(Level.DEBUG);
			assertThat(event.getFormattedMessage()).doesNotContain("private words").contains("java.lang.Integer");
			assertThat(event.getThrowableProxy()).isNull();
		}
	}

	@Test
	void clientCannotFloodTheLogWithFailuresOfListeners() {
		try (AttackedServer server = Wire.OURS
			.serve((listeners) -> listeners.addEventListener("fail", String.class, (client, text, ack) -> {
				throw new IllegalStateException("broken");
			})); RawPeer peer = server.join()) {
			for (int i = 0; i < ATTEMPTS; i++) {
				peer.sendText("42[\"fail\",\"\"]");
			}

			await().until(() -> this.recorder.events.size() == ATTEMPTS);
			assertThat(this.recorder.events).filteredOn((event) -> event.getLevel().isGreaterOrEqual(Level.WARN))
				.hasSizeLessThan(ATTEMPTS / 2)
				.first()
				.satisfies((event) -> assertThat(event.getThrowableProxy().getMessage()).isEqualTo("broken"));
		}
	}

	@Test
	void everyKindOfListenerIsLogged() {
		try (AttackedServer server = Wire.OURS.serve((listeners) -> {
			listeners.getNamespace("").addAuthTokenListener((auth, client) -> {
				if (auth != null) {
					throw new IllegalStateException("auth");
				}
				return AuthTokenResult.AuthTokenResultSuccess;
			});
			listeners.addConnectListener((client) -> {
				throw new IllegalStateException("connect");
			});
			listeners.addPongListener((client) -> {
				throw new IllegalStateException("pong");
			});
			listeners.addDisconnectListener((client) -> {
				throw new IllegalStateException("disconnect");
			});
		}); RawPeer refused = server.open(); RawPeer peer = server.join()) {
			refused.sendText("40{}");
			refused.expectText("44");
			peer.sendText("3");
			peer.sendText("41");

			await().until(() -> this.recorder.events.size() == 4);
			assertThat(this.recorder.events).extracting((event) -> event.getThrowableProxy().getMessage())
				.containsExactlyInAnyOrder("auth", "connect", "pong", "disconnect");
		}
	}

	private static final class Recorder extends AppenderBase<ILoggingEvent> {

		private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			this.events.add(event);
		}

	}

}
