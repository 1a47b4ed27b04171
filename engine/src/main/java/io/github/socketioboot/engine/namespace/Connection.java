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

package io.github.socketioboot.engine.namespace;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.socketioboot.engine.loop.LoopTimeout;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.protocol.PacketFormatException;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketDecoder;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import io.github.socketioboot.engine.session.AccessLog;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.RefusalReason;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionListener;
import io.github.socketioboot.engine.transport.TransportName;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of one session: decodes its packets and brings them to its sockets. As a
 * timeout, the time until a session without any namespace is closed. Event loop only,
 * except where a method says otherwise.
 * <p>
 * One class although long: what a client may send when, and what follows if it does
 * otherwise, is one set of rules.
 */
final class Connection extends LoopTimeout implements SessionListener {

	private static final String UNKNOWN_NAMESPACE = "Invalid namespace";

	private static final String TOO_MANY_NAMESPACES = "Too many namespaces";

	private static final String REJECTED = "Disconnected";

	/**
	 * How often a session that drains looks whether handlers are done.
	 */
	private static final long DRAIN_CHECK_MILLIS = 10;

	private final SocketIoEngine engine;

	private final Session session;

	private final HandOver handOver;

	private final SocketPacketDecoder decoder;

	/**
	 * The socket that came first, connected or about to be. Most connections have but
	 * one.
	 */
	private @Nullable Socket first;

	private @Nullable Map<String, Socket> others;

	/**
	 * Sockets whose handler has not been told all yet.
	 */
	private int unfinished;

	/**
	 * Queues because of which the session is not read.
	 */
	private int pausedBy;

	private long rateSecond;

	private int rateCount;

	/**
	 * Bytes of the packet that is being read, attachments included.
	 */
	private int packetSize;

	private boolean ended;

	/**
	 * What to run when handlers have done what they have begun, if the session drains.
	 */
	private @Nullable Runnable drained;

	private volatile boolean overflowed;

	private volatile @Nullable Object attachment;

	Connection(SocketIoEngine engine, Session session, HandOver handOver) {
		this.engine = engine;
		this.session = session;
		this.handOver = handOver;
		this.decoder = new SocketPacketDecoder(engine.packetLimits());
	}

	/**
	 * Return what a layer above keeps for all sockets of this connection. Thread-safe.
	 * @param made makes it at the first call
	 * @return the same object for ever
	 */
	Object attachment(Supplier<?> made) {
		Object attachment = this.attachment;
		if (attachment == null) {
			synchronized (this) {
				attachment = this.attachment;
				if (attachment == null) {
					attachment = made.get();
					this.attachment = attachment;
				}
			}
		}
		return attachment;
	}

	/**
	 * Return what a layer above keeps for all sockets of this connection. Thread-safe.
	 * @return the object, or {@code null} as long as none has been made
	 */
	@Nullable Object attachment() {
		return this.attachment;
	}

	/**
	 * Return the session. Thread-safe.
	 * @return the session
	 */
	Session session() {
		return this.session;
	}

	/**
	 * Return what hands queues over to handler threads. Thread-safe.
	 * @return the hand-over of the session's loop
	 */
	HandOver handOver() {
		return this.handOver;
	}

	void start() {
		this.session.loop().arm(this, this.engine.config().connectTimeout().toMillis());
		if (this.session.version() == EngineVersion.V3) {
			connect(SocketPacket.ROOT, null);
		}
	}

	@Override
	protected void onTimeout() {
		if (this.drained != null) {
			checkDrained();
		}
		else {
			failState();
		}
	}

	@Override
	public void onDrain(Runnable finished) {
		this.drained = finished;
		disarm();
		checkDrained();
	}

	private void checkDrained() {
		Runnable drained = this.drained;
		if (drained == null || this.ended) {
			return;
		}
		for (Socket socket : sockets()) {
			if (socket.isBusy()) {
				this.session.loop().arm(this, DRAIN_CHECK_MILLIS);
				return;
			}
		}
		// Behind what handlers have sent
		this.session.loop().execute(drained);
	}

	@Override
	public void onText(ByteBuf message) {
		if (this.ended) {
			return;
		}
		this.packetSize = message.readableBytes();
		try {
			handle(this.decoder.decodeText(message));
		}
		catch (PacketFormatException ex) {
			failFormat(ex);
		}
	}

	@Override
	public void onBinary(ByteBuf data) {
		if (this.ended) {
			return;
		}
		this.packetSize += data.readableBytes();
		try {
			handle(this.decoder.addBinary(data));
		}
		catch (PacketFormatException ex) {
			failFormat(ex);
		}
	}

	@Override
	public void onHeartbeat() {
		for (Socket socket : sockets()) {
			if (socket.isConnected() && socket.namespace().handler().wantsHeartbeats()) {
				socket.queue(new HandlerTask.Heartbeat(this.session.version()));
			}
		}
	}

	@Override
	public void onUpgrade() {
		SocketObserver observer = this.engine.socketObserver();
		if (observer == null) {
			return;
		}
		for (Socket socket : sockets()) {
			if (socket.isConnected()) {
				observer.onUpgraded(socket);
			}
		}
	}

	@Override
	public void onClose(CloseReason reason) {
		this.ended = true;
		disarm();
		closeSockets(reason);
	}

	private void handle(@Nullable SocketPacket packet) {
		if (packet == null) {
			return;
		}
		String name = packet.namespace();
		Object auth = packet.data();
		if (this.session.version() == EngineVersion.V3) {
			int query = name.indexOf('?');
			auth = (query != -1) ? query(name) : null;
			name = (query != -1) ? name.substring(0, query) : name;
		}
		if (packet.type() == SocketPacketType.CONNECT) {
			if (mayGoOn()) {
				connect(name, auth);
			}
			return;
		}
		Socket socket = find(name);
		if (socket == null || !socket.isJoined()) {
			failState();
			return;
		}
		switch (packet.type()) {
			case EVENT, BINARY_EVENT -> event(socket, packet);
			case ACK, BINARY_ACK -> socket.acknowledged(packet.id(), list(packet.data()));
			case DISCONNECT -> close(socket, CloseReason.CLIENT_NAMESPACE_DISCONNECT);
			default -> failState();
		}
	}

	private void event(Socket socket, SocketPacket packet) {
		if (!mayGoOn()) {
			return;
		}
		this.session.loop().countReceived();
		List<@Nullable Object> data = list(packet.data());
		// An event without even a name is legal and reaches nobody
		if (!data.isEmpty()) {
			socket.queueEvent(String.valueOf(data.get(0)), data.subList(1, data.size()), packet.id(), this.packetSize);
		}
	}

	/**
	 * Count a packet against the limit of events per second.
	 * @return {@code false} if the connection was closed because of too many
	 */
	private boolean mayGoOn() {
		int limit = this.engine.config().eventsPerSecond();
		if (limit <= 0) {
			return true;
		}
		long second = TimeUnit.NANOSECONDS.toSeconds(this.session.loop().eventLoop().ticker().nanoTime());
		if (second != this.rateSecond) {
			this.rateSecond = second;
			this.rateCount = 0;
		}
		this.rateCount++;
		if (this.rateCount <= limit) {
			return true;
		}
		this.engine.statistics().refuse(RefusalReason.EVENT_RATE, address());
		failState();
		return false;
	}

	private void connect(String name, @Nullable Object auth) {
		if (find(name) != null) {
			failState();
			return;
		}
		if (this.unfinished >= this.engine.config().maxNamespacesPerConnection()) {
			refuse(name, TOO_MANY_NAMESPACES, RefusalReason.NAMESPACES);
			return;
		}
		Namespace namespace = this.engine.findExact(name);
		if (namespace == null) {
			refuse(name, UNKNOWN_NAMESPACE, RefusalReason.NAMESPACE);
			return;
		}
		Socket socket = new Socket(this, namespace, UUID.randomUUID(), auth);
		add(name, socket);
		this.unfinished++;
		socket.queue(new Admission());
	}

	/**
	 * Take a socket into its namespace.
	 * @param socket a socket that the handler has admitted
	 * @param answer answer for the client; stays the caller's
	 */
	void admit(Socket socket, EncodedPacket answer) {
		if (socket.isClosed()) {
			return;
		}
		if (!socket.connect()) {
			drop(socket);
			refuse(socket.namespace().name(), REJECTED, RefusalReason.NAMESPACE);
			return;
		}
		if (!socket.namespace().add(socket)) {
			drop(socket);
			refuse(socket.namespace().name(), UNKNOWN_NAMESPACE, RefusalReason.NAMESPACE);
			return;
		}
		disarm();
		this.session.send(answer);
		SocketObserver observer = socket.namespace().socketObserver();
		if (observer != null) {
			observer.onConnected(socket);
		}
		socket.queue(new HandlerTask.Connect());
	}

	/**
	 * Refuse a socket.
	 * @param socket a socket that the handler has not admitted
	 * @param answer answer for the client; stays the caller's
	 */
	void refuse(Socket socket, EncodedPacket answer) {
		this.engine.statistics().refuse(RefusalReason.NAMESPACE);
		AccessLog.refused(RefusalReason.NAMESPACE, address(), socket.namespace().name());
		if (!socket.isClosed()) {
			drop(socket);
			this.session.send(answer);
		}
	}

	private void refuse(String name, String message, RefusalReason reason) {
		this.engine.statistics().refuse(reason, address());
		EncodedPacket answer = Admission.refusal(this.engine.encoder(), name, message, null);
		try {
			this.session.send(answer);
		}
		finally {
			answer.release();
		}
	}

	private @Nullable InetAddress address() {
		return this.session.handshake().remoteAddress().getAddress();
	}

	private void drop(Socket socket) {
		remove(socket);
		socket.close();
		this.unfinished--;
	}

	/**
	 * Send a client away.
	 * @param socket the socket that was disconnected
	 * @param all whether to leave all namespaces and close the session
	 */
	void leave(Socket socket, boolean all) {
		if (this.ended) {
			return;
		}
		if (all) {
			for (Socket other : sockets()) {
				if (other.isJoined()) {
					sendAway(other);
				}
			}
			end(CloseReason.FORCED_CLOSE);
		}
		else if (!socket.isClosed()) {
			sendAway(socket);
		}
	}

	/**
	 * Close the socket, then tell the client: who reads the packet finds no room and no
	 * namespace that still counts the socket.
	 * @param socket what leaves
	 */
	private void sendAway(Socket socket) {
		close(socket, CloseReason.SERVER_NAMESPACE_DISCONNECT);
		EncodedPacket packet = this.engine.encoder()
			.encode(SocketPacketType.DISCONNECT, socket.namespace().name(), SocketPacket.NO_ID, null);
		try {
			this.session.send(packet);
		}
		finally {
			packet.release();
		}
	}

	private void close(Socket socket, CloseReason reason) {
		remove(socket);
		if (socket.close()) {
			SocketObserver observer = socket.namespace().socketObserver();
			if (observer != null) {
				observer.onDisconnected(socket, reason);
			}
			socket.namespace().remove(socket);
			socket.queueDisconnect(reason);
		}
	}

	private void closeSockets(CloseReason reason) {
		for (Socket socket : sockets()) {
			close(socket, reason);
		}
	}

	/**
	 * Note that emitters are faster than the loop. Thread-safe.
	 * @return whether this is new, more or less
	 */
	boolean overflowBegins() {
		boolean begins = !this.overflowed;
		this.overflowed = true;
		return begins;
	}

	/**
	 * Close the session because emitters are faster than the loop.
	 */
	void overflow() {
		end(CloseReason.SLOW_CONSUMER);
	}

	/**
	 * Note that the handler of a socket that has left was told all.
	 */
	void finished() {
		this.unfinished--;
	}

	void pause() {
		this.pausedBy++;
		if (this.pausedBy == 1 && !this.ended) {
			this.session.pauseReading();
		}
	}

	void resume() {
		this.pausedBy--;
		if (this.pausedBy == 0 && !this.ended && this.drained == null) {
			this.session.resumeReading();
		}
	}

	/**
	 * Close because of bytes that are no packet: the sockets stay until the session has
	 * ended.
	 * @param error what is wrong
	 */
	private void failFormat(PacketFormatException error) {
		HandOver.logger.trace("Closing a session because of a packet: {}", error.getMessage());
		end(CloseReason.FORCED_CLOSE);
	}

	/**
	 * Close because of a packet at the wrong time: the sockets disconnect at once.
	 */
	private void failState() {
		boolean waits = this.session.transport() == TransportName.POLLING && !this.session.isWritable();
		CloseReason reason = waits ? CloseReason.FORCED_SERVER_CLOSE : CloseReason.FORCED_CLOSE;
		end(reason);
		closeSockets(reason);
	}

	private void end(CloseReason reason) {
		if (!this.ended) {
			this.ended = true;
			disarm();
			this.session.close(reason);
		}
	}

	private @Nullable Socket find(String name) {
		if (this.first != null && this.first.namespace().name().equals(name)) {
			return this.first;
		}
		return (this.others != null) ? this.others.get(name) : null;
	}

	private void add(String name, Socket socket) {
		if (this.first == null) {
			this.first = socket;
			return;
		}
		if (this.others == null) {
			this.others = new HashMap<>(4);
		}
		this.others.put(name, socket);
	}

	private void remove(Socket socket) {
		if (socket.equals(this.first)) {
			this.first = null;
		}
		else if (this.others != null) {
			this.others.remove(socket.namespace().name(), socket);
			if (this.others.isEmpty()) {
				this.others = null;
			}
		}
	}

	private List<Socket> sockets() {
		Socket first = this.first;
		if (this.others == null) {
			return (first != null) ? List.of(first) : List.of();
		}
		List<Socket> sockets = new ArrayList<>(this.others.size() + 1);
		if (first != null) {
			sockets.add(first);
		}
		sockets.addAll(this.others.values());
		return sockets;
	}

	@SuppressWarnings("unchecked")
	private static List<@Nullable Object> list(@Nullable Object data) {
		return (data instanceof List<?> list) ? (List<@Nullable Object>) list : List.of();
	}

	private static Map<String, Object> query(String uri) {
		Map<String, Object> query = new LinkedHashMap<>();
		new QueryStringDecoder(uri).parameters()
			.forEach((key, values) -> query.put(key, (values.size() == 1) ? values.get(0) : values));
		return query;
	}

}
