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

package io.github.socketioboot.test.chat;

import java.security.Principal;
import java.util.Map;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.SocketIoOperations;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

@Component
public class ChatHandler {

	private final SocketIoOperations sockets;

	private final Greetings greetings;

	ChatHandler(SocketIoOperations sockets, Greetings greetings) {
		this.sockets = sockets;
		this.greetings = greetings;
	}

	@OnConnect
	void connected(SocketIOClient client, @Nullable Principal principal) {
		client.joinRoom("chat");
		client.sendEvent("welcome", this.greetings.of((principal != null) ? principal.getName() : "you"));
	}

	@OnEvent("say")
	Said say(SocketIOClient client, String text) {
		Said said = new Said(client.getSessionId().toString(), text);
		this.sockets.to("chat").emit("said", said);
		return said;
	}

	@OnEvent("bytes")
	byte[] bytes(byte[] bytes) {
		return bytes;
	}

	@OnEvent("echo")
	Map<String, Object> echo(Map<String, Object> value) {
		return value;
	}

	@OnEvent("leave")
	void leave(SocketIOClient client) {
		client.disconnect();
	}

	@OnEvent("silence")
	void silence() {
	}

	public record Said(String from, String text) {

	}

}
