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

import com.corundumstudio.socketio.BroadcastOperations;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import io.github.socketioboot.engine.namespace.EventObserver;
import io.github.socketioboot.engine.namespace.EventOutcome;
import io.github.socketioboot.engine.namespace.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What observers and counters learn of events, and how session ids begin.
 */
class EventObserverIntegrationTests {

	private final List<String> seen = new CopyOnWriteArrayList<>();

	@Test
	void eventsAreObservedUnderNamesThatHaveListeners() {
		EngineSocketIOServer server = Wire.build(EngineSocketIOServer.builder()
			.eventObserver(new Recorder(""))
			.exceptionListener(new LoggingExceptionListener()));
		server.addEventListener("good", String.class, (client, data, ack) -> client.sendEvent("good", data));
		server.addEventListener("bad", String.class, (client, data, ack) -> {
			throw new IllegalStateException("expected");
		});
		server.addEventListener("number", Integer.class, (client, data, ack) -> {
		});
		try (AttackedServer running = Wire.run(server); RawPeer peer = running.join()) {
			peer.sendText("42[\"good\",\"x\"]");
			assertThat(peer.expectText("42")).isEqualTo("42[\"good\",\"x\"]");
			peer.sendText("42[\"bad\",\"x\"]");
			peer.sendText("42[\"number\",{}]");
			peer.sendText("42[\"unheard-of\"]");
			await().until(() -> this.seen.size() == 5);
			assertThat(this.seen).containsExactly("/ out good SUCCESS", "/ in good SUCCESS",
					"/ in bad ERROR of expected", "/ in number ERROR", "/ in other UNHANDLED");
			await().until(() -> server.statistics().eventsReceived() == 4);
		}
	}

	@Test
	void emitsAreObservedOnceForAllReceivers() {
		EngineSocketIOServer server = Wire.build(EngineSocketIOServer.builder().eventObserver(new Recorder("")));
		server.addNamespace("/admin").addEventListener("good", String.class, (client, data, ack) -> {
		});
		try (AttackedServer running = Wire.run(server); RawPeer one = running.join(); RawPeer two = running.join()) {
			BroadcastOperations root = server.getNamespace("").getBroadcastOperations();
			root.sendEvent("good", 1);
			root.sendEvent("other things", 1);
			server.getNamespace("/admin").getBroadcastOperations().sendEvent("good", 1);
			server.engine().of("/admin").broadcast().emitWithAck("good").cancel(false);
			server.getAllClients().iterator().next().sendEvent("good");
			assertThatIllegalArgumentException().isThrownBy(() -> root.sendEvent("disconnect", 1));
			one.expectText("42[\"good\",1]");
			two.expectText("42[\"good\",1]");
			assertThat(this.seen).containsExactly("/ out other SUCCESS", "/ out other SUCCESS",
					"/admin out good SUCCESS", "/admin out good SUCCESS", "/ out other SUCCESS", "/ out other ERROR");
		}
	}

	@Test
	void allObserversAreTold() {
		EngineSocketIOServer server = Wire.build(
				EngineSocketIOServer.builder().eventObserver(new Recorder("1st ")).eventObserver(new Recorder("2nd ")));
		server.addEventListener("good", String.class, (client, data, ack) -> {
		});
		try (AttackedServer running = Wire.run(server); RawPeer peer = running.join()) {
			peer.sendText("42[\"good\",\"x\"]");
			server.getBroadcastOperations().sendEvent("good");
			await().until(() -> this.seen.size() == 4);
			assertThat(this.seen).containsExactlyInAnyOrder("1st / in good SUCCESS", "2nd / in good SUCCESS",
					"1st / out good SUCCESS", "2nd / out good SUCCESS");
		}
	}

	@Test
	void packetsOfABurstAreCountedOneByOne() {
		EngineSocketIOServer server = Wire.build(EngineSocketIOServer.builder());
		try (AttackedServer running = Wire.run(server); RawPeer one = running.join(); RawPeer two = running.join()) {
			// The answers to the connects may be read before they are counted
			await().until(() -> server.statistics().packetsSent() == 2);
			long before = server.statistics().packetsSent();
			for (int i = 0; i < 1000; i++) {
				server.getBroadcastOperations().sendEvent("good", i);
			}
			for (RawPeer peer : List.of(one, two)) {
				while (!peer.expectText("42").endsWith(",999]")) {
					// More are to come
				}
			}
			await().until(() -> server.statistics().packetsSent() == before + 2000);
		}
	}

	@Test
	void sessionIdsBeginAsTold() {
		EngineSocketIOServer server = Wire.build(EngineSocketIOServer.builder().sidPrefix("a-_9"));
		try (AttackedServer running = Wire.run(server); RawPeer peer = new RawPeer(running.port())) {
			RawPeer.Answer answer = peer.request("GET", "/socket.io/?EIO=4&transport=polling", "");
			assertThat(answer).isNotNull();
			assertThat(answer.body()).contains("\"sid\":\"a-_9");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "abc", "abcde", "ab+/", "ab d" })
	void prefixesOfAnotherFormAreRefused(String prefix) {
		assertThatIllegalArgumentException().isThrownBy(() -> EngineSocketIOServer.builder().sidPrefix(prefix));
	}

	@Test
	void missingPartsAreRefused() {
		assertThatExceptionOfType(NullPointerException.class)
			.isThrownBy(() -> EngineSocketIOServer.builder().connections(null));
		assertThatExceptionOfType(NullPointerException.class)
			.isThrownBy(() -> EngineSocketIOServer.builder().eventObserver(null));
	}

	/**
	 * Notes what it is told, times excepted.
	 */
	private final class Recorder implements EventObserver {

		private final String name;

		Recorder(String name) {
			this.name = name;
		}

		@Override
		public Handling onReceive(Socket socket, String event) {
			Thread thread = Thread.currentThread();
			String begin = this.name + socket.namespace().name() + " in " + event + " ";
			return new Handling() {

				private String error = "";

				@Override
				public void onError(Throwable error) {
					this.error = " of " + error.getMessage();
				}

				@Override
				public void onReturn() {
					assertThat(Thread.currentThread()).isSameAs(thread);
				}

				@Override
				public void onHandled(EventOutcome outcome) {
					EventObserverIntegrationTests.this.seen
						.add(begin + outcome + (this.error.startsWith(" of expected") ? this.error : ""));
				}

			};
		}

		@Override
		public void onEmitted(String namespace, String event, EventOutcome outcome) {
			EventObserverIntegrationTests.this.seen.add(this.name + namespace + " out " + event + " " + outcome);
		}

	}

}
