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

import java.util.concurrent.Executor;

/**
 * Threads for handlers that may block. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HandlerPool implements Executor {

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
		throw new UnsupportedOperationException("" + maxThreads);
	}

	@Override
	public void execute(Runnable task) {
		throw new UnsupportedOperationException();
	}

	/**
	 * End the threads once all tasks have run. Returns at once.
	 */
	public void close() {
		throw new UnsupportedOperationException();
	}

}
