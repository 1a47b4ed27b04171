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

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.socketioboot.autoconfigure.SocketIoOperations;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The chat for programs that speak HTTP only.
 *
 * @since 0.1.0
 */
@RestController
@RequestMapping("/api/rooms")
public class RoomsController {

	private final SocketIoOperations operations;

	private final ChatHistory history;

	private final Presence presence;

	RoomsController(SocketIoOperations operations, ChatHistory history, Presence presence) {
		this.operations = operations;
		this.history = history;
		this.presence = presence;
	}

	/**
	 * List the rooms.
	 * @return each room and how many people are in it
	 */
	@GetMapping
	CompletableFuture<List<RoomSummary>> rooms() {
		return this.presence.people().thenApply(Presence::summaries);
	}

	/**
	 * List what was said last in a room.
	 * @param room the name of the room
	 * @return the messages, oldest first; 503 if they cannot be told now
	 */
	@GetMapping("/{room}/messages")
	List<ChatMessage> messages(@PathVariable String room) {
		return this.history.recent(room);
	}

	/**
	 * Say something in a room; its pages see it at once.
	 * @param room the name of the room
	 * @param posted who says what
	 * @return the message as everybody sees it
	 */
	@PostMapping("/{room}/messages")
	ResponseEntity<ChatMessage> post(@PathVariable String room, @RequestBody PostedMessage posted) {
		ChatMessage message = this.history.post(room, posted.author(), posted.text(),
				(taken) -> this.operations.to(room).emit("message", taken));
		return ResponseEntity.created(URI.create("/api/rooms/" + room + "/messages")).body(message);
	}

	@ExceptionHandler
	ProblemDetail refused(ChatRefusedException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	ProblemDetail unavailable(HistoryUnavailableException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(ex.getMessage()));
	}

	/**
	 * What a program wants to say.
	 *
	 * @param author the name to show
	 * @param text what to say
	 */
	record PostedMessage(@Nullable String author, @Nullable String text) {
	}

}
