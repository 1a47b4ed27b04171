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

package io.github.socketioboot.engine.bridge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.github.socketioboot.engine.namespace.BroadcastOperator;
import io.github.socketioboot.engine.namespace.Socket;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Packet} that an application built means to the engine. Immutable.
 */
final class ClientPacket {

	private final PacketType type;

	private final @Nullable String name;

	private final long id;

	private final @Nullable Object data;

	private ClientPacket(PacketType type, @Nullable String name, long id, @Nullable Object data) {
		this.type = type;
		this.name = name;
		this.id = id;
		this.data = data;
	}

	/**
	 * Read a packet.
	 * @param packet the packet; its namespace is passed over, as that of the receiver
	 * counts
	 * @return what it means
	 * @throws IllegalArgumentException if it is none that an application may send
	 */
	static ClientPacket of(Packet packet) {
		PacketType subType = packet.getSubType();
		if (packet.getType() != PacketType.MESSAGE || subType == null) {
			throw new IllegalArgumentException(
					"packet type: " + packet.getType() + " (expected: MESSAGE with a sub-type)");
		}
		if (packet.hasAttachments()) {
			throw new IllegalArgumentException("packet: attachments (expected: byte[] in the data)");
		}
		Long id = packet.getAckId();
		return new ClientPacket(subType, packet.getName(), (id != null) ? id : SocketPacket.NO_ID, packet.getData());
	}

	/**
	 * Send to one socket.
	 * @param socket the socket
	 */
	void send(Socket socket) {
		switch (this.type) {
			case EVENT, BINARY_EVENT -> {
				if (this.id == SocketPacket.NO_ID) {
					socket.emit(eventName(), eventArgs());
				}
				else {
					List<@Nullable Object> data = new ArrayList<>();
					data.add(eventName());
					data.addAll(eventArgs());
					socket.send(new SocketPacket(SocketPacketType.EVENT, SocketPacket.ROOT, this.id, data));
				}
			}
			case ACK, BINARY_ACK ->
				socket.send(new SocketPacket(SocketPacketType.ACK, SocketPacket.ROOT, this.id, args()));
			case ERROR -> socket.send(
					new SocketPacket(SocketPacketType.CONNECT_ERROR, SocketPacket.ROOT, SocketPacket.NO_ID, this.data));
			case DISCONNECT -> socket.disconnect(false);
			default -> throw refused();
		}
	}

	/**
	 * Send to many sockets, encoded once.
	 * @param operator the sockets
	 */
	void send(BroadcastOperator operator) {
		switch (this.type) {
			case EVENT, BINARY_EVENT -> operator.emit(eventName(), eventArgs());
			case DISCONNECT -> operator.disconnectSockets(false);
			default -> throw refused();
		}
	}

	String eventName() {
		if (this.type != PacketType.EVENT && this.type != PacketType.BINARY_EVENT) {
			throw refused();
		}
		return Objects.requireNonNull(this.name, "'name' of an event must not be null");
	}

	List<@Nullable Object> eventArgs() {
		return args();
	}

	private List<@Nullable Object> args() {
		if (this.data == null) {
			return List.of();
		}
		if (this.data instanceof Collection<?> args) {
			return new ArrayList<>(args);
		}
		return Collections.singletonList(this.data);
	}

	private IllegalArgumentException refused() {
		return new IllegalArgumentException("packet sub-type: " + this.type + " (expected: one that can be sent here)");
	}

}
