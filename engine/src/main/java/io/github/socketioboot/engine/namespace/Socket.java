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

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Supplier;

import io.github.socketioboot.engine.adapter.AckReceiver;
import io.github.socketioboot.engine.adapter.AdapterSocket;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.adapter.SocketDetails.HandshakeDetails;
import io.github.socketioboot.engine.adapter.TooManyRoomsException;
import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import io.github.socketioboot.engine.session.AccessLog;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.Handshake;
import io.github.socketioboot.engine.session.RefusalReason;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.transport.TransportName;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * A client in a namespace. Thread-safe, except for the methods of {@link AdapterSocket}
 * that say otherwise. What is sent to a socket that has disconnected is dropped.
 * <p>
 * One class although long: all that can be done to a client stands here, as in the
 * reference server, around one field of state.
 *
 * @since 0.1.0
 */
public final class Socket extends AdapterSocket {

	/**
	 * Most acknowledgements outstanding at a time.
	 */
	public static final int MAX_PENDING_ACKS = 10_000;

	/**
	 * The handler has not decided yet.
	 */
	private static final int PENDING = 0;

	/**
	 * The handler disconnected the socket before it was connected.
	 */
	private static final int REJECTED = 1;

	/**
	 * In the namespace.
	 */
	private static final int CONNECTED = 2;

	/**
	 * Disconnected by this side, the loop does not know yet.
	 */
	private static final int LEAVING = 3;

	private static final int CLOSED = 4;

	/**
	 * What a packet on its way to the loop takes besides its bytes, about.
	 */
	private static final int OVERHEAD = 128;

	private static final AtomicIntegerFieldUpdater<Socket> STATE = AtomicIntegerFieldUpdater.newUpdater(Socket.class,
			"state");

	private static final AtomicLongFieldUpdater<Socket> HANDED_BYTES = AtomicLongFieldUpdater.newUpdater(Socket.class,
			"handedBytes");

	private static final AtomicIntegerFieldUpdater<Socket> CLIENT_ACKS = AtomicIntegerFieldUpdater
		.newUpdater(Socket.class, "clientAcks");

	private final Connection connection;

	private final Session session;

	private final Namespace namespace;

	private final UUID uuid;

	private final @Nullable Object auth;

	private final HandlerQueue queue;

	private volatile @Nullable Object attachment;

	private volatile int state = PENDING;

	/**
	 * Events of the client that await their acknowledgement, and those kept open.
	 */
	private volatile int clientAcks;

	/**
	 * Bytes on their way to the loop. Only ever read by its updater.
	 */
	@SuppressWarnings("UnusedVariable")
	private volatile long handedBytes;

	/**
	 * Acknowledgements awaited from the client. Event loop only.
	 */
	private @Nullable LongObjectMap<AckReceiver> acks;

	Socket(Connection connection, Namespace namespace, UUID uuid, @Nullable Object auth) {
		this.connection = connection;
		this.session = connection.session();
		this.namespace = namespace;
		this.uuid = uuid;
		this.auth = auth;
		this.queue = new HandlerQueue(this);
	}

	/**
	 * Return the public id.
	 * @return a random UUID
	 */
	public UUID uuid() {
		return this.uuid;
	}

	@Override
	public String id() {
		return this.uuid.toString();
	}

	/**
	 * Return the namespace.
	 * @return the namespace
	 */
	public Namespace namespace() {
		return this.namespace;
	}

	/**
	 * Return the request that opened the session.
	 * @return the handshake
	 */
	public Handshake handshake() {
		return this.session.handshake();
	}

	/**
	 * Return what the client sent along with CONNECT.
	 * @return a {@code Map}, or {@code null} for nothing
	 */
	public @Nullable Object auth() {
		return this.auth;
	}

	/**
	 * Return what the handshake interceptor gave the session.
	 * @return immutable map
	 */
	public Map<String, Object> sessionAttributes() {
		return this.session.attributes();
	}

	/**
	 * Return the current transport.
	 * @return the transport
	 */
	public TransportName transport() {
		return this.session.transport();
	}

	/**
	 * Return the Engine.IO version of the client.
	 * @return the version
	 */
	public EngineVersion version() {
		return this.session.version();
	}

	/**
	 * Return the address of the client.
	 * @return the address
	 */
	public InetSocketAddress remoteAddress() {
		return handshake().remoteAddress();
	}

	/**
	 * Return whether a packet sent now would leave at once.
	 * @return {@code false} while the transport is busy or, with polling, no poll pends
	 */
	public boolean isWritable() {
		return this.session.isWritable();
	}

	/**
	 * Return whether the socket is in its namespace.
	 * @return {@code true} from the connect to the disconnect
	 */
	public boolean isConnected() {
		return this.state == CONNECTED;
	}

	/**
	 * Return whether the session is open, whatever becomes of this socket.
	 * @return {@code true} while packets may be sent
	 */
	public boolean isSessionOpen() {
		return this.session.isOpen();
	}

	/**
	 * Send an event.
	 * @param event name of the event
	 * @param args arguments
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	public void emit(String event, @Nullable Object... args) {
		emit(event, Arrays.asList(args));
	}

	/**
	 * Send an event.
	 * @param event name of the event
	 * @param args arguments
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	public void emit(String event, List<?> args) {
		hand(this.namespace.encodeEvent(event, args, SocketPacket.NO_ID));
	}

	/**
	 * Send an event and ask for an acknowledgement.
	 * @param event name of the event
	 * @param args arguments
	 * @param listener takes the acknowledgement, or learns that none will come
	 * @param timeout most time to wait; zero for as long as the socket is connected
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	public void emit(String event, List<?> args, AckListener listener, Duration timeout) {
		long id = this.namespace.nextAckId();
		ask(this.namespace.encodeEvent(event, args, id), id, listener, timeout);
	}

	/**
	 * Send an event that asks for an acknowledgement.
	 * @param packet the event; ownership passes
	 * @param id acknowledgement id in it
	 * @param listener takes the acknowledgement, or learns that none will come
	 * @param timeout most time to wait; zero for as long as the socket is connected
	 */
	void ask(EncodedPacket packet, long id, AckListener listener, Duration timeout) {
		if (!mayHand(packet)) {
			packet.release();
			runOnLoop(() -> queue(new HandlerTask.Answer(listener, List.of(), AckFailure.DISCONNECTED)));
			return;
		}
		if (!runOnLoop(new PendingAck(this, id, listener, timeout.toMillis(), packet))) {
			packet.release();
		}
	}

	/**
	 * Send a packet as it is. Its namespace is replaced by that of the socket.
	 * @param packet the packet
	 * @throws IllegalArgumentException if its data cannot be written as JSON
	 */
	public void send(SocketPacket packet) {
		SocketPacketType type = switch (packet.type()) {
			case BINARY_EVENT -> SocketPacketType.EVENT;
			case BINARY_ACK -> SocketPacketType.ACK;
			default -> packet.type();
		};
		hand(this.namespace.encoder().encode(type, this.namespace.name(), packet.id(), packet.data()));
	}

	/**
	 * Join rooms.
	 * @param rooms the rooms
	 * @throws TooManyRoomsException if that were too many; none is joined then
	 */
	public void join(String... rooms) {
		join(Arrays.asList(rooms));
	}

	/**
	 * Join rooms.
	 * @param rooms the rooms
	 * @throws TooManyRoomsException if that were too many; none is joined then
	 */
	public void join(Collection<String> rooms) {
		try {
			this.namespace.adapter().join(this, rooms);
		}
		catch (TooManyRoomsException ex) {
			this.namespace.engine().statistics().refuse(RefusalReason.ROOMS, remoteAddress().getAddress());
			throw ex;
		}
	}

	/**
	 * Leave rooms.
	 * @param rooms the rooms
	 */
	public void leave(String... rooms) {
		leave(Arrays.asList(rooms));
	}

	/**
	 * Leave rooms.
	 * @param rooms the rooms
	 */
	public void leave(Collection<String> rooms) {
		this.namespace.adapter().leave(this, rooms);
	}

	/**
	 * Return an operator for all other sockets of the namespace.
	 * @return the operator
	 */
	public BroadcastOperator broadcast() {
		return new BroadcastOperator(this.namespace, new BroadcastOptions(Set.of(), Set.of(id()), false, false, 0));
	}

	/**
	 * Send the client away from the namespace with a DISCONNECT packet, after what was
	 * sent before. JavaScript clients do not come back by themselves. A socket that is
	 * not connected yet is refused.
	 * @param close whether to leave all namespaces and close the session
	 */
	@Override
	public void disconnect(boolean close) {
		if (STATE.compareAndSet(this, CONNECTED, LEAVING)) {
			runOnLoop(() -> this.connection.leave(this, close));
		}
		else {
			STATE.compareAndSet(this, PENDING, REJECTED);
		}
	}

	/**
	 * Return what was attached.
	 * @return the attachment, or {@code null} if there is none
	 */
	public @Nullable Object attachment() {
		return this.attachment;
	}

	/**
	 * Return what a layer above keeps for the connection, shared by its sockets in all
	 * namespaces.
	 * @param <T> its type
	 * @param type its type, the same at each call
	 * @param made makes it at the first call; must not call a socket of the connection
	 * @return the same object for ever
	 */
	public <T> T connectionAttachment(Class<T> type, Supplier<T> made) {
		return type.cast(this.connection.attachment(made));
	}

	/**
	 * Return what a layer above keeps for the connection, if it has been made.
	 * @param <T> its type
	 * @param type its type
	 * @return the object, or {@code null} if there is none, or one of another type
	 */
	public <T> @Nullable T connectionAttachment(Class<T> type) {
		Object attachment = this.connection.attachment();
		return type.isInstance(attachment) ? type.cast(attachment) : null;
	}

	/**
	 * Attach the object of a layer above.
	 * @param attachment the object, or {@code null}
	 */
	public void attach(@Nullable Object attachment) {
		this.attachment = attachment;
	}

	/**
	 * Say that the application's data of the socket has changed.
	 */
	public void dataChanged() {
		SocketObserver observer = this.namespace.socketObserver();
		if (observer != null) {
			observer.onDataChanged(this);
		}
	}

	/**
	 * Return a public id of the connection, which its sockets in all namespaces share.
	 * @return 12 characters of {@code [A-Za-z0-9_-]}, from which the secret id of the
	 * session cannot be found
	 */
	public String clientId() {
		return ClientId.of(this.session.id());
	}

	@Override
	public EngineLoop loop() {
		return this.session.loop();
	}

	@Override
	public void deliver(EncodedPacket packet, boolean onlyIfWritable) {
		if (this.state != CLOSED && (!onlyIfWritable || isWritable())) {
			SocketObserver observer = this.namespace.socketObserver();
			if (observer != null) {
				observer.onSent(this, packet);
			}
			this.session.send(packet);
		}
	}

	@Override
	protected int preload() {
		return this.state + this.session.preload();
	}

	@Override
	public void expectAck(long id, AckReceiver receiver) {
		if (isClosed() || pendingAcks() >= MAX_PENDING_ACKS) {
			receiver.onAbsent();
			return;
		}
		LongObjectMap<AckReceiver> acks = this.acks;
		if (acks == null) {
			acks = new LongObjectHashMap<>();
			this.acks = acks;
		}
		acks.put(id, receiver);
	}

	@Override
	public void forgetAck(long id) {
		takeAck(id);
	}

	@Override
	public void overflow() {
		if (this.connection.overflowBegins()) {
			runOnLoop(this.connection::overflow);
		}
	}

	@Override
	public SocketDetails details() {
		Handshake handshake = handshake();
		Map<String, List<String>> headers = new LinkedHashMap<>();
		HttpHeaders all = handshake.headers();
		for (String name : all.names()) {
			headers.put(name.toLowerCase(Locale.ROOT), all.getAll(name));
		}
		Set<String> rooms = new LinkedHashSet<>();
		rooms.add(id());
		rooms.addAll(rooms());
		HandshakeDetails details = new HandshakeDetails(headers, handshake.remoteAddress().getHostString(),
				handshake.crossDomain(), handshake.secure(), handshake.issued(), handshake.uri(), handshake.query(),
				this.auth);
		return new SocketDetails(id(), details, rooms, this.namespace.data(this));
	}

	/**
	 * Note for observers that a handler of the event that is being handled has failed. To
	 * be called by {@link NamespaceHandler#onEvent}, or at the end of an event that was
	 * kept open, on its thread, by who handles exceptions himself.
	 * @param error what the handler has thrown
	 */
	public void eventFailed(Throwable error) {
		this.queue.current().failed(error);
	}

	/**
	 * Keep the event that is being handled in progress when its handler returns. To be
	 * called by {@link NamespaceHandler#onEvent}, on its thread, at most once per event;
	 * what that returns is ignored then.
	 * @return to be ended by whoever goes on with the event
	 * @throws IllegalStateException if no event is handled
	 */
	public OpenEvent keepEventOpen() {
		if (!(this.queue.current() instanceof HandlerTask.Event event)) {
			throw new IllegalStateException("No event is being handled");
		}
		OpenEvent open = event.keepOpen(this);
		CLIENT_ACKS.incrementAndGet(this);
		return open;
	}

	Connection connection() {
		return this.connection;
	}

	boolean isRejected() {
		return this.state == REJECTED;
	}

	/**
	 * Return whether packets of the client for this socket are legal. Event loop only.
	 * @return {@code true} from the connect to the disconnect
	 */
	boolean isJoined() {
		return this.state == CONNECTED || this.state == LEAVING;
	}

	boolean isClosed() {
		return this.state == CLOSED;
	}

	/**
	 * Become connected unless the handler has rejected the socket meanwhile. Event loop
	 * only.
	 * @return whether the socket is connected
	 */
	boolean connect() {
		return STATE.compareAndSet(this, PENDING, CONNECTED);
	}

	/**
	 * Become closed. Event loop only.
	 * @return whether the socket was connected
	 */
	boolean close() {
		int before = STATE.getAndSet(this, CLOSED);
		LongObjectMap<AckReceiver> acks = this.acks;
		if (acks != null) {
			this.acks = null;
			acks.values().forEach(AckReceiver::onAbsent);
		}
		return before == CONNECTED || before == LEAVING;
	}

	/**
	 * Queue something for the handler. Event loop only.
	 * @param task the task
	 */
	void queue(HandlerTask task) {
		this.queue.add(task);
	}

	/**
	 * Queue an event. Event loop only.
	 * @param name name of the event
	 * @param args arguments
	 * @param ackId acknowledgement id, or {@link SocketPacket#NO_ID}
	 * @param size size of the packet in bytes
	 */
	void queueEvent(String name, List<@Nullable Object> args, long ackId, int size) {
		ClientAck ack = null;
		if (ackId != SocketPacket.NO_ID) {
			ack = new ClientAck(this, ackId);
			CLIENT_ACKS.incrementAndGet(this);
		}
		SocketObserver observer = this.namespace.socketObserver();
		if (observer != null) {
			observer.onReceived(this, name, args);
		}
		queue(new HandlerTask.Event(name, args, ack, size));
	}

	void clientAckSettled() {
		CLIENT_ACKS.decrementAndGet(this);
	}

	void eventEnded() {
		CLIENT_ACKS.decrementAndGet(this);
	}

	/**
	 * Return whether the handler has something to do for the client still.
	 * @return {@code true} while tasks are queued, events open or acknowledgements
	 * outstanding
	 */
	boolean isBusy() {
		return owesAcks() || !this.queue.isIdle();
	}

	boolean owesAcks() {
		return this.clientAcks > 0;
	}

	/**
	 * Take an acknowledgement of the client. Event loop only.
	 * @param id its id; ignored if nothing awaits it
	 * @param args arguments
	 */
	void acknowledged(long id, List<@Nullable Object> args) {
		AckReceiver receiver = takeAck(id);
		if (receiver != null) {
			receiver.onAck(args);
		}
	}

	int pendingAcks() {
		return (this.acks != null) ? this.acks.size() : 0;
	}

	private @Nullable AckReceiver takeAck(long id) {
		LongObjectMap<AckReceiver> acks = this.acks;
		if (acks == null) {
			return null;
		}
		AckReceiver receiver = acks.remove(id);
		if (acks.isEmpty()) {
			this.acks = null;
		}
		return receiver;
	}

	/**
	 * Hand a packet over to the loop.
	 * @param packet the packet; ownership passes
	 */
	void hand(EncodedPacket packet) {
		if (!mayHand(packet) || !runOnLoop(new Outgoing(this, packet))) {
			packet.release();
		}
	}

	private boolean mayHand(EncodedPacket packet) {
		if (isClosed()) {
			return false;
		}
		long size = (long) packet.size() + OVERHEAD;
		if (HANDED_BYTES.addAndGet(this, size) > this.session.maxOutboundBuffer()) {
			HANDED_BYTES.addAndGet(this, -size);
			overflow();
			return false;
		}
		return true;
	}

	/**
	 * Note that bytes have come to the loop.
	 * @param bytes number of bytes
	 */
	void arrived(int bytes) {
		HANDED_BYTES.addAndGet(this, -((long) bytes + OVERHEAD));
	}

	boolean runOnLoop(Runnable task) {
		try {
			loop().execute(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			// The loop has ended, and the socket with it
			return false;
		}
	}

	void queueDisconnect(CloseReason reason) {
		queue(new HandlerTask.Disconnecting(reason));
		queue(new HandlerTask.Disconnect(reason));
	}

	void logConnect() {
		if (AccessLog.isEnabled()) {
			AccessLog.connected(this.session, id(), this.namespace.name());
		}
	}

	void logDisconnect(CloseReason reason) {
		if (AccessLog.isEnabled()) {
			AccessLog.disconnected(this.session, id(), this.namespace.name(), reason);
		}
	}

	void forgetRooms() {
		clearRooms();
	}

	/**
	 * Note that the handler has been told all.
	 */
	void finish() {
		if (isSessionOpen()) {
			runOnLoop(this.connection::finished);
		}
	}

}
