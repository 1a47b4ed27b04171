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

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.adapter.SocketDetails.HandshakeDetails;
import io.github.socketioboot.engine.adapter.SocketState;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of one message. Counterpart of {@link MessageReader}.
 */
final class MessageWriter implements ClusterMessageVisitor {

	static final int LOCAL = 1;

	static final int VOLATILE = 2;

	static final int XDOMAIN = 1;

	static final int SECURE = 2;

	private final ByteBuf out;

	private final SocketPacketEncoder trees;

	MessageWriter(ByteBuf out, SocketPacketEncoder trees) {
		this.out = out;
		this.trees = trees;
	}

	void writeText(String text) {
		int length = ByteBufUtil.utf8Bytes(text);
		this.out.writeInt(length);
		ByteBufUtil.reserveAndWriteUtf8(this.out, text, length);
	}

	@Override
	public void onInitialHeartbeat(InitialHeartbeat message) {
	}

	@Override
	public void onHeartbeat(Heartbeat message) {
	}

	@Override
	public void onBroadcast(Broadcast message) {
		writeOptions(message.options());
		writeRequestId(message.requestId());
		this.out.writeLong(message.packet().ackId());
		message.packet().encoded().writeTo(this.out);
	}

	@Override
	public void onSocketsJoin(SocketsJoin message) {
		writeOptions(message.options());
		writeTexts(message.rooms());
	}

	@Override
	public void onSocketsLeave(SocketsLeave message) {
		writeOptions(message.options());
		writeTexts(message.rooms());
	}

	@Override
	public void onDisconnectSockets(DisconnectSockets message) {
		writeOptions(message.options());
		this.out.writeBoolean(message.close());
	}

	@Override
	public void onFetchSockets(FetchSockets message) {
		writeOptions(message.options());
		writeText(message.requestId());
	}

	@Override
	public void onFetchSocketsResponse(FetchSocketsResponse response) {
		writeText(response.requestId());
		this.out.writeBoolean(response.last());
		this.out.writeInt(response.sockets().size());
		response.sockets().forEach(this::writeSocket);
	}

	@Override
	public void onServerSideEmit(ServerSideEmit message) {
		writeRequestId(message.requestId());
		writeTree(message.packet());
	}

	@Override
	public void onServerSideEmitResponse(ServerSideEmitResponse response) {
		writeText(response.requestId());
		this.out.writeBoolean(response.exists());
		writeValue(response.packet());
	}

	@Override
	public void onBroadcastClientCount(BroadcastClientCount response) {
		writeText(response.requestId());
		this.out.writeInt(response.clientCount());
	}

	@Override
	public void onBroadcastAck(BroadcastAck response) {
		writeText(response.requestId());
		writeValue(response.packet());
	}

	@Override
	public void onAdapterClose(AdapterClose message) {
	}

	private void writeOptions(BroadcastOptions options) {
		this.out.writeByte((options.local() ? LOCAL : 0) | (options.onlyIfWritable() ? VOLATILE : 0));
		this.out.writeLong(options.timeoutMillis());
		writeTexts(options.rooms());
		writeTexts(options.except());
	}

	private void writeRequestId(@Nullable String requestId) {
		writeText((requestId != null) ? requestId : "");
	}

	private void writeTexts(Collection<String> texts) {
		this.out.writeInt(texts.size());
		texts.forEach(this::writeText);
	}

	void writeState(SocketState state) {
		writeText(state.id());
		writeTexts(state.rooms());
		writeData(state.data());
	}

	private void writeSocket(SocketDetails socket) {
		writeText(socket.id());
		writeTexts(socket.rooms());
		HandshakeDetails handshake = socket.handshake();
		writeMap(handshake.headers());
		writeText(handshake.address());
		this.out.writeByte((handshake.xdomain() ? XDOMAIN : 0) | (handshake.secure() ? SECURE : 0));
		this.out.writeLong(handshake.issued());
		writeText(handshake.url());
		writeMap(handshake.query());
		writeValue(handshake.auth());
		writeData(socket.data());
	}

	private void writeMap(Map<String, List<String>> map) {
		this.out.writeInt(map.size());
		map.forEach((name, values) -> {
			writeText(name);
			writeTexts(values);
		});
	}

	/**
	 * Write data of the application, or nothing if it has no JSON: a socket is found even
	 * so.
	 * @param data the data
	 */
	private void writeData(@Nullable Object data) {
		int before = this.out.writerIndex();
		try {
			writeValue(data);
		}
		catch (RuntimeException ex) {
			// Also of what is changed while it is written
			this.out.writerIndex(before);
			writeValue(null);
		}
	}

	private void writeValue(@Nullable Object value) {
		this.out.writeBoolean(value != null);
		if (value != null) {
			writeTree(Arrays.asList(value));
		}
	}

	private void writeTree(List<@Nullable Object> values) {
		EncodedPacket packet = this.trees.encode(SocketPacketType.ACK, SocketPacket.ROOT, SocketPacket.NO_ID, values);
		try {
			packet.writeTo(this.out);
		}
		finally {
			packet.release();
		}
	}

}
