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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.SocketDetails;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BroadcastOperator}.
 */
class BroadcastOperatorTests {

	private final EngineFixture fixture = new EngineFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void narrowingGivesANewOperator() {
		BroadcastOperator all = this.fixture.root().broadcast();
		BroadcastOperator narrow = all.to("a")
			.in("b")
			.except("c", "d")
			.local()
			.volatile_()
			.timeout(Duration.ofSeconds(2));
		assertThat(all.options()).isEqualTo(BroadcastOptions.ALL);
		assertThat(narrow.options().rooms()).containsExactlyInAnyOrder("a", "b");
		assertThat(narrow.options().except()).containsExactlyInAnyOrder("c", "d");
		assertThat(narrow.options().local()).isTrue();
		assertThat(narrow.options().onlyIfWritable()).isTrue();
		assertThat(narrow.options().timeoutMillis()).isEqualTo(2000);
		assertThatIllegalArgumentException().isThrownBy(() -> all.timeout(Duration.ZERO));
	}

	@Test
	void broadcastOfASocketLeavesItOut() {
		FakeSession one = this.fixture.connected();
		FakeSession two = this.fixture.connected();
		Socket socket = this.fixture.socketOf(one);
		socket.broadcast().emit("others");
		this.fixture.root().broadcast().emit("all");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(two.sent).containsExactly("2[\"others\"]", "2[\"all\"]"));
		EngineFixture.eventually().untilAsserted(() -> assertThat(one.sent).containsExactly("2[\"all\"]"));
	}

	@Test
	void volatileBroadcastMissesThoseThatAreNotReady() {
		FakeSession one = this.fixture.connected();
		FakeSession two = this.fixture.connected();
		one.writable = false;
		this.fixture.root().broadcast().volatile_().emit("v");
		this.fixture.root().broadcast().emit("all");
		EngineFixture.eventually().untilAsserted(() -> assertThat(one.sent).containsExactly("2[\"all\"]"));
		EngineFixture.eventually().untilAsserted(() -> assertThat(two.sent).containsExactly("2[\"v\"]", "2[\"all\"]"));
	}

	@Test
	void acknowledgementsAreCollectedOnAHandlerThread() throws Exception {
		FakeSession one = this.fixture.connected();
		FakeSession two = this.fixture.connected();
		CompletableFuture<List<@Nullable Object>> answers = this.fixture.root().broadcast().emitWithAck("q");
		CompletableFuture<String> thread = answers.thenApply((all) -> Thread.currentThread().getName());
		EngineFixture.eventually().until(() -> one.sent.size() == 1 && two.sent.size() == 1);
		assertThat(one.sent).containsExactly("20[\"q\"]");
		one.receive("30[\"a\",\"b\"]");
		assertThat(answers).isNotDone();
		two.receive("30[]");
		EngineFixture.eventually().until(thread::isDone);
		assertThat(thread.join()).startsWith("socketio-handler-");
		assertThat(answers.join()).containsExactlyInAnyOrder("a", null);
	}

	@Test
	void answersAreAwaitedForTheTimeAskedFor() {
		this.fixture.connected();
		CompletableFuture<List<@Nullable Object>> answers = this.fixture.root()
			.broadcast()
			.timeout(Duration.ofMillis(20))
			.emitWithAck("q");
		EngineFixture.eventually().until(answers::isDone);
		Throwable error = answers.handle((all, ex) -> ex).join();
		assertThat(error).isInstanceOf(AckTimeoutException.class).hasMessage("operation has timed out");
	}

	@Test
	void nobodyToAskIsAnEmptyAnswer() throws Exception {
		assertThat(this.fixture.root().broadcast().emitWithAck("q").get(10, TimeUnit.SECONDS)).isEmpty();
		assertThat(this.fixture.root().broadcast().local().emitWithAck("q").get(10, TimeUnit.SECONDS)).isEmpty();
	}

	@Test
	void argumentsAreCheckedEvenIfNobodyReceives() {
		BroadcastOperator nobody = this.fixture.root().broadcast();
		assertThatIllegalArgumentException().isThrownBy(() -> nobody.emit("connect"));
		assertThatIllegalArgumentException().isThrownBy(() -> nobody.emitWithAck("connect"));
	}

	@Test
	void socketsCanBeMovedFetchedAndDisconnected() throws Exception {
		FakeSession one = this.fixture.connected();
		FakeSession two = this.fixture.connected();
		Socket first = this.fixture.socketOf(one);
		Namespace root = this.fixture.root();
		root.broadcast().to(first.id()).socketsJoin("room", "other");
		assertThat(first.rooms()).containsExactlyInAnyOrder("room", "other");
		root.broadcast().socketsLeave("other");
		List<SocketDetails> details = root.broadcast().to("room").fetchSockets().get(10, TimeUnit.SECONDS);
		assertThat(details).singleElement().satisfies((found) -> {
			assertThat(found.id()).isEqualTo(first.id());
			assertThat(found.rooms()).containsExactlyInAnyOrder(first.id(), "room");
		});
		root.broadcast().except("room").disconnectSockets(false);
		EngineFixture.eventually().untilAsserted(() -> assertThat(two.sent).containsExactly("1"));
		EngineFixture.eventually().until(() -> root.sockets().size() == 1);
		assertThat(two.open).isTrue();
		root.broadcast().disconnectSockets(true);
		EngineFixture.eventually().until(() -> !one.open);
	}

}
