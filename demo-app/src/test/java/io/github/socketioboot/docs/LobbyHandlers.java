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

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.SocketIoOperations;
import io.github.socketioboot.autoconfigure.handler.SocketIoNamespace;
import io.github.socketioboot.engine.session.CloseReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Handlers as written for Node's server, of docs/migration-from-node.md.
 */
final class LobbyHandlers {

	private LobbyHandlers() {
	}

	@Component
	static class Lobby {

		private static final Logger logger = LoggerFactory.getLogger(Lobby.class);

		private final SocketIoOperations sockets;

		Lobby(SocketIoOperations sockets) {
			this.sockets = sockets;
		}

		@OnConnect
		void connected(SocketIOClient client) {
			client.joinRoom("lobby");
		}

		@OnEvent("chat")
		String chat(SocketIOClient client, Message message) {
			String sender = client.getSessionId().toString();
			this.sockets.to("lobby").except(sender).emit("chat", message);
			return "heard";
		}

		@OnEvent("who")
		int who() {
			return this.sockets.in("lobby").fetchSockets().join().size();
		}

		@OnDisconnect
		void disconnected(SocketIOClient client, CloseReason reason) {
			logger.info("{} has left: {}", client.getSessionId(), reason);
		}

		record Message(String from, String text) {
		}

	}

	@Component
	@SocketIoNamespace("/admin")
	static class Admin {

		@OnEvent("ping")
		String ping() {
			return "pong";
		}

	}

}
