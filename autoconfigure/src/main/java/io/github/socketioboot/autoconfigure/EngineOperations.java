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
import io.github.socketioboot.engine.namespace.BroadcastOperator;
import io.github.socketioboot.engine.namespace.Namespace;
import io.github.socketioboot.engine.namespace.ServerSideListener;
import io.github.socketioboot.engine.namespace.SocketIoEngine;
import org.jspecify.annotations.Nullable;

/**
 * {@link SocketIoOperations} over the engine's namespaces. Immutable and thread-safe.
 */
final class EngineOperations implements SocketIoOperations {

	private final SocketIoEngine engine;

	private final Namespace namespace;

	private final BroadcastOperator operator;

	private EngineOperations(SocketIoEngine engine, Namespace namespace, BroadcastOperator operator) {
		this.engine = engine;
		this.namespace = namespace;
		this.operator = operator;
	}

	static EngineOperations of(SocketIoEngine engine) {
		Namespace namespace = engine.of(NamespaceNames.DEFAULT);
		return new EngineOperations(engine, namespace, namespace.broadcast());
	}

	@Override
	public SocketIoOperations of(String namespace) {
		Namespace found = this.engine.find(namespace);
		if (found == null) {
			throw new IllegalArgumentException(
					"There is no namespace '%s'; create it by 'socketio.namespaces', ".formatted(namespace)
							+ "@SocketIoNamespace on a handler, or SocketIOServer.addNamespace");
		}
		return new EngineOperations(this.engine, found, found.broadcast());
	}

	@Override
	public SocketIoOperations to(String... rooms) {
		return with(this.operator.to(rooms));
	}

	@Override
	public SocketIoOperations in(String... rooms) {
		return with(this.operator.in(rooms));
	}

	@Override
	public SocketIoOperations except(String... rooms) {
		return with(this.operator.except(rooms));
	}

	@Override
	public SocketIoOperations local() {
		return with(this.operator.local());
	}

	@Override
	public SocketIoOperations volatile_() {
		return with(this.operator.volatile_());
	}

	@Override
	public SocketIoOperations timeout(Duration timeout) {
		return with(this.operator.timeout(timeout));
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		this.operator.emit(event, args);
	}

	@Override
	public CompletableFuture<List<@Nullable Object>> emitWithAck(String event, @Nullable Object... args) {
		return this.operator.emitWithAck(event, args);
	}

	@Override
	public CompletableFuture<List<SocketDetails>> fetchSockets() {
		return this.operator.fetchSockets();
	}

	@Override
	public void socketsJoin(String... rooms) {
		this.operator.socketsJoin(rooms);
	}

	@Override
	public void socketsLeave(String... rooms) {
		this.operator.socketsLeave(rooms);
	}

	@Override
	public void disconnectSockets(boolean close) {
		this.operator.disconnectSockets(close);
	}

	@Override
	public void serverSideEmit(String event, @Nullable Object... args) {
		this.namespace.serverSideEmit(event, args);
	}

	@Override
	public CompletableFuture<List<@Nullable Object>> serverSideEmitWithAck(String event, @Nullable Object... args) {
		return this.operator.serverSideEmitWithAck(event, args);
	}

	@Override
	public void onServerSideEmit(String event, ServerSideListener listener) {
		this.namespace.onServerSideEmit(event, listener);
	}

	private EngineOperations with(BroadcastOperator operator) {
		return new EngineOperations(this.engine, this.namespace, operator);
	}

}
