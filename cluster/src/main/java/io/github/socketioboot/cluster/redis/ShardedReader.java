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

package io.github.socketioboot.cluster.redis;

import java.util.ArrayList;
import java.util.List;

import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterMessage.DisconnectSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.FetchSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.ServerSideEmit;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsLeave;
import io.github.socketioboot.cluster.message.ClusterMessageType;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastAck;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastClientCount;
import io.github.socketioboot.cluster.message.ClusterResponse.FetchSocketsResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.ServerSideEmitResponse;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.adapter.SocketDetails;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of trees. Counterpart of {@link ShardedWriter}. Thread-safe.
 */
final class ShardedReader {

	private final SocketsJson sockets;

	ShardedReader(Payloads payloads) {
		this.sockets = new SocketsJson(payloads);
	}

	/**
	 * Make a message.
	 * @param fields fields of the whole
	 * @return the message, or {@code null} if it is about members
	 * @throws MalformedMessageException if it is none
	 */
	@Nullable ClusterMessage message(Fields fields) throws MalformedMessageException {
		ClusterMessageType type = ClusterMessageType.ofNumber(fields.kind("type"));
		if (type == null) {
			throw new MalformedMessageException("unknown type");
		}
		return type.isOfMembers() ? null : message(type, fields.fields("data"));
	}

	private @Nullable ClusterMessage message(ClusterMessageType type, Fields data) throws MalformedMessageException {
		return switch (type) {
			case INITIAL_HEARTBEAT, HEARTBEAT, ADAPTER_CLOSE -> null;
			case BROADCAST -> broadcast(data);
			case SOCKETS_JOIN -> new SocketsJoin(data.fields("opts").options(), data.names("rooms"));
			case SOCKETS_LEAVE -> new SocketsLeave(data.fields("opts").options(), data.names("rooms"));
			case DISCONNECT_SOCKETS -> new DisconnectSockets(data.fields("opts").options(), data.flag("close"));
			case FETCH_SOCKETS -> new FetchSockets(data.fields("opts").options(), data.id("requestId"));
			case FETCH_SOCKETS_RESPONSE -> new FetchSocketsResponse(data.id("requestId"), sockets(data), true);
			case SERVER_SIDE_EMIT -> new ServerSideEmit(data.event("packet"), data.idIfAny("requestId"), data.trace());
			case SERVER_SIDE_EMIT_RESPONSE ->
				new ServerSideEmitResponse(data.id("requestId"), true, data.get("packet"));
			case BROADCAST_CLIENT_COUNT -> new BroadcastClientCount(data.id("requestId"), data.count("clientCount"));
			case BROADCAST_ACK -> new BroadcastAck(data.id("requestId"), data.get("packet"));
		};
	}

	private static Broadcast broadcast(Fields data) throws MalformedMessageException {
		return new Broadcast(data.fields("packet").packet(), data.fields("opts").options(), data.idIfAny("requestId"),
				data.trace());
	}

	private List<SocketDetails> sockets(Fields data) throws MalformedMessageException {
		List<@Nullable Object> list = data.list("sockets");
		List<SocketDetails> sockets = new ArrayList<>(list.size());
		for (Object element : list) {
			sockets.add(this.sockets.read(element));
		}
		return sockets;
	}

}
