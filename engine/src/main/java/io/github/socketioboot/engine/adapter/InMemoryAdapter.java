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
import java.util.function.Consumer;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Adapter of a single process, and the local part of any other. Thread-safe.
 *
 * @since 0.1.0
 */
public class InMemoryAdapter implements Adapter {

	/**
	 * Create an adapter.
	 * @param namespace its namespace
	 */
	public InMemoryAdapter(AdapterNamespace namespace) {
	}

	@Override
	public void add(AdapterSocket socket) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void remove(AdapterSocket socket) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void join(AdapterSocket socket, Collection<String> rooms) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void leave(AdapterSocket socket, Collection<String> rooms) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Set<AdapterSocket> sockets(Set<String> rooms) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Set<String> rooms() {
		throw new UnsupportedOperationException();
	}

	@Override
	public int size(String room) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void broadcast(BroadcastPacket packet, BroadcastOptions options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void broadcastWithAck(BroadcastPacket packet, BroadcastOptions options, IntConsumer clientCount,
			Consumer<@Nullable Object> ack) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Integer> serverCount() {
		return CompletableFuture.completedFuture(1);
	}

	@Override
	public CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void joinAll(BroadcastOptions options, Collection<String> rooms) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void leaveAll(BroadcastOptions options, Collection<String> rooms) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void disconnectAll(BroadcastOptions options, boolean close) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void serverSideEmit(List<?> packet) {
	}

	@Override
	public CompletableFuture<List<@Nullable Object>> serverSideEmitWithAck(List<?> packet) {
		return CompletableFuture.completedFuture(List.of());
	}

	@Override
	public void close() {
	}

}
