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

package io.github.socketioboot.engine.namespace;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import org.jspecify.annotations.Nullable;

/**
 * Asks the handler whether a client may enter the namespace, on a handler thread, and
 * brings the answer to the loop.
 */
final class Admission extends HandlerTask implements Runnable {

	/**
	 * Message for clients that are refused because the handler failed.
	 */
	private static final String FAILED = "Internal server error";

	/**
	 * Message for clients whose socket the handler disconnected.
	 */
	private static final String DISCONNECTED = "Disconnected";

	private @Nullable Socket socket;

	private @Nullable EncodedPacket answer;

	private boolean admitted;

	@Override
	void run(Socket socket, NamespaceHandler handler) {
		this.socket = socket;
		try {
			handler.authenticate(socket, socket.auth());
			if (socket.isRejected()) {
				this.answer = refusal(socket, DISCONNECTED, null);
			}
			else {
				this.answer = admission(socket);
				this.admitted = true;
			}
		}
		catch (ConnectRefusedException ex) {
			this.answer = refusal(socket, ex.reason(), ex.data());
		}
		catch (Throwable ex) {
			this.answer = refusal(socket, FAILED, null);
			handler.onError(socket, ex);
		}
		finally {
			if (!socket.runOnLoop(this) && this.answer != null) {
				this.answer.release();
			}
		}
	}

	/**
	 * Bring the answer. Called on the loop.
	 */
	@Override
	public void run() {
		Socket socket = this.socket;
		EncodedPacket answer = this.answer;
		this.socket = null;
		this.answer = null;
		if (socket == null || answer == null) {
			return;
		}
		try {
			if (this.admitted) {
				socket.connection().admit(socket, answer);
			}
			else {
				socket.connection().refuse(socket, answer);
			}
		}
		finally {
			answer.release();
		}
	}

	private static EncodedPacket admission(Socket socket) {
		Map<String, Object> data = (socket.version() == EngineVersion.V3) ? null : Map.of("sid", socket.id());
		return socket.namespace()
			.encoder()
			.encode(SocketPacketType.CONNECT, socket.namespace().name(), SocketPacket.NO_ID, data);
	}

	private static EncodedPacket refusal(Socket socket, String message, @Nullable Object data) {
		SocketPacketEncoder encoder = socket.namespace().encoder();
		String namespace = socket.namespace().name();
		try {
			return refusal(encoder, namespace, socket.version(), message, data);
		}
		catch (IllegalArgumentException ex) {
			// The data cannot be written as JSON
			return refusal(encoder, namespace, socket.version(), message, null);
		}
	}

	private static EncodedPacket refusal(SocketPacketEncoder encoder, String namespace, EngineVersion version,
			String message, @Nullable Object data) {
		if (version == EngineVersion.V3) {
			return encoder.encode(SocketPacketType.CONNECT_ERROR, namespace, SocketPacket.NO_ID,
					(data != null) ? data : message);
		}
		return refusal(encoder, namespace, message, data);
	}

	/**
	 * Encode a refusal in the form that names its message.
	 * @param encoder encoder
	 * @param namespace name of the namespace, as the client sent it
	 * @param message message for the client
	 * @param data data for the client, or {@code null} for none
	 * @return the packet, which the caller releases
	 */
	static EncodedPacket refusal(SocketPacketEncoder encoder, String namespace, String message, @Nullable Object data) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>(4);
		body.put("message", message);
		if (data != null) {
			body.put("data", data);
		}
		return encoder.encode(SocketPacketType.CONNECT_ERROR, namespace, SocketPacket.NO_ID, body);
	}

}
