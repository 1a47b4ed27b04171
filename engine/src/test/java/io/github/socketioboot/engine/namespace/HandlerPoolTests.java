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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HandlerPool}.
 */
class HandlerPoolTests {

	private final HandlerPool pool = new HandlerPool(16);

	private final CountDownLatch go = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.go.countDown();
		this.pool.close();
		eventually().until(() -> this.pool.threads() == 0);
	}

	private static ConditionFactory eventually() {
		return Awaitility.await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofSeconds(20));
	}

	private void block(CountDownLatch begun) {
		begun.countDown();
		try {
			this.go.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void tasksRunWhileFifteenThreadsAreBlocked() throws Exception {
		CountDownLatch begun = new CountDownLatch(15);
		for (int i = 0; i < 15; i++) {
			this.pool.execute(() -> block(begun));
		}
		assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
		CountDownLatch served = new CountDownLatch(100);
		for (int i = 0; i < 100; i++) {
			this.pool.execute(served::countDown);
		}
		assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(this.pool.threads()).isEqualTo(16);
	}

	@Test
	void tasksHandedOverTogetherRunAlthoughTheFirstBlocks() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch served = new CountDownLatch(9);
		List<Runnable> tasks = new ArrayList<>();
		tasks.add(() -> block(begun));
		for (int i = 0; i < 9; i++) {
			tasks.add(served::countDown);
		}
		assertThat(this.pool.executeAll(tasks)).isEqualTo(10);
		assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void shortTasksNeedNoMoreThreadsThanProcessors() {
		AtomicInteger run = new AtomicInteger();
		Set<String> threads = ConcurrentHashMap.newKeySet();
		for (int i = 0; i < 20_000; i++) {
			this.pool.execute(() -> {
				threads.add(Thread.currentThread().getName());
				run.incrementAndGet();
			});
			if (i % 100 == 0) {
				int expected = i / 2;
				eventually().until(() -> run.get() >= expected);
			}
		}
		eventually().until(() -> run.get() == 20_000);
		assertThat(threads).allMatch((name) -> name.startsWith("socketio-handler-"));
		assertThat(this.pool.threads()).isLessThanOrEqualTo(16);
	}

	@Test
	void noTaskIsLostWhenManySubmit() throws Exception {
		AtomicInteger run = new AtomicInteger();
		List<Thread> submitters = new ArrayList<>();
		for (int thread = 0; thread < 4; thread++) {
			Thread submitter = new Thread(() -> {
				for (int i = 0; i < 5000; i++) {
					while (!submit(run)) {
						Thread.onSpinWait();
					}
					if (i % 64 == 0) {
						// Let threads become idle now and then
						Thread.yield();
					}
				}
			});
			submitter.start();
			submitters.add(submitter);
		}
		for (Thread submitter : submitters) {
			submitter.join(30_000);
		}
		eventually().until(() -> run.get() == 20_000);
	}

	private boolean submit(AtomicInteger run) {
		try {
			this.pool.execute(run::incrementAndGet);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	@Test
	void threadsWakeUpFromIdleness() throws Exception {
		for (int i = 0; i < 200; i++) {
			CountDownLatch served = new CountDownLatch(1);
			this.pool.execute(served::countDown);
			assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void queueIsBounded() throws Exception {
		CountDownLatch begun = new CountDownLatch(16);
		for (int i = 0; i < 16; i++) {
			this.pool.execute(() -> block(begun));
		}
		assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
		AtomicInteger run = new AtomicInteger();
		for (int i = 0; i < HandlerPool.MAX_QUEUED; i++) {
			this.pool.execute(run::incrementAndGet);
		}
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.pool.execute(run::incrementAndGet));
		assertThat(this.pool.executeAll(List.of(run::incrementAndGet))).isZero();
		this.go.countDown();
		eventually().until(() -> run.get() == HandlerPool.MAX_QUEUED);
	}

	@Test
	void closeRunsWhatIsQueuedAndTakesNoMore() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch served = new CountDownLatch(1);
		this.pool.execute(() -> block(begun));
		this.pool.execute(served::countDown);
		this.pool.close();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.pool.execute(() -> {
		}));
		this.go.countDown();
		assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void sizeIsChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> new HandlerPool(0))
			.withMessage("maxThreads: 0 (expected: at least 1)");
	}

}
