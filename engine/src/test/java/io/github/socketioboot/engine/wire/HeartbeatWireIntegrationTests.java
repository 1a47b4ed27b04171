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

package io.github.socketioboot.engine.wire;

import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.session.CloseReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Heartbeats of Engine.IO 4 and 3.
 */
@Timeout(120)
class HeartbeatWireIntegrationTests {

	private static final int INTERVAL = 300;

	private static final int TIMEOUT = 200;

	/**
	 * Time enough for an exchange on a slow machine.
	 */
	private static final int LONG_TIMEOUT = 5000;

	/**
	 * Longer than any test takes.
	 */
	private static final int NEVER = 1_000_000;

	@RegisterExtension
	private final WireServer server = new WireServer();

	@Test
	void silentClient() throws Exception {
		long start = System.nanoTime();
		RawWebSocket socket = this.server.ping(INTERVAL, TIMEOUT).startEngine().openWebSocket();
		assertThat(socket.next()).isEqualTo("2");
		assertThat(millisSince(start)).isGreaterThanOrEqualTo(INTERVAL);
		assertThat(socket.hex(2)).isEqualTo("8800");
		assertThat(millisSince(start)).isGreaterThanOrEqualTo(INTERVAL + TIMEOUT);
		assertThat(this.server.closed()).isEqualTo(CloseReason.PING_TIMEOUT);
	}

	@Test
	void pongKeepsTheSessionOpenAndSchedulesTheNextPing() throws Exception {
		RawWebSocket socket = this.server.ping(50, NEVER).startEngine().openWebSocket();
		for (int i = 0; i < 5; i++) {
			assertThat(socket.next()).isEqualTo("2");
			long pong = System.nanoTime();
			socket.text("3");
			assertThat(socket.next()).isEqualTo("2");
			assertThat(millisSince(pong)).isGreaterThanOrEqualTo(50);
			socket.text("3");
		}
		assertThat(this.server.isAnyClosed()).isFalse();
	}

	@Test
	void noPingBeforeThePong() throws Exception {
		RawWebSocket socket = this.server.ping(50, NEVER).startEngine().openWebSocket();
		assertThat(socket.next()).isEqualTo("2");
		RawWebSocket other = this.server.openWebSocket();
		for (int i = 0; i < 4; i++) {
			assertThat(other.next()).isEqualTo("2");
			other.text("3");
		}
		assertThat(socket.isSilent()).isTrue();
	}

	@Test
	void messagesAreNoPong() throws Exception {
		RawWebSocket socket = this.server.ping(50, LONG_TIMEOUT).startEngine().openWebSocket();
		assertThat(socket.next()).isEqualTo("2");
		socket.text("4a");
		assertThat(socket.next()).isEqualTo("4a");
		assertThat(socket.next()).isEqualTo("close");
		assertThat(this.server.closed()).isEqualTo(CloseReason.PING_TIMEOUT);
	}

	@Test
	void pollIsAnsweredByThePing() throws Exception {
		String polling = this.server.ping(50, NEVER).startEngine().openPolling();
		for (int i = 0; i < 3; i++) {
			assertThat(this.server.http().get(polling).text()).isEqualTo("2");
			assertThat(this.server.http().post(polling, "3").text()).isEqualTo("ok");
		}
	}

	@Test
	void silentPollingClient() throws Exception {
		String polling = this.server.ping(50, LONG_TIMEOUT).startEngine().openPolling();
		assertThat(this.server.http().get(polling).text()).isEqualTo("2");
		assertThat(this.server.http().get(polling).text()).isEqualTo("1");
		assertThat(this.server.closed()).isEqualTo(CloseReason.PING_TIMEOUT);
		assertThat(this.server.http().get(polling).status()).isEqualTo(400);
	}

	@Test
	void upgradeArmsTheHeartbeatAnew() throws Exception {
		String polling = this.server.ping(50, NEVER).startEngine().openPolling();
		assertThat(this.server.http().get(polling).text()).isEqualTo("2");
		RawWebSocket socket = this.server.webSocket(polling.replace("transport=polling", "transport=websocket"));
		socket.text("2probe");
		assertThat(socket.next()).isEqualTo("3probe");
		// The pong to the ping over polling is lost in the switch
		socket.text("5");
		assertThat(socket.next()).isEqualTo("2");
	}

	@Test
	void version3IsPingedByTheClient() throws Exception {
		RawWebSocket socket = this.server.allowEio3()
			.ping(INTERVAL, LONG_TIMEOUT)
			.startEngine()
			.webSocket("/socket.io/?EIO=3&transport=websocket");
		assertThat(socket.next()).startsWith("0{");
		long last = 0;
		for (int i = 0; i < 3; i++) {
			last = System.nanoTime();
			socket.text((i == 1) ? "2probe" : "2");
			assertThat(socket.next()).isEqualTo("3");
		}
		assertThat(socket.hex(2)).isEqualTo("8800");
		assertThat(millisSince(last)).isGreaterThanOrEqualTo(INTERVAL + LONG_TIMEOUT);
		assertThat(this.server.closed()).isEqualTo(CloseReason.PING_TIMEOUT);
	}

	@Test
	void version3OverPolling() throws Exception {
		this.server.allowEio3().ping(INTERVAL, NEVER).startEngine();
		String body = this.server.http().get("/socket.io/?EIO=3&transport=polling").text();
		String polling = "/socket.io/?EIO=3&transport=polling&sid="
				+ body.substring(body.indexOf("sid") + 6).substring(0, 20);
		assertThat(this.server.http().post(polling, "1:2").text()).isEqualTo("ok");
		assertThat(this.server.http().get(polling).text()).isEqualTo("1:3");
	}

	private static long millisSince(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
	}

}
