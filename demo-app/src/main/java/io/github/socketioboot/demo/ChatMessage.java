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
import java.util.UUID;

/**
 * Something said in a room. Immutable.
 *
 * @param id tells messages apart, also those that a page receives twice
 * @param room the name of the room
 * @param author the name of who said it
 * @param text what was said, as plain text
 * @param at when the server took it, in milliseconds since 1970
 * @since 0.1.0
 */
public record ChatMessage(UUID id, String room, String author, String text, long at) {

	/**
	 * Longest name of an author in characters.
	 */
	public static final int MAX_AUTHOR = 24;

	/**
	 * Longest text in characters.
	 */
	public static final int MAX_TEXT = 500;

	static ChatMessage of(String room, String author, String text, Instant at) {
		return new ChatMessage(UUID.randomUUID(), room, author, text, at.toEpochMilli());
	}

}
