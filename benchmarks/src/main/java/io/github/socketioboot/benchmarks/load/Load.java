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

package io.github.socketioboot.benchmarks.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Clients of one server and the work they do. The driver's thread calls {@link #open()},
 * {@link #run(long)} and {@link #close()}; the rest happens on the client's event loop,
 * which alone touches the counts.
 */
abstract class Load implements AutoCloseable, LoadClient.FailureListener {

	static final int MAX_CONNECTING = 100;

	private static final int LIMIT_SECONDS = 180;

	private final TargetServer server;

	private final LoadClient client;

	private volatile @Nullable CompletableFuture<Long> result;

	private volatile @Nullable Throwable failure;

	private volatile boolean closing;

	private long expected;

	private long completed;

	Load(TargetServer server, LoadClient client) {
		this.server = server;
		this.client = client;
	}

	final TargetServer server() {
		return this.server;
	}

	final LoadClient client() {
		return this.client;
	}

	/**
	 * Opens the clients that the load keeps, and waits for them.
	 */
	abstract void open();

	/**
	 * Does the work and waits until it is done.
	 * @param times how often to do it, at least 1
	 * @return the number of operations that were completed
	 */
	abstract long run(long times);

	/**
	 * Runs a step on the event loop and waits for the operations it brings about.
	 * @param operations the number of operations to wait for
	 * @param start starts them, given their number
	 * @return the number of completed operations
	 */
	final long await(long operations, LongConsumer start) {
		CompletableFuture<Long> future = expect(operations, start);
		return await(future);
	}

	final CompletableFuture<Long> expect(long operations, LongConsumer start) {
		CompletableFuture<Long> future = new CompletableFuture<>();
		this.result = future;
		Throwable cause = this.failure;
		if (cause != null) {
			future.completeExceptionally(cause);
			return future;
		}
		this.client.eventLoop().execute(() -> {
			this.expected = operations;
			this.completed = 0;
			try {
				start.accept(operations);
			}
			catch (RuntimeException ex) {
				onFailure(ex);
			}
		});
		return future;
	}

	final long await(CompletableFuture<Long> future) {
		try {
			return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(this.server.label() + " failed: " + ex.getCause(), ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException(this.server.label() + " completed " + this.completed + " of "
					+ this.expected + " operations in " + LIMIT_SECONDS + " s", ex);
		}
	}

	/**
	 * Counts one operation. Event loop only.
	 */
	final void completed() {
		this.completed++;
		if (this.completed == this.expected) {
			CompletableFuture<Long> future = this.result;
			if (future != null) {
				future.complete(this.completed);
			}
		}
	}

	final boolean isClosing() {
		return this.closing;
	}

	@Override
	public final void onFailure(Throwable cause) {
		if (this.closing) {
			return;
		}
		this.failure = cause;
		CompletableFuture<Long> future = this.result;
		if (future != null) {
			future.completeExceptionally(cause);
		}
	}

	@Override
	public final void close() {
		this.closing = true;
		CompletableFuture<Void> closed = new CompletableFuture<>();
		this.client.eventLoop().execute(() -> {
			closeClients();
			closed.complete(null);
		});
		closed.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
	}

	/**
	 * Drops the clients. Event loop only.
	 */
	abstract void closeClients();

}
