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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.corundumstudio.socketio.SocketIOClient;
import io.github.socketioboot.autoconfigure.SocketIoOperations;
import io.github.socketioboot.engine.adapter.SocketDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Who is where, whatever worker serves them, and tells it to the pages. A page is in the
 * room of its name besides that of its chat, so that asking the sockets is enough and no
 * worker keeps a list of its own that could be wrong. Thread-safe.
 */
@Component
class Presence {

	private static final String CHANGED = "presence-changed";

	private static final String NAME = "name:";

	private static final long RETRY_MILLIS = 500;

	private final SocketIoOperations operations;

	private final ChatRooms rooms;

	private final Executor later = CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS);

	private final AtomicInteger changes = new AtomicInteger();

	Presence(SocketIoOperations operations, ChatRooms rooms) {
		this.operations = operations;
		this.rooms = rooms;
		operations.onServerSideEmit(CHANGED, (args, answer) -> refresh());
	}

	/**
	 * Note that a page is in a room now.
	 * @param client the page's socket
	 * @param room the room
	 * @param name the name to show there
	 */
	void enter(SocketIOClient client, String room, String name) {
		client.joinRoom(NAME + name);
		client.joinRoom(room);
		changed();
	}

	/**
	 * Note that a page is not in a room any more.
	 * @param client the page's socket
	 * @param room the room
	 * @param name the name it had there
	 */
	void leave(SocketIOClient client, String room, String name) {
		client.leaveRoom(room);
		client.leaveRoom(NAME + name);
		changed();
	}

	/**
	 * Ask who is where now.
	 * @return the names of those in each room, in the order of the rooms; of those alone
	 * that this worker serves if another one does not answer
	 */
	CompletableFuture<Map<String, List<String>>> people() {
		return this.operations.fetchSockets()
			.exceptionallyCompose((failure) -> this.operations.local().fetchSockets())
			.thenApply(this::byRoom);
	}

	private void changed() {
		refresh();
		this.operations.serverSideEmit(CHANGED);
	}

	private void refresh() {
		if (this.changes.getAndIncrement() == 0) {
			tell();
		}
	}

	private void tell() {
		// Each worker tells its own pages, one thing after the other: two that told all
		// pages could overtake each other, and the older truth would stay
		int seen = this.changes.get();
		this.operations.fetchSockets().whenComplete((sockets, failure) -> {
			if (sockets != null) {
				tell(byRoom(sockets));
			}
			if (failure != null) {
				this.later.execute(this::tell);
			}
			else if (!this.changes.compareAndSet(seen, 0)) {
				tell();
			}
		});
	}

	private void tell(Map<String, List<String>> people) {
		SocketIoOperations local = this.operations.local();
		people.forEach((room, names) -> local.to(room).emit("people", new People(room, names)));
		local.emit("rooms", summaries(people));
	}

	static List<RoomSummary> summaries(Map<String, List<String>> people) {
		return people.entrySet()
			.stream()
			.map((room) -> new RoomSummary(room.getKey(), room.getValue().size()))
			.toList();
	}

	private Map<String, List<String>> byRoom(List<SocketDetails> sockets) {
		Map<String, List<String>> people = new LinkedHashMap<>();
		this.rooms.all()
			.forEach((room) -> people.put(room.name(),
					sockets.stream()
						.filter((socket) -> socket.rooms().contains(room.name()))
						.map(Presence::name)
						.filter(Objects::nonNull)
						.sorted(String.CASE_INSENSITIVE_ORDER)
						.toList()));
		return people;
	}

	private static @Nullable String name(SocketDetails socket) {
		return socket.rooms()
			.stream()
			.filter((room) -> room.startsWith(NAME))
			.map((room) -> room.substring(NAME.length()))
			.findFirst()
			.orElse(null);
	}

}
