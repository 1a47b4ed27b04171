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

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A room and the last things said in it. Thread-safe.
 */
final class ChatRoom {

	static final int MAX_MESSAGES = 50;

	private final String name;

	private final InstantSource clock;

	private final TreeSet<ChatMessage> messages = new TreeSet<>(
			Comparator.comparingLong(ChatMessage::at).thenComparing(ChatMessage::id));

	ChatRoom(String name, InstantSource clock) {
		this.name = name;
		this.clock = clock;
	}

	String name() {
		return this.name;
	}

	synchronized ChatMessage post(@Nullable String author, @Nullable String text, Consumer<ChatMessage> receiver) {
		// Kept and handed on under one lock, so that pages of this worker see it
		// in one order
		Instant now = this.clock.instant();
		if (!this.messages.isEmpty()) {
			Instant next = Instant.ofEpochMilli(this.messages.last().at() + 1);
			now = now.isBefore(next) ? next : now;
		}
		ChatMessage message = ChatMessage.of(this.name, ChatText.author(author), ChatText.text(text), now);
		add(message);
		receiver.accept(message);
		return message;
	}

	/**
	 * Keep a message. One that is kept already changes nothing.
	 * @param message the message
	 */
	synchronized void add(ChatMessage message) {
		this.messages.add(message);
		if (this.messages.size() > MAX_MESSAGES) {
			this.messages.pollFirst();
		}
	}

	synchronized List<ChatMessage> messages() {
		return List.copyOf(this.messages);
	}

}
