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
import java.util.HashSet;
import java.util.List;

import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterMessage.DisconnectSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.FetchSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.ServerSideEmit;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsLeave;
import io.github.socketioboot.cluster.message.ClusterResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastAck;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastClientCount;
import io.github.socketioboot.cluster.message.ClusterResponse.FetchSocketsResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.ServerSideEmitResponse;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.protocol.SocketPacket;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of trees. Counterpart of {@link ClassicWriter}. Thread-safe.
 */
final class ClassicReader {

	private final String namespace;

	private final SocketsJson sockets;

	ClassicReader(String namespace, Payloads payloads) {
		this.namespace = namespace;
		this.sockets = new SocketsJson(payloads);
	}

	Broadcast broadcast(@Nullable Object packet, @Nullable Object options, @Nullable String requestId)
			throws MalformedMessageException {
		Fields fields = Fields.of(packet);
		if (fields.has("nsp") ? !this.namespace.equals(fields.get("nsp")) : !this.namespace.equals(SocketPacket.ROOT)) {
			throw new MalformedMessageException("another namespace");
		}
		BroadcastPacket broadcast = fields.packet();
		Fields whom = Fields.of(options);
		return new Broadcast(broadcast, whom.options(), requestId, whom.trace());
	}

	ClassicRequest request(Fields fields) throws MalformedMessageException {
		String uid = fields.textOrEmpty("uid");
		if (uid.length() > Bounds.MAX_ID) {
			throw new MalformedMessageException("illegal uid");
		}
		return switch (fields.kind("type")) {
			case ClassicType.SOCKETS ->
				new ClassicRequest.Sockets(uid, fields.id("requestId"), new HashSet<>(fields.names("rooms")));
			case ClassicType.ALL_ROOMS -> new ClassicRequest.AllRooms(uid, fields.id("requestId"));
			case ClassicType.REMOTE_JOIN -> join(uid, fields);
			case ClassicType.REMOTE_LEAVE -> leave(uid, fields);
			case ClassicType.REMOTE_DISCONNECT -> disconnect(uid, fields);
			case ClassicType.REMOTE_FETCH -> new ClassicRequest.Known(uid,
					new FetchSockets(fields.fields("opts").options(), fields.id("requestId")));
			case ClassicType.SERVER_SIDE_EMIT -> new ClassicRequest.Known(uid, serverSideEmit(fields));
			case ClassicType.BROADCAST -> new ClassicRequest.Known(uid,
					broadcast(fields.get("packet"), fields.get("opts"), fields.id("requestId")));
			default -> throw new MalformedMessageException("unknown type");
		};
	}

	private static ClassicRequest join(String uid, Fields fields) throws MalformedMessageException {
		if (fields.has("opts")) {
			return new ClassicRequest.Known(uid,
					new SocketsJoin(fields.fields("opts").options(), fields.names("rooms")));
		}
		return new ClassicRequest.JoinOne(uid, fields.id("requestId"), fields.text("sid"), fields.text("room"));
	}

	private static ClassicRequest leave(String uid, Fields fields) throws MalformedMessageException {
		if (fields.has("opts")) {
			return new ClassicRequest.Known(uid,
					new SocketsLeave(fields.fields("opts").options(), fields.names("rooms")));
		}
		return new ClassicRequest.LeaveOne(uid, fields.id("requestId"), fields.text("sid"), fields.text("room"));
	}

	private static ClassicRequest disconnect(String uid, Fields fields) throws MalformedMessageException {
		if (fields.has("opts")) {
			return new ClassicRequest.Known(uid,
					new DisconnectSockets(fields.fields("opts").options(), fields.flag("close")));
		}
		return new ClassicRequest.DisconnectOne(uid, fields.id("requestId"), fields.text("sid"), fields.flag("close"));
	}

	private static ServerSideEmit serverSideEmit(Fields fields) throws MalformedMessageException {
		List<@Nullable Object> data = fields.event("data");
		data.replaceAll(NodeBuffers::revive);
		return new ServerSideEmit(data, fields.idIfAny("requestId"), fields.trace());
	}

	/**
	 * Make a response.
	 * @param fields the fields
	 * @return the response, or {@code null} if it is one to a request that this member
	 * never makes
	 * @throws MalformedMessageException if it is none
	 */
	@Nullable ClusterResponse response(Fields fields) throws MalformedMessageException {
		String requestId = fields.id("requestId");
		return switch (fields.kind("type")) {
			case ClassicType.SERVER_SIDE_EMIT ->
				new ServerSideEmitResponse(requestId, true, NodeBuffers.revive(fields.get("data")));
			case ClassicType.BROADCAST_CLIENT_COUNT -> new BroadcastClientCount(requestId, fields.count("clientCount"));
			case ClassicType.BROADCAST_ACK -> new BroadcastAck(requestId, fields.get("packet"));
			default -> fields.has("sockets") ? new FetchSocketsResponse(requestId, sockets(fields), true) : null;
		};
	}

	private List<SocketDetails> sockets(Fields fields) throws MalformedMessageException {
		List<@Nullable Object> list = fields.list("sockets");
		List<SocketDetails> sockets = new ArrayList<>(list.size());
		for (Object element : list) {
			sockets.add(this.sockets.read(element));
		}
		return sockets;
	}

}
