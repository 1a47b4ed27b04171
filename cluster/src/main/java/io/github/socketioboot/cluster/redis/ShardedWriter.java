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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
final class ShardedWriter implements ClusterMessageVisitor {

	private static final String REQUEST_ID = "requestId";

	private static final String PACKET = "packet";

	private static final String OPTIONS = "opts";

	private static final String ROOMS = "rooms";

	private final String namespace;

	private final String uid;

	private final Payloads payloads;

	private final Map<String, @Nullable Object> data = new LinkedHashMap<>();

	/** A message that is written already. */
	private byte @Nullable [] bytes;

	/**
	 * Create a writer.
	 * @param namespace name of the namespace
	 * @param uid id of this member
	 * @param payloads writes payloads
	 */
	ShardedWriter(String namespace, String uid, Payloads payloads) {
		this.namespace = namespace;
		this.uid = uid;
		this.payloads = payloads;
	}

	byte[] write(ClusterMessage message) {
		message.accept(this);
		if (this.bytes != null) {
			return this.bytes;
		}
		if (this.data.isEmpty()) {
			throw new IllegalArgumentException("The protocol has no " + message.type());
		}
		int type = message.type().number();
		if (hasBytes(this.data)) {
			return new MessagePackWriter().map(4)
				.text("type")
				.number(type)
				.text("data")
				.value(this.data)
				.text("uid")
				.text(this.uid)
				.text("nsp")
				.text(this.namespace)
				.toByteArray();
		}
		return end(start(type).value(this.data));
	}

	private static JsonWriter start(int type) {
		return new JsonWriter().startObject().name("type").number(type).name("data");
	}

	private byte[] end(JsonWriter out) {
		return out.name("uid").text(this.uid).name("nsp").text(this.namespace).endObject().toByteArray();
	}

	private static boolean hasBytes(@Nullable Object value) {
		if (value instanceof byte[]) {
			return true;
		}
		if (value instanceof List<?> list) {
			return list.stream().anyMatch(ShardedWriter::hasBytes);
		}
		return value instanceof Map<?, ?> map && map.values().stream().anyMatch(ShardedWriter::hasBytes);
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
		if (message.packet().encoded().attachments() == 0) {
			this.bytes = json(message);
			return;
		}
		Map<String, @Nullable Object> packet = new LinkedHashMap<>();
		packet.put("type", SocketPacketType.EVENT.ordinal());
		packet.put("data", this.payloads.tree(message.packet().encoded(), this.namespace));
		this.data.put(PACKET, packet);
		if (message.requestId() != null) {
			this.data.put(REQUEST_ID, message.requestId());
		}
		this.data.put(OPTIONS, options(message.options()));
		put(message.trace());
	}

	// A field of the data that the reference server does not look at
	private void put(@Nullable TraceParent trace) {
		if (trace != null) {
			this.data.put(TraceParent.NAME, trace.value());
		}
	}

	/**
	 * Write a broadcast without bytes in it. Its payload is JSON already.
	 * @param message the broadcast
	 * @return the whole message
	 */
	private byte[] json(Broadcast message) {
		JsonWriter out = start(message.type().number()).startObject().name(PACKET).startObject();
		out.name("type").number(SocketPacketType.EVENT.ordinal());
		out.name("data").raw(this.payloads.json(message.packet().encoded(), this.namespace)).endObject();
		if (message.requestId() != null) {
			out.name(REQUEST_ID).text(message.requestId());
		}
		out.name(OPTIONS).value(options(message.options()));
		TraceParent trace = message.trace();
		if (trace != null) {
			out.name(TraceParent.NAME).text(trace.value());
		}
		return end(out.endObject());
	}

	private static Map<String, Object> options(BroadcastOptions options) {
		Map<String, Object> flags = new LinkedHashMap<>();
		if (options.onlyIfWritable()) {
			flags.put("volatile", true);
		}
		if (options.timeoutMillis() > 0) {
			flags.put("timeout", options.timeoutMillis());
		}
		Map<String, Object> map = new LinkedHashMap<>();
		map.put(ROOMS, sorted(options.rooms()));
		map.put("except", sorted(options.except()));
		map.put("flags", flags);
		return map;
	}

	private static List<String> sorted(Set<String> names) {
		Collection<String> sorted = (names.size() > 1) ? new TreeSet<>(names) : names;
		return new ArrayList<>(sorted);
	}

	@Override
	public void onSocketsJoin(SocketsJoin message) {
		this.data.put(OPTIONS, options(message.options()));
		this.data.put(ROOMS, message.rooms());
	}

	@Override
	public void onSocketsLeave(SocketsLeave message) {
		this.data.put(OPTIONS, options(message.options()));
		this.data.put(ROOMS, message.rooms());
	}

	@Override
	public void onDisconnectSockets(DisconnectSockets message) {
		this.data.put(OPTIONS, options(message.options()));
		this.data.put("close", message.close());
	}

	@Override
	public void onFetchSockets(FetchSockets message) {
		this.data.put(OPTIONS, options(message.options()));
		this.data.put(REQUEST_ID, message.requestId());
	}

	@Override
	public void onServerSideEmit(ServerSideEmit message) {
		if (message.requestId() != null) {
			this.data.put(REQUEST_ID, message.requestId());
		}
		this.data.put(PACKET, this.payloads.tree(message.packet()));
		put(message.trace());
	}

	@Override
	public void onFetchSocketsResponse(FetchSocketsResponse response) {
		if (!response.last()) {
			throw new IllegalArgumentException("The protocol has one response of each member");
		}
		this.data.put(REQUEST_ID, response.requestId());
		this.data.put("sockets", new SocketsJson(this.payloads).trees(response.sockets()));
	}

	@Override
	public void onServerSideEmitResponse(ServerSideEmitResponse response) {
		if (!response.exists()) {
			throw new IllegalArgumentException("The protocol has no response of who has not the namespace");
		}
		this.data.put(REQUEST_ID, response.requestId());
		this.data.put(PACKET, this.payloads.tree(response.packet()));
	}

	@Override
	public void onBroadcastClientCount(BroadcastClientCount response) {
		this.data.put(REQUEST_ID, response.requestId());
		this.data.put("clientCount", response.clientCount());
	}

	@Override
	public void onBroadcastAck(BroadcastAck response) {
		this.data.put(REQUEST_ID, response.requestId());
		this.data.put(PACKET, this.payloads.tree(response.packet()));
	}

}
