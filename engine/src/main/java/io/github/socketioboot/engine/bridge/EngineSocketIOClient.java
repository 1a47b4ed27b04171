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

import java.net.SocketAddress;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.store.Store;
import com.corundumstudio.socketio.transport.NamespaceClient;
import io.github.socketioboot.engine.namespace.Socket;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * netty-socketio's client on a {@link Socket} of the engine, which holds all of its state
 * but the store. Thread-safe. Lives as long as the socket.
 *
 * @since 0.1.0
 */
public final class EngineSocketIOClient extends NamespaceClient {

	private final Socket socket;

	private volatile @Nullable Object auth;

	private volatile @Nullable Principal principal;

	private volatile @Nullable CloseReason reason;

	@SuppressWarnings("NullAway") // There is no ClientHead: all that would use it is
									// overridden
	EngineSocketIOClient(Socket socket, EngineSocketIONamespace namespace) {
		super(null, namespace);
		this.socket = socket;
	}

	/**
	 * Find the client of a socket.
	 * @param socket the socket
	 * @return the client, or {@code null} before its authentication has begun, or if the
	 * socket connected where there was no bridge
	 */
	public static @Nullable EngineSocketIOClient of(Socket socket) {
		return (socket.attachment() instanceof EngineSocketIOClient client) ? client : null;
	}

	/**
	 * Return the socket of the engine.
	 * @return the socket
	 */
	public Socket socket() {
		return this.socket;
	}

	/**
	 * Return why the client left.
	 * @return the reason, or {@code null} while it is connected
	 */
	public @Nullable CloseReason getDisconnectReason() {
		return this.reason;
	}

	/**
	 * Return who the client is in its namespace.
	 * @return the principal, or {@code null} for nobody
	 */
	public @Nullable Principal principal() {
		return this.principal;
	}

	/**
	 * Set who the client is in its namespace. Other sockets of its connection are not
	 * concerned.
	 * @param principal the principal, or {@code null} for nobody
	 */
	public void principal(@Nullable Principal principal) {
		this.principal = principal;
	}

	void disconnected(CloseReason reason) {
		this.reason = reason;
	}

	@Nullable Object auth() {
		Object auth = this.auth;
		return (auth != null) ? auth : this.socket.auth();
	}

	void auth(@Nullable Object auth) {
		this.auth = auth;
	}

	@Override
	public ClientHead getBaseClient() {
		throw new UnsupportedOperationException("The engine has no ClientHead; use socket()");
	}

	@Override
	public EngineSocketIONamespace getNamespace() {
		return (EngineSocketIONamespace) super.getNamespace();
	}

	@Override
	public UUID getSessionId() {
		return this.socket.uuid();
	}

	@Override
	public Transport getTransport() {
		return Transport.valueOf(this.socket.transport().name());
	}

	@Override
	public EngineIOVersion getEngineIOVersion() {
		return (this.socket.version() == EngineVersion.V4) ? EngineIOVersion.V4 : EngineIOVersion.V3;
	}

	@Override
	public SocketAddress getRemoteAddress() {
		return this.socket.remoteAddress();
	}

	@Override
	public HandshakeData getHandshakeData() {
		return new EngineHandshakeData(this.socket.handshake(), this);
	}

	@Override
	public boolean isChannelOpen() {
		return this.socket.isSessionOpen();
	}

	@Override
	public boolean isWritable() {
		return this.socket.isConnected() && this.socket.isWritable();
	}

	@Override
	public void sendEvent(String name, Object... data) {
		this.socket.emit(name, Arrays.asList(data));
	}

	@Override
	public void sendEvent(String name, AckCallback<?> ackCallback, Object... data) {
		if (data.length == 1 && data[0] instanceof AckReceivers receivers) {
			receivers.add(this, ackCallback);
			return;
		}
		sendEvent(name, ackCallback, Arrays.asList(data));
	}

	void sendEvent(String name, AckCallback<?> callback, List<?> data) {
		this.socket.emit(name, data, getNamespace().acknowledgement(this, callback), AckReceivers.timeout(callback));
	}

	@Override
	public void send(Packet packet) {
		ClientPacket.of(packet).send(this.socket);
	}

	@Override
	public void send(Packet packet, AckCallback<?> ackCallback) {
		ClientPacket event = ClientPacket.of(packet);
		sendEvent(event.eventName(), ackCallback, event.eventArgs());
	}

	/**
	 * Send the client away from this namespace, as {@code socket.disconnect()} of the
	 * reference server does: other namespaces of its connection stay, and JavaScript
	 * clients do not come back by themselves.
	 */
	@Override
	public void disconnect() {
		this.socket.disconnect(false);
	}

	/**
	 * Called by netty-socketio's own wire only.
	 */
	@Override
	public void onDisconnect() {
		throw new UnsupportedOperationException("Clients leave through the engine; use disconnect()");
	}

	@Override
	public void joinRoom(String room) {
		this.socket.join(room);
	}

	@Override
	public void joinRooms(Set<String> rooms) {
		this.socket.join(rooms);
	}

	@Override
	public void leaveRoom(String room) {
		this.socket.leave(room);
	}

	@Override
	public void leaveRooms(Set<String> rooms) {
		this.socket.leave(rooms);
	}

	@Override
	public Set<String> getAllRooms() {
		return this.socket.rooms();
	}

	@Override
	public int getCurrentRoomSize(String room) {
		return getNamespace().getRoomClientsInCluster(room);
	}

	/**
	 * Keep a value for the connection, also told as data of its sockets by
	 * {@code fetchSockets()}: as JSON has it, to all servers. Values should not change
	 * once they are here; what has no JSON, a {@link Principal}, and what would exceed 16
	 * KB in all, stays on this server.
	 * @param key its key
	 * @param val the value
	 */
	@Override
	public void set(String key, Object val) {
		store().set(key, val);
		this.socket.dataChanged();
	}

	@Override
	public <T> T get(String key) {
		return store().get(key);
	}

	@Override
	public boolean has(String key) {
		return store().has(key);
	}

	@Override
	public void del(String key) {
		store().del(key);
		this.socket.dataChanged();
	}

	private Store store() {
		return this.socket.connectionAttachment(Store.class, () -> getNamespace().createStore(this.socket));
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other
				|| (other instanceof EngineSocketIOClient client && client.getSessionId().equals(getSessionId()));
	}

	@Override
	public int hashCode() {
		return getSessionId().hashCode();
	}

	@Override
	public String toString() {
		return getNamespace().getName() + "#" + this.socket.id();
	}

}
