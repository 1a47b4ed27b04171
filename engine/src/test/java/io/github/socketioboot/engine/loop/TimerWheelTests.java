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
import java.util.concurrent.TimeUnit;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimerWheel}, by way of {@link EngineLoop#arm}, on a clock of their
 * own.
 */
class TimerWheelTests {

	private final MockTicker ticker = Ticker.newMockTicker();

	private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(this.ticker).build();

	private final EngineLoop loop = new EngineLoop(0, this.channel.eventLoop());

	private final List<String> fired = new ArrayList<>();

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void firesNeverEarlyAndWithinATick() {
		for (int delay : new int[] { 1, 10, 15, 313, 25_000 }) {
			Recording timeout = new Recording("after " + delay);
			this.loop.arm(timeout, delay);
			assertThat(timeout.isArmed()).isTrue();
			advance(delay - 1);
			assertThat(this.fired).as("before %s ms", delay).isEmpty();
			advance(1 + 2 * TimerWheel.TICK_MILLIS);
			assertThat(this.fired).containsExactly("after " + delay);
			assertThat(timeout.isArmed()).isFalse();
			this.fired.clear();
		}
	}

	@Test
	void firesAfterMoreThanOneRevolution() {
		this.loop.arm(new Recording("late"), 100_000);
		this.loop.arm(new Recording("soon"), 18_080);
		advance(99_990);
		assertThat(this.fired).containsExactly("soon");
		advance(40);
		assertThat(this.fired).containsExactly("soon", "late");
	}

	@Test
	void firesAllThatIsDueAfterALongPause() {
		for (int i = 0; i < 100; i++) {
			this.loop.arm(new Recording("timeout"), i * 900L);
		}
		this.ticker.advance(100_000, TimeUnit.MILLISECONDS);
		this.channel.runScheduledPendingTasks();
		assertThat(this.fired).hasSize(100);
	}

	@Test
	void doesNotFireWhatWasDisarmed() {
		Recording timeout = new Recording("disarmed");
		this.loop.arm(timeout, 100);
		timeout.disarm();
		timeout.disarm();
		advance(500);
		assertThat(this.fired).isEmpty();
	}

	@Test
	void armingAnewReplacesTheTime() {
		Recording timeout = new Recording("anew");
		this.loop.arm(timeout, 100);
		advance(50);
		this.loop.arm(timeout, 100);
		advance(90);
		assertThat(this.fired).isEmpty();
		advance(40);
		assertThat(this.fired).containsExactly("anew");
	}

	@Test
	void firingMayArmAndDisarmOthersOfTheSameTime() {
		Recording victim = new Recording("victim");
		Recording delayed = new Recording("delayed");
		LoopTimeout meddling = new LoopTimeout() {

			@Override
			protected void onTimeout() {
				victim.disarm();
				TimerWheelTests.this.loop.arm(delayed, 50);
			}

		};
		this.loop.arm(meddling, 20);
		this.loop.arm(victim, 20);
		this.loop.arm(delayed, 20);
		advance(200);
		assertThat(victim.isArmed()).isFalse();
		assertThat(delayed.isArmed()).isFalse();
		assertThat(this.fired.stream().filter("victim"::equals).count()).isLessThanOrEqualTo(1);
		assertThat(this.fired.stream().filter("delayed"::equals).count()).isBetween(1L, 2L);
		assertThat(this.fired.get(this.fired.size() - 1)).isEqualTo("delayed");
	}

	@Test
	void wakesTheLoopOnlyForWhatIsArmed() {
		this.loop.arm(new Recording("far"), 25_000);
		this.loop.arm(new Recording("near"), 1_000);
		assertThat(nextWakeUpMillis()).isBetween(1_000L, 1_020L);
		advance(1_020);
		assertThat(this.fired).containsExactly("near");
		assertThat(nextWakeUpMillis()).isBetween(23_900L, 24_000L);
		advance(25_000);
		assertThat(this.channel.runScheduledPendingTasks()).isEqualTo(-1);
	}

	private long nextWakeUpMillis() {
		return TimeUnit.NANOSECONDS.toMillis(this.channel.runScheduledPendingTasks());
	}

	private void advance(long millis) {
		for (long i = 0; i < millis; i++) {
			this.ticker.advance(1, TimeUnit.MILLISECONDS);
			this.channel.runScheduledPendingTasks();
		}
	}

	private final class Recording extends LoopTimeout {

		private final String name;

		Recording(String name) {
			this.name = name;
		}

		@Override
		protected void onTimeout() {
			TimerWheelTests.this.fired.add(this.name);
		}

	}

}
