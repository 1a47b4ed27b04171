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

package io.github.socketioboot.engine.bridge;

import java.util.List;
import java.util.Map;

import com.corundumstudio.socketio.AuthTokenResult;
import io.github.socketioboot.engine.namespace.Ack;
import io.github.socketioboot.engine.namespace.ConnectRefusedException;
import io.github.socketioboot.engine.namespace.EventOutcome;
import io.github.socketioboot.engine.namespace.NamespaceHandler;
import io.github.socketioboot.engine.namespace.Socket;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.session.CloseReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes what happens to the sockets of a namespace to netty-socketio's listeners.
 */
final class NamespaceBridge implements NamespaceHandler {

	private static final Logger logger = LoggerFactory.getLogger(NamespaceBridge.class);

	private static final String MESSAGE = "message";

	private static final String DATA = "data";

	/**
	 * What a refused client is told when the listener gave no message.
	 */
	static final String DEFAULT_MESSAGE = "Not authorized";

	private final EngineSocketIONamespace namespace;

	NamespaceBridge(EngineSocketIONamespace namespace) {
		this.namespace = namespace;
	}

	EngineSocketIONamespace namespace() {
		return this.namespace;
	}

	@Override
	public void authenticate(Socket socket, @Nullable Object auth) throws ConnectRefusedException {
		EngineSocketIOClient client = new EngineSocketIOClient(socket, this.namespace);
		socket.attach(client);
		AuthTokenResult result = this.namespace.onAuthData(client, auth);
		if (!result.isSuccess()) {
			throw refusal(result.getErrorData());
		}
	}

	@Override
	public void onConnect(Socket socket) {
		EngineSocketIOClient client = EngineSocketIOClient.of(socket);
		if (client != null) {
			this.namespace.onConnect(client);
		}
	}

	@Override
	public EventOutcome onEvent(Socket socket, String name, List<@Nullable Object> args, @Nullable Ack ack) {
		EngineSocketIOClient client = EngineSocketIOClient.of(socket);
		EventOutcome outcome = (client != null) ? this.namespace.handle(client, name, args, EngineAckRequest.of(ack))
				: EventOutcome.UNHANDLED;
		if (outcome == EventOutcome.UNHANDLED && ack != null) {
			ack.abandon();
		}
		return outcome;
	}

	@Override
	public boolean handles(String event) {
		return this.namespace.hasListeners(event);
	}

	@Override
	public void onDisconnect(Socket socket, CloseReason reason) {
		EngineSocketIOClient client = EngineSocketIOClient.of(socket);
		if (client == null) {
			return;
		}
		client.disconnected(reason);
		for (DisconnectReasonListener listener : this.namespace.disconnectListeners()) {
			try {
				listener.onDisconnect(client, reason);
			}
			catch (Exception ex) {
				this.namespace.exceptions().onDisconnectException(ex, client);
			}
		}
	}

	@Override
	public boolean wantsHeartbeats() {
		return this.namespace.hasHeartbeatListeners();
	}

	@Override
	public void onHeartbeat(Socket socket, EngineVersion version) {
		EngineSocketIOClient client = EngineSocketIOClient.of(socket);
		if (client == null) {
			return;
		}
		if (version == EngineVersion.V4) {
			this.namespace.onPong(client);
		}
		else {
			this.namespace.onPing(client);
		}
	}

	@Override
	public void onError(Socket socket, Throwable error) {
		logger.debug("A listener of {} failed", socket.id(), error);
	}

	@Override
	public @Nullable Object data(Socket socket) {
		return this.namespace.data(socket);
	}

	// The client expects an object with a message and data: a text is the message, a map
	// with a message is taken apart, anything else is data
	private static ConnectRefusedException refusal(@Nullable Object error) {
		if (error == null) {
			return new ConnectRefusedException(DEFAULT_MESSAGE);
		}
		if (error instanceof CharSequence message) {
			return new ConnectRefusedException(message.toString());
		}
		if (error instanceof Map<?, ?> map && map.get(MESSAGE) instanceof String message) {
			return new ConnectRefusedException(message, map.get(DATA));
		}
		return new ConnectRefusedException(DEFAULT_MESSAGE, error);
	}

}
