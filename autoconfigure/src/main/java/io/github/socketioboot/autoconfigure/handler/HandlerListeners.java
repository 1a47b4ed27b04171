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

import java.util.Collections;
import java.util.List;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.handler.SocketIOException;
import com.corundumstudio.socketio.namespace.Namespace;
import io.github.socketioboot.engine.bridge.EngineSocketIONamespace;
import org.jspecify.annotations.Nullable;

/**
 * Registers handler methods as listeners of a namespace, which is created if need be.
 */
final class HandlerListeners {

	private final SocketIONamespace namespace;

	/**
	 * Create listeners.
	 * @param server the server
	 * @param name name of the namespace with its slash
	 */
	HandlerListeners(SocketIOServer server, String name) {
		this.namespace = server.addNamespace(name.equals("/") ? Namespace.DEFAULT_NAME : name);
	}

	void onConnect(HandlerMethod handler) {
		this.namespace.addConnectListener((client) -> invoke(handler, new HandlerCall(client, List.of(), null, null)));
	}

	void onDisconnect(HandlerMethod handler) {
		if (this.namespace instanceof EngineSocketIONamespace engineNamespace) {
			engineNamespace.addDisconnectReasonListener(
					(client, reason) -> invoke(handler, new HandlerCall(client, List.of(), null, reason)));
		}
		else {
			this.namespace
				.addDisconnectListener((client) -> invoke(handler, new HandlerCall(client, List.of(), null, null)));
		}
	}

	void onEvent(String event, HandlerMethod handler) {
		List<Class<?>> types = handler.signature().payloadTypes();
		if (types.size() > 1) {
			this.namespace.addMultiTypeEventListener(event,
					(client, data, ack) -> answer(handler, client, data.getArgs(), ack),
					types.toArray(new Class<?>[0]));
		}
		else {
			Class<?> type = types.isEmpty() ? Void.class : types.get(0);
			this.namespace.addEventListener(event, type,
					(client, data, ack) -> answer(handler, client, Collections.singletonList(data), ack));
		}
	}

	private static void answer(HandlerMethod handler, SocketIOClient client, List<@Nullable Object> payloads,
			AckRequest ack) throws Exception {
		Object answer = handler.invoke(new HandlerCall(client, payloads, ack, null));
		if (handler.signature().answers() && ack.isAckRequested()) {
			// A list that is returned is one argument
			ack.sendAckData(Collections.singletonList(answer));
		}
	}

	private static void invoke(HandlerMethod handler, HandlerCall call) {
		try {
			handler.invoke(call);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new SocketIOException(ex);
		}
	}

}
