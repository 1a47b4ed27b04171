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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.SocketIoOperations;
import io.github.socketioboot.engine.adapter.MissingResponsesException;
import io.github.socketioboot.engine.adapter.SocketDetails;

import org.springframework.stereotype.Component;

/**
 * Broadcasts, of docs/rooms-and-broadcasts.md.
 */
@Component
class Announcements {

	private final SocketIoOperations sockets;

	private final SocketIOServer server;

	Announcements(SocketIoOperations sockets, SocketIOServer server) {
		this.sockets = sockets;
		this.server = server;
	}

	void announce() {
		this.sockets.emit("news", "all of the namespace /");
		this.sockets.of("/admin").emit("news", "all of the namespace /admin");
		this.sockets.to("tea", "coffee").except("asleep").emit("news", "each of these once");
		this.sockets.local().emit("news", "those of this process");
		this.sockets.volatile_().emit("price", 101.5); // may be missed
	}

	void tellOne(String socketId) {
		this.sockets.to(socketId).emit("news", "one socket, wherever it is");
	}

	void rearrange() {
		this.sockets.in("tea").socketsJoin("hot-drinks");
		this.sockets.in("coffee").socketsLeave("open");
		this.sockets.in("closed").disconnectSockets(true);
	}

	CompletableFuture<List<String>> who(String room) {
		return this.sockets.in(room)
			.fetchSockets()
			.thenApply((sockets) -> sockets.stream().map(SocketDetails::id).sorted().toList());
	}

	int count(String room) {
		try {
			return this.sockets.in(room).fetchSockets().join().size();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof MissingResponsesException missing) {
				return missing.responses().size(); // those of the servers that answered
			}
			throw ex;
		}
	}

	void nettySocketIo(SocketIOClient client) {
		BroadcastOperations room = this.server.getRoomOperations("tea");
		room.sendEvent("news", "everybody in the room");
		room.sendEvent("news", client, "everybody but one");
		client.getNamespace().getRoomOperations("tea").sendEvent("news", "of one namespace");
	}

}
