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

package io.github.socketioboot.cluster.redis;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Messages that wait until it is known whether they are wanted, in order. Bounded in
 * messages and bytes. For one thread.
 */
final class Backlog {

	/**
	 * Most messages that wait.
	 */
	static final int MAX_MESSAGES = 20_000;

	/**
	 * Most bytes that wait.
	 */
	static final int MAX_BYTES = 32 << 20;

	private final ArrayDeque<ClassicMessage> messages = new ArrayDeque<>();

	private long bytes;

	/**
	 * Add a message at the end.
	 * @param message the message
	 * @return {@code false} if there is no room
	 */
	boolean add(ClassicMessage message) {
		if (this.messages.size() >= MAX_MESSAGES || this.bytes + message.bytes().length > MAX_BYTES) {
			return false;
		}
		this.messages.addLast(message);
		this.bytes += message.bytes().length;
		return true;
	}

	/**
	 * Take all messages out.
	 * @param taker takes them
	 */
	void drain(Consumer<ClassicMessage> taker) {
		this.bytes = 0;
		for (ClassicMessage message = this.messages.pollFirst(); message != null; message = this.messages.pollFirst()) {
			taker.accept(message);
		}
	}

	void clear() {
		this.messages.clear();
		this.bytes = 0;
	}

}
