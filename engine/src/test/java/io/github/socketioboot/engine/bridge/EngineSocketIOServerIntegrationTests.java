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

import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIONamespace;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import io.github.socketioboot.engine.session.CloseReason;
import io.netty.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Each public method of netty-socketio's {@code SocketIOServer}.
 */
class EngineSocketIOServerIntegrationTests {

	private final Configuration configuration = configuration(0);

	private final EngineSocketIOServer server = new EngineSocketIOServer(this.configuration);

	@AfterEach
	void close() {
		this.server.stopNow().toCompletableFuture().join();
		this.server.close();
	}

	@Test
	void startWaitsUntilThePortIsOpen() {
		assertThat(this.server.port()).isEqualTo(-1);
		assertThat(this.server.isReady()).isFalse();
		this.server.start();

		assertThat(this.server.port()).isPositive();
		assertThat(this.server.isReady()).isTrue();
		try (RawPeer peer = running().join()) {
			await().until(() -> this.server.getAllClients().size() == 1);
			assertThat(this.server.sessions()).isEqualTo(1);
		}
	}

	@Test
	void startAsyncTellsWhenThePortIsOpen() throws Exception {
		Future<Void> started = this.server.startAsync();

		assertThat(started.await(1, TimeUnit.MINUTES)).isTrue();
		assertThat(started.isSuccess()).isTrue();
		running().join().close();
	}

	@Test
	void startFailsVisiblyWhenThePortIsInUse() throws Exception {
		this.server.start();
		try (EngineSocketIOServer second = new EngineSocketIOServer(configuration(this.server.port()))) {
			assertThatExceptionOfType(BindException.class).isThrownBy(second::start);
			Future<Void> started = second.startAsync().await();

			assertThat(started.cause()).isInstanceOf(BindException.class);
			assertThat(second.isReady()).isFalse();
			assertThat(second.port()).isEqualTo(-1);
		}
	}

	@Test
	void startOfARunningServerIsRefused() {
		this.server.start();

		assertThatIllegalStateException().isThrownBy(this.server::start);
	}

	@Test
	void stopClosesSessionsWithoutSendingClientsAway() {
		List<CloseReason> reasons = new CopyOnWriteArrayList<>();
		this.server.addDisconnectReasonListener((client, reason) -> reasons.add(reason));
		this.server.start();
		try (RawPeer peer = running().join()) {
			await().until(() -> this.server.getAllClients().size() == 1);
			this.server.stop();

			assertThat(peer.nextText()).as("no DISCONNECT packet, just the end").isNull();
			assertThat(reasons).containsExactly(CloseReason.SERVER_SHUTTING_DOWN);
			assertThat(this.server.isReady()).isFalse();
			assertThat(this.server.port()).isEqualTo(-1);
		}
	}

	@Test
	void stopLetsListenersFinishAndAnswer() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch finish = new CountDownLatch(1);
		this.server.addEventListener("slow", String.class, (client, text, ack) -> {
			entered.countDown();
			finish.await(1, TimeUnit.MINUTES);
			ack.sendAckData("done");
		});
		this.server.start();
		try (RawPeer peer = running().join()) {
			peer.sendText("421[\"slow\",\"\"]");
			assertThat(entered.await(1, TimeUnit.MINUTES)).isTrue();
			var stopped = this.server.stopAsync();
			assertThat(this.server.isDraining()).isTrue();
			finish.countDown();

			assertThat(peer.nextText()).isEqualTo("431[\"done\"]");
			assertThat(peer.nextText()).isNull();
			stopped.toCompletableFuture().get(1, TimeUnit.MINUTES);
		}
	}

	@Test
	void drainingServerTakesNoNewSessions() {
		this.server.start();
		this.server.drain(Duration.ofSeconds(10), Duration.ZERO).toCompletableFuture().join();
		try (RawPeer peer = running().connect()) {
			var answer = peer.request("GET", "/socket.io/?EIO=4&transport=polling", "");

			assertThat(answer).isNotNull();
			assertThat(answer.status()).isEqualTo(503);
		}
		assertThat(this.server.isReady()).isFalse();
		assertThat(this.server.isDraining()).isTrue();
	}

	@Test
	void stopOfAServerThatDoesNotRunDoesNothing() {
		this.server.stop();
		this.server.stop();

		assertThat(this.server.isDraining()).isFalse();
	}

	@Test
	void serverThatWasDrainedAndStoppedDrainsNoMoreHoweverQuicklyItStops() {
		for (int i = 0; i < 50; i++) {
			this.server.start();
			this.server.drain(Duration.ofSeconds(10), Duration.ZERO).toCompletableFuture().join();
			this.server.stop();
			assertThat(this.server.isDraining()).isFalse();
		}
	}

	@Test
	void stoppedServerCanBeStartedAgain() {
		List<Object> seen = new CopyOnWriteArrayList<>();
		this.server.addEventListener("event", String.class, (client, text, ack) -> seen.add(text));
		this.server.addNamespace("/chat");
		for (String run : List.of("first", "second")) {
			this.server.start();
			try (RawPeer peer = running().join()) {
				peer.sendText("42[\"event\",\"" + run + "\"]");
				await().until(() -> seen.contains(run));
				peer.sendText("40/chat,");
				peer.expectText("40/chat,{");
			}
			this.server.stop();
			assertThat(this.server.getAllClients()).isEmpty();
		}

		assertThat(seen).containsExactly("first", "second");
	}

	@Test
	void clientsOfTheRootNamespaceAreFound() {
		this.server.start();
		try (RawPeer peer = running().join()) {
			await().until(() -> this.server.getAllClients().size() == 1);
			var client = this.server.getAllClients().iterator().next();

			assertThat(this.server.getClient(client.getSessionId())).isSameAs(client);
			assertThat(this.server.getClient(UUID.randomUUID())).isNull();
		}
	}

	@Test
	void namespacesAreAddedAndRemovedAtRunTime() {
		this.server.start();
		try (RawPeer peer = running().join()) {
			peer.sendText("40/late,");
			assertThat(peer.nextText()).isEqualTo("44/late,{\"message\":\"Invalid namespace\"}");
			SocketIONamespace late = this.server.addNamespace("/late");
			peer.sendText("40/late,");
			peer.expectText("40/late,{");
			assertThat(late.getAllClients()).hasSize(1);
			assertThat(late.getClient(late.getAllClients().iterator().next().getSessionId())).isNotNull();

			this.server.removeNamespace("/late");
			assertThat(peer.nextText()).isEqualTo("41/late,");
			assertThat(this.server.getNamespace("/late")).isNull();
			peer.sendText("40/late,");
			assertThat(peer.nextText()).isEqualTo("44/late,{\"message\":\"Invalid namespace\"}");
		}
	}

	@Test
	void namespaceIsAddedOnce() {
		SocketIONamespace added = this.server.addNamespace("/chat");

		assertThat(this.server.addNamespace("/chat")).isSameAs(added);
		assertThat(this.server.addNamespace("chat")).as("a missing slash is added").isSameAs(added);
		assertThat(this.server.getNamespace("/chat")).isSameAs(added);
		assertThat(added.getName()).isEqualTo("/chat");
	}

	@Test
	void rootNamespaceIsThereUnderBothNames() {
		SocketIONamespace root = this.server.getNamespace("");

		assertThat(root).isNotNull().isSameAs(this.server.getNamespace("/"));
		assertThat(root.getName()).isEmpty();
		assertThat(this.server.getAllNamespaces()).containsExactly(root);
	}

	@Test
	void removingAnUnknownNamespaceDoesNothing() {
		this.server.removeNamespace("/unknown");

		assertThat(this.server.getAllNamespaces()).hasSize(1);
	}

	@Test
	void configurationIsTheOneGiven() {
		assertThat(this.server.getConfiguration()).isSameAs(this.configuration);
	}

	@Test
	void ownPipelineIsRefused() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.server.setPipelineFactory(null))
			.withMessageContaining("HandshakeInterceptor");
	}

	@Test
	void engineIsTheSameForEver() {
		var engine = this.server.engine();
		this.server.start();

		assertThat(this.server.engine()).isSameAs(engine);
		assertThat(this.server.statistics()).isNotNull();
	}

	private AttackedServer running() {
		return new AttackedServer(this.server, this.server.port());
	}

	private static Configuration configuration(int port) {
		Configuration configuration = new Configuration();
		configuration.setHostname("127.0.0.1");
		configuration.setPort(port);
		configuration.setWorkerThreads(2);
		return configuration;
	}

}
