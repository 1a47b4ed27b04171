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

package io.github.socketioboot.cluster.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * Time that passes when a test says so.
 */
final class ManualScheduler implements Scheduler {

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private final PriorityQueue<Timer> timers = new PriorityQueue<>(
			Comparator.comparingLong(Timer::at).thenComparingLong(Timer::sequence));

	private long now = 1_000_000_000L;

	private long sequence;

	private boolean shutdown;

	@Override
	public long nanoTime() {
		return this.now;
	}

	@Override
	public long currentTimeMillis() {
		return this.now / 1_000_000;
	}

	@Override
	public boolean execute(Runnable task) {
		if (!this.shutdown) {
			this.tasks.add(task);
		}
		return !this.shutdown;
	}

	@Override
	public Runnable schedule(Duration delay, Runnable task) {
		Timer timer = new Timer(this.now + delay.toNanos(), ++this.sequence, task);
		this.timers.add(timer);
		return () -> this.timers.remove(timer);
	}

	@Override
	public void shutdown() {
		this.shutdown = true;
		this.timers.clear();
	}

	boolean isShutdown() {
		return this.shutdown;
	}

	/**
	 * Run what can be run now.
	 */
	void run() {
		Runnable task = this.tasks.poll();
		while (task != null) {
			task.run();
			task = this.tasks.poll();
		}
	}

	/**
	 * Let time pass, and run what is due, in order.
	 * @param duration how much
	 */
	void advance(Duration duration) {
		long end = this.now + duration.toNanos();
		run();
		Timer timer = this.timers.peek();
		while (timer != null && timer.at() <= end) {
			this.timers.remove();
			this.now = timer.at();
			timer.task().run();
			run();
			timer = this.timers.peek();
		}
		this.now = end;
	}

	private record Timer(long at, long sequence, Runnable task) {

	}

}
