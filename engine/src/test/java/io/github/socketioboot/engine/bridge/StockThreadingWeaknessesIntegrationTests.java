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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.corundumstudio.socketio.BroadcastAckCallback;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Weaknesses of netty-socketio's own wire in threads and work: each shows there and not
 * on the engine.
 */
class StockThreadingWeaknessesIntegrationTests {

	@AfterAll
	static void awaitStopped() throws InterruptedException {
		Wire.awaitStopped();
	}

	@ParameterizedTest
	@EnumSource
	void listenerThatBlocksStopsOtherClients(Wire wire) throws Exception {
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger echoes = new AtomicInteger();
		try (AttackedServer server = wire.serve((listeners) -> {
			listeners.addEventListener("block", String.class, (client, text, ack) -> {
				blocked.countDown();
				release.await(1, TimeUnit.MINUTES);
			});
			listeners.addEventListener("echo", String.class, (client, text, ack) -> echoes.incrementAndGet());
		}, (configuration) -> configuration.setWorkerThreads(1));
				RawPeer blocking = server.join();
				RawPeer other = server.join()) {
			blocking.sendText("42[\"block\",\"\"]");
			assertThat(blocked.await(1, TimeUnit.MINUTES)).isTrue();
			other.sendText("42[\"echo\",\"\"]");
			boolean starved = false;
			try {
				await().atMost(wire.patience()).until(() -> echoes.get() == 1);
			}
			catch (ConditionTimeoutException ex) {
				starved = true;
			}
			finally {
				release.countDown();
			}

			assertThat(starved).isEqualTo(wire.isVulnerable());
		}
	}

	@ParameterizedTest
	@EnumSource
	void broadcastIsEncodedOncePerClient(Wire wire) {
		int clients = 5;
		AtomicInteger encodings = new AtomicInteger();
		try (AttackedServer server = wire.serve((listeners) -> {
		})) {
			List<RawPeer> peers = Stream.generate(server::join).limit(clients).toList();
			await().until(() -> server.server().getAllClients().size() == clients);
			server.server().getBroadcastOperations().sendEvent("news", new Counted(encodings));
			for (RawPeer peer : peers) {
				peer.expectText("42[\"news\"");
				peer.close();
			}

			assertThat(encodings.get()).isEqualTo(wire.isVulnerable() ? clients : 1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void broadcastThatAsksForAnswersIsEncodedOncePerClient(Wire wire) {
		int clients = 5;
		AtomicInteger encodings = new AtomicInteger();
		try (AttackedServer server = wire.serve((listeners) -> {
		})) {
			List<RawPeer> peers = Stream.generate(server::join).limit(clients).toList();
			await().until(() -> server.server().getAllClients().size() == clients);
			server.server()
				.getBroadcastOperations()
				.sendEvent("question", new Counted(encodings), new BroadcastAckCallback<>(String.class));
			for (RawPeer peer : peers) {
				assertThat(peer.expectText("42")).matches("42\\d+\\[\"question\",\\{\"text\":\"news\"}]");
				peer.close();
			}

			assertThat(encodings.get()).isEqualTo(wire.isVulnerable() ? clients : 1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void stopTakesSeconds(Wire wire) {
		Duration shortest = timeToStop(wire);
		// A busy machine may spoil some of ours
		for (int i = 0; i < 4 && !wire.isVulnerable(); i++) {
			Duration taken = timeToStop(wire);
			shortest = (taken.compareTo(shortest) < 0) ? taken : shortest;
		}

		// Two groups of threads that stay quiet for two seconds each, one after the other
		assertThat(shortest.compareTo(Duration.ofSeconds(4)) >= 0).isEqualTo(wire.isVulnerable());
	}

	private static Duration timeToStop(Wire wire) {
		AttackedServer server = wire.serve((listeners) -> {
		});
		long begin = System.nanoTime();
		server.server().stop();
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	/**
	 * Payload that counts how often it is written.
	 */
	public static final class Counted {

		private final AtomicInteger encodings;

		Counted(AtomicInteger encodings) {
			this.encodings = encodings;
		}

		public String getText() {
			this.encodings.incrementAndGet();
			return "news";
		}

	}

}
