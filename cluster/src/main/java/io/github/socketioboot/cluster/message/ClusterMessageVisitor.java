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

package io.github.socketioboot.cluster.message;

import io.github.socketioboot.cluster.message.ClusterMessage.AdapterClose;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterMessage.DisconnectSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.FetchSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.Heartbeat;
import io.github.socketioboot.cluster.message.ClusterMessage.InitialHeartbeat;
import io.github.socketioboot.cluster.message.ClusterMessage.ServerSideEmit;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsLeave;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastAck;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastClientCount;
import io.github.socketioboot.cluster.message.ClusterResponse.FetchSocketsResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.ServerSideEmitResponse;

/**
 * Takes messages, each kind by a method of its own, so that a new kind is handled
 * everywhere.
 *
 * @since 0.1.0
 */
public interface ClusterMessageVisitor {

	/**
	 * A new member wants to hear of the others.
	 * @param message the message
	 */
	void onInitialHeartbeat(InitialHeartbeat message);

	/**
	 * A member lives.
	 * @param message the message
	 */
	void onHeartbeat(Heartbeat message);

	/**
	 * A packet is for clients.
	 * @param message the message
	 */
	void onBroadcast(Broadcast message);

	/**
	 * Sockets shall join rooms.
	 * @param message the message
	 */
	void onSocketsJoin(SocketsJoin message);

	/**
	 * Sockets shall leave rooms.
	 * @param message the message
	 */
	void onSocketsLeave(SocketsLeave message);

	/**
	 * Sockets shall be disconnected.
	 * @param message the message
	 */
	void onDisconnectSockets(DisconnectSockets message);

	/**
	 * Sockets shall be described.
	 * @param message the message
	 */
	void onFetchSockets(FetchSockets message);

	/**
	 * Sockets are described.
	 * @param response the response
	 */
	void onFetchSocketsResponse(FetchSocketsResponse response);

	/**
	 * An event is for the namespace itself.
	 * @param message the message
	 */
	void onServerSideEmit(ServerSideEmit message);

	/**
	 * Such an event is answered.
	 * @param response the response
	 */
	void onServerSideEmitResponse(ServerSideEmitResponse response);

	/**
	 * A packet was sent to some clients.
	 * @param response the response
	 */
	void onBroadcastClientCount(BroadcastClientCount response);

	/**
	 * A client has acknowledged a packet.
	 * @param response the response
	 */
	void onBroadcastAck(BroadcastAck response);

	/**
	 * A member leaves.
	 * @param message the message
	 */
	void onAdapterClose(AdapterClose message);

}
