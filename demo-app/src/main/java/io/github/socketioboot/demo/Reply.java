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
import java.util.UUID;

/**
 * What the chat answers to an event of a page.
 */
sealed interface Reply {

	/**
	 * The page is in the room.
	 *
	 * @param room the name of the room
	 * @param people the names of those in it
	 * @param messages what was said last, oldest first
	 * @param historyAvailable whether that could be told; if not, there are no messages
	 */
	record Joined(String room, List<String> people, List<ChatMessage> messages,
			boolean historyAvailable) implements Reply {
	}

	/**
	 * The message has been handed to everybody in the room.
	 *
	 * @param id the id of the message
	 * @param at when the server took it, in milliseconds since 1970
	 */
	record Posted(UUID id, long at) implements Reply {
	}

	/**
	 * Nothing was done.
	 *
	 * @param error the reason, for people
	 */
	record Refused(String error) implements Reply {
	}

}
