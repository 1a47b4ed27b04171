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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.BroadcastAckCallback;
import com.corundumstudio.socketio.MultiTypeAckCallback;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.VoidAckCallback;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * {@code AckRequest}, the ack modes, and each kind of ack callback.
 */
class AcknowledgementsIntegrationTests {

	private final List<Object> seen = new CopyOnWriteArrayList<>();

	private final List<Exception> failures = new CopyOnWriteArrayList<>();

	@Test
	void listenerAnswersWithObjects() {
		try (AttackedServer server = serve(
				(listeners) -> listeners.addEventListener("ask", String.class, (client, text, ack) -> {
					this.seen.add(ack.isAckRequested());
					ack.sendAckData(text, 1, Map.of("a", true), new byte[] { 9 });
				})); RawPeer peer = server.join()) {
			peer.sendText("4212[\"ask\",\"b\"]");

			assertThat(peer.nextText()).isEqualTo("461-12[\"b\",1,{\"a\":true},{\"_placeholder\":true,\"num\":0}]");
			assertThat(peer.nextFrame().payload()).containsExactly(9);
			assertThat(this.seen).containsExactly(true);
		}
	}

	@Test
	void listenerAnswersWithAList() {
		try (AttackedServer server = serve((listeners) -> listeners.addEventListener("ask", String.class,
				(client, text, ack) -> ack.sendAckData(List.of("x", 2)))); RawPeer peer = server.join()) {
			peer.sendText("420[\"ask\",\"b\"]");

			assertThat(peer.nextText()).isEqualTo("430[\"x\",2]");
		}
	}

	@Test
	void onlyTheFirstAnswerIsSent() {
		try (AttackedServer server = serve(
				(listeners) -> listeners.addEventListener("ask", String.class, (client, text, ack) -> {
					ack.sendAckData("first");
					ack.sendAckData("second");
				})); RawPeer peer = server.join()) {
			peer.sendText("421[\"ask\"]");
			peer.sendText("422[\"ask\"]");

			assertThat(peer.nextText()).isEqualTo("431[\"first\"]");
			assertThat(peer.nextText()).isEqualTo("432[\"first\"]");
		}
	}

	@Test
	void nothingIsSentToAClientThatAskedForNoAnswer() {
		try (AttackedServer server = serve(
				(listeners) -> listeners.addEventListener("ask", String.class, (client, text, ack) -> {
					this.seen.add(ack.isAckRequested());
					ack.sendAckData("unasked");
				})); RawPeer peer = server.join()) {
			peer.sendText("42[\"ask\"]");
			peer.sendText("425[\"ask\"]");

			assertThat(peer.nextText()).isEqualTo("435[\"unasked\"]");
			assertThat(this.seen).containsExactly(false, true);
		}
	}

	@ParameterizedTest
	@CsvSource({ "AUTO, fine, true", "AUTO, failing, true", "AUTO_SUCCESS_ONLY, fine, true",
			"AUTO_SUCCESS_ONLY, failing, false", "MANUAL, fine, false", "MANUAL, failing, false" })
	void ackModeDecidesWhetherListenersWithoutAnAnswerAnswer(AckMode mode, String event, boolean answered) {
		try (AttackedServer server = Wire.OURS.serve((listeners) -> {
			listeners.addEventListener("fine", String.class, (client, text, ack) -> {
			});
			listeners.addEventListener("failing", String.class, (client, text, ack) -> {
				throw new IllegalStateException("failed");
			});
			listeners.addEventListener("after", String.class, (client, text, ack) -> ack.sendAckData("after"));
		}, (configuration) -> {
			configuration.setAckMode(mode);
			configuration.setExceptionListener(new ListenersIntegrationTests.Failures(this.failures));
		}); RawPeer peer = server.join()) {
			peer.sendText("421[\"" + event + "\"]");
			peer.sendText("422[\"after\"]");
			List<String> answers = new ArrayList<>();
			do {
				answers.add(peer.nextText());
			}
			while (!answers.contains("432[\"after\"]"));

			assertThat(answers.contains("431[]")).isEqualTo(answered);
			assertThat(this.failures).hasSize(event.equals("failing") ? 1 : 0);
		}
	}

	@Test
	void answerMayBeSentLaterInManualMode() {
		List<AckRequest> asked = new CopyOnWriteArrayList<>();
		try (AttackedServer server = Wire.OURS.serve(
				(listeners) -> listeners.addEventListener("ask", String.class, (client, text, ack) -> asked.add(ack)),
				(configuration) -> configuration.setAckMode(AckMode.MANUAL)); RawPeer peer = server.join()) {
			peer.sendText("423[\"ask\"]");
			await().until(() -> asked.size() == 1);
			asked.get(0).sendAckData("late");

			assertThat(peer.nextText()).isEqualTo("433[\"late\"]");
		}
	}

	@Test
	void callbackIsGivenTheAnswerInItsType() {
		try (AttackedServer server = serve(ask(new Recording<>(ListenersIntegrationTests.Point.class)));
				RawPeer peer = server.join()) {
			answer(peer, "[{\"x\":1,\"y\":2},\"left out\"]");

			await().until(() -> this.seen.equals(List.of(new ListenersIntegrationTests.Point(1, 2))));
		}
	}

	@Test
	void callbackIsGivenNothingForAnEmptyAnswer() {
		try (AttackedServer server = serve(ask(new Recording<>(String.class))); RawPeer peer = server.join()) {
			answer(peer, "[]");

			await().until(() -> this.seen.equals(List.of("nothing")));
		}
	}

	@Test
	void answerOfAWrongTypeGoesToTheExceptionListenerAndCountsAsNone() {
		try (AttackedServer server = serve(ask(new Recording<>(ListenersIntegrationTests.Point.class)));
				RawPeer peer = server.join()) {
			answer(peer, "[\"no point\"]");

			await().until(() -> this.seen.equals(List.of("timeout")));
			assertThat(this.failures).singleElement().isInstanceOf(PayloadTypeException.class);
		}
	}

	@Test
	void callbackThatFailsGoesToTheExceptionListener() {
		try (AttackedServer server = serve(ask(new AckCallback<>(String.class) {

			@Override
			public void onSuccess(String result) {
				throw new IllegalStateException(result);
			}

		})); RawPeer peer = server.join()) {
			answer(peer, "[\"failed\"]");

			await().until(() -> this.failures.size() == 1);
			assertThat(this.failures.get(0)).hasMessage("failed");
		}
	}

	@Test
	void voidCallbackIsToldThatAnAnswerCame() {
		try (AttackedServer server = serve(ask(new VoidAckCallback() {

			@Override
			protected void onSuccess() {
				AcknowledgementsIntegrationTests.this.seen.add("success");
			}

		})); RawPeer peer = server.join()) {
			answer(peer, "[\"ignored\"]");

			await().until(() -> this.seen.equals(List.of("success")));
		}
	}

	@Test
	void multiTypeCallbackIsGivenEachArgumentInItsType() {
		try (AttackedServer server = serve(
				ask(new MultiTypeAckCallback(String.class, ListenersIntegrationTests.Point.class) {

					@Override
					public void onSuccess(MultiTypeArgs result) {
						AcknowledgementsIntegrationTests.this.seen.addAll(result.getArgs());
					}

				})); RawPeer peer = server.join()) {
			answer(peer, "[\"a\",{\"x\":1,\"y\":2}]");

			await().until(() -> this.seen.equals(List.of("a", new ListenersIntegrationTests.Point(1, 2))));
		}
	}

	@Test
	void callbackIsToldAfterItsTimeInSeconds() {
		long begin = System.nanoTime();
		try (AttackedServer server = serve(ask(new Recording<>(String.class, 1))); RawPeer peer = server.join()) {
			peer.sendText("42[\"go\"]");
			String event = peer.expectText("42");
			await().until(() -> this.seen.equals(List.of("timeout")));
			assertThat(System.nanoTime() - begin).isGreaterThan(900_000_000);
			peer.sendText("43" + event.replaceAll("42(\\d+).*", "$1") + "[\"too late\"]");
			peer.sendText("42[\"mark\"]");
			await().until(() -> this.seen.contains("mark"));

			assertThat(this.seen).containsExactly("timeout", "mark");
		}
	}

	@Test
	void callbackIsToldWhenTheClientLeavesInstead() {
		try (AttackedServer server = serve(ask(new Recording<>(String.class))); RawPeer peer = server.join()) {
			peer.sendText("42[\"go\"]");
			peer.expectText("42");
			peer.close();

			await().until(() -> this.seen.equals(List.of("timeout")));
		}
	}

	@Test
	void callbackIsToldAtOnceForAClientThatHasLeft() {
		try (AttackedServer server = serve((listeners) -> listeners
			.addDisconnectListener((client) -> client.sendEvent("question", new Recording<>(String.class), "?")));
				RawPeer peer = server.join()) {
			peer.sendText("41");

			await().until(() -> this.seen.equals(List.of("timeout")));
		}
	}

	@Test
	void broadcastCallbackIsToldEachAnswerAndTheEnd() {
		try (AttackedServer server = serve((listeners) -> {
		}); RawPeer one = server.join(); RawPeer other = server.join()) {
			await().until(() -> server.server().getAllClients().size() == 2);
			server.server().getBroadcastOperations().sendEvent("question", "?", new RecordingAll(-1));
			for (RawPeer peer : List.of(one, other)) {
				String event = peer.expectText("42");
				assertThat(event).endsWith("[\"question\",\"?\"]");
				peer.sendText("43" + event.replaceAll("42(\\d+).*", "$1") + "[\"answer\"]");
			}

			// The end is told when the last answer has come, not when all have been
			// handled
			await().untilAsserted(() -> assertThat(this.seen).containsExactlyInAnyOrder("answer", "answer", "all"));
		}
	}

	@Test
	void broadcastCallbackIsToldWhoDidNotAnswer() {
		try (AttackedServer server = serve((listeners) -> {
		}); RawPeer silent = server.join()) {
			server.server().getBroadcastOperations().sendEvent("question", "?", new RecordingAll(1));

			await().until(() -> this.seen.contains("timeout"));
			assertThat(this.seen).containsExactly("timeout");
		}
	}

	private Consumer<SocketIOServer> ask(AckCallback<?> callback) {
		return (listeners) -> {
			listeners.addEventListener("go", Void.class,
					(client, nothing, ack) -> client.sendEvent("question", callback, "?"));
			listeners.addEventListener("mark", Void.class, (client, nothing, ack) -> this.seen.add("mark"));
		};
	}

	private static void answer(RawPeer peer, String args) {
		peer.sendText("42[\"go\"]");
		String event = peer.expectText("42");
		assertThat(event).endsWith("[\"question\",\"?\"]");
		peer.sendText("43" + event.replaceAll("42(\\d+).*", "$1") + args);
	}

	private AttackedServer serve(Consumer<SocketIOServer> listeners) {
		return Wire.OURS.serve(listeners, (configuration) -> configuration
			.setExceptionListener(new ListenersIntegrationTests.Failures(this.failures)));
	}

	private final class Recording<T> extends AckCallback<T> {

		Recording(Class<T> type) {
			super(type);
		}

		Recording(Class<T> type, int seconds) {
			super(type, seconds);
		}

		@Override
		public void onSuccess(T result) {
			AcknowledgementsIntegrationTests.this.seen.add((result != null) ? result : "nothing");
		}

		@Override
		public void onTimeout() {
			AcknowledgementsIntegrationTests.this.seen.add("timeout");
		}

	}

	private final class RecordingAll extends BroadcastAckCallback<String> {

		RecordingAll(int seconds) {
			super(String.class, seconds);
		}

		@Override
		protected void onClientSuccess(SocketIOClient client, String result) {
			AcknowledgementsIntegrationTests.this.seen.add(result);
		}

		@Override
		protected void onClientTimeout(SocketIOClient client) {
			AcknowledgementsIntegrationTests.this.seen.add("timeout");
		}

		@Override
		protected void onAllSuccess() {
			AcknowledgementsIntegrationTests.this.seen.add("all");
		}

	}

}
