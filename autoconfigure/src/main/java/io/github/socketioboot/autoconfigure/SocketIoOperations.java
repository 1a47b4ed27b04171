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

package io.github.socketioboot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.namespace.ServerSideListener;
import org.jspecify.annotations.Nullable;

/**
 * Sends to many sockets and moves them, in Socket.IO's words. The bean is for all sockets
 * of the default namespace; each narrowing gives another object. Immutable and
 * thread-safe, nothing blocks. Futures are completed on handler threads. A socket in
 * several of the rooms receives once.
 *
 * @since 0.1.0
 */
public interface SocketIoOperations {

	/**
	 * Choose a namespace: all of its sockets, without the rooms and flags chosen so far.
	 * @param namespace its name, such as {@code /admin}
	 * @return operations
	 * @throws IllegalArgumentException if there is no such namespace
	 */
	SocketIoOperations of(String namespace);

	/**
	 * Add rooms to those that receive. Without any, all sockets of the namespace do.
	 * @param rooms names of rooms or ids of sockets
	 * @return operations
	 */
	SocketIoOperations to(String... rooms);

	/**
	 * Add rooms to those that receive, as {@link #to} does.
	 * @param rooms names of rooms or ids of sockets
	 * @return operations
	 */
	SocketIoOperations in(String... rooms);

	/**
	 * Leave out the sockets in these rooms.
	 * @param rooms names of rooms or ids of sockets
	 * @return operations
	 */
	SocketIoOperations except(String... rooms);

	/**
	 * Leave out the sockets of other nodes.
	 * @return operations
	 */
	SocketIoOperations local();

	/**
	 * Let clients miss it whose transport is not ready.
	 * @return operations
	 */
	SocketIoOperations volatile_();

	/**
	 * Limit the wait for answers. Otherwise it is 5 seconds for answers of clients, and
	 * {@code socketio.cluster.requests-timeout} for those of other nodes.
	 * @param timeout most time to wait, at least 1 ms
	 * @return operations
	 * @throws IllegalArgumentException if that is too short
	 */
	SocketIoOperations timeout(Duration timeout);

	/**
	 * Send an event.
	 * @param event name of the event
	 * @param args arguments, written as JSON with {@code byte[]} as attachments
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	void emit(String event, @Nullable Object... args);

	/**
	 * Send an event and ask each receiver for an acknowledgement.
	 * @param event name of the event
	 * @param args arguments, written as JSON with {@code byte[]} as attachments
	 * @return first argument of each answer; fails with
	 * {@link io.github.socketioboot.engine.namespace.AckTimeoutException}, which has
	 * those that came, when an answer is missing after the timeout or its node is gone
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	CompletableFuture<List<@Nullable Object>> emitWithAck(String event, @Nullable Object... args);

	/**
	 * Describe the sockets.
	 * @return descriptions; fails with
	 * {@link io.github.socketioboot.engine.adapter.MissingResponsesException}, which has
	 * those that came, when a node does not answer in time or is gone
	 */
	CompletableFuture<List<SocketDetails>> fetchSockets();

	/**
	 * Put the sockets into rooms.
	 * @param rooms names of rooms
	 */
	void socketsJoin(String... rooms);

	/**
	 * Take the sockets out of rooms.
	 * @param rooms names of rooms
	 */
	void socketsLeave(String... rooms);

	/**
	 * Disconnect the sockets. JavaScript clients do not come back by themselves.
	 * @param close whether to close their connections, with all namespaces
	 */
	void disconnectSockets(boolean close);

	/**
	 * Send an event to the namespace on the other nodes. Rooms and flags do not matter.
	 * @param event name of the event
	 * @param args arguments
	 * @throws IllegalArgumentException if the name is reserved
	 */
	void serverSideEmit(String event, @Nullable Object... args);

	/**
	 * Send an event to the namespace on the other nodes and ask each for an answer. Rooms
	 * and flags do not matter.
	 * @param event name of the event
	 * @param args arguments
	 * @return the answers; fails with
	 * {@link io.github.socketioboot.engine.adapter.MissingResponsesException}, which has
	 * those that came, when a node does not answer in time or is gone
	 * @throws IllegalArgumentException if the name is reserved
	 */
	CompletableFuture<List<@Nullable Object>> serverSideEmitWithAck(String event, @Nullable Object... args);

	/**
	 * Listen to events that other nodes send to the namespace.
	 * @param event name of the event
	 * @param listener the listener, called on handler threads
	 */
	void onServerSideEmit(String event, ServerSideListener listener);

}
