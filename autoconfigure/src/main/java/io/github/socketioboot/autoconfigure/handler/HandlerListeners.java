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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.handler.SocketIOException;
import com.corundumstudio.socketio.namespace.Namespace;
import io.github.socketioboot.engine.bridge.EngineSocketIONamespace;
import io.github.socketioboot.engine.bridge.EventHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the handler methods of a bean as listeners of a namespace, which is created
 * if need be. Another server than the engine's has neither listeners of any event nor
 * knows that an answer comes later.
 */
final class HandlerListeners {

	private static final Logger logger = LoggerFactory.getLogger(HandlerListeners.class);

	private final String name;

	private final SocketIONamespace namespace;

	private final HandlerFailures failures;

	private final ExceptionMethods own;

	/**
	 * Create listeners.
	 * @param server the server
	 * @param name name of the namespace with its slash
	 * @param failures deals with exceptions
	 * @param own methods of the bean that do
	 */
	HandlerListeners(SocketIOServer server, String name, HandlerFailures failures, ExceptionMethods own) {
		this.name = name;
		this.namespace = server.addNamespace(name.equals("/") ? Namespace.DEFAULT_NAME : name);
		this.failures = failures;
		this.own = own;
	}

	void onConnect(HandlerMethod handler) {
		this.namespace.addConnectListener((client) -> invoke(handler, HandlerCall.connected(client)));
	}

	void onDisconnect(HandlerMethod handler) {
		if (this.namespace instanceof EngineSocketIONamespace engineNamespace) {
			engineNamespace.addDisconnectReasonListener(
					(client, reason) -> invoke(handler, HandlerCall.disconnected(client, reason)));
		}
		else {
			this.namespace.addDisconnectListener((client) -> invoke(handler, HandlerCall.disconnected(client, null)));
		}
	}

	void onEvent(String event, HandlerMethod handler) {
		Class<?>[] types = handler.signature().payloadTypes().toArray(new Class<?>[0]);
		MethodEventHandler listener = new MethodEventHandler(handler);
		if (this.namespace instanceof EngineSocketIONamespace engineNamespace) {
			engineNamespace.addEventHandler(event, listener, types);
		}
		else if (types.length > 1) {
			this.namespace.addMultiTypeEventListener(event,
					(client, data, ack) -> listener.handle(client, event, data.getArgs(), ack), types);
		}
		else {
			Class<?> type = (types.length == 0) ? Void.class : types[0];
			this.namespace.addEventListener(event, type,
					(client, data, ack) -> listener.handle(client, event, Collections.singletonList(data), ack));
		}
	}

	/**
	 * Register a method that sees any event.
	 * @param handler the method
	 * @return {@code false} if the server cannot do that
	 */
	boolean onAnyEvent(HandlerMethod handler) {
		if (this.namespace instanceof EngineSocketIONamespace engineNamespace) {
			engineNamespace.addAnyEventHandler(new MethodEventHandler(handler));
			return true;
		}
		return false;
	}

	/**
	 * Register a method for events without handlers.
	 * @param handler the method
	 * @return {@code false} if the server cannot do that
	 */
	boolean onUnhandledEvent(HandlerMethod handler) {
		if (this.namespace instanceof EngineSocketIONamespace engineNamespace) {
			engineNamespace.addUnhandledEventHandler(new MethodEventHandler(handler));
			return true;
		}
		return false;
	}

	private void invoke(HandlerMethod handler, HandlerCall call) {
		try {
			handler.invoke(call);
		}
		catch (Exception ex) {
			fail(ex, call);
		}
	}

	private void fail(Exception failure, HandlerCall call) {
		try {
			if (!this.failures.handle(failure, call, this.name, this.own)) {
				throw failure;
			}
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new SocketIOException(ex);
		}
	}

	/**
	 * A method as the listener of events.
	 */
	private final class MethodEventHandler implements EventHandler {

		private final HandlerMethod handler;

		MethodEventHandler(HandlerMethod handler) {
			this.handler = handler;
		}

		@Override
		public @Nullable CompletionStage<? extends List<?>> onEvent(SocketIOClient client, String event,
				List<@Nullable Object> payloads, AckRequest ack) throws Exception {
			Object returned = this.handler.invoke(HandlerCall.event(client, event, payloads, ack));
			return this.handler.signature().answer().answer(returned, ack);
		}

		@Override
		public boolean onFailure(Exception failure, SocketIOClient client, String event, AckRequest ack)
				throws Exception {
			HandlerCall call = HandlerCall.event(client, event, List.of(), ack);
			return HandlerListeners.this.failures.handle(failure, call, HandlerListeners.this.name,
					HandlerListeners.this.own);
		}

		// For another server, all by itself
		void handle(SocketIOClient client, String event, List<@Nullable Object> payloads, AckRequest ack)
				throws Exception {
			try {
				CompletionStage<? extends List<?>> stage = onEvent(client, event, payloads, ack);
				if (stage != null) {
					stage.whenComplete((answer, failure) -> finish(client, event, ack, answer, failure));
				}
			}
			catch (Exception ex) {
				if (!onFailure(ex, client, event, ack)) {
					throw ex;
				}
			}
		}

		private void finish(SocketIOClient client, String event, AckRequest ack, @Nullable List<?> answer,
				@Nullable Throwable failure) {
			Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
			try {
				if (answer != null) {
					ack.sendAckData(Collections.unmodifiableList(answer));
				}
				else if (!(cause instanceof Exception exception) || !onFailure(exception, client, event, ack)) {
					logger.error("An event handler failed", cause);
				}
			}
			catch (Exception ex) {
				logger.error("An event handler failed", ex);
			}
		}

	}

}
