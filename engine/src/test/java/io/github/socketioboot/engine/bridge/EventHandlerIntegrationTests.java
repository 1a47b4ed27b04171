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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.listener.ExceptionListenerAdapter;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import io.github.socketioboot.engine.namespace.EventObserver;
import io.github.socketioboot.engine.namespace.EventOutcome;
import io.github.socketioboot.engine.namespace.Socket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Listeners that answer later, deal with their failures, and see what others do not.
 */
class EventHandlerIntegrationTests {

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private final List<String> failures = new CopyOnWriteArrayList<>();

	private final CompletableFuture<List<?>> later = new CompletableFuture<>();

	@Test
	void answerThatComesLaterIsSentAndKeepsTheEventInProgress() {
		EngineSocketIOServer server = server();
		namespace(server).addEventHandler("later", (client, event, payloads, ack) -> this.later);
		try (AttackedServer running = Wire.run(server); RawPeer peer = running.join()) {
			peer.sendText("421[\"later\"]");
			peer.sendText("42[\"later\"]");
			peer.sendText("42[\"echo\",1]");
			assertThat(peer.expectText("4")).as("events behind it go on").isEqualTo("42[\"echo\",1]");
			await().untilAsserted(() -> assertThat(this.seen).containsExactly("echo SUCCESS"));
			CompletableFuture<Void> quiet = server.engine().quiesce();
			assertThat(quiet).isNotDone();
			this.later.complete(List.of("done", 2));
			assertThat(peer.expectText("43")).isEqualTo("431[\"done\",2]");
			quiet.join();
			assertThat(this.seen).containsExactly("echo SUCCESS", "later SUCCESS", "later SUCCESS");
		}
	}

	@Test
	void failureThatComesLaterIsDealtWithOnAHandlerThread() {
		EngineSocketIOServer server = server();
		namespace(server).addEventHandler("later", new EventHandler() {

			@Override
			public CompletionStage<? extends List<?>> onEvent(SocketIOClient client, String event,
					List<@Nullable Object> payloads, AckRequest ack) {
				return EventHandlerIntegrationTests.this.later;
			}

			@Override
			public boolean onFailure(Exception failure, SocketIOClient client, String event, AckRequest ack) {
				ack.sendAckData(failure.getMessage(), Thread.currentThread().getName());
				return true;
			}

		});
		try (AttackedServer running = Wire.run(server); RawPeer peer = running.join()) {
			peer.sendText("421[\"later\"]");
			peer.sendText("42[\"echo\",1]");
			peer.expectText("42[");
			this.later.completeExceptionally(new IllegalStateException("on purpose"));
			assertThat(peer.expectText("43")).startsWith("431[\"on purpose\",\"socketio-handler-");
			await().until(() -> this.seen.size() == 2);
			assertThat(this.seen).containsExactly("echo SUCCESS", "later ERROR");
			assertThat(this.failures).isEmpty();
		}
	}

	@Test
	void failureThatIsNotDealtWithIsToldAndAwaitedByNobody() {
		EngineSocketIOServer server = server();
		namespace(server).addEventHandler("later", (client, event, payloads, ack) -> this.later);
		namespace(server).addEventHandler("number", (client, event, payloads, ack) -> null, int.class);
		try (AttackedServer running = Wire.run(server); RawPeer peer = running.join()) {
			this.later.completeExceptionally(new IllegalStateException("on purpose"));
			peer.sendText("421[\"later\"]");
			peer.sendText("422[\"number\",{}]");
			peer.sendText("423[\"unheard of\"]");
			await().until(() -> this.seen.size() == 3);
			assertThat(this.failures).containsExactlyInAnyOrder("on purpose", "Payload is no java.lang.Integer");
			assertThat(this.seen).containsExactlyInAnyOrder("later ERROR", "number ERROR", "other UNHANDLED");
			server.engine().quiesce().join();
		}
	}

	@Test
	void anyEventIsSeenFirstAndThoseWithoutListenersAreHandledByTheRest() {
		EngineSocketIOServer server = server();
		List<Object> calls = new CopyOnWriteArrayList<>();
		namespace(server).addAnyEventHandler((client, event, payloads, ack) -> {
			calls.add("any " + event + payloads);
			if (event.equals("forbidden")) {
				throw new IllegalStateException("forbidden");
			}
			return null;
		});
		try (AttackedServer running = Wire.run(server); RawPeer peer = running.join()) {
			peer.sendText("421[\"one\",1,\"x\"]");
			await().until(() -> this.seen.size() == 1);
			namespace(server).addUnhandledEventHandler((client, event, payloads, ack) -> {
				calls.add("unhandled " + event + payloads);
				return null;
			});
			peer.sendText("422[\"two\"]");
			assertThat(peer.expectText("43")).isEqualTo("432[]");
			peer.sendText("423[\"echo\",3]");
			peer.expectText("42[");
			assertThat(peer.expectText("43")).isEqualTo("433[]");
			peer.sendText("424[\"forbidden\"]");
			await().until(() -> this.seen.size() == 4);
			assertThat(calls).containsExactly("any one[1, x]", "any two[]", "unhandled two[]", "any echo[3]",
					"any forbidden[]");
			assertThat(this.seen).containsExactly("other UNHANDLED", "other SUCCESS", "echo SUCCESS", "other ERROR");
			assertThat(this.failures).containsExactly("forbidden");
		}
	}

	private EngineSocketIOServer server() {
		EngineSocketIOServer server = Wire.build(EngineSocketIOServer.builder().eventObserver(new EventObserver() {

			@Override
			public Handling onReceive(Socket socket, String event) {
				return (outcome) -> EventHandlerIntegrationTests.this.seen.add(event + " " + outcome);
			}

			@Override
			public void onEmitted(String namespace, String event, EventOutcome outcome) {
			}

		}).exceptionListener(new ExceptionListenerAdapter() {

			@Override
			public void onEventException(Exception ex, List<Object> args, SocketIOClient client) {
				EventHandlerIntegrationTests.this.failures.add(ex.getMessage());
			}

			@Override
			public void onAuthException(Throwable ex, SocketIOClient client) {
				EventHandlerIntegrationTests.this.failures.add(ex.getMessage());
			}

		}));
		server.addEventListener("echo", Integer.class, (client, data, ack) -> client.sendEvent("echo", data));
		return server;
	}

	private static EngineSocketIONamespace namespace(EngineSocketIOServer server) {
		return (EngineSocketIONamespace) server.getNamespace("");
	}

}
