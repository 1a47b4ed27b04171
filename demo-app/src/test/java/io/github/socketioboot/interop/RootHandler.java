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

package io.github.socketioboot.interop;

import java.util.List;
import java.util.Map;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.SocketIoOperations;

/**
 * Events of the namespace {@code /}.
 */
public class RootHandler {

	private final SocketIOServer server;

	private final SocketIoOperations operations;

	RootHandler(SocketIOServer server, SocketIoOperations operations) {
		this.server = server;
		this.operations = operations;
	}

	@OnEvent("transport")
	public String transport(SocketIOClient client) {
		return client.getTransport().getValue();
	}

	@OnEvent("echo-text")
	public String echoText(String text) {
		return text;
	}

	@OnEvent("echo-json")
	public Map<String, Object> echoJson(Map<String, Object> value) {
		return value;
	}

	@OnEvent("echo-pair")
	public void echoPair(AckRequest ack, String text, Map<String, Object> value) {
		ack.sendAckData(text, value);
	}

	@OnEvent("echo-binary")
	public byte[] echoBinary(byte[] data) {
		return data;
	}

	@OnEvent("say-back")
	public void sayBack(SocketIOClient client, Map<String, Object> value) {
		client.sendEvent("said", value);
	}

	@OnEvent("ask-me")
	public void askMe(SocketIOClient client, String text) {
		client.sendEvent("question", answered(client, "answered", String.class), text);
	}

	@OnEvent("ask-me-binary")
	public void askMeBinary(SocketIOClient client, byte[] data) {
		client.sendEvent("binary-question", answered(client, "binary-answered", byte[].class), data);
	}

	private static <T> AckCallback<T> answered(SocketIOClient client, String event, Class<T> type) {
		return new AckCallback<>(type) {

			@Override
			public void onSuccess(T answer) {
				client.sendEvent(event, answer);
			}

		};
	}

	@OnEvent("wrap-binary")
	public void wrapBinary(SocketIOClient client, String label, byte[] data) {
		client.sendEvent("wrapped", Map.of("label", label, "data", data, "more", List.of(new byte[] { 1 })));
	}

	@OnEvent("number-back")
	public void numberBack(SocketIOClient client, int number) {
		client.sendEvent("number", number);
	}

	@OnEvent("count")
	public void count(SocketIOClient client, int count) {
		for (int i = 0; i < count; i++) {
			client.sendEvent("number", i);
		}
	}

	@OnEvent("join")
	public void join(SocketIOClient client, AckRequest ack, String room) {
		client.joinRoom(room);
		ack.sendAckData();
	}

	@OnEvent("leave")
	public void leave(SocketIOClient client, AckRequest ack, String room) {
		client.leaveRoom(room);
		ack.sendAckData();
	}

	@OnEvent("shout")
	public void shout(SocketIOClient client, AckRequest ack, String room, String text) {
		this.operations.to(room, room + "-2").except(client.getSessionId().toString()).emit("shouted", text);
		ack.sendAckData();
	}

	@OnEvent("perhaps")
	public void perhaps(SocketIOClient client) {
		this.operations.to(client.getSessionId().toString()).volatile_().emit("perhaps");
	}

	@OnEvent("kick")
	public void kick(SocketIOClient client) {
		client.disconnect();
	}

	@OnEvent("call-me")
	public void callMe(SocketIOClient client, AckRequest ack, String name) {
		client.set("name", name);
		ack.sendAckData();
	}

	@OnDisconnect
	public void disconnected(SocketIOClient client) {
		String name = client.get("name");
		if (name != null) {
			this.server.getBroadcastOperations().sendEvent("left", name);
		}
	}

}
