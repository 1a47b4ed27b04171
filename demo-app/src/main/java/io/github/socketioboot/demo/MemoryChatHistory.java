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

import io.github.socketioboot.autoconfigure.SocketIoOperations;
import io.github.socketioboot.autoconfigure.SocketIoServerStartedEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.event.EventListener;

/**
 * Keeps what was said last in memory, alike on all workers: each tells the others what
 * was said, and a new one asks them what it has missed. Gone when all have ended.
 * Thread-safe.
 */
class MemoryChatHistory implements ChatHistory {

	private static final String SAID = "said";

	private static final String RECALL = "recall";

	private static final TypeReference<List<ChatMessage>> MESSAGES = new TypeReference<>() {
	};

	private final SocketIoOperations operations;

	private final ChatRooms rooms;

	private final JsonMapper mapper;

	MemoryChatHistory(SocketIoOperations operations, ChatRooms rooms, JsonMapper mapper) {
		this.operations = operations;
		this.rooms = rooms;
		this.mapper = mapper;
		operations.onServerSideEmit(SAID, (args, answer) -> learn(args));
		operations.onServerSideEmit(RECALL, (args, answer) -> {
			if (answer != null) {
				answer.accept(rooms.all().stream().flatMap((room) -> room.messages().stream()).toList());
			}
		});
	}

	/**
	 * Ask the other workers what was said before this one was there.
	 */
	@EventListener(SocketIoServerStartedEvent.class)
	void recall() {
		this.operations.serverSideEmitWithAck(RECALL).thenAccept((answers) -> answers.forEach(this::learn));
	}

	@Override
	public ChatMessage post(String room, @Nullable String author, @Nullable String text,
			Consumer<ChatMessage> receiver) {
		return this.rooms.named(room).post(author, text, (message) -> {
			receiver.accept(message);
			this.operations.serverSideEmit(SAID, message);
		});
	}

	@Override
	public List<ChatMessage> recent(String room) {
		return this.rooms.named(room).messages();
	}

	private void learn(@Nullable Object messages) {
		this.mapper.convertValue(messages, MESSAGES)
			.forEach((message) -> this.rooms.named(message.room()).add(message));
	}

}
