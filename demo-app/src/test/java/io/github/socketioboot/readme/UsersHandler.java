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

package io.github.socketioboot.readme;

import java.security.Principal;
import java.util.List;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.SocketIoOperations;

// No component, or the demo would find it in tests
class UsersHandler {

	private final SocketIoOperations sockets;

	UsersHandler(SocketIoOperations sockets) {
		this.sockets = sockets;
	}

	@OnConnect
	void connected(SocketIOClient client, Principal user) {
		client.set("name", user.getName());
		client.joinRoom("users");
		client.joinRoom("user:" + user.getName());
	}

	@OnEvent("who")
	List<String> who() {
		return this.sockets.in("users") // of all servers
			.fetchSockets()
			.join() // handlers may wait
			.stream()
			.map((socket) -> String.valueOf(socket.data("name")))
			.sorted()
			.toList();
	}

	@OnEvent("note")
	void note(String user, String text) {
		this.sockets.to("user:" + user).emit("note", text);
	}

}
