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

import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Rooms of the chat, fixed when the application starts. Thread-safe.
 */
@Component
class ChatRooms {

	private final Map<String, ChatRoom> rooms;

	ChatRooms(ChatProperties properties) {
		Map<String, ChatRoom> named = new LinkedHashMap<>();
		properties.rooms().forEach((name) -> named.put(name, new ChatRoom(name, InstantSource.system())));
		this.rooms = Collections.unmodifiableMap(named);
	}

	Collection<ChatRoom> all() {
		return this.rooms.values();
	}

	ChatRoom named(@Nullable String name) {
		ChatRoom room = (name != null) ? this.rooms.get(name) : null;
		if (room == null) {
			throw new ChatRefusedException("There is no such room");
		}
		return room;
	}

}
