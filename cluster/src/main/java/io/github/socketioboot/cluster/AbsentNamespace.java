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
import java.util.function.Consumer;

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
import io.github.socketioboot.cluster.message.ClusterResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastAck;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastClientCount;
import io.github.socketioboot.cluster.message.ClusterResponse.FetchSocketsResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.ServerSideEmitResponse;

/**
 * Answers requests for a namespace that this node does not have, so that nobody waits.
 */
final class AbsentNamespace implements ClusterMessageVisitor {

	private final Consumer<ClusterResponse> answer;

	AbsentNamespace(Consumer<ClusterResponse> answer) {
		this.answer = answer;
	}

	@Override
	public void onInitialHeartbeat(InitialHeartbeat message) {
	}

	@Override
	public void onHeartbeat(Heartbeat message) {
	}

	@Override
	public void onBroadcast(Broadcast message) {
		String requestId = message.requestId();
		if (requestId != null) {
			this.answer.accept(new BroadcastClientCount(requestId, 0));
		}
	}

	@Override
	public void onSocketsJoin(SocketsJoin message) {
	}

	@Override
	public void onSocketsLeave(SocketsLeave message) {
	}

	@Override
	public void onDisconnectSockets(DisconnectSockets message) {
	}

	@Override
	public void onFetchSockets(FetchSockets message) {
		this.answer.accept(new FetchSocketsResponse(message.requestId(), List.of(), true));
	}

	@Override
	public void onFetchSocketsResponse(FetchSocketsResponse response) {
	}

	@Override
	public void onServerSideEmit(ServerSideEmit message) {
		String requestId = message.requestId();
		if (requestId != null) {
			this.answer.accept(new ServerSideEmitResponse(requestId, false, null));
		}
	}

	@Override
	public void onServerSideEmitResponse(ServerSideEmitResponse response) {
	}

	@Override
	public void onBroadcastClientCount(BroadcastClientCount response) {
	}

	@Override
	public void onBroadcastAck(BroadcastAck response) {
	}

	@Override
	public void onAdapterClose(AdapterClose message) {
	}

}
