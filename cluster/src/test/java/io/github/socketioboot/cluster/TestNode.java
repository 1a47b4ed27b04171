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

package io.github.socketioboot.cluster;

import java.util.List;

import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.adapter.FakeSocket;
import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.SocketPacket;

/**
 * A node with one namespace and sockets that remember what they receive.
 *
 * @param <N> type of the node
 */
final class TestNode<N extends AdapterFactory> {

	final N node;

	final FakeNamespace namespace;

	final Adapter adapter;

	private final String name;

	private final EngineLoop loop;

	private int sockets;

	TestNode(String name, N node, String namespace, EngineLoop loop) {
		this.name = name;
		this.node = node;
		this.namespace = new FakeNamespace(namespace);
		this.adapter = node.create(this.namespace);
		this.loop = loop;
	}

	FakeSocket socket(String... rooms) {
		FakeSocket socket = new FakeSocket(this.name + "-socket-" + this.sockets++, this.loop);
		this.namespace.sockets.put(socket.id(), socket);
		this.adapter.add(socket);
		this.adapter.join(socket, List.of(rooms));
		if (this.node instanceof TestMember member) {
			member.awaitRooms();
		}
		return socket;
	}

	void broadcast(BroadcastOptions options, String event, Object... args) {
		BroadcastPacket packet = new BroadcastPacket(event, List.of(args), SocketPacket.NO_ID);
		this.adapter.broadcast(packet, options);
		packet.release();
	}

	RecordedAnswers broadcastWithAck(BroadcastOptions options, String event) {
		BroadcastPacket packet = new BroadcastPacket(event, List.of(), this.namespace.nextAckId());
		RecordedAnswers answers = new RecordedAnswers();
		this.adapter.broadcastWithAck(packet, options, answers).thenAccept((count) -> answers.servers = count);
		packet.release();
		return answers;
	}

}
