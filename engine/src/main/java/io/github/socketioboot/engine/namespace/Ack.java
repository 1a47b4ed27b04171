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

import java.util.List;

/**
 * The answer that a client awaits to one of its events. Thread-safe. Answered once: later
 * answers are ignored, and so are those to a client that has left.
 *
 * @since 0.1.0
 */
public interface Ack {

	/**
	 * Answer.
	 * @param args arguments of the answer
	 * @throws IllegalArgumentException if they cannot be written as JSON; the ack may be
	 * answered otherwise then
	 */
	void send(List<?> args);

	/**
	 * Note that nobody is going to answer, so that a drain does not wait for it. An
	 * answer that is given all the same is sent.
	 */
	default void abandon() {
	}

	/**
	 * Return whether an answer was given.
	 * @return {@code true} after the first {@link #send}
	 */
	boolean isSent();

}
