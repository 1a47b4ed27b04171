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

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import org.jspecify.annotations.Nullable;

/**
 * A namespace with its connected sockets. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Namespace {

	/**
	 * How long requests wait for answers if nothing else was asked for.
	 */
	public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(5);

	Namespace() {
	}

	/**
	 * Return the name.
	 * @return name with the leading slash
	 */
	public String name() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Set what handles the sockets, in place of what did before.
	 * @param handler the handler
	 */
	public void handler(NamespaceHandler handler) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the connected sockets of this node.
	 * @return a live view
	 */
	public Collection<Socket> sockets() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Find a connected socket of this node.
	 * @param id its id
	 * @return the socket, or {@code null} if there is none
	 */
	public @Nullable Socket socket(UUID id) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the rooms with sockets of this node.
	 * @return a snapshot, without the rooms of single sockets
	 */
	public Set<String> rooms() {
		return adapter().rooms();
	}

	/**
	 * Return the sockets of this node in a room.
	 * @param room name of the room, or id of a socket
	 * @return a snapshot
	 */
	public Collection<Socket> sockets(String room) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return how many sockets of this node are in a room.
	 * @param room name of the room, or id of a socket
	 * @return the number
	 */
	public int size(String room) {
		return adapter().size(room);
	}

	/**
	 * Return an operator for all sockets, those of other nodes included.
	 * @return the operator
	 */
	public BroadcastOperator broadcast() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Send an event to this namespace on the other nodes.
	 * @param event name of the event
	 * @param args arguments
	 * @throws IllegalArgumentException if the name is reserved
	 */
	public void serverSideEmit(String event, @Nullable Object... args) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Send an event to this namespace on the other nodes and ask for an answer of each.
	 * @param event name of the event
	 * @param args arguments
	 * @return the answers
	 * @throws IllegalArgumentException if the name is reserved
	 */
	public CompletableFuture<List<@Nullable Object>> serverSideEmitWithAck(String event, @Nullable Object... args) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Add a listener for events that other nodes send to this namespace.
	 * @param event name of the event
	 * @param listener the listener
	 */
	public void onServerSideEmit(String event, ServerSideListener listener) {
		throw new UnsupportedOperationException();
	}

	Adapter adapter() {
		throw new UnsupportedOperationException();
	}

	void broadcast(String event, List<?> args, BroadcastOptions options) {
		throw new UnsupportedOperationException();
	}

	CompletableFuture<List<@Nullable Object>> broadcastWithAck(String event, List<?> args, BroadcastOptions options) {
		throw new UnsupportedOperationException();
	}

}
