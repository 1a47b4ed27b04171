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
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.SocketDetails;
import org.jspecify.annotations.Nullable;

/**
 * Many sockets of a namespace and what can be done with them. Immutable and thread-safe:
 * each narrowing gives a new operator. Nothing blocks. A socket in several of the rooms
 * receives once.
 *
 * @since 0.1.0
 */
public final class BroadcastOperator {

	private final Namespace namespace;

	private final BroadcastOptions options;

	BroadcastOperator(Namespace namespace, BroadcastOptions options) {
		this.namespace = namespace;
		this.options = options;
	}

	/**
	 * Add rooms to those that receive. Without any, all sockets do.
	 * @param rooms names of rooms or ids of sockets
	 * @return an operator
	 */
	public BroadcastOperator to(String... rooms) {
		return to(Arrays.asList(rooms));
	}

	/**
	 * Add rooms to those that receive. Without any, all sockets do.
	 * @param rooms names of rooms or ids of sockets
	 * @return an operator
	 */
	public BroadcastOperator to(Collection<String> rooms) {
		return with(new BroadcastOptions(union(this.options.rooms(), rooms), this.options.except(),
				this.options.local(), this.options.onlyIfWritable(), this.options.timeoutMillis()));
	}

	/**
	 * Add rooms to those that receive, as {@link #to(String...)} does.
	 * @param rooms names of rooms or ids of sockets
	 * @return an operator
	 */
	public BroadcastOperator in(String... rooms) {
		return to(rooms);
	}

	/**
	 * Leave out the sockets in these rooms.
	 * @param rooms names of rooms or ids of sockets
	 * @return an operator
	 */
	public BroadcastOperator except(String... rooms) {
		return except(Arrays.asList(rooms));
	}

	/**
	 * Leave out the sockets in these rooms.
	 * @param rooms names of rooms or ids of sockets
	 * @return an operator
	 */
	public BroadcastOperator except(Collection<String> rooms) {
		return with(new BroadcastOptions(this.options.rooms(), union(this.options.except(), rooms),
				this.options.local(), this.options.onlyIfWritable(), this.options.timeoutMillis()));
	}

	/**
	 * Leave out other nodes.
	 * @return an operator
	 */
	public BroadcastOperator local() {
		return with(new BroadcastOptions(this.options.rooms(), this.options.except(), true,
				this.options.onlyIfWritable(), this.options.timeoutMillis()));
	}

	/**
	 * Let clients miss it whose transport is not ready.
	 * @return an operator
	 */
	public BroadcastOperator volatile_() {
		return with(new BroadcastOptions(this.options.rooms(), this.options.except(), this.options.local(), true,
				this.options.timeoutMillis()));
	}

	/**
	 * Limit the wait for answers.
	 * @param timeout most time to wait, at least 1 ms
	 * @return an operator
	 */
	public BroadcastOperator timeout(Duration timeout) {
		if (timeout.toMillis() < 1) {
			throw new IllegalArgumentException("timeout: " + timeout + " (expected: at least 1 ms)");
		}
		return with(new BroadcastOptions(this.options.rooms(), this.options.except(), this.options.local(),
				this.options.onlyIfWritable(), timeout.toMillis()));
	}

	/**
	 * Return whom this operator is for.
	 * @return the options
	 */
	public BroadcastOptions options() {
		return this.options;
	}

	/**
	 * Send an event.
	 * @param event name of the event
	 * @param args arguments
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	public void emit(String event, @Nullable Object... args) {
		emit(event, Arrays.asList(args));
	}

	/**
	 * Send an event.
	 * @param event name of the event
	 * @param args arguments
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	public void emit(String event, List<?> args) {
		this.namespace.broadcast(event, args, this.options);
	}

	/**
	 * Send an event and ask each receiver for an acknowledgement. Waits for
	 * {@link #timeout}, else {@link Namespace#DEFAULT_REQUEST_TIMEOUT}.
	 * @param event name of the event
	 * @param args arguments
	 * @return first argument of each answer; fails with {@link AckTimeoutException} when
	 * an answer is missing. Completed on a handler thread
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	public CompletableFuture<List<@Nullable Object>> emitWithAck(String event, @Nullable Object... args) {
		return emitWithAck(event, Arrays.asList(args));
	}

	/**
	 * Send an event and ask each receiver for an acknowledgement. Waits for
	 * {@link #timeout}, else {@link Namespace#DEFAULT_REQUEST_TIMEOUT}.
	 * @param event name of the event
	 * @param args arguments
	 * @return first argument of each answer; fails with {@link AckTimeoutException} when
	 * an answer is missing. Completed on a handler thread
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	public CompletableFuture<List<@Nullable Object>> emitWithAck(String event, List<?> args) {
		return this.namespace.broadcastWithAck(event, args, this.options);
	}

	/**
	 * Describe the sockets.
	 * @return descriptions; fails with
	 * {@link io.github.socketioboot.engine.adapter.MissingResponsesException} when a node
	 * does not answer. Completed on a handler thread
	 */
	public CompletableFuture<List<SocketDetails>> fetchSockets() {
		return this.namespace.fetchSockets(this.options);
	}

	/**
	 * Put the sockets into rooms.
	 * @param rooms names of rooms
	 */
	public void socketsJoin(String... rooms) {
		this.namespace.adapter().joinAll(this.options, Arrays.asList(rooms));
	}

	/**
	 * Take the sockets out of rooms.
	 * @param rooms names of rooms
	 */
	public void socketsLeave(String... rooms) {
		this.namespace.adapter().leaveAll(this.options, Arrays.asList(rooms));
	}

	/**
	 * Disconnect the sockets. JavaScript clients do not come back by themselves.
	 * @param close whether to close their sessions, with all namespaces
	 */
	public void disconnectSockets(boolean close) {
		this.namespace.adapter().disconnectAll(this.options, close);
	}

	/**
	 * Send an event to this namespace on the other nodes, as
	 * {@link Namespace#serverSideEmit} does.
	 * @param event name of the event
	 * @param args arguments
	 * @throws IllegalArgumentException if the name is reserved
	 */
	public void serverSideEmit(String event, @Nullable Object... args) {
		this.namespace.serverSideEmit(event, args);
	}

	/**
	 * Send an event to this namespace on the other nodes and ask for an answer of each,
	 * as {@link Namespace#serverSideEmitWithAck} does. Waits for {@link #timeout}, else
	 * the default of the cluster.
	 * @param event name of the event
	 * @param args arguments
	 * @return the answers
	 * @throws IllegalArgumentException if the name is reserved
	 */
	public CompletableFuture<List<@Nullable Object>> serverSideEmitWithAck(String event, @Nullable Object... args) {
		return this.namespace.serverSideEmitWithAck(event, Arrays.asList(args), this.options.timeoutMillis());
	}

	private BroadcastOperator with(BroadcastOptions options) {
		return new BroadcastOperator(this.namespace, options);
	}

	private static Set<String> union(Set<String> first, Collection<String> second) {
		if (first.isEmpty()) {
			return Set.copyOf(second);
		}
		Set<String> union = new HashSet<>(first);
		union.addAll(second);
		return union;
	}

}
