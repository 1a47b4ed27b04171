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

package io.github.socketioboot.engine.namespace;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.session.CloseReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SocketIoEngine} and {@link Namespace}.
 */
class SocketIoEngineTests {

	private final EngineFixture fixture = new EngineFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void namespacesAreFoundWithOrWithoutSlash() {
		SocketIoEngine engine = this.fixture.engine;
		assertThat(engine.find("/")).isSameAs(engine.of(""));
		assertThat(engine.find("admin")).isNull();
		Namespace admin = engine.of("admin");
		assertThat(admin.name()).isEqualTo("/admin");
		assertThat(engine.of("/admin")).isSameAs(admin);
		assertThat(engine.namespaces()).extracting(Namespace::name).containsExactlyInAnyOrder("/", "/admin");
	}

	@Test
	void removedNamespaceSendsItsSocketsAway() {
		RecordingHandler handler = new RecordingHandler();
		this.fixture.engine.of("/admin").handler(handler);
		FakeSession session = this.fixture.session();
		session.receive("0/admin,");
		EngineFixture.eventually().until(() -> session.sent.size() == 1);
		session.sent.clear();
		assertThat(this.fixture.engine.remove("admin")).isTrue();
		assertThat(this.fixture.engine.remove("admin")).isFalse();
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).containsExactly("1/admin,"));
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(handler.calls).endsWith("disconnect server namespace disconnect []"));
		assertThat(session.open).isTrue();
		session.sent.clear();
		session.receive("0/admin,");
		assertThat(session.sent).containsExactly("4/admin,{\"message\":\"Invalid namespace\"}");
	}

	@Test
	void namespaceRemovedDuringAuthenticationTakesNobody() throws Exception {
		CountDownLatch authenticating = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		Namespace admin = this.fixture.engine.of("/admin");
		admin.handler(new NamespaceHandler() {

			@Override
			public void authenticate(Socket socket, @Nullable Object auth) {
				authenticating.countDown();
				try {
					go.await(10, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}

		});
		FakeSession session = this.fixture.session();
		session.receive("0/admin,");
		assertThat(authenticating.await(10, TimeUnit.SECONDS)).isTrue();
		this.fixture.engine.remove("/admin");
		go.countDown();
		EngineFixture.eventually()
			.untilAsserted(
					() -> assertThat(session.sent).containsExactly("4/admin,{\"message\":\"Invalid namespace\"}"));
		assertThat(admin.sockets()).isEmpty();
	}

	@Test
	void namespacesAreSeparate() {
		RecordingHandler handler = new RecordingHandler();
		Namespace admin = this.fixture.engine.of("/admin");
		admin.handler(handler);
		FakeSession session = this.fixture.connected();
		session.receive("0/admin,");
		EngineFixture.eventually().until(() -> session.sent.size() == 1);
		Socket socket = admin.sockets().iterator().next();
		assertThat(socket.id()).isNotEqualTo(this.fixture.socketOf(session).id());
		session.sent.clear();
		admin.broadcast().emit("x");
		EngineFixture.eventually().untilAsserted(() -> assertThat(session.sent).containsExactly("2/admin,[\"x\"]"));
		session.receive("1/admin,", "2[\"root\"]");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(this.fixture.handler.calls).endsWith("event root []"));
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(handler.calls).endsWith("disconnect client namespace disconnect []"));
	}

	@Test
	void sameNameInTwoNamespacesIsNoDuplicate() {
		this.fixture.engine.of("/a").handler(new RecordingHandler());
		this.fixture.engine.of("/b").handler(new RecordingHandler());
		FakeSession session = this.fixture.session();
		session.receive("0/a,", "0/b,");
		EngineFixture.eventually().until(() -> session.sent.size() == 2);
		session.end(CloseReason.TRANSPORT_CLOSE);
		assertThat(this.fixture.engine.of("/a").sockets()).isEmpty();
		assertThat(this.fixture.engine.of("/b").sockets()).isEmpty();
	}

	@Test
	void serverSideEmitReachesNoOtherNodeHere() throws Exception {
		List<Object> received = new CopyOnWriteArrayList<>();
		Namespace root = this.fixture.root();
		root.onServerSideEmit("x", (args, answer) -> received.addAll(args));
		root.serverSideEmit("x", 1);
		assertThat(root.serverSideEmitWithAck("x", 1).get(10, TimeUnit.SECONDS)).isEmpty();
		assertThat(received).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> root.serverSideEmit("connection"))
			.withMessage("\"connection\" is a reserved event name");
	}

	@Test
	void socketsOfARoomAreTold() {
		FakeSession session = this.fixture.connected();
		this.fixture.connected();
		Socket socket = this.fixture.socketOf(session);
		socket.join("room");
		assertThat(this.fixture.root().sockets("room")).containsExactly(socket);
		assertThat(this.fixture.root().sockets(socket.id())).containsExactly(socket);
		assertThat(this.fixture.root().sockets(socket.id().toUpperCase(java.util.Locale.ROOT))).isEmpty();
		assertThat(this.fixture.root().size("room")).isOne();
		assertThat(this.fixture.root().rooms()).containsExactly("room");
	}

}
