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

package io.github.socketioboot.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Spares callers the wait for a store that does not answer: after a failure nothing is
 * tried for a while, then by one of them. Thread-safe.
 */
final class Pause {

	private static final long NONE = 0;

	private final long nanos;

	/**
	 * When the pause ends, or {@link #NONE}.
	 */
	private final AtomicLong end = new AtomicLong(NONE);

	Pause(Duration length) {
		this.nanos = length.toNanos();
	}

	/**
	 * Call a store unless it has failed just now.
	 * @param <T> type of the answer
	 * @param call calls the store
	 * @return its answer
	 * @throws HistoryUnavailableException if it fails, or is not called
	 */
	<T> @Nullable T unlessPaused(Supplier<@Nullable T> call) {
		long seen = this.end.get();
		if (seen != NONE && (seen - System.nanoTime() > 0 || !this.end.compareAndSet(seen, after()))) {
			throw new HistoryUnavailableException(null);
		}
		try {
			T answer = call.get();
			this.end.set(NONE);
			return answer;
		}
		catch (DataAccessException ex) {
			this.end.set(after());
			throw new HistoryUnavailableException(ex);
		}
	}

	private long after() {
		// Never NONE
		return (System.nanoTime() + this.nanos) | 1;
	}

}
