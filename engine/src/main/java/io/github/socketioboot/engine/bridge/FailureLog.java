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

package io.github.socketioboot.engine.bridge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;

/**
 * Logs failures of the application's own code at ERROR, at most once per
 * {@link #INTERVAL_SECONDS}; those between at DEBUG. Thread-safe.
 */
final class FailureLog {

	static final long INTERVAL_SECONDS = 10;

	private static final long INTERVAL = TimeUnit.SECONDS.toNanos(INTERVAL_SECONDS);

	private final Logger logger;

	private final AtomicLong next = new AtomicLong(System.nanoTime());

	private final LongAdder left = new LongAdder();

	FailureLog(Logger logger) {
		this.logger = logger;
	}

	void log(String message, Throwable failure) {
		long now = System.nanoTime();
		long due = this.next.get();
		if (now - due >= 0 && this.next.compareAndSet(due, now + INTERVAL)) {
			long suppressed = this.left.sumThenReset();
			this.logger.error("{} ({} failures before it were logged at DEBUG)", message, suppressed, failure);
		}
		else {
			this.left.increment();
			this.logger.debug(message, failure);
		}
	}

}
