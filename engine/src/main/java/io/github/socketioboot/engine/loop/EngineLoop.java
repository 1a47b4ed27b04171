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
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop and what all of its connections share: a queue of tasks from other
 * threads that costs one wake-up per batch, work to be done once at the end of a turn,
 * and timers. {@link #execute} and {@link #inLoop} are thread-safe, the rest is event
 * loop only and checks it.
 * <p>
 * Tasks of one thread run in the order in which it handed them over.
 *
 * @since 0.1.0
 */
public final class EngineLoop implements Executor {

	private static final Logger logger = LoggerFactory.getLogger(EngineLoop.class);

	/**
	 * Tasks to run before pending I/O of the loop gets a turn.
	 */
	private static final int MAX_TASKS_PER_TURN = 4096;

	private final int index;

	private final EventLoop eventLoop;

	private final Queue<Runnable> tasks = PlatformDependent.newMpscQueue();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final Runnable drain = this::drain;

	private final Runnable endTurn = this::endTurn;

	private final TimerWheel timers;

	private final AtomicLong bytesSent = new AtomicLong();

	private final AtomicLong packetsSent = new AtomicLong();

	private final AtomicLong eventsReceived = new AtomicLong();

	private final AtomicLong messagesReceived = new AtomicLong();

	private final AtomicLong messageBytesReceived = new AtomicLong();

	private final AtomicLong messagesSent = new AtomicLong();

	private final AtomicLong messageBytesSent = new AtomicLong();

	private ArrayList<Runnable> turnEnd = new ArrayList<>();

	private ArrayList<Runnable> spare = new ArrayList<>();

	private boolean turnEndScheduled;

	private boolean draining;

	/**
	 * Create a loop.
	 * @param index index among the loops of the server, from 0
	 * @param eventLoop the event loop
	 */
	public EngineLoop(int index, EventLoop eventLoop) {
		this.index = index;
		this.eventLoop = eventLoop;
		this.timers = new TimerWheel(this);
	}

	/**
	 * Return the index among the loops of the server.
	 * @return index from 0
	 */
	public int index() {
		return this.index;
	}

	/**
	 * Return the event loop, for channels to be registered with.
	 * @return the event loop
	 */
	public EventLoop eventLoop() {
		return this.eventLoop;
	}

	/**
	 * Return whether the calling thread is the loop's.
	 * @return {@code true} on the loop
	 */
	public boolean inLoop() {
		return this.eventLoop.inEventLoop();
	}

	/**
	 * Fail unless called on the loop.
	 * @throws IllegalStateException on any other thread
	 */
	public void assertInLoop() {
		if (!inLoop()) {
			throw new IllegalStateException(
					"must be called on event loop " + this.index + ", not on " + Thread.currentThread().getName());
		}
	}

	/**
	 * Run a task on the loop, after those that this thread handed over before, even when
	 * the caller is on the loop. Never blocks.
	 * @param task the task; what it throws is logged
	 * @throws RejectedExecutionException if the loop has ended
	 */
	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
			this.eventLoop.execute(this.drain);
		}
	}

	/**
	 * Run a task once after the packets that are being read now have been handled; once
	 * per call. Event loop only.
	 * @param task the task
	 */
	public void atTurnEnd(Runnable task) {
		assertInLoop();
		this.turnEnd.add(task);
		if (!this.turnEndScheduled) {
			this.turnEndScheduled = true;
			this.eventLoop.execute(this.endTurn);
		}
	}

	/**
	 * Return whether the task that runs now was handed over by {@link #execute}, with
	 * none behind it so far: nothing is won by waiting for the end of the turn. Event
	 * loop only.
	 * @return {@code true} if so
	 */
	public boolean isLastTask() {
		return this.draining && this.tasks.isEmpty();
	}

	/**
	 * Arm a timeout, or arm it anew if it is pending. Event loop only. Fires within
	 * {@link TimerWheel#TICK_MILLIS} after its time.
	 * @param timeout the timeout
	 * @param delayMillis delay in milliseconds
	 */
	public void arm(LoopTimeout timeout, long delayMillis) {
		assertInLoop();
		this.timers.arm(timeout, delayMillis);
	}

	/**
	 * Count packets handed to a transport. Event loop only, so that a delivery costs no
	 * atomic operation.
	 * @param packets number of packets
	 * @param bytes number of their bytes
	 */
	public void countSent(int packets, int bytes) {
		this.packetsSent.lazySet(this.packetsSent.get() + packets);
		this.bytesSent.lazySet(this.bytesSent.get() + bytes);
	}

	/**
	 * Count Engine.IO messages handed to a transport. Event loop only.
	 * @param messages number of messages
	 * @param bytes number of bytes of their data
	 */
	public void countMessagesSent(int messages, int bytes) {
		this.messagesSent.lazySet(this.messagesSent.get() + messages);
		this.messageBytesSent.lazySet(this.messageBytesSent.get() + bytes);
	}

	/**
	 * Count an Engine.IO message of a client. Event loop only.
	 * @param bytes number of bytes of its data
	 */
	public void countMessage(int bytes) {
		this.messagesReceived.lazySet(this.messagesReceived.get() + 1);
		this.messageBytesReceived.lazySet(this.messageBytesReceived.get() + bytes);
	}

	/**
	 * Return how many Engine.IO messages of clients were counted. Thread-safe.
	 * @return the number since the start
	 */
	public long messagesReceived() {
		return this.messagesReceived.get();
	}

	/**
	 * Return how many bytes these messages had. Thread-safe.
	 * @return the number since the start
	 */
	public long messageBytesReceived() {
		return this.messageBytesReceived.get();
	}

	/**
	 * Return how many Engine.IO messages to clients were counted. Thread-safe.
	 * @return the number since the start
	 */
	public long messagesSent() {
		return this.messagesSent.get();
	}

	/**
	 * Return how many bytes these messages had. Thread-safe.
	 * @return the number since the start
	 */
	public long messageBytesSent() {
		return this.messageBytesSent.get();
	}

	/**
	 * Count an event of a client. Event loop only.
	 */
	public void countReceived() {
		this.eventsReceived.lazySet(this.eventsReceived.get() + 1);
	}

	/**
	 * Return how many packets were counted. Thread-safe.
	 * @return the number since the start
	 */
	public long packetsSent() {
		return this.packetsSent.get();
	}

	/**
	 * Return how many events were counted. Thread-safe.
	 * @return the number since the start
	 */
	public long eventsReceived() {
		return this.eventsReceived.get();
	}

	/**
	 * Return how many bytes were counted. Thread-safe.
	 * @return the number since the start
	 */
	public long bytesSent() {
		return this.bytesSent.get();
	}

	private void drain() {
		this.scheduled.set(false);
		this.draining = true;
		for (int i = 0; i < MAX_TASKS_PER_TURN; i++) {
			Runnable task = this.tasks.poll();
			if (task == null) {
				break;
			}
			if (task instanceof MergeableTask mergeable) {
				absorbNext(mergeable);
			}
			run(task);
		}
		this.draining = false;
		if (!this.tasks.isEmpty() && this.scheduled.compareAndSet(false, true)) {
			this.eventLoop.execute(this.drain);
		}
	}

	private void absorbNext(MergeableTask task) {
		Runnable next = this.tasks.peek();
		while (next != null && task.absorb(next)) {
			this.tasks.poll();
			next = this.tasks.peek();
		}
	}

	private void endTurn() {
		ArrayList<Runnable> batch = this.turnEnd;
		this.turnEnd = this.spare;
		this.turnEndScheduled = false;
		for (int i = 0; i < batch.size(); i++) {
			run(batch.get(i));
		}
		batch.clear();
		this.spare = batch;
	}

	static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("A task on an event loop failed", ex);
		}
	}

}
