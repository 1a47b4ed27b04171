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

package io.github.socketioboot.docs;

import java.util.Set;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.SocketIoOperations;

import org.springframework.stereotype.Component;

/**
 * Rooms, of docs/rooms-and-broadcasts.md.
 */
@Component
class KitchenHandler {

	private final SocketIoOperations sockets;

	KitchenHandler(SocketIoOperations sockets) {
		this.sockets = sockets;
	}

	@OnEvent("enter")
	Set<String> enter(SocketIOClient client, String room) {
		client.joinRoom(room);
		return client.getAllRooms();
	}

	@OnEvent("leave")
	Set<String> leave(SocketIOClient client, String room) {
		client.leaveRoom(room);
		return client.getAllRooms();
	}

	@OnEvent("say")
	void say(SocketIOClient client, String room, String text) {
		this.sockets.to(room).except(client.getSessionId().toString()).emit("said", text);
	}

}
