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

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the handler queues that have something to do. Thread-safe.
 */
final class Activity {

	private final LongAdder begun = new LongAdder();

	private final LongAdder ended = new LongAdder();

	void begin() {
		this.begun.increment();
	}

	void end() {
		this.ended.increment();
	}

	/**
	 * Return whether there was a moment during the call at which no queue had anything to
	 * do. Holds because both counts only grow and ends are read first.
	 * @return {@code true} if all was quiet
	 */
	boolean isQuiet() {
		long ended = this.ended.sum();
		return ended == this.begun.sum();
	}

}
