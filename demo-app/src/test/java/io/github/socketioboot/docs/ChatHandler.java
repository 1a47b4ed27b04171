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

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnEvent;

import org.springframework.stereotype.Component;

/**
 * Handlers that are the same before and after, of docs/migration-from-netty-socketio.md.
 */
@Component
public class ChatHandler {

	private final SocketIOServer server;

	ChatHandler(SocketIOServer server) {
		this.server = server;
	}

	@OnConnect
	public void connected(SocketIOClient client) {
		client.joinRoom("lobby");
	}

	@OnEvent("chat")
	public void chat(SocketIOClient client, Message message, AckRequest ack) {
		this.server.getRoomOperations("lobby").sendEvent("chat", client, message);
		ack.sendAckData("heard");
	}

	public record Message(String from, String text) {
	}

}
