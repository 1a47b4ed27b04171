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

import java.util.List;

import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.session.CloseReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What an application does with the sockets of a namespace. Called on handler threads,
 * where it may block: one call at a time and in order per socket, in parallel for
 * different sockets. The order is {@link #authenticate}, {@link #onConnect}, events and
 * heartbeats, {@link #onDisconnecting}, {@link #onDisconnect}. Exceptions go to
 * {@link #onError} and end nothing.
 *
 * @since 0.1.0
 */
public interface NamespaceHandler {

	/**
	 * Admit a client or refuse it. The socket is not in the namespace yet and receives no
	 * broadcast; rooms that it joins here count from the connect on, events emitted to it
	 * reach the client before the connect. Any other exception refuses too, without
	 * telling the client why, and goes to {@link #onError}.
	 * @param socket the socket
	 * @param auth what the client sent along, a {@code Map}, or {@code null}
	 * @throws ConnectRefusedException to refuse the client
	 */
	default void authenticate(Socket socket, @Nullable Object auth) throws ConnectRefusedException {
	}

	/**
	 * A socket has connected. The client may know already.
	 * @param socket the socket
	 */
	default void onConnect(Socket socket) {
	}

	/**
	 * An event has come.
	 * @param socket the socket
	 * @param name name of the event; a number as text
	 * @param args arguments, {@code byte[]} where an attachment stood
	 * @param ack the answer that the client awaits, or {@code null} if it awaits none
	 * @return what became of it; to be told by who handles exceptions himself
	 */
	default EventOutcome onEvent(Socket socket, String name, List<@Nullable Object> args, @Nullable Ack ack) {
		return EventOutcome.UNHANDLED;
	}

	/**
	 * Return whether events of a name are handled. Called by any thread; must not block.
	 * @param event name of the event
	 * @return {@code true} for few names only, whatever clients send
	 */
	default boolean handles(String event) {
		return false;
	}

	/**
	 * A socket has disconnected and still tells its rooms. It is not in the namespace any
	 * more. Called if {@link #onConnect} was.
	 * @param socket the socket
	 * @param reason why
	 */
	default void onDisconnecting(Socket socket, CloseReason reason) {
	}

	/**
	 * A socket has disconnected. Called once, last, if {@link #onConnect} was called.
	 * @param socket the socket
	 * @param reason why
	 */
	default void onDisconnect(Socket socket, CloseReason reason) {
	}

	/**
	 * Return whether {@link #onHeartbeat} is to be called, which costs a hand-over to a
	 * handler thread per heartbeat. Asked on event loops: must not block.
	 * @return {@code true} to be told heartbeats
	 */
	default boolean wantsHeartbeats() {
		return false;
	}

	/**
	 * A heartbeat of the client has come.
	 * @param socket the socket
	 * @param version version of the client: a pong in version 4, a ping in version 3
	 */
	default void onHeartbeat(Socket socket, EngineVersion version) {
	}

	/**
	 * One of the other methods has failed, or the listener of an acknowledgement. Must
	 * not throw.
	 * @param socket the socket
	 * @param error the failure
	 */
	default void onError(Socket socket, Throwable error) {
		LoggerFactory.getLogger(NamespaceHandler.class).debug("A handler failed", error);
	}

	/**
	 * Return what {@link BroadcastOperator#fetchSockets()} is to tell as data of a
	 * socket. Called by any thread; must not block.
	 * @param socket the socket
	 * @return the data, or {@code null} for none
	 */
	default @Nullable Object data(Socket socket) {
		return null;
	}

}
