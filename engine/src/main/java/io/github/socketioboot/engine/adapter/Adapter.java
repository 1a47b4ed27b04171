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

package io.github.socketioboot.engine.adapter;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the rooms of one namespace and reaches its sockets, those of other nodes
 * included. Divided as the adapters of the reference server are. Thread-safe; event loops
 * call some of the methods, which do not block them.
 *
 * @since 0.1.0
 */
public interface Adapter {

	/**
	 * Take a socket that has just connected, with the rooms it was put in before. Called
	 * by the namespace on the socket's loop, once per socket, right before the client is
	 * told.
	 * @param socket the socket
	 */
	void add(AdapterSocket socket);

	/**
	 * Drop a socket from all of its rooms. Called by the namespace on the socket's loop
	 * when the socket has disconnected, once. {@link AdapterSocket#rooms()} still tells
	 * the rooms.
	 * @param socket the socket
	 */
	void remove(AdapterSocket socket);

	/**
	 * Put a socket into rooms. Called by any thread. Before {@link #add} the rooms are
	 * only noted; after {@link #remove} nothing happens.
	 * @param socket a local socket
	 * @param rooms the rooms
	 * @throws TooManyRoomsException if the socket would be in more rooms than allowed; it
	 * joins none then
	 */
	void join(AdapterSocket socket, Collection<String> rooms);

	/**
	 * Take a socket out of rooms. Called by any thread.
	 * @param socket a local socket
	 * @param rooms the rooms
	 */
	void leave(AdapterSocket socket, Collection<String> rooms);

	/**
	 * Find local sockets. Called by any thread.
	 * @param rooms union of rooms; empty for all
	 * @return a snapshot, without duplicates
	 */
	Set<AdapterSocket> sockets(Set<String> rooms);

	/**
	 * Return the rooms with local sockets. Called by any thread.
	 * @return a snapshot, without the rooms of single sockets
	 */
	Set<String> rooms();

	/**
	 * Return how many local sockets are in a room. Called by any thread.
	 * @param room the room
	 * @return the number
	 */
	int size(String room);

	/**
	 * Send a packet. Called by any thread, returns before the packet is written. Receives
	 * who is in the rooms now, not who joins later. A thread that sends faster than
	 * packets can be written is slowed down, unless it is an event loop; receivers that
	 * cannot follow even so are closed.
	 * @param packet the packet; stays the caller's, who releases it
	 * @param options whom for
	 */
	void broadcast(BroadcastPacket packet, BroadcastOptions options);

	/**
	 * Send a packet that bears an acknowledgement id. Called by any thread, returns
	 * before the packet is written. Nothing is reported after the options' timeout.
	 * @param packet the packet; stays the caller's, who releases it
	 * @param options whom for; the timeout must be set
	 * @param answers told of receivers and their answers
	 * @return of how many nodes the number of receivers is told, this one included,
	 * possibly later
	 */
	CompletableFuture<Integer> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
			BroadcastAnswers answers);

	/**
	 * Return how many nodes there are. Called by any thread.
	 * @return the number, this node included, possibly later; fails if it cannot be found
	 */
	CompletableFuture<Integer> serverCount();

	/**
	 * Describe matching sockets of all nodes. Called by any thread.
	 * @param options whom
	 * @return descriptions, possibly later, completed on any thread; fails with
	 * {@link MissingResponsesException} if a node does not answer
	 */
	CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options);

	/**
	 * Put matching sockets of all nodes into rooms. Called by any thread. A socket that
	 * would be in too many rooms is left out and counted.
	 * @param options whom
	 * @param rooms the rooms
	 */
	void joinAll(BroadcastOptions options, Collection<String> rooms);

	/**
	 * Take matching sockets of all nodes out of rooms. Called by any thread.
	 * @param options whom
	 * @param rooms the rooms
	 */
	void leaveAll(BroadcastOptions options, Collection<String> rooms);

	/**
	 * Disconnect matching sockets of all nodes. Called by any thread.
	 * @param options whom
	 * @param close whether to close their sessions too
	 */
	void disconnectAll(BroadcastOptions options, boolean close);

	/**
	 * Send an event to the same namespace of the other nodes. Called by any thread. This
	 * node does not receive it.
	 * @param packet name of the event, then its arguments
	 */
	void serverSideEmit(List<?> packet);

	/**
	 * Send an event to the same namespace of the other nodes and ask for an answer.
	 * Called by any thread.
	 * @param packet name of the event, then its arguments
	 * @param timeoutMillis how long to wait for answers, in milliseconds; 0 means the
	 * default
	 * @return one answer of each other node, possibly later, completed on any thread;
	 * fails with {@link MissingResponsesException} if a node does not answer
	 */
	CompletableFuture<List<@Nullable Object>> serverSideEmitWithAck(List<?> packet, long timeoutMillis);

	/**
	 * End. Called once, when the namespace is removed or the server stops.
	 */
	void close();

}
