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
import java.util.concurrent.CompletionStage;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import org.jspecify.annotations.Nullable;

/**
 * A listener of events that may answer later and deals with its own failures. Called on
 * handler threads, one call at a time and in order per client. Thread-safe.
 *
 * @since 0.1.0
 * @see EngineSocketIONamespace#addEventHandler
 */
public interface EventHandler {

	/**
	 * Handle an event.
	 * @param client the sender
	 * @param event name of the event
	 * @param payloads payloads of the types that were declared, fewer if fewer were sent
	 * @param ack answers the client
	 * @return {@code null} if the event has been handled; otherwise completed by any
	 * thread with the arguments of the answer once it has been, until when it is in
	 * progress
	 * @throws Exception if the event cannot be handled
	 */
	@Nullable CompletionStage<? extends List<?>> onEvent(SocketIOClient client, String event, List<@Nullable Object> payloads,
			AckRequest ack) throws Exception;

	/**
	 * The handling of an event has failed: its payloads do not have the types declared,
	 * {@link #onEvent} has thrown, or what it returned has. The event counts as failed.
	 * @param failure the failure
	 * @param client the sender
	 * @param event name of the event
	 * @param ack answers the client
	 * @return whether that is all; otherwise the exception listener learns of it
	 * @throws Exception what the exception listener is to learn instead
	 */
	default boolean onFailure(Exception failure, SocketIOClient client, String event, AckRequest ack) throws Exception {
		return false;
	}

}
