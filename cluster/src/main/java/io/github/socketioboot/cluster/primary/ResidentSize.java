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

package io.github.socketioboot.cluster.primary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory this process takes. Looked at now and then by another thread, so that
 * no event loop reads a file. Thread-safe.
 */
final class ResidentSize {

	private static final Path STATM = Path.of("/proc/self/statm");

	private static final long PAGE_SIZE = 4096;

	private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);

	private volatile long bytes;

	/**
	 * Return the size when last looked at.
	 * @return size in bytes, or 0 if it is not known
	 */
	long bytes() {
		long last = this.lookedAt.get();
		long now = System.nanoTime();
		if (now - last >= INTERVAL_NANOS && this.lookedAt.compareAndSet(last, now)) {
			CompletableFuture.runAsync(() -> this.bytes = read());
		}
		return this.bytes;
	}

	private static long read() {
		try {
			String[] pages = Files.readString(STATM).split(" ");
			return Long.parseLong(pages[1]) * PAGE_SIZE;
		}
		catch (IOException | RuntimeException ex) {
			// Not on this platform
			return 0;
		}
	}

}
