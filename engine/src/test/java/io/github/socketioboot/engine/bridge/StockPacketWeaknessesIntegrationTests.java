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

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.socketioboot.engine.bridge.RawPeer.Answer;
import io.github.socketioboot.engine.bridge.RawPeer.Frame;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Weaknesses of netty-socketio's own wire in reading and writing packets: each shows
 * there and not on the engine.
 */
class StockPacketWeaknessesIntegrationTests {

	@AfterAll
	static void awaitStopped() throws InterruptedException {
		Wire.awaitStopped();
	}

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	@ParameterizedTest
	@EnumSource
	void attachmentsAreUnbounded(Wire wire) {
		Queue<List<?>> received = new ConcurrentLinkedQueue<>();
		int count = 200;
		String placeholders = IntStream.range(0, count)
			.mapToObj((index) -> "{\"_placeholder\":true,\"num\":" + index + "}")
			.collect(Collectors.joining(","));
		try (AttackedServer server = wire.serve((listeners) -> listeners.addEventListener("upload", List.class,
				(client, parts, ack) -> received.add(parts))); RawPeer attacker = server.join()) {
			attacker.sendText("45" + count + "-[\"upload\",[" + placeholders + "]]");
			for (int i = 0; i < count; i++) {
				attacker.sendBinary((byte) 'x');
			}
			if (wire.isVulnerable()) {
				await().until(() -> !received.isEmpty());
				assertThat(received.element()).hasSize(count);
			}
			else {
				assertThat(attacker.nextText()).as("connection is closed").isNull();
				assertThat(received).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void longRunOfDigitsCostsQuadraticTime(Wire wire) {
		try (AttackedServer server = wire.serve((listeners) -> {
		})) {
			long large = timeToReadDigits(server, 36_000);
			long small = timeToReadDigits(server, 3_000);

			// Twelve times the digits: 144 times the work, or twelve times, or none
			boolean quadratic = large > 100_000_000 && large > 40 * small;
			assertThat(quadratic).as("%d ns against %d ns", large, small).isEqualTo(wire.isVulnerable());
		}
	}

	private static long timeToReadDigits(AttackedServer server, int digits) {
		char[] id = new char[digits];
		Arrays.fill(id, '7');
		String event = "42" + new String(id) + "[\"x\"]";
		long best = Long.MAX_VALUE;
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
		// A busy machine may spoil some of them
		for (int i = 0; i < 5 || (i < 20 && System.nanoTime() < end); i++) {
			try (RawPeer attacker = server.join()) {
				long begin = System.nanoTime();
				attacker.sendText(event);
				// Read in order: an answer to this, or the end, comes after the digits
				attacker.sendText("2probe");
				attacker.nextText();
				best = Math.min(best, System.nanoTime() - begin);
			}
		}
		return best;
	}

	@ParameterizedTest
	@EnumSource
	void binaryToTheClientCarriesAStrayByte(Wire wire) {
		try (AttackedServer server = wire.serve((listeners) -> listeners.addEventListener("get", String.class,
				(client, name, ack) -> client.sendEvent("data", new byte[] { 10, 20, 30 })));
				RawPeer client = server.join()) {
			client.sendText("42[\"get\",\"it\"]");
			client.expectText("451-[\"data\",");
			Frame attachment = client.nextFrame();

			assertThat(attachment).isNotNull();
			assertThat(attachment.payload())
				.isEqualTo(wire.isVulnerable() ? new byte[] { 4, 10, 20, 30 } : new byte[] { 10, 20, 30 });
		}
	}

	@ParameterizedTest
	@EnumSource
	void binaryOverPollingIsLost(Wire wire) {
		Queue<byte[]> received = new ConcurrentLinkedQueue<>();
		try (AttackedServer server = wire.serve((listeners) -> listeners.addEventListener("upload", byte[].class,
				(client, data, ack) -> received.add(data)))) {
			String session = POLLING + "&sid=" + handshake(server);
			exchange(server, "POST", session, "40");
			exchange(server, "GET", session, "");
			exchange(server, "POST", session, "451-[\"upload\",{\"_placeholder\":true,\"num\":0}]\u001ebChQe");
			boolean lost = false;
			try {
				await().atMost(wire.patience()).until(() -> !received.isEmpty());
				assertThat(received.element()).containsExactly(10, 20, 30);
			}
			catch (ConditionTimeoutException ex) {
				lost = true;
			}

			assertThat(lost).isEqualTo(wire.isVulnerable());
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyPollClosesItsConnection(Wire wire) {
		try (AttackedServer server = wire.serve((listeners) -> {
		}); RawPeer client = server.connect()) {
			Answer first = client.request("GET", POLLING, "");
			Answer second;
			try {
				second = client.request("GET", POLLING, "");
			}
			catch (UncheckedIOException ex) {
				second = null;
			}

			assertThat(first).isNotNull();
			assertThat(second == null).isEqualTo(wire.isVulnerable());
		}
	}

	private static String handshake(AttackedServer server) {
		try (RawPeer client = server.connect()) {
			Answer answer = client.request("GET", POLLING, "");
			assertThat(answer).isNotNull();
			return answer.body().replaceAll(".*\"sid\":\"([^\"]*)\".*", "$1");
		}
	}

	private static void exchange(AttackedServer server, String method, String target, String body) {
		try (RawPeer client = server.connect()) {
			assertThat(client.request(method, target, body)).isNotNull();
		}
	}

}
