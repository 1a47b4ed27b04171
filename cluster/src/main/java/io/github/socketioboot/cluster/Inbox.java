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

package io.github.socketioboot.cluster;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * What has come from other members, in order, for a thread of its own: other than the
 * transport's it may wait until event loops have written what was broadcast before.
 * Bounded in bytes; the transport is stopped long before. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Inbox {

	/**
	 * Bytes from which on the transport is stopped.
	 */
	static final long HIGH_WATER = 16L << 20;

	/**
	 * Bytes from which on messages are dropped.
	 */
	static final long MAX_BYTES = 256L << 20;

	/**
	 * What a message takes besides its bytes, about.
	 */
	private static final int OVERHEAD = 256;

	private static final long IDLE_SECONDS = 60;

	private final Consumer<Boolean> reading;

	private final ThreadPoolExecutor thread;

	@GuardedBy("this")
	private long bytes;

	@GuardedBy("this")
	private boolean paused;

	/**
	 * Create an inbox.
	 * @param reading told whether the transport is to deliver, or to cease for a while
	 */
	public Inbox(Consumer<Boolean> reading) {
		this.reading = reading;
		this.thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				new DefaultThreadFactory("socketio-cluster-inbox", true));
		this.thread.allowCoreThreadTimeOut(true);
	}

	/**
	 * Add a message.
	 * @param size its size in bytes
	 * @param task handles it
	 * @return {@code false} if there is no room, or this has ended
	 */
	public boolean add(int size, Runnable task) {
		if (!take(size)) {
			return false;
		}
		try {
			this.thread.execute(() -> {
				try {
					task.run();
				}
				finally {
					give(size);
				}
			});
			return true;
		}
		catch (RejectedExecutionException ex) {
			give(size);
			return false;
		}
	}

	private synchronized boolean take(int size) {
		long bytes = this.bytes + size + OVERHEAD;
		if (bytes > MAX_BYTES) {
			return false;
		}
		this.bytes = bytes;
		if (bytes > HIGH_WATER && !this.paused) {
			this.paused = true;
			this.reading.accept(false);
		}
		return true;
	}

	private synchronized void give(int size) {
		this.bytes -= (long) size + OVERHEAD;
		if (this.paused && this.bytes < HIGH_WATER / 2) {
			this.paused = false;
			this.reading.accept(true);
		}
	}

	/**
	 * Handle what is there and take no more.
	 */
	public void close() {
		this.thread.shutdown();
	}

}
