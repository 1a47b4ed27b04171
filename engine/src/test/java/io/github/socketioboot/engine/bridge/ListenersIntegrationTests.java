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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import com.corundumstudio.socketio.listener.ExceptionListenerAdapter;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import io.github.socketioboot.engine.session.CloseReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each method of netty-socketio's {@code ClientListeners}, and what listeners are told.
 */
@SuppressWarnings("deprecation") // PingListener is netty-socketio's word
class ListenersIntegrationTests {

	private final List<Object> seen = new CopyOnWriteArrayList<>();

	private final List<Exception> failures = new CopyOnWriteArrayList<>();

	@Test
	void connectListenerIsToldAfterTheConnectPacket() {
		try (AttackedServer server = serve(
				(listeners) -> listeners.addConnectListener((client) -> this.seen.add(client.getSessionId())));
				RawPeer peer = server.open()) {
			peer.sendText("40");
			String answer = peer.expectText("40{");

			await().until(() -> this.seen.size() == 1);
			assertThat(answer).contains(this.seen.get(0).toString());
		}
	}

	@Test
	void everyConnectListenerIsToldAlthoughOneFails() {
		try (AttackedServer server = serve((listeners) -> {
			listeners.addConnectListener((client) -> this.seen.add("first"));
			listeners.addConnectListener((client) -> {
				throw new IllegalStateException("second");
			});
		}); RawPeer peer = server.join()) {
			await().until(() -> this.failures.size() == 1);

			assertThat(this.seen).containsExactly("first");
			assertThat(this.failures.get(0)).hasMessage("second");
			assertThat(echo(server, peer)).isTrue();
		}
	}

	@Test
	void disconnectListenerIsToldWhenTheClientLeaves() {
		try (AttackedServer server = serve(
				(listeners) -> listeners.addDisconnectListener((client) -> this.seen.add(client.getSessionId())));
				RawPeer peer = server.join()) {
			Object id = server.server().getAllClients().iterator().next().getSessionId();
			peer.sendText("41");

			await().until(() -> this.seen.size() == 1);
			assertThat(this.seen).containsExactly(id);
			assertThat(server.server().getAllClients()).isEmpty();
		}
	}

	@Test
	void disconnectListenerThatFailsDoesNotKeepOthersFromBeingTold() {
		try (AttackedServer server = serve((listeners) -> {
			listeners.addDisconnectListener((client) -> {
				throw new IllegalStateException("first");
			});
			listeners.addDisconnectListener((client) -> this.seen.add("second"));
		}); RawPeer peer = server.join()) {
			peer.sendText("41");

			await().until(() -> this.seen.size() == 1);
			assertThat(this.failures).singleElement().satisfies((failure) -> assertThat(failure).hasMessage("first"));
		}
	}

	@Test
	void disconnectReasonReachesListenersAndTheClient() {
		List<CloseReason> ofClient = new CopyOnWriteArrayList<>();
		try (AttackedServer server = serve(
				(listeners) -> ((EngineSocketIOServer) listeners).addDisconnectReasonListener((client, reason) -> {
					ofClient.add(((EngineSocketIOClient) client).getDisconnectReason());
					this.seen.add(reason);
				}))) {
			try (RawPeer leaving = server.join()) {
				leaving.sendText("41");
				await().until(() -> this.seen.size() == 1);
			}
			try (RawPeer sentAway = server.join()) {
				server.server().getAllClients().forEach(SocketIOClient::disconnect);
				sentAway.expectText("41");
				await().until(() -> this.seen.size() == 2);
			}
			server.join().close();
			await().until(() -> this.seen.size() == 3);

			assertThat(this.seen).containsExactly(CloseReason.CLIENT_NAMESPACE_DISCONNECT,
					CloseReason.SERVER_NAMESPACE_DISCONNECT, CloseReason.TRANSPORT_CLOSE);
			assertThat(ofClient).isEqualTo(this.seen);
		}
	}

	@ParameterizedTest
	@MethodSource("payloads")
	void payloadHasTheTypeThatTheListenerDeclares(Class<?> type, String json, Object expected) {
		try (AttackedServer server = serve((listeners) -> listen(listeners, type)); RawPeer peer = server.join()) {
			peer.sendText("42[\"event\"" + json + "]");

			await().until(() -> this.seen.size() == 1);
			assertThat(this.seen.get(0)).isEqualTo(expected);
			assertThat(this.failures).isEmpty();
		}
	}

	static List<Object[]> payloads() {
		return List.of(new Object[] { String.class, ",\"text\"", "text" }, new Object[] { Integer.class, ",7", 7 },
				new Object[] { int.class, ",7", 7 }, new Object[] { Long.class, ",7", 7L },
				new Object[] { Double.class, ",7.5", 7.5 }, new Object[] { Boolean.class, ",true", true },
				new Object[] { Map.class, ",{\"a\":1}", Map.of("a", 1) },
				new Object[] { List.class, ",[1,\"b\"]", List.of(1, "b") },
				new Object[] { Object.class, ",{\"a\":[true]}", Map.of("a", List.of(true)) },
				new Object[] { Point.class, ",{\"x\":1,\"y\":2,\"unknown\":3}", new Point(1, 2) },
				new Object[] { Color.class, ",\"RED\"", Color.RED }, new Object[] { Void.class, "", "nothing" },
				new Object[] { Void.class, ",\"ignored\"", "nothing" }, new Object[] { String.class, "", "nothing" },
				new Object[] { String.class, ",null", "nothing" },
				new Object[] { String.class, ",\"first\",\"ignored\"", "first" });
	}

	private <T> void listen(SocketIOServer listeners, Class<T> type) {
		listeners.addEventListener("event", type,
				(client, data, ack) -> this.seen.add((data != null) ? data : "nothing"));
	}

	@Test
	void payloadMayBeAJsonTree() {
		try (AttackedServer server = serve((listeners) -> listeners.addEventListener("event", JsonNode.class,
				(client, tree, ack) -> this.seen.add(tree.path("a").path(0).asInt()))); RawPeer peer = server.join()) {
			peer.sendText("42[\"event\",{\"a\":[5]}]");

			await().until(() -> this.seen.equals(List.of(5)));
		}
	}

	@Test
	void payloadMayBeAJavaBean() {
		try (AttackedServer server = serve((listeners) -> listeners.addEventListener("event", Message.class,
				(client, message, ack) -> this.seen.add(message.getText()))); RawPeer peer = server.join()) {
			peer.sendText("42[\"event\",{\"text\":\"hello\"}]");

			await().until(() -> this.seen.equals(List.of("hello")));
		}
	}

	@Test
	void payloadMayBeBytes() {
		try (AttackedServer server = serve((listeners) -> {
			listeners.addEventListener("bytes", byte[].class, (client, bytes, ack) -> this.seen.add(bytes));
			listeners.addEventListener("file", Upload.class, (client, file, ack) -> this.seen.add(file.content()));
		}); RawPeer peer = server.join()) {
			peer.sendText("451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]");
			peer.sendBinary((byte) 1, (byte) 2);
			peer.sendText("451-[\"file\",{\"name\":\"a\",\"content\":{\"_placeholder\":true,\"num\":0}}]");
			peer.sendBinary((byte) 3);

			await().until(() -> this.seen.size() == 2);
			assertThat(this.seen).containsExactly(new byte[] { 1, 2 }, new byte[] { 3 });
		}
	}

	@Test
	void payloadOfAWrongTypeGoesToTheExceptionListenerAndTheSessionLives() {
		try (AttackedServer server = serve((listeners) -> listen(listeners, Point.class));
				RawPeer peer = server.join()) {
			peer.sendText("42[\"event\",\"no point\"]");

			await().until(() -> this.failures.size() == 1);
			assertThat(this.failures.get(0)).isInstanceOf(PayloadTypeException.class)
				.hasMessageContaining(Point.class.getName())
				.hasMessageNotContaining("no point");
			assertThat(this.seen).isEmpty();
			assertThat(echo(server, peer)).isTrue();
		}
	}

	@Test
	void multiTypeListenerIsGivenEachPayloadInItsType() {
		try (AttackedServer server = serve(
				(listeners) -> listeners.addMultiTypeEventListener("event", (client, args, ack) -> {
					this.seen.add(args.first());
					this.seen.add(args.second());
					this.seen.add(args.get(2));
					this.seen.add(args.size());
				}, String.class, Point.class, Integer.class)); RawPeer peer = server.join()) {
			peer.sendText("42[\"event\",\"a\",{\"x\":1,\"y\":2},3,\"left out\"]");

			await().until(() -> this.seen.size() == 4);
			assertThat(this.seen).containsExactly("a", new Point(1, 2), 3, 3);
		}
	}

	@Test
	void multiTypeListenerIsGivenWhatThereIs() {
		try (AttackedServer server = serve((listeners) -> listeners.addMultiTypeEventListener("event",
				(client, args, ack) -> this.seen
					.addAll(Arrays.asList(args.size(), String.valueOf(args.getArgs().size() > 1))),
				String.class, Point.class)); RawPeer peer = server.join()) {
			peer.sendText("42[\"event\",\"a\"]");

			await().until(() -> this.seen.size() == 2);
			assertThat(this.seen).containsExactly(1, "false");
		}
	}

	@Test
	void listenersOfOneEventMayDeclareDifferentTypes() {
		try (AttackedServer server = serve((listeners) -> {
			listeners.addEventListener("event", Point.class, (client, point, ack) -> this.seen.add(point));
			listeners.addEventListener("event", Map.class, (client, map, ack) -> this.seen.add(map));
		}); RawPeer peer = server.join()) {
			peer.sendText("42[\"event\",{\"x\":1,\"y\":2}]");

			await().until(() -> this.seen.size() == 2);
			assertThat(this.seen).containsExactly(new Point(1, 2), Map.of("x", 1, "y", 2));
		}
	}

	@Test
	void removedListenersAreNotTold() {
		try (AttackedServer server = serve((listeners) -> {
			listen(listeners, String.class);
			listeners.removeAllListeners("event");
			listeners.removeAllListeners("unknown");
		}); RawPeer peer = server.join()) {
			peer.sendText("42[\"event\",\"a\"]");

			assertThat(echo(server, peer)).isTrue();
			assertThat(this.seen).isEmpty();
		}
	}

	@Test
	void listenerMayBeAddedWhileClientsAreConnected() {
		try (AttackedServer server = serve((listeners) -> {
		}); RawPeer peer = server.join()) {
			listen(server.server(), String.class);
			peer.sendText("42[\"event\",\"late\"]");

			await().until(() -> this.seen.equals(List.of("late")));
		}
	}

	@Test
	void interceptorIsToldAfterTheListenersOfAnEventThatHasSome() {
		try (AttackedServer server = serve((listeners) -> {
			listeners.addEventInterceptor((client, name, args, ack) -> this.seen
				.addAll(List.of(name, args, client.getSessionId(), ack.isAckRequested())));
			listeners.addEventListener("event", Point.class, (client, point, ack) -> this.seen.add("listener"));
		}); RawPeer peer = server.join()) {
			Object id = server.server().getAllClients().iterator().next().getSessionId();
			peer.sendText("42[\"nobody listens\",1]");
			peer.sendText("421[\"event\",{\"x\":1,\"y\":2}]");

			await().until(() -> this.seen.size() == 5);
			assertThat(this.seen).containsExactly("listener", "event", List.of(new Point(1, 2)), id, true);
		}
	}

	@Test
	void eventsOfAClientComeInOrder() {
		try (AttackedServer server = serve((listeners) -> listeners.addEventListener("event", Integer.class,
				(client, number, ack) -> this.seen.add(number))); RawPeer peer = server.join()) {
			List<Object> sent = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				peer.sendText("42[\"event\"," + i + "]");
				sent.add(i);
			}

			await().until(() -> this.seen.size() == sent.size());
			assertThat(this.seen).isEqualTo(sent);
		}
	}

	@Test
	void pongListenerIsToldTheAnswersToHeartbeats() {
		try (AttackedServer server = Wire.OURS.serve(
				(listeners) -> listeners.addPongListener((client) -> this.seen.add(client.getSessionId())),
				(configuration) -> configuration.setPingInterval(50)); RawPeer peer = server.join()) {
			peer.sendText("3");

			await().until(() -> !this.seen.isEmpty());
			assertThat(this.seen).contains(server.server().getAllClients().iterator().next().getSessionId());
		}
	}

	@Test
	void pingListenerIsToldTheHeartbeatsOfOlderClients() {
		try (AttackedServer server = serve(
				(listeners) -> listeners.addPingListener((client) -> this.seen.add(client.getEngineIOVersion())));
				RawPeer peer = server.connect()) {
			peer.upgrade("/socket.io/?EIO=3&transport=websocket");
			peer.expectText("0{");
			peer.expectText("40");
			peer.sendText("2");

			await().until(() -> this.seen.equals(List.of(EngineIOVersion.V3)));
		}
	}

	@Test
	void heartbeatListenersThatFailGoToTheExceptionListener() {
		try (AttackedServer server = serve((listeners) -> {
			listeners.addPongListener((client) -> {
				throw new IllegalStateException("pong");
			});
			listeners.addPingListener((client) -> {
				throw new IllegalStateException("ping");
			});
		}); RawPeer newer = server.join(); RawPeer older = server.connect()) {
			newer.sendText("3");
			await().until(() -> this.failures.size() == 1);
			older.upgrade("/socket.io/?EIO=3&transport=websocket");
			older.expectText("0{");
			older.expectText("40");
			older.sendText("2");
			await().until(() -> this.failures.size() == 2);

			assertThat(this.failures).extracting(Throwable::getMessage).containsExactly("pong", "ping");
		}
	}

	@Test
	void annotatedMethodsOfAnObjectAreListeners() {
		try (AttackedServer server = serve((listeners) -> listeners.addListeners(new Annotated(this.seen)));
				RawPeer peer = server.join()) {
			peer.sendText("42[\"one\",{\"x\":1,\"y\":2}]");
			peer.sendText("42[\"two\",\"a\",3]");
			peer.sendText("427[\"none\"]");
			peer.expectText("437[\"answer\"]");
			peer.sendText("41");

			await().until(() -> this.seen.size() == 5);
			assertThat(this.seen).containsExactly("connect", new Point(1, 2), "a3", "none", "disconnect");
		}
	}

	@Test
	void annotatedMethodsOfSeveralObjectsAreListeners() {
		List<Object> other = new CopyOnWriteArrayList<>();
		try (AttackedServer server = serve(
				(listeners) -> listeners.addListeners(List.of(new Annotated(this.seen), new Annotated(other))));
				RawPeer peer = server.join()) {
			await().until(() -> this.seen.size() == 1 && other.size() == 1);
		}
	}

	@Test
	void annotatedMethodsOfAGivenClassAreListeners() {
		try (AttackedServer server = serve(
				(listeners) -> listeners.addListeners(new MoreAnnotated(this.seen), Annotated.class));
				RawPeer peer = server.join()) {
			await().until(() -> !this.seen.isEmpty());

			assertThat(this.seen).containsExactly("connect");
		}
	}

	@Test
	void everyKindOfListenerCanBeAddedToANamespace() {
		try (AttackedServer server = serve((listeners) -> {
			var namespace = listeners.addNamespace("/chat");
			namespace.addConnectListener((client) -> this.seen.add("connect"));
			namespace.addEventListener("event", String.class, (client, text, ack) -> this.seen.add(text));
			namespace.addMultiTypeEventListener("several", (client, args, ack) -> this.seen.add(args.getArgs()),
					Integer.class, Integer.class);
			namespace.addDisconnectListener((client) -> this.seen.add(client.getNamespace().getName()));
		}); RawPeer peer = server.open()) {
			peer.sendText("40/chat,");
			peer.expectText("40/chat,{");
			peer.sendText("42/chat,[\"event\",\"text\"]");
			peer.sendText("42/chat,[\"several\",1,2]");
			peer.sendText("41/chat,");

			await().until(() -> this.seen.size() == 4);
			assertThat(this.seen).containsExactly("connect", "text", List.of(1, 2), "/chat");
		}
	}

	private AttackedServer serve(java.util.function.Consumer<SocketIOServer> listeners) {
		return Wire.OURS.serve(listeners,
				(configuration) -> configuration.setExceptionListener(new Failures(this.failures)));
	}

	private static boolean echo(AttackedServer server, RawPeer peer) {
		server.server().addEventListener("echo", String.class, (client, text, ack) -> ack.sendAckData(text));
		peer.sendText("4299[\"echo\",\"hello\"]");
		return peer.expectText("4399[\"hello\"]") != null;
	}

	record Point(int x, int y) {

	}

	record Upload(String name, byte[] content) {

	}

	enum Color {

		RED

	}

	/**
	 * Bean with getter and setter.
	 */
	public static class Message {

		private String text = "";

		public String getText() {
			return this.text;
		}

		public void setText(String text) {
			this.text = text;
		}

	}

	/**
	 * Listeners by annotation.
	 */
	public static class Annotated {

		private final List<Object> seen;

		Annotated(List<Object> seen) {
			this.seen = seen;
		}

		@OnConnect
		public void connected(SocketIOClient client) {
			this.seen.add("connect");
		}

		@OnDisconnect
		public void disconnected(SocketIOClient client) {
			this.seen.add("disconnect");
		}

		@OnEvent("one")
		public void one(SocketIOClient client, Point point) {
			this.seen.add(point);
		}

		@OnEvent("two")
		public void two(String text, Integer number) {
			this.seen.add(text + number);
		}

		@OnEvent("none")
		public void none(SocketIOClient client, AckRequest ack) {
			this.seen.add("none");
			ack.sendAckData("answer");
		}

	}

	/**
	 * Listeners by annotation, and one that is not asked for.
	 */
	public static class MoreAnnotated extends Annotated {

		private final List<Object> seen;

		MoreAnnotated(List<Object> seen) {
			super(seen);
			this.seen = seen;
		}

		@OnConnect
		public void connectedToo(SocketIOClient client) {
			this.seen.add("more");
		}

	}

	/**
	 * Keeps what listeners throw.
	 */
	static final class Failures extends ExceptionListenerAdapter {

		private final List<Exception> failures;

		Failures(List<Exception> failures) {
			this.failures = failures;
		}

		@Override
		public void onEventException(Exception ex, List<Object> args, SocketIOClient client) {
			this.failures.add(ex);
		}

		@Override
		public void onConnectException(Exception ex, SocketIOClient client) {
			this.failures.add(ex);
		}

		@Override
		public void onDisconnectException(Exception ex, SocketIOClient client) {
			this.failures.add(ex);
		}

		@Override
		@Deprecated
		public void onPingException(Exception ex, SocketIOClient client) {
			this.failures.add(ex);
		}

		@Override
		public void onPongException(Exception ex, SocketIOClient client) {
			this.failures.add(ex);
		}

		@Override
		public void onAuthException(Throwable ex, SocketIOClient client) {
			this.failures.add((Exception) ex);
		}

	}

}
