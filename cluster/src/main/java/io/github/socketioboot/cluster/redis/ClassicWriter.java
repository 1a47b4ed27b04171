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

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

import io.github.socketioboot.cluster.message.ClusterMessage;
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
import io.github.socketioboot.cluster.message.TraceParent;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message, its fields in the order of the reference server. For one thread.
 */
final class ClassicWriter implements ClusterMessageVisitor {

	private final ClassicChannels channels;

	private final String uid;

	private final Payloads payloads;

	private final String responseChannel;

	private @Nullable ClassicMessage message;

	/**
	 * Create a writer.
	 * @param channels names of channels
	 * @param uid id of this member
	 * @param payloads writes payloads
	 * @param responseChannel channel for responses
	 */
	ClassicWriter(ClassicChannels channels, String uid, Payloads payloads, String responseChannel) {
		this.channels = channels;
		this.uid = uid;
		this.payloads = payloads;
		this.responseChannel = responseChannel;
	}

	static MessagePackWriter broadcastHead(String uid) {
		return new MessagePackWriter().array(3).text(uid);
	}

	static MessagePackWriter askingHead(String uid) {
		return new MessagePackWriter().map(5).text("uid").text(uid);
	}

	ClassicMessage write(ClusterMessage message) {
		message.accept(this);
		if (this.message == null) {
			throw new IllegalArgumentException("The protocol has no " + message.type());
		}
		return this.message;
	}

	@Override
	public void onInitialHeartbeat(InitialHeartbeat message) {
		// Members are counted by Redis
	}

	@Override
	public void onHeartbeat(Heartbeat message) {
		// Members are counted by Redis
	}

	@Override
	public void onAdapterClose(AdapterClose message) {
		// Members are counted by Redis
	}

	@Override
	public void onBroadcast(Broadcast message) {
		if (message.requestId() == null) {
			MessagePackWriter out = broadcastHead(this.uid);
			writePacket(message, out);
			writeOptions(message, out);
			Set<String> rooms = message.options().rooms();
			this.message = new ClassicMessage(
					(rooms.size() == 1) ? this.channels.broadcast(rooms.iterator().next()) : this.channels.broadcast(),
					out.toByteArray());
			return;
		}
		MessagePackWriter out = askingHead(this.uid).text("requestId").text(message.requestId());
		out.text("type").number(ClassicType.BROADCAST).text("packet");
		writePacket(message, out);
		out.text("opts");
		writeOptions(message, out);
		this.message = new ClassicMessage(this.channels.request(), out.toByteArray());
	}

	private void writePacket(Broadcast message, MessagePackWriter out) {
		String namespace = this.channels.namespace();
		out.map(3).text("type").number(SocketPacketType.EVENT.ordinal());
		out.text("data").value(this.payloads.tree(message.packet().encoded(), namespace));
		out.text("nsp").text(namespace);
	}

	// A trace stands where the reference server looks at no more fields, and neither at
	// the begin nor at the end, by which senders know their own messages
	private static void writeOptions(Broadcast message, MessagePackWriter out) {
		BroadcastOptions options = message.options();
		TraceParent trace = message.trace();
		out.map((trace != null) ? 4 : 3);
		if (trace != null) {
			out.text(TraceParent.NAME).text(trace.value());
		}
		out.text("rooms").texts(sorted(options.rooms())).text("except").texts(sorted(options.except()));
		boolean timed = options.timeoutMillis() > 0;
		out.text("flags").map((options.onlyIfWritable() ? 1 : 0) + (timed ? 1 : 0));
		if (options.onlyIfWritable()) {
			out.text("volatile").bool(true);
		}
		if (timed) {
			out.text("timeout").number(options.timeoutMillis());
		}
	}

	@Override
	public void onSocketsJoin(SocketsJoin message) {
		request(startRequest(null, ClassicType.REMOTE_JOIN, message.options()).name("rooms").texts(message.rooms()));
	}

	@Override
	public void onSocketsLeave(SocketsLeave message) {
		request(startRequest(null, ClassicType.REMOTE_LEAVE, message.options()).name("rooms").texts(message.rooms()));
	}

	@Override
	public void onDisconnectSockets(DisconnectSockets message) {
		request(startRequest(null, ClassicType.REMOTE_DISCONNECT, message.options()).name("close")
			.bool(message.close()));
	}

	@Override
	public void onFetchSockets(FetchSockets message) {
		request(startRequest(message.requestId(), ClassicType.REMOTE_FETCH, message.options()));
	}

	@Override
	public void onServerSideEmit(ServerSideEmit message) {
		JsonWriter out = startRequest(message.requestId(), ClassicType.SERVER_SIDE_EMIT).name("data")
			.raw(this.payloads.jsonOfList(message.packet()));
		TraceParent trace = message.trace();
		request((trace != null) ? out.name(TraceParent.NAME).text(trace.value()) : out);
	}

	@Override
	public void onFetchSocketsResponse(FetchSocketsResponse response) {
		if (!response.last()) {
			throw new IllegalArgumentException("The protocol has one response of each member");
		}
		JsonWriter out = startResponse(response.requestId()).name("sockets").startArray();
		SocketsJson json = new SocketsJson(this.payloads);
		response.sockets().forEach((socket) -> json.write(socket, out));
		respond(out.endArray());
	}

	@Override
	public void onServerSideEmitResponse(ServerSideEmitResponse response) {
		if (!response.exists()) {
			throw new IllegalArgumentException("The protocol has no response of who has not the namespace");
		}
		JsonWriter out = new JsonWriter().startObject().name("type").number(ClassicType.SERVER_SIDE_EMIT);
		out.name("requestId").text(response.requestId());
		out.name("data").raw(this.payloads.json(response.packet())).endObject();
		// The reference server has no other channel for these
		this.message = new ClassicMessage(this.channels.response(), out.toByteArray());
	}

	@Override
	public void onBroadcastClientCount(BroadcastClientCount response) {
		JsonWriter out = new JsonWriter().startObject().name("type").number(ClassicType.BROADCAST_CLIENT_COUNT);
		respond(out.name("requestId").text(response.requestId()).name("clientCount").number(response.clientCount()));
	}

	@Override
	public void onBroadcastAck(BroadcastAck response) {
		MessagePackWriter out = new MessagePackWriter();
		out.map(3).text("type").number(ClassicType.BROADCAST_ACK).text("requestId").text(response.requestId());
		out.text("packet").value(this.payloads.tree(response.packet()));
		this.message = new ClassicMessage(this.responseChannel, out.toByteArray());
	}

	/**
	 * Write names as an answer.
	 * @param requestId id of the request
	 * @param field name of the field, or {@code null} for an answer that says nothing
	 * @param names the names
	 * @return the message
	 */
	ClassicMessage writeNames(String requestId, @Nullable String field, Collection<String> names) {
		JsonWriter out = startResponse(requestId);
		if (field != null) {
			out.name(field).texts(names);
		}
		return respond(out);
	}

	private JsonWriter startRequest(@Nullable String requestId, int type) {
		JsonWriter out = new JsonWriter().startObject().name("uid").text(this.uid);
		if (requestId != null) {
			out.name("requestId").text(requestId);
		}
		return out.name("type").number(type);
	}

	private JsonWriter startRequest(@Nullable String requestId, int type, BroadcastOptions options) {
		JsonWriter out = startRequest(requestId, type).name("opts").startObject();
		out.name("rooms").texts(sorted(options.rooms()));
		return out.name("except").texts(sorted(options.except())).endObject();
	}

	private static JsonWriter startResponse(String requestId) {
		return new JsonWriter().startObject().name("requestId").text(requestId);
	}

	private void request(JsonWriter out) {
		this.message = new ClassicMessage(this.channels.request(), out.endObject().toByteArray());
	}

	private ClassicMessage respond(JsonWriter out) {
		ClassicMessage response = new ClassicMessage(this.responseChannel, out.endObject().toByteArray());
		this.message = response;
		return response;
	}

	private static Collection<String> sorted(Set<String> names) {
		return (names.size() > 1) ? new TreeSet<>(names) : names;
	}

}
