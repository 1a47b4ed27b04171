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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import com.corundumstudio.socketio.BroadcastAckCallback;
import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.SingleRoomBroadcastOperations;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.store.MemoryStoreFactory;
import com.corundumstudio.socketio.store.StoreFactory;
import io.github.socketioboot.engine.namespace.BroadcastOperator;

/**
 * netty-socketio's broadcasts over the engine's operators, one per namespace. Reach all
 * nodes, except where they ask the clients of this node one by one: predicates and
 * acknowledgement callbacks. Immutable and thread-safe.
 */
final class EngineBroadcastOperations implements BroadcastOperations {

	private static final StoreFactory NO_OTHER_NODES = new MemoryStoreFactory();

	private static final Predicate<SocketIOClient> NOBODY = (client) -> false;

	private final List<Target> targets;

	EngineBroadcastOperations(List<Target> targets) {
		this.targets = List.copyOf(targets);
	}

	@Override
	public Collection<SocketIOClient> getClients() {
		List<SocketIOClient> clients = new ArrayList<>();
		for (Target target : this.targets) {
			clients.addAll(target.clients());
		}
		return Collections.unmodifiableList(clients);
	}

	@Override
	public void send(Packet packet) {
		ClientPacket sent = ClientPacket.of(packet);
		this.targets.forEach((target) -> sent.send(target.operator()));
	}

	@Override
	public <T> void send(Packet packet, BroadcastAckCallback<T> ackCallback) {
		ClientPacket event = ClientPacket.of(packet);
		ask(event.eventName(), event.eventArgs(), NOBODY, ackCallback);
	}

	@Override
	public void disconnect() {
		this.targets.forEach((target) -> target.operator().disconnectSockets(false));
	}

	@Override
	public void sendEvent(String name, Object... data) {
		List<Object> args = Arrays.asList(data);
		this.targets.forEach((target) -> target.operator().emit(name, args));
	}

	@Override
	public void sendEvent(String name, SocketIOClient excludedClient, Object... data) {
		List<Object> args = Arrays.asList(data);
		String excluded = excludedClient.getSessionId().toString();
		this.targets.forEach((target) -> target.operator().except(excluded).emit(name, args));
	}

	@Override
	public void sendEvent(String name, Predicate<SocketIOClient> excludePredicate, Object... data) {
		List<Object> args = Arrays.asList(data);
		for (Target target : this.targets) {
			Set<String> excluded = new HashSet<>();
			for (SocketIOClient client : target.clients()) {
				if (excludePredicate.test(client)) {
					excluded.add(client.getSessionId().toString());
				}
			}
			target.operator().except(excluded).emit(name, args);
		}
	}

	@Override
	public <T> void sendEvent(String name, Object data, BroadcastAckCallback<T> ackCallback) {
		ask(name, Collections.singletonList(data), NOBODY, ackCallback);
	}

	@Override
	public <T> void sendEvent(String name, Object data, SocketIOClient excludedClient,
			BroadcastAckCallback<T> ackCallback) {
		UUID excluded = excludedClient.getSessionId();
		ask(name, Collections.singletonList(data), (client) -> excluded.equals(client.getSessionId()), ackCallback);
	}

	@Override
	public <T> void sendEvent(String name, Object data, Predicate<SocketIOClient> excludePredicate,
			BroadcastAckCallback<T> ackCallback) {
		ask(name, Collections.singletonList(data), excludePredicate, ackCallback);
	}

	// Only netty-socketio's own operations can get at the callbacks of a
	// BroadcastAckCallback: they are let think that they send
	private <T> void ask(String name, List<?> args, Predicate<SocketIOClient> excluded,
			BroadcastAckCallback<T> callback) {
		AckReceivers receivers = new AckReceivers();
		new SingleRoomBroadcastOperations("", "", getClients(), NO_OTHER_NODES).sendEvent(name, receivers, excluded,
				callback);
		receivers.send(name, args);
	}

	/**
	 * Sockets of one namespace.
	 *
	 * @param namespace their namespace
	 * @param operator what reaches them
	 */
	record Target(EngineSocketIONamespace namespace, BroadcastOperator operator) {

		Collection<SocketIOClient> clients() {
			return this.namespace.clients(this.operator.options().rooms());
		}

	}

}
