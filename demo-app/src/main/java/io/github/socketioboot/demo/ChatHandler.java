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
import java.util.Map;
import java.util.function.Supplier;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The chat's side of the wire. Events of one page arrive one at a time, in order; those
 * of different pages at the same time.
 *
 * @since 0.1.0
 */
@Component
public class ChatHandler {

	private static final String NAME = "name";

	private static final String ROOM = "room";

	private final SocketIOServer server;

	private final ChatHistory history;

	private final ChatRooms rooms;

	private final Presence presence;

	private final ServedBy self;

	ChatHandler(SocketIOServer server, ChatHistory history, ChatRooms rooms, Presence presence,
			ServedBy.Source servedBy) {
		this.server = server;
		this.history = history;
		this.rooms = rooms;
		this.presence = presence;
		this.self = servedBy.self();
	}

	/**
	 * Tell a new page who serves it and which rooms there are.
	 * @param client the page's socket
	 */
	@OnConnect
	public void connected(SocketIOClient client) {
		client.sendEvent("worker", this.self);
		this.presence.people().thenAccept((people) -> client.sendEvent("rooms", Presence.summaries(people)));
	}

	/**
	 * Bring the page into a room, out of the one it was in.
	 * @param client the page's socket
	 * @param request the room and the name to use there
	 * @return who is there and what was said, or the reason why not
	 */
	@OnEvent("join")
	public Reply join(SocketIOClient client, @Nullable JoinRequest request) {
		return orRefused(() -> {
			ChatRoom room = this.rooms.named((request != null) ? request.room() : null);
			String name = ChatText.author((request != null) ? request.name() : null);
			leaveRoom(client);
			client.set(NAME, name);
			client.set(ROOM, room.name());
			this.presence.enter(client, room.name(), name);
			// Handlers have threads of their own, so that this one may wait
			Map<String, List<String>> people = this.presence.people().join();
			// After joining: a message of this very moment then comes twice rather than
			// not at all
			List<String> here = people.getOrDefault(room.name(), List.of());
			try {
				return new Reply.Joined(room.name(), here, this.history.recent(room.name()), true);
			}
			catch (HistoryUnavailableException ex) {
				return new Reply.Joined(room.name(), here, List.of(), false);
			}
		});
	}

	/**
	 * Say something in the room the page is in. The others there receive it; the page
	 * itself learns by the answer that it has been said.
	 * @param client the page's socket
	 * @param text what to say
	 * @return the id of the message, or the reason why it was refused
	 */
	@OnEvent("message")
	public Reply message(SocketIOClient client, @Nullable String text) {
		return orRefused(() -> {
			String room = room(client);
			ChatMessage message = this.history.post(room, client.get(NAME), text,
					(posted) -> this.server.getRoomOperations(room).sendEvent("message", client, posted));
			return new Reply.Posted(message.id(), message.at());
		});
	}

	/**
	 * Tell the others in the room whether the page's user is typing.
	 * @param client the page's socket
	 * @param active whether they are typing now
	 */
	@OnEvent("typing")
	public void typing(SocketIOClient client, @Nullable Boolean active) {
		String room = client.get(ROOM);
		String name = client.get(NAME);
		if (room != null && name != null) {
			this.server.getRoomOperations(room)
				.sendEvent("typing", client, new Typing(client.getSessionId(), name, Boolean.TRUE.equals(active)));
		}
	}

	/**
	 * Answer at once, so that the page can show how long an answer takes and who gives
	 * it.
	 * @param value anything, comes back
	 * @return who answers, and the value
	 */
	@OnEvent("echo")
	public Echo echo(@Nullable Object value) {
		return new Echo(this.self, value);
	}

	/**
	 * Take the page out of its room.
	 * @param client the page's socket
	 */
	@OnDisconnect
	public void disconnected(SocketIOClient client) {
		leaveRoom(client);
	}

	private void leaveRoom(SocketIOClient client) {
		String room = client.get(ROOM);
		String name = client.get(NAME);
		if (room != null && name != null) {
			client.del(ROOM);
			this.presence.leave(client, room, name);
		}
	}

	private static String room(SocketIOClient client) {
		String room = client.get(ROOM);
		if (room == null) {
			throw new ChatRefusedException("Join a room first");
		}
		return room;
	}

	private static Reply orRefused(Supplier<Reply> action) {
		try {
			return action.get();
		}
		catch (ChatRefusedException ex) {
			return new Reply.Refused(String.valueOf(ex.getMessage()));
		}
	}

}
