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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.socketioboot.engine.session.CloseReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlerQueue} and {@link HandOver}.
 */
class HandlerQueueTests {

	private @Nullable EngineFixture fixture;

	@AfterEach
	void close() {
		if (this.fixture != null) {
			this.fixture.close();
		}
	}

	private EngineFixture fixture(RecordingHandler handler) {
		this.fixture = new EngineFixture(NamespaceConfig.DEFAULT, handler, null);
		return this.fixture;
	}

	@Test
	void eventsOfASocketRunInOrderOneAtATime() {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		EngineFixture fixture = fixture(new RecordingHandler() {

			@Override
			public EventOutcome onEvent(Socket socket, String name, List<@Nullable Object> args, @Nullable Ack ack) {
				if (running.incrementAndGet() > 1) {
					overlaps.incrementAndGet();
				}
				this.calls.add(name);
				running.decrementAndGet();
				return EventOutcome.SUCCESS;
			}

		});
		FakeSession session = fixture.connected();
		List<String> expected = new ArrayList<>(List.of("authenticate null", "connect"));
		for (int i = 0; i < 2000; i++) {
			session.receive("2[\"e" + i + "\"]");
			expected.add("e" + i);
		}
		EngineFixture.eventually().until(() -> fixture.handler.calls.size() == expected.size());
		assertThat(fixture.handler.calls).isEqualTo(expected);
		assertThat(overlaps).hasValue(0);
	}

	@Test
	void handlersNeverRunOnALoop() {
		List<String> threads = new CopyOnWriteArrayList<>();
		EngineFixture fixture = fixture(new RecordingHandler() {

			@Override
			public EventOutcome onEvent(Socket socket, String name, List<@Nullable Object> args, @Nullable Ack ack) {
				threads.add(Thread.currentThread().getName());
				return EventOutcome.SUCCESS;
			}

		});
		fixture.connected().receive("2[\"x\"]");
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(threads).singleElement().asString().startsWith("socketio-handler-"));
	}

	@Test
	void fullQueuePausesReadingUntilHalfIsDone() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		EngineFixture fixture = fixture(new RecordingHandler() {

			@Override
			public EventOutcome onEvent(Socket socket, String name, List<@Nullable Object> args, @Nullable Ack ack) {
				await(go);
				this.calls.add(name);
				return EventOutcome.SUCCESS;
			}

		});
		FakeSession session = fixture.connected();
		fixture.engine.quiesce().get(10, TimeUnit.SECONDS);
		for (int i = 0; i < HandlerQueue.MAX_QUEUED; i++) {
			session.receive("2[\"x\"]");
		}
		assertThat(session.paused).isFalse();
		// What has been read already is taken still
		session.receive("2[\"x\"]", "2[\"x\"]");
		assertThat(session.paused).isTrue();
		assertThat(session.pauses).isOne();
		go.countDown();
		EngineFixture.eventually().until(() -> !session.paused);
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(fixture.handler.calls).filteredOn("x"::equals)
				.hasSize(HandlerQueue.MAX_QUEUED + 2));
	}

	@Test
	void eventsThatAreKeptOpenFillTheQueue() throws Exception {
		List<OpenEvent> open = new CopyOnWriteArrayList<>();
		EngineFixture fixture = fixture(new RecordingHandler() {

			@Override
			public EventOutcome onEvent(Socket socket, String name, List<@Nullable Object> args, @Nullable Ack ack) {
				open.add(socket.keepEventOpen());
				return EventOutcome.SUCCESS;
			}

		});
		FakeSession session = fixture.connected();
		fixture.engine.quiesce().get(10, TimeUnit.SECONDS);
		for (int i = 0; i <= HandlerQueue.MAX_QUEUED; i++) {
			session.receive("2[\"x\"]");
		}
		EngineFixture.eventually().until(() -> open.size() == HandlerQueue.MAX_QUEUED + 1 && session.paused);
		assertThat(fixture.engine.quiesce()).isNotDone();
		for (OpenEvent event : open) {
			event.end(() -> {
				fixture.handler.calls.add("end");
				return EventOutcome.SUCCESS;
			});
			event.end(() -> EventOutcome.ERROR);
		}
		EngineFixture.eventually().until(() -> !session.paused);
		fixture.engine.quiesce().get(10, TimeUnit.SECONDS);
		assertThat(fixture.handler.calls).filteredOn("end"::equals).hasSize(HandlerQueue.MAX_QUEUED + 1);
	}

	@Test
	void largeEventsFillTheQueueSooner() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		EngineFixture fixture = fixture(new RecordingHandler() {

			@Override
			public EventOutcome onEvent(Socket socket, String name, List<@Nullable Object> args, @Nullable Ack ack) {
				await(go);
				this.calls.add(name);
				return EventOutcome.SUCCESS;
			}

		});
		FakeSession session = fixture.connected();
		fixture.engine.quiesce().get(10, TimeUnit.SECONDS);
		session.receive("2[\"x\",\"" + "0123456789".repeat(60_000) + "\"]");
		assertThat(session.paused).isFalse();
		session.receive("51-[\"x\",{\"_placeholder\":true,\"num\":0}]");
		session.receiveBinary(new byte[600_000]);
		assertThat(session.paused).isTrue();
		go.countDown();
		EngineFixture.eventually().until(() -> !session.paused);
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(fixture.handler.calls).filteredOn("x"::equals).hasSize(2));
	}

	@Test
	void closedPoolIsNotAskedAgain() {
		EngineFixture fixture = fixture(new RecordingHandler());
		FakeSession session = fixture.connected();
		fixture.pool.close();
		session.receive("2[\"x\"]");
		session.end(CloseReason.TRANSPORT_CLOSE);
		assertThat(fixture.root().sockets()).isEmpty();
		EngineFixture.eventually().until(() -> fixture.engine.quiesce().isDone());
	}

	@Test
	void failureOfAHandlerIsReportedAndEndsNothing() {
		EngineFixture fixture = fixture(new RecordingHandler() {

			@Override
			public void onConnect(Socket socket) {
				throw new IllegalStateException("connect");
			}

			@Override
			public EventOutcome onEvent(Socket socket, String name, List<@Nullable Object> args, @Nullable Ack ack) {
				if (name.equals("bad")) {
					throw new AssertionError("event");
				}
				return super.onEvent(socket, name, args, ack);
			}

			@Override
			public void onDisconnecting(Socket socket, CloseReason reason) {
				throw new IllegalStateException("disconnecting");
			}

			@Override
			public void onError(Socket socket, Throwable error) {
				super.onError(socket, error);
				throw new IllegalStateException("onError itself");
			}

		});
		FakeSession session = fixture.connected();
		session.receive("2[\"bad\"]", "2[\"good\"]");
		EngineFixture.eventually().untilAsserted(() -> assertThat(fixture.handler.calls).endsWith("event good []"));
		assertThat(session.open).isTrue();
		session.end(CloseReason.TRANSPORT_CLOSE);
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(fixture.handler.calls).endsWith("disconnect transport close []"));
		assertThat(fixture.handler.errors).extracting(Throwable::getMessage)
			.containsExactly("connect", "event", "disconnecting");
	}

	@Test
	void socketsGetTheirTurnWhileOneIsFlooded() {
		EngineFixture fixture = fixture(new RecordingHandler());
		FakeSession flooded = fixture.connected();
		FakeSession other = fixture.connected();
		for (int i = 0; i < 500; i++) {
			flooded.receive("2[\"flood\"]");
		}
		other.receive("2[\"other\"]");
		EngineFixture.eventually().until(() -> fixture.handler.calls.contains("event other []"));
	}

	@Test
	void executorThatRejectsIsAskedAgainAndReadingPausesMeanwhile() {
		AtomicInteger rejections = new AtomicInteger(5);
		HandlerPool pool = new HandlerPool(2);
		RecordingHandler handler = new RecordingHandler();
		EngineFixture fixture = new EngineFixture(NamespaceConfig.DEFAULT, handler, (task) -> {
			if (rejections.getAndDecrement() > 0) {
				throw new RejectedExecutionException("busy");
			}
			pool.execute(task);
		});
		this.fixture = fixture;
		FakeSession session = fixture.session();
		session.receive("0");
		EngineFixture.eventually().until(() -> session.pauses == 1);
		EngineFixture.eventually()
			.untilAsserted(() -> assertThat(handler.calls).containsExactly("authenticate null", "connect"));
		EngineFixture.eventually().until(() -> !session.paused);
		pool.close();
	}

	@Test
	void quiesceWaitsForQueuedHandlers() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		EngineFixture fixture = fixture(new RecordingHandler() {

			@Override
			public EventOutcome onEvent(Socket socket, String name, List<@Nullable Object> args, @Nullable Ack ack) {
				await(go);
				return EventOutcome.SUCCESS;
			}

		});
		FakeSession session = fixture.connected();
		fixture.engine.quiesce().get(10, TimeUnit.SECONDS);
		session.receive("2[\"x\"]");
		assertThat(fixture.engine.quiesce()).isNotDone();
		go.countDown();
		fixture.engine.quiesce().get(10, TimeUnit.SECONDS);
	}

	@Test
	void quiesceWaitsForAcknowledgementsTheClientAwaits() throws Exception {
		EngineFixture fixture = fixture(new RecordingHandler());
		FakeSession session = fixture.connected();
		session.receive("21[\"x\"]");
		EngineFixture.eventually().until(() -> fixture.handler.acks.size() == 1);
		assertThat(fixture.engine.quiesce()).isNotDone();
		fixture.handler.acks.get(0).send(List.of());
		fixture.engine.quiesce().get(10, TimeUnit.SECONDS);
		session.receive("22[\"x\"]");
		EngineFixture.eventually().until(() -> fixture.handler.acks.size() == 2);
		// Nobody awaits it any more
		session.end(CloseReason.TRANSPORT_CLOSE);
		fixture.engine.quiesce().get(10, TimeUnit.SECONDS);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
