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

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What was said last in the rooms, the same whichever worker is asked. Thread-safe; may
 * block for as long as a store takes, which is bounded, and so is not for event loops.
 */
interface ChatHistory {

	/**
	 * Say something in a room. That the history cannot be written hinders nobody.
	 * @param room the name of the room
	 * @param author who says it
	 * @param text what to say
	 * @param receiver hands it to those who are to read it
	 * @return the message as everybody sees it
	 * @throws ChatRefusedException if the chat cannot take it
	 */
	ChatMessage post(String room, @Nullable String author, @Nullable String text, Consumer<ChatMessage> receiver);

	/**
	 * Return what was said last in a room.
	 * @param room the name of the room
	 * @return at most {@value ChatRoom#MAX_MESSAGES} messages, oldest first
	 * @throws ChatRefusedException if there is no such room
	 * @throws HistoryUnavailableException if it cannot be told now
	 */
	List<ChatMessage> recent(String room);

}
