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

import java.util.Arrays;
import java.util.List;

import io.github.socketioboot.cluster.message.ClusterMessage.AdapterClose;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterMessage.DisconnectSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.FetchSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.Heartbeat;
import io.github.socketioboot.cluster.message.ClusterMessage.InitialHeartbeat;
import io.github.socketioboot.cluster.message.ClusterMessage.ServerSideEmit;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsLeave;
import io.github.socketioboot.cluster.message.ClusterMessageVisitor;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastAck;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastClientCount;
import io.github.socketioboot.cluster.message.ClusterResponse.FetchSocketsResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.ServerSideEmitResponse;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.github.socketioboot.engine.adapter.BroadcastAnswers;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.protocol.PacketFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Does what a message of another member asks for, with the sockets of this one.
 */
final class IncomingMessage implements ClusterMessageVisitor {

	/**
	 * Most descriptions in one response, unless the adapter says otherwise.
	 */
	static final int MAX_SOCKETS_PER_RESPONSE = 500;

	private final ClusterAdapter adapter;

	private final String member;

	IncomingMessage(ClusterAdapter adapter, String member) {
		this.adapter = adapter;
		this.member = member;
	}

	@Override
	public void onInitialHeartbeat(InitialHeartbeat message) {
		// About the member, not the namespace
	}

	@Override
	public void onHeartbeat(Heartbeat message) {
		// About the member, not the namespace
	}

	@Override
	public void onBroadcast(Broadcast message) {
		String requestId = message.requestId();
		if (requestId == null) {
			this.adapter.broadcastLocally(message.packet(), message.options());
			return;
		}
		BroadcastPacket packet = withOwnId(message.packet());
		try {
			this.adapter.broadcastLocallyWithAck(packet, message.options(), new Answers(requestId));
		}
		finally {
			packet.release();
		}
	}

	/**
	 * Give a packet an id of this node: that of the sender may be in use here.
	 * @param packet the packet
	 * @return another one
	 */
	private BroadcastPacket withOwnId(BroadcastPacket packet) {
		AdapterNamespace namespace = this.adapter.localNamespace();
		try {
			return packet.withAckId(namespace.name(), namespace.nextAckId());
		}
		catch (PacketFormatException ex) {
			throw new IllegalArgumentException("A packet that asks for acknowledgements is malformed", ex);
		}
	}

	@Override
	public void onSocketsJoin(SocketsJoin message) {
		this.adapter.joinLocally(message.options(), message.rooms());
	}

	@Override
	public void onSocketsLeave(SocketsLeave message) {
		this.adapter.leaveLocally(message.options(), message.rooms());
	}

	@Override
	public void onDisconnectSockets(DisconnectSockets message) {
		this.adapter.disconnectLocally(message.options(), message.close());
	}

	@Override
	public void onFetchSockets(FetchSockets message) {
		this.adapter.fetchLocalSockets(message.options())
			.thenAccept((sockets) -> respond(message.requestId(), sockets));
	}

	private void respond(String requestId, List<SocketDetails> sockets) {
		int from = 0;
		do {
			int to = from + Math.min(sockets.size() - from, this.adapter.maxSocketsPerResponse());
			this.adapter.respond(this.member,
					new FetchSocketsResponse(requestId, sockets.subList(from, to), to == sockets.size()));
			from = to;
		}
		while (from < sockets.size());
	}

	@Override
	public void onFetchSocketsResponse(FetchSocketsResponse response) {
		@SuppressWarnings("unchecked")
		CollectingRequest<SocketDetails> request = this.adapter.requests()
			.find(response.requestId(), CollectingRequest.class);
		if (request != null && request.add(this.member, response.sockets(), response.last())) {
			this.adapter.requests().remove(response.requestId());
		}
	}

	@Override
	public void onServerSideEmit(ServerSideEmit message) {
		String requestId = message.requestId();
		this.adapter.localNamespace()
			.onServerSideEmit(message.packet(), (requestId != null)
					? (answer) -> this.adapter.respond(this.member, new ServerSideEmitResponse(requestId, true, answer))
					: null);
	}

	@Override
	public void onServerSideEmitResponse(ServerSideEmitResponse response) {
		@SuppressWarnings("unchecked")
		CollectingRequest<@Nullable Object> request = this.adapter.requests()
			.find(response.requestId(), CollectingRequest.class);
		if (request == null) {
			return;
		}
		List<@Nullable Object> answers = response.exists() ? Arrays.asList(response.packet()) : List.of();
		if (request.add(this.member, answers, true)) {
			this.adapter.requests().remove(response.requestId());
		}
	}

	@Override
	public void onBroadcastClientCount(BroadcastClientCount response) {
		AckRequest request = this.adapter.requests().find(response.requestId(), AckRequest.class);
		if (request != null && request.onClientCount(this.member, response.clientCount())) {
			this.adapter.requests().remove(response.requestId());
		}
	}

	@Override
	public void onBroadcastAck(BroadcastAck response) {
		AckRequest request = this.adapter.requests().find(response.requestId(), AckRequest.class);
		if (request != null && request.onAck(this.member, response.packet())) {
			this.adapter.requests().remove(response.requestId());
		}
	}

	@Override
	public void onAdapterClose(AdapterClose message) {
		// About the member, not the namespace
	}

	/**
	 * Passes what becomes of a broadcast on to the member that has sent it.
	 */
	private final class Answers implements BroadcastAnswers {

		private final String requestId;

		Answers(String requestId) {
			this.requestId = requestId;
		}

		@Override
		public void onClientCount(int clients) {
			IncomingMessage.this.adapter.respond(IncomingMessage.this.member,
					new BroadcastClientCount(this.requestId, clients));
		}

		@Override
		public void onAnswer(@Nullable Object value) {
			IncomingMessage.this.adapter.respond(IncomingMessage.this.member, new BroadcastAck(this.requestId, value));
		}

		@Override
		public void onLost(String node, int clients) {
			// This node is not lost to itself
		}

	}

}
