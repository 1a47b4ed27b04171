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

package com.example.chat;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.SocketIoOperations;

import org.springframework.stereotype.Component;

@Component
class ChatHandler {

	private final SocketIoOperations sockets;

	ChatHandler(SocketIoOperations sockets) {
		this.sockets = sockets;
	}

	@OnConnect
	void connected(SocketIOClient client) {
		client.joinRoom("chat");
	}

	@OnEvent("say")
	Said say(SocketIOClient client, String text) {
		Said said = new Said(client.getSessionId().toString(), text);
		this.sockets.to("chat").emit("said", said); // everybody in the room
		return said; // answers the client's acknowledgement
	}

	record Said(String from, String text) {
	}

}
