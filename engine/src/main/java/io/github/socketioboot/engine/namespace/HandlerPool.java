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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.PlatformDependent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for handlers that may block. Thread-safe. Waking a thread costs more than most
 * handlers do, so as many threads work as there are processors, no more, as long as they
 * get on; when they do not, because handlers block, a watching thread adds others, one
 * per millisecond, up to the maximum. Idle threads end after a minute.
 * <p>
 * One class although long: what it decides, it decides on counters that must be read
 * together.
 *
 * @since 0.1.0
 */
public final class HandlerPool implements Executor {

	/**
	 * Most tasks waiting for a thread. Further ones are rejected.
	 */
	static final int MAX_QUEUED = 16 * 1024;

	/**
	 * Waiting tasks from which on another thread is woken although one is at work.
	 */
	private static final int BACKLOG = 16;

	private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/**
	 * Looks without anything to do after which the watching thread sleeps.
	 */
	private static final int MAX_IDLE_LOOKS = 20;

	private static final long KEEP_ALIVE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final Logger logger = LoggerFactory.getLogger(HandlerPool.class);

	private final int maxThreads;

	private final int processors = Math.max(1, Runtime.getRuntime().availableProcessors());

	private final Queue<Runnable> tasks = PlatformDependent.newFixedMpmcQueue(MAX_QUEUED);

	private final LongAdder taken = new LongAdder();

	/**
	 * Threads that are not idle.
	 */
	private final AtomicInteger active = new AtomicInteger();

	/**
	 * Whether a thread was woken that has not looked for a task yet.
	 */
	private volatile boolean waking;

	private volatile boolean watching;

	private volatile boolean closed;

	private final Object lock = new Object();

	/**
	 * Idle threads, the one that worked last on top.
	 */
	@GuardedBy("lock")
	private final Deque<Worker> idle = new ArrayDeque<>();

	@GuardedBy("lock")
	private int threads;

	@GuardedBy("lock")
	private int started;

	@GuardedBy("lock")
	private @Nullable Thread watcher;

	/**
	 * Create a pool of at most 16 threads, or four per processor if that is more.
	 */
	public HandlerPool() {
		this(Math.max(16, 4 * Runtime.getRuntime().availableProcessors()));
	}

	/**
	 * Create a pool. Threads are started when needed.
	 * @param maxThreads most threads, at least 1
	 */
	public HandlerPool(int maxThreads) {
		if (maxThreads < 1) {
			throw new IllegalArgumentException("maxThreads: " + maxThreads + " (expected: at least 1)");
		}
		this.maxThreads = maxThreads;
	}

	/**
	 * Run a task on one of the threads, some time.
	 * @param task the task; what it throws is logged
	 * @throws RejectedExecutionException if too many tasks wait or the pool is closed
	 */
	@Override
	public void execute(Runnable task) {
		if (this.closed || !this.tasks.offer(task)) {
			throw new RejectedExecutionException(this.closed ? "closed" : "too many tasks");
		}
		wakeAfterOffer();
	}

	/**
	 * Run tasks, waking one thread for all of them.
	 * @param tasks the tasks
	 * @return how many were taken, the first ones
	 */
	int executeAll(List<? extends Runnable> tasks) {
		int taken = 0;
		if (!this.closed) {
			while (taken < tasks.size() && this.tasks.offer(tasks.get(taken))) {
				taken++;
			}
		}
		if (taken > 0) {
			wakeAfterOffer();
		}
		return taken;
	}

	private void wakeAfterOffer() {
		if (this.waking) {
			return;
		}
		int active = this.active.get();
		if (active >= this.processors) {
			watch();
		}
		else if (active == 0 || !this.watching) {
			wakeOne();
		}
	}

	/**
	 * Wake an idle thread or start another, if there may be more.
	 */
	private void wakeOne() {
		Worker worker;
		boolean start = false;
		synchronized (this.lock) {
			worker = this.idle.pollFirst();
			if (worker == null) {
				if (this.threads >= this.maxThreads) {
					return;
				}
				this.threads++;
				this.started++;
				worker = new Worker(this.started);
				start = true;
			}
			worker.idle = false;
			this.active.incrementAndGet();
			this.waking = true;
		}
		if (start) {
			start(worker);
		}
		else {
			LockSupport.unpark(worker);
		}
	}

	private void start(Worker worker) {
		try {
			worker.start();
		}
		catch (OutOfMemoryError ex) {
			synchronized (this.lock) {
				this.threads--;
				this.active.decrementAndGet();
				this.waking = false;
			}
			logger.debug("Cannot start another thread for handlers", ex);
		}
	}

	/**
	 * See to it that blocked threads are noticed.
	 */
	private void watch() {
		if (this.watching) {
			return;
		}
		Thread watcher;
		synchronized (this.lock) {
			if (this.watching || this.closed) {
				return;
			}
			this.watching = true;
			watcher = this.watcher;
			if (watcher == null) {
				watcher = new Thread(this::awaitBlocking, "socketio-handler-watch");
				watcher.setDaemon(true);
				this.watcher = watcher;
				watcher.start();
				return;
			}
		}
		LockSupport.unpark(watcher);
	}

	/**
	 * Look every millisecond, while there is anything to do, whether tasks wait although
	 * hardly any was begun since the last look. The watching thread waits here.
	 */
	private void awaitBlocking() {
		int idleLooks = 0;
		long seen = 0;
		while (!this.closed) {
			LockSupport.parkNanos(WATCH_NANOS);
			long taken = this.taken.sum();
			boolean blocked = taken - seen < 2L * this.processors;
			seen = taken;
			if (!this.tasks.isEmpty()) {
				idleLooks = 0;
				if (blocked || this.active.get() == 0) {
					wakeOne();
				}
			}
			else if (++idleLooks > MAX_IDLE_LOOKS) {
				idleLooks = 0;
				this.watching = false;
				if (this.tasks.isEmpty()) {
					awaitWatch();
				}
				this.watching = true;
			}
		}
	}

	private void awaitWatch() {
		while (!this.watching && !this.closed) {
			LockSupport.park(this);
		}
	}

	/**
	 * Return how many threads there are.
	 * @return number of threads, idle ones included
	 */
	int threads() {
		synchronized (this.lock) {
			return this.threads;
		}
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * End the threads once all tasks have run. Returns at once.
	 */
	public void close() {
		synchronized (this.lock) {
			this.closed = true;
			this.idle.forEach(LockSupport::unpark);
			if (this.watcher != null) {
				LockSupport.unpark(this.watcher);
			}
		}
	}

	/**
	 * A thread of the pool. Extends Netty's, so that buffers are allocated from caches.
	 */
	private final class Worker extends FastThreadLocalThread {

		/**
		 * Whether this thread is on the stack of idle ones. Guarded by {@code lock}, read
		 * without it.
		 */
		private volatile boolean idle;

		Worker(int number) {
			super("socketio-handler-" + number);
			setDaemon(true);
		}

		@Override
		public void run() {
			HandlerPool.this.waking = false;
			for (;;) {
				Runnable task = HandlerPool.this.tasks.poll();
				if (task != null) {
					work(task);
				}
				else if (!awaitTask()) {
					return;
				}
			}
		}

		private void work(Runnable task) {
			HandlerPool.this.taken.increment();
			int waiting = HandlerPool.this.tasks.size();
			if (waiting > 0 && !HandlerPool.this.waking) {
				if (HandlerPool.this.active.get() >= HandlerPool.this.processors) {
					watch();
				}
				else if (waiting > BACKLOG || !HandlerPool.this.watching) {
					wakeOne();
				}
			}
			try {
				task.run();
			}
			catch (Throwable ex) {
				logger.error("A task on a handler thread failed", ex);
			}
		}

		/**
		 * Wait for work.
		 * @return {@code false} to end this thread
		 */
		private boolean awaitTask() {
			synchronized (HandlerPool.this.lock) {
				this.idle = true;
				HandlerPool.this.idle.addFirst(this);
				HandlerPool.this.active.decrementAndGet();
			}
			// A task may have been offered by who saw this thread at work still
			if (!HandlerPool.this.tasks.isEmpty() && leaveIdle()) {
				return true;
			}
			long deadline = System.nanoTime() + KEEP_ALIVE_NANOS;
			while (this.idle) {
				long remaining = deadline - System.nanoTime();
				if (remaining <= 0 || HandlerPool.this.closed) {
					if (endIdle()) {
						return false;
					}
				}
				else {
					LockSupport.parkNanos(HandlerPool.this, remaining);
				}
			}
			HandlerPool.this.waking = false;
			return true;
		}

		private boolean leaveIdle() {
			synchronized (HandlerPool.this.lock) {
				if (!this.idle) {
					return false;
				}
				this.idle = false;
				HandlerPool.this.idle.remove(this);
				HandlerPool.this.active.incrementAndGet();
				return true;
			}
		}

		private boolean endIdle() {
			synchronized (HandlerPool.this.lock) {
				if (!this.idle) {
					return false;
				}
				HandlerPool.this.idle.remove(this);
				HandlerPool.this.threads--;
				return true;
			}
		}

	}

}
