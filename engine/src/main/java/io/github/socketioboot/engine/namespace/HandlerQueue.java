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

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * What the handler of one socket has still to be told, in order. Filled by the socket's
 * loop, emptied by one handler thread at a time, without a lock.
 */
final class HandlerQueue implements Runnable {

	/**
	 * Tasks beyond which the session is not read, until half of them are done.
	 */
	static final int MAX_QUEUED = 256;

	/**
	 * Bytes of a packet that count as much as a task.
	 */
	static final int BYTES_PER_TASK = 4096;

	/**
	 * Tasks to run before other sockets get a turn.
	 */
	private static final int MAX_PER_RUN = 64;

	private static final AtomicIntegerFieldUpdater<HandlerQueue> QUEUED = AtomicIntegerFieldUpdater
		.newUpdater(HandlerQueue.class, "queued");

	private final Socket socket;

	/**
	 * Task that has run last. Handler thread only.
	 */
	private HandlerTask head;

	/**
	 * Task that was queued last. Event loop only.
	 */
	private HandlerTask tail;

	private volatile int queued;

	/**
	 * Weight of all tasks that were ever queued, which may wrap around. Event loop only.
	 */
	private int weightQueued;

	/**
	 * Weight of all tasks that have run, known to the loop after a run. Written by the
	 * handler thread.
	 */
	private volatile int weightDone;

	/**
	 * Whether the session is not read because of this queue. Written by the loop.
	 */
	private volatile boolean paused;

	HandlerQueue(Socket socket) {
		this.socket = socket;
		this.head = new HandlerTask.Start();
		this.tail = this.head;
	}

	/**
	 * Queue a task. Event loop only.
	 * @param task the task, in no queue yet
	 */
	void add(HandlerTask task) {
		this.tail.next = task;
		this.tail = task;
		this.weightQueued += task.weight();
		int before = QUEUED.getAndIncrement(this);
		if (before == 0) {
			this.socket.connection().handOver().begin(this);
		}
		if (weight() > MAX_QUEUED) {
			pause();
		}
	}

	/**
	 * Read the session no more until this queue has been worked on. Event loop only.
	 */
	void pause() {
		if (!this.paused) {
			this.paused = true;
			this.socket.connection().pause();
		}
	}

	boolean isIdle() {
		return this.queued == 0;
	}

	private int weight() {
		return this.weightQueued - this.weightDone;
	}

	private void resume() {
		if (this.paused && weight() <= MAX_QUEUED / 2) {
			this.paused = false;
			this.socket.connection().resume();
		}
	}

	/**
	 * Run queued tasks. Called on a handler thread, by one at a time.
	 */
	@Override
	public void run() {
		int budget = MAX_PER_RUN;
		int left;
		do {
			int count = Math.min(this.queued, budget);
			int weight = this.weightDone;
			for (int i = 0; i < count; i++) {
				weight += runNext();
			}
			this.weightDone = weight;
			budget -= count;
			left = QUEUED.addAndGet(this, -count);
		}
		while (left > 0 && budget > 0);
		if (this.paused) {
			this.socket.runOnLoop(this::resume);
		}
		if (left > 0) {
			runAgain();
		}
		else {
			this.socket.connection().handOver().end();
		}
	}

	private void runAgain() {
		HandOver handOver = this.socket.connection().handOver();
		try {
			handOver.executor().execute(this);
		}
		catch (RejectedExecutionException ex) {
			this.socket.runOnLoop(() -> handOver.beginAgain(this));
		}
	}

	private int runNext() {
		HandlerTask task = this.head.next;
		if (task == null) {
			throw new IllegalStateException("fewer tasks than counted");
		}
		this.head = task;
		NamespaceHandler handler = this.socket.namespace().handler();
		HandlerContext context = this.socket.namespace().engine().context();
		if (context == null) {
			run(task, handler);
		}
		else {
			try (HandlerContext.Scope scope = context.open(this.socket)) {
				run(task, handler);
			}
		}
		return task.released();
	}

	/**
	 * Return the task that runs. Called by it.
	 * @return the task
	 */
	HandlerTask current() {
		return this.head;
	}

	private void run(HandlerTask task, NamespaceHandler handler) {
		try {
			task.run(this.socket, handler);
		}
		catch (Throwable ex) {
			fail(handler, ex);
		}
	}

	private void fail(NamespaceHandler handler, Throwable error) {
		try {
			handler.onError(this.socket, error);
		}
		catch (Throwable ex) {
			HandOver.logger.debug("A handler failed, and so did its onError", ex);
		}
	}

}
