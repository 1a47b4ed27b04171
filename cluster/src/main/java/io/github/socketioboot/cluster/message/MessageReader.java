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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.adapter.SocketDetails.HandshakeDetails;
import io.github.socketioboot.engine.adapter.SocketState;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.PacketFormatException;
import io.github.socketioboot.engine.protocol.PacketLimits;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketDecoder;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the fields of one message. Counterpart of {@link MessageWriter}. Numbers of
 * things to come are believed as far as the bytes that are there can hold them.
 */
final class MessageReader {

	private static final int MAX_REQUEST_ID = 64;

	/**
	 * Clients may send what is nested to {@link PacketLimits#MAX_DEPTH}, and it travels
	 * inside of other things; servers may send more.
	 */
	private static final PacketLimits TREES = new PacketLimits(JsonMapper.shared(), ClusterMessageCodec.MAX_ATTACHMENTS,
			5 * PacketLimits.MAX_DEPTH);

	private final ByteBuf in;

	MessageReader(ByteBuf in) {
		this.in = in;
	}

	ClusterMessage read(ClusterMessageType type) throws MalformedMessageException, PacketFormatException {
		return switch (type) {
			case INITIAL_HEARTBEAT -> new InitialHeartbeat();
			case HEARTBEAT -> new Heartbeat();
			case BROADCAST -> readBroadcast();
			case SOCKETS_JOIN -> new SocketsJoin(readOptions(), readTexts());
			case SOCKETS_LEAVE -> new SocketsLeave(readOptions(), readTexts());
			case DISCONNECT_SOCKETS -> new DisconnectSockets(readOptions(), this.in.readBoolean());
			case FETCH_SOCKETS -> new FetchSockets(readOptions(), readRequestId());
			case FETCH_SOCKETS_RESPONSE -> readFetchSocketsResponse();
			case SERVER_SIDE_EMIT -> readServerSideEmit();
			case SERVER_SIDE_EMIT_RESPONSE ->
				new ServerSideEmitResponse(readRequestId(), this.in.readBoolean(), readValue());
			case BROADCAST_CLIENT_COUNT -> new BroadcastClientCount(readRequestId(), readCount());
			case BROADCAST_ACK -> new BroadcastAck(readRequestId(), readValue());
			case ADAPTER_CLOSE -> new AdapterClose();
		};
	}

	String readText() throws MalformedMessageException {
		int length = this.in.readInt();
		if (length < 0 || length > this.in.readableBytes()) {
			throw new MalformedMessageException("illegal length");
		}
		String text = this.in.toString(this.in.readerIndex(), length, StandardCharsets.UTF_8);
		this.in.skipBytes(length);
		return text;
	}

	private Broadcast readBroadcast() throws MalformedMessageException, PacketFormatException {
		BroadcastOptions options = readOptions();
		String requestId = readOptionalRequestId();
		long ackId = this.in.readLong();
		if ((ackId != SocketPacket.NO_ID) != (requestId != null)) {
			throw new MalformedMessageException("illegal acknowledgement id");
		}
		return new Broadcast(new BroadcastPacket(EncodedPacket.readFrom(this.in), ackId), options, requestId);
	}

	private ServerSideEmit readServerSideEmit() throws MalformedMessageException, PacketFormatException {
		String requestId = readOptionalRequestId();
		return new ServerSideEmit(readTree(), requestId);
	}

	private FetchSocketsResponse readFetchSocketsResponse() throws MalformedMessageException, PacketFormatException {
		String requestId = readRequestId();
		boolean last = this.in.readBoolean();
		int size = readSize();
		List<SocketDetails> sockets = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			sockets.add(readSocket());
		}
		return new FetchSocketsResponse(requestId, sockets, last);
	}

	private BroadcastOptions readOptions() throws MalformedMessageException {
		int flags = this.in.readByte();
		long timeout = this.in.readLong();
		if (timeout < 0) {
			throw new MalformedMessageException("illegal timeout");
		}
		List<String> rooms = readTexts();
		List<String> except = readTexts();
		return new BroadcastOptions(new HashSet<>(rooms), new HashSet<>(except), (flags & MessageWriter.LOCAL) != 0,
				(flags & MessageWriter.VOLATILE) != 0, timeout);
	}

	private String readRequestId() throws MalformedMessageException {
		String requestId = readOptionalRequestId();
		if (requestId == null) {
			throw new MalformedMessageException("missing request id");
		}
		return requestId;
	}

	private @Nullable String readOptionalRequestId() throws MalformedMessageException {
		String requestId = readText();
		if (requestId.length() > MAX_REQUEST_ID) {
			throw new MalformedMessageException("illegal request id");
		}
		return requestId.isEmpty() ? null : requestId;
	}

	private int readCount() throws MalformedMessageException {
		int count = this.in.readInt();
		if (count < 0) {
			throw new MalformedMessageException("illegal number");
		}
		return count;
	}

	/**
	 * Read how many things follow that begin with a length each.
	 * @return the number
	 * @throws MalformedMessageException if there cannot be so many
	 */
	private int readSize() throws MalformedMessageException {
		int size = readCount();
		if (size > this.in.readableBytes() / Integer.BYTES) {
			throw new MalformedMessageException("illegal size");
		}
		return size;
	}

	private List<String> readTexts() throws MalformedMessageException {
		int size = readSize();
		List<String> texts = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			texts.add(readText());
		}
		return texts;
	}

	SocketState readState() throws MalformedMessageException, PacketFormatException {
		return new SocketState(readText(), new HashSet<>(readTexts()), readData());
	}

	private SocketDetails readSocket() throws MalformedMessageException, PacketFormatException {
		String id = readText();
		List<String> rooms = readTexts();
		Map<String, List<String>> headers = readMap();
		String address = readText();
		int flags = this.in.readByte();
		long issued = this.in.readLong();
		String url = readText();
		Map<String, List<String>> query = readMap();
		Object auth = readValue();
		Object data = readData();
		HandshakeDetails handshake = new HandshakeDetails(headers, address, (flags & MessageWriter.XDOMAIN) != 0,
				(flags & MessageWriter.SECURE) != 0, issued, url, query, auth);
		return new SocketDetails(id, handshake, new HashSet<>(rooms), data);
	}

	private Map<String, List<String>> readMap() throws MalformedMessageException {
		int size = readSize();
		Map<String, List<String>> map = new LinkedHashMap<>();
		for (int i = 0; i < size; i++) {
			map.put(readText(), readTexts());
		}
		return map;
	}

	/**
	 * Read data of the application, or nothing if it is illegal, such as by a placeholder
	 * that a client made up: a socket is found even so.
	 * @return the data
	 * @throws PacketFormatException if nothing can be read any more
	 */
	private @Nullable Object readData() throws PacketFormatException {
		if (!this.in.readBoolean()) {
			return null;
		}
		EncodedPacket packet = EncodedPacket.readFrom(this.in);
		try {
			List<@Nullable Object> values = tree(packet);
			return values.isEmpty() ? null : values.get(0);
		}
		catch (PacketFormatException ex) {
			return null;
		}
		finally {
			packet.release();
		}
	}

	private @Nullable Object readValue() throws PacketFormatException {
		if (!this.in.readBoolean()) {
			return null;
		}
		List<@Nullable Object> values = readTree();
		return values.isEmpty() ? null : values.get(0);
	}

	private List<@Nullable Object> readTree() throws PacketFormatException {
		EncodedPacket packet = EncodedPacket.readFrom(this.in);
		try {
			return tree(packet);
		}
		finally {
			packet.release();
		}
	}

	@SuppressWarnings("unchecked")
	private static List<@Nullable Object> tree(EncodedPacket packet) throws PacketFormatException {
		if (!(new SocketPacketDecoder(TREES).decode(packet).data() instanceof List<?> values)) {
			throw new PacketFormatException("illegal payload");
		}
		return (List<@Nullable Object>) values;
	}

}
