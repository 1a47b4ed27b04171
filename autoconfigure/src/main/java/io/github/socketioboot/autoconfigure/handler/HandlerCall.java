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

package io.github.socketioboot.autoconfigure.handler;

import java.util.List;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.github.socketioboot.engine.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * What a handler method may ask for in one call. Immutable.
 *
 * @param client the client
 * @param event name of the event, {@code null} unless there is one
 * @param payloads payloads of the event, each of the class that the method declares
 * @param ack answers the client; asked for by no client unless there is an event
 * @param reason why the client left, {@code null} unless it did
 * @param exception what a handler has thrown, {@code null} unless one has
 */
record HandlerCall(SocketIOClient client, @Nullable String event, List<@Nullable Object> payloads, AckRequest ack,
		@Nullable CloseReason reason, @Nullable Throwable exception) {

	static HandlerCall connected(SocketIOClient client) {
		return new HandlerCall(client, null, List.of(), noAck(client), null, null);
	}

	static HandlerCall disconnected(SocketIOClient client, @Nullable CloseReason reason) {
		return new HandlerCall(client, null, List.of(), noAck(client), reason, null);
	}

	static HandlerCall event(SocketIOClient client, String event, List<@Nullable Object> payloads, AckRequest ack) {
		return new HandlerCall(client, event, payloads, ack, null, null);
	}

	HandlerCall failed(Throwable exception) {
		return new HandlerCall(this.client, this.event, List.of(), this.ack, this.reason, exception);
	}

	/**
	 * Return a payload.
	 * @param position its position
	 * @return the payload, or {@code null} if the client sent fewer
	 */
	@Nullable Object payload(int position) {
		return (position < this.payloads.size()) ? this.payloads.get(position) : null;
	}

	private static AckRequest noAck(SocketIOClient client) {
		return new AckRequest(new Packet(PacketType.MESSAGE), client);
	}

}
