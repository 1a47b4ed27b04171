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

import java.util.BitSet;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Hashed timer wheel of one loop (Varghese and Lauck, scheme 6): arming and disarming
 * take constant time and no memory. Wakes the loop only for slots that hold something.
 * Event loop only.
 */
final class TimerWheel {

	/**
	 * Resolution in milliseconds.
	 */
	static final int TICK_MILLIS = 10;

	private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);

	static final int NOT_ARMED = -1;

	private static final int SLOTS = 4096;

	/**
	 * List of timeouts whose time has come and which have not been fired yet; a list like
	 * the others, so that firing one may arm or disarm any other.
	 */
	private static final int DUE = SLOTS;

	private static final long NEVER = Long.MAX_VALUE;

	private final EngineLoop loop;

	private final Ticker ticker;

	private final @Nullable LoopTimeout[] heads = new @Nullable LoopTimeout[SLOTS + 1];

	private final BitSet occupied = new BitSet(SLOTS + 1);

	private final Runnable tick = this::tick;

	private long currentTick;

	private long nextTick = NEVER;

	private @Nullable ScheduledFuture<?> pending;

	TimerWheel(EngineLoop loop) {
		this.loop = loop;
		this.ticker = loop.eventLoop().ticker();
		this.currentTick = now();
	}

	void arm(LoopTimeout timeout, long delayMillis) {
		disarm(timeout);
		// Rounded up, as nothing may fire early; the slot of the current tick is done
		// with
		long deadline = this.ticker.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, delayMillis));
		timeout.deadlineTick = Math.max(now() + 1, (deadline + TICK_NANOS - 1) / TICK_NANOS);
		timeout.wheel = this;
		link(timeout, (int) (timeout.deadlineTick & (SLOTS - 1)));
		scheduleAt(timeout.deadlineTick);
	}

	void disarm(LoopTimeout timeout) {
		int slot = timeout.slot;
		if (slot == NOT_ARMED) {
			return;
		}
		LoopTimeout previous = timeout.previous;
		LoopTimeout next = timeout.next;
		if (previous == null) {
			this.heads[slot] = next;
			if (next == null) {
				this.occupied.clear(slot);
			}
		}
		else {
			previous.next = next;
		}
		if (next != null) {
			next.previous = previous;
		}
		timeout.previous = null;
		timeout.next = null;
		timeout.slot = NOT_ARMED;
	}

	private void link(LoopTimeout timeout, int slot) {
		LoopTimeout head = this.heads[slot];
		timeout.slot = slot;
		timeout.next = head;
		timeout.previous = null;
		if (head != null) {
			head.previous = timeout;
		}
		else {
			this.occupied.set(slot);
		}
		this.heads[slot] = timeout;
	}

	private void tick() {
		long now = now();
		this.nextTick = NEVER;
		this.pending = null;
		// After a long pause every slot is visited once at most.
		long from = Math.max(this.currentTick + 1, now - SLOTS + 1);
		this.currentTick = now;
		for (long slotTick = from; slotTick <= now; slotTick++) {
			collectDue((int) (slotTick & (SLOTS - 1)), now);
		}
		LoopTimeout due = this.heads[DUE];
		while (due != null) {
			disarm(due);
			EngineLoop.run(due::onTimeout);
			due = this.heads[DUE];
		}
		scheduleNext();
	}

	private void collectDue(int slot, long now) {
		LoopTimeout timeout = this.heads[slot];
		while (timeout != null) {
			LoopTimeout next = timeout.next;
			if (timeout.deadlineTick <= now) {
				disarm(timeout);
				link(timeout, DUE);
			}
			timeout = next;
		}
	}

	private void scheduleNext() {
		int from = (int) ((this.currentTick + 1) & (SLOTS - 1));
		int slot = this.occupied.nextSetBit(from);
		if (slot == -1 || slot == DUE) {
			slot = this.occupied.nextSetBit(0);
		}
		if (slot != -1 && slot != DUE) {
			scheduleAt(this.currentTick + 1 + ((slot - from) & (SLOTS - 1)));
		}
	}

	private void scheduleAt(long tick) {
		if (tick < this.nextTick) {
			this.nextTick = tick;
			if (this.pending != null) {
				this.pending.cancel(false);
			}
			long delay = tick * TICK_MILLIS - TimeUnit.NANOSECONDS.toMillis(this.ticker.nanoTime());
			this.pending = this.loop.eventLoop().schedule(this.tick, Math.max(1, delay), TimeUnit.MILLISECONDS);
		}
	}

	private long now() {
		return TimeUnit.NANOSECONDS.toMillis(this.ticker.nanoTime()) / TICK_MILLIS;
	}

}
