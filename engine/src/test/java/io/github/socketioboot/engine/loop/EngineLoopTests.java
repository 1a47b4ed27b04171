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

package io.github.socketioboot.engine.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link EngineLoop}.
 */
@Timeout(30)
class EngineLoopTests {

	private final DefaultEventLoop eventLoop = new DefaultEventLoop();

	private final EngineLoop loop = new EngineLoop(0, this.eventLoop);

	private final List<String> ran = new ArrayList<>();

	@AfterEach
	void end() {
		this.eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	@Test
	void runsTheTasksOfAThreadInTheirOrder() throws Exception {
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			String name = Integer.toString(i);
			expected.add(name);
			this.loop.execute(() -> this.ran.add(name));
		}
		awaitTurn();
		assertThat(this.ran).isEqualTo(expected);
	}

	@Test
	void runsWhatIsForTheTurnsEndBehindTheTasksOfTheTurn() throws Exception {
		CountDownLatch ready = new CountDownLatch(1);
		this.loop.execute(() -> hold(ready));
		this.loop.execute(() -> this.loop.atTurnEnd(() -> this.ran.add("end")));
		this.loop.execute(() -> this.ran.add("first"));
		this.loop.execute(() -> this.ran.add("second"));
		ready.countDown();
		awaitTurn();
		assertThat(this.ran).containsExactly("first", "second", "end");
	}

	@Test
	void tellsWhichTaskIsTheLastForNow() throws Exception {
		CountDownLatch ready = new CountDownLatch(1);
		this.loop.execute(() -> hold(ready));
		this.loop.execute(() -> this.ran.add("first " + this.loop.isLastTask()));
		this.loop.execute(() -> {
			this.ran.add("last " + this.loop.isLastTask());
			this.loop.atTurnEnd(() -> this.ran.add("end " + this.loop.isLastTask()));
		});
		// Neither this nor the end of the turn is one of the loop's tasks
		Future<?> other = this.eventLoop.submit(() -> this.ran.add("other " + this.loop.isLastTask()));
		ready.countDown();
		other.get(20, TimeUnit.SECONDS);
		this.eventLoop.submit(() -> this.ran.size()).get(20, TimeUnit.SECONDS);
		assertThat(this.ran).containsExactly("first false", "last true", "other false", "end false");
	}

	@Test
	void offersSuccessorsToATaskThatMerges() throws Exception {
		CountDownLatch ready = new CountDownLatch(1);
		this.loop.execute(() -> hold(ready));
		this.loop.execute(new Merging("a"));
		this.loop.execute(new Merging("b"));
		this.loop.execute(new Merging("c"));
		this.loop.execute(() -> this.ran.add("between"));
		this.loop.execute(new Merging("d"));
		ready.countDown();
		awaitTurn();
		assertThat(this.ran).containsExactly("abc", "between", "d");
	}

	@Test
	void isConfinedToItsThread() {
		assertThatIllegalStateException().isThrownBy(() -> this.loop.atTurnEnd(() -> this.ran.add("never")))
			.withMessageContaining("event loop 0");
	}

	private void awaitTurn() throws InterruptedException {
		CountDownLatch done = new CountDownLatch(1);
		this.loop.execute(() -> this.loop.atTurnEnd(done::countDown));
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
	}

	private static void hold(CountDownLatch latch) {
		try {
			if (!latch.await(20, TimeUnit.SECONDS)) {
				throw new IllegalStateException("was not released in time");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private final class Merging implements MergeableTask {

		private String names;

		Merging(String name) {
			this.names = name;
		}

		@Override
		public boolean absorb(Runnable next) {
			if (next instanceof Merging other) {
				this.names += other.names;
				return true;
			}
			return false;
		}

		@Override
		public void run() {
			EngineLoopTests.this.ran.add(this.names);
		}

	}

}
