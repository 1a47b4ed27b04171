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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.github.socketioboot.engine.adapter.AdapterSocket;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.adapter.MissingResponsesException;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.ReservedEvents;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import io.github.socketioboot.engine.session.RefusalReason;
import org.jspecify.annotations.Nullable;

/**
 * A namespace with its connected sockets. Thread-safe.
 * <p>
 * Long by its public methods; each passes on to the adapter or the engine.
 *
 * @since 0.1.0
 */
public final class Namespace {

	/**
	 * How long requests wait for answers if nothing else was asked for.
	 */
	public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(5);

	private static final int UUID_LENGTH = 36;

	private static final NamespaceHandler NO_HANDLER = new NamespaceHandler() {
	};

	private final SocketIoEngine engine;

	private final String name;

	private final Map<UUID, Socket> sockets = new ConcurrentHashMap<>();

	private final Map<String, List<ServerSideListener>> serverSideListeners = new ConcurrentHashMap<>();

	private final AtomicLong ackIds = new AtomicLong();

	private final Adapter adapter;

	private final @Nullable SocketObserver socketObserver;

	private final BroadcastOperator everyone = new BroadcastOperator(this, BroadcastOptions.ALL);

	private volatile NamespaceHandler handler = NO_HANDLER;

	private volatile boolean removed;

	Namespace(SocketIoEngine engine, String name, AdapterFactory adapters) {
		this.engine = engine;
		this.name = name;
		this.socketObserver = engine.socketObserver();
		this.adapter = adapters.create(new AdapterView());
	}

	/**
	 * Return the name.
	 * @return name with the leading slash
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Set what handles the sockets, in place of what did before.
	 * @param handler the handler
	 */
	public void handler(NamespaceHandler handler) {
		this.handler = handler;
	}

	/**
	 * Return whether something handles the sockets.
	 * @return {@code true} if a handler was set
	 */
	public boolean hasHandler() {
		return this.handler != NO_HANDLER;
	}

	NamespaceHandler handler() {
		return this.handler;
	}

	/**
	 * Return the connected sockets of this node.
	 * @return a live view
	 */
	public Collection<Socket> sockets() {
		return Collections.unmodifiableCollection(this.sockets.values());
	}

	/**
	 * Find a connected socket of this node.
	 * @param id its id
	 * @return the socket, or {@code null} if there is none
	 */
	public @Nullable Socket socket(UUID id) {
		return this.sockets.get(id);
	}

	/**
	 * Return the rooms with sockets of this node.
	 * @return a snapshot, without the rooms of single sockets
	 */
	public Set<String> rooms() {
		return this.adapter.rooms();
	}

	/**
	 * Return the sockets of this node in a room.
	 * @param room name of the room, or id of a socket
	 * @return a snapshot
	 */
	public Collection<Socket> sockets(String room) {
		Set<AdapterSocket> members = this.adapter.sockets(Set.of(room));
		List<Socket> sockets = new ArrayList<>(members.size());
		for (AdapterSocket member : members) {
			sockets.add((Socket) member);
		}
		return Collections.unmodifiableList(sockets);
	}

	/**
	 * Return how many sockets of this node are in a room.
	 * @param room name of the room, or id of a socket
	 * @return the number
	 */
	public int size(String room) {
		return this.adapter.size(room);
	}

	/**
	 * Return an operator for all sockets, those of other nodes included.
	 * @return the operator
	 */
	public BroadcastOperator broadcast() {
		return this.everyone;
	}

	/**
	 * Send an event to this namespace on the other nodes.
	 * @param event name of the event
	 * @param args arguments
	 * @throws IllegalArgumentException if the name is reserved
	 */
	public void serverSideEmit(String event, @Nullable Object... args) {
		this.adapter.serverSideEmit(serverSidePacket(event, Arrays.asList(args)));
	}

	/**
	 * Send an event to this namespace on the other nodes and ask for an answer of each.
	 * @param event name of the event
	 * @param args arguments
	 * @return the answers; fails with
	 * {@link io.github.socketioboot.engine.adapter.MissingResponsesException} when one is
	 * missing. Completed on a handler thread
	 * @throws IllegalArgumentException if the name is reserved
	 */
	public CompletableFuture<List<@Nullable Object>> serverSideEmitWithAck(String event, @Nullable Object... args) {
		return serverSideEmitWithAck(event, Arrays.asList(args), 0);
	}

	/**
	 * Send an event to this namespace on the other nodes and ask for an answer of each.
	 * @param event name of the event
	 * @param args arguments
	 * @param timeoutMillis how long to wait for answers, in milliseconds; 0 means the
	 * default of the cluster
	 * @return the answers, as {@link #serverSideEmitWithAck(String, Object...)} does
	 * @throws IllegalArgumentException if the name is reserved
	 */
	CompletableFuture<List<@Nullable Object>> serverSideEmitWithAck(String event, List<?> args, long timeoutMillis) {
		return onHandlers(this.adapter.serverSideEmitWithAck(serverSidePacket(event, args), timeoutMillis));
	}

	CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
		return onHandlers(this.adapter.fetchSockets(options).handle((sockets, failure) -> {
			if (failure instanceof MissingResponsesException missing) {
				throw missing.withResponses(PrivateData.hidden(missing.responses()));
			}
			if (failure != null) {
				throw (failure instanceof CompletionException wrapped) ? wrapped : new CompletionException(failure);
			}
			return PrivateData.hidden(sockets);
		}));
	}

	/**
	 * Describe the sockets of all nodes to an observer, with the
	 * {@link SocketObserver#privateData private data} under the key {@code _admin}.
	 * @return descriptions, possibly later; of the nodes that have answered, if some have
	 * not. Completed on a handler thread
	 */
	public CompletableFuture<List<SocketDetails>> observe() {
		return onHandlers(this.adapter.fetchSockets(BroadcastOptions.ALL).exceptionally((failure) -> {
			Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
			List<SocketDetails> known = new ArrayList<>();
			if (cause instanceof MissingResponsesException missing) {
				missing.responses().forEach((response) -> {
					if (response instanceof SocketDetails details) {
						known.add(details);
					}
				});
			}
			return known;
		}));
	}

	@Nullable Object data(Socket socket) {
		Object data = this.handler.data(socket);
		SocketObserver observer = this.socketObserver;
		return (observer != null) ? PrivateData.with(data, observer.privateData(socket)) : data;
	}

	@Nullable SocketObserver socketObserver() {
		return this.socketObserver;
	}

	/**
	 * Keep what the application hangs on a result away from the adapter's threads.
	 * @param <T> type of the result
	 * @param result a result, completed on any thread
	 * @return the same result, completed on a handler thread unless it is there already
	 */
	private <T> CompletableFuture<T> onHandlers(CompletableFuture<T> result) {
		if (result.isDone()) {
			return result;
		}
		CompletableFuture<T> handled = new CompletableFuture<>();
		result.whenComplete((value, error) -> {
			Runnable completion = () -> {
				if (error != null) {
					handled.completeExceptionally(error);
				}
				else {
					handled.complete(value);
				}
			};
			try {
				this.engine.handlers().execute(completion);
			}
			catch (RejectedExecutionException ex) {
				CompletableFuture.runAsync(completion);
			}
		});
		return handled;
	}

	private static List<@Nullable Object> serverSidePacket(String event, List<?> args) {
		if (ReservedEvents.containsAmongServers(event)) {
			throw new IllegalArgumentException("\"" + event + "\" is a reserved event name");
		}
		List<@Nullable Object> packet = new ArrayList<>(args.size() + 1);
		packet.add(event);
		packet.addAll(args);
		return packet;
	}

	/**
	 * Add a listener for events that other nodes send to this namespace.
	 * @param event name of the event
	 * @param listener the listener
	 */
	public void onServerSideEmit(String event, ServerSideListener listener) {
		this.serverSideListeners.computeIfAbsent(event, (key) -> new CopyOnWriteArrayList<>()).add(listener);
	}

	Adapter adapter() {
		return this.adapter;
	}

	SocketIoEngine engine() {
		return this.engine;
	}

	/**
	 * Return the encoder for packets to clients, the same in all namespaces.
	 * @return the encoder
	 */
	public SocketPacketEncoder encoder() {
		return this.engine.encoder();
	}

	long nextAckId() {
		return this.ackIds.getAndIncrement();
	}

	EncodedPacket encodeEvent(String event, List<?> args, long ackId) {
		List<@Nullable Object> data = new ArrayList<>(args.size() + 1);
		data.add(event);
		data.addAll(args);
		EventOutcome outcome = EventOutcome.ERROR;
		try {
			EncodedPacket packet = encoder().encode(SocketPacketType.EVENT, this.name, ackId, data);
			outcome = EventOutcome.SUCCESS;
			return packet;
		}
		finally {
			emitted(event, outcome);
		}
	}

	// Here, so that arguments are checked even if nobody receives them
	private void encode(String event, BroadcastPacket packet) {
		EventOutcome outcome = EventOutcome.ERROR;
		try {
			packet.encoded(encoder(), this.name);
			outcome = EventOutcome.SUCCESS;
		}
		finally {
			emitted(event, outcome);
		}
	}

	private void emitted(String event, EventOutcome outcome) {
		EventObserver observer = this.engine.observer();
		if (observer != null) {
			observer.onEmitted(this.name, observedName(event), outcome);
		}
	}

	String observedName(String event) {
		return this.handler.handles(event) ? event : EventObserver.OTHER;
	}

	void broadcast(String event, List<?> args, BroadcastOptions options) {
		BroadcastPacket packet = new BroadcastPacket(event, args, SocketPacket.NO_ID);
		try {
			encode(event, packet);
			this.adapter.broadcast(packet, options);
		}
		finally {
			packet.release();
		}
	}

	/**
	 * Send an event, encoded once, to some sockets of this node and ask each for an
	 * acknowledgement.
	 * @param event name of the event
	 * @param args arguments
	 * @param receivers sockets of this namespace, and what takes the acknowledgement of
	 * each or learns that none will come
	 * @param timeout most time to wait; zero for as long as a socket is connected
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	public void emit(String event, List<?> args, Map<Socket, AckListener> receivers, Duration timeout) {
		long id = nextAckId();
		EncodedPacket packet = encodeEvent(event, args, id);
		try {
			receivers.forEach((socket, listener) -> socket.ask(packet.retain(), id, listener, timeout));
		}
		finally {
			packet.release();
		}
	}

	CompletableFuture<List<@Nullable Object>> broadcastWithAck(String event, List<?> args, BroadcastOptions options) {
		BroadcastOptions limited = (options.timeoutMillis() > 0) ? options : new BroadcastOptions(options.rooms(),
				options.except(), options.local(), options.onlyIfWritable(), DEFAULT_REQUEST_TIMEOUT.toMillis());
		BroadcastAcks acks = new BroadcastAcks(this.engine.handlers());
		BroadcastPacket packet = new BroadcastPacket(event, args, nextAckId());
		try {
			encode(event, packet);
			acks.start(limited.timeoutMillis());
			this.adapter.broadcastWithAck(packet, limited, acks).whenComplete((count, error) -> {
				if (error != null) {
					acks.fail(error);
				}
				else {
					acks.expectServers(count);
				}
			});
		}
		finally {
			packet.release();
		}
		return acks.result();
	}

	/**
	 * Take a socket in. Called on its loop.
	 * @param socket the socket
	 * @return {@code false} if the namespace has been removed
	 */
	boolean add(Socket socket) {
		this.adapter.add(socket);
		this.sockets.put(socket.uuid(), socket);
		// Removal sets the flag before it looks for sockets
		if (this.removed) {
			remove(socket);
			return false;
		}
		return true;
	}

	/**
	 * Drop a socket. Called on its loop.
	 * @param socket the socket
	 */
	void remove(Socket socket) {
		this.sockets.remove(socket.uuid(), socket);
		this.adapter.remove(socket);
	}

	/**
	 * Send all sockets away and take no more.
	 */
	void remove() {
		this.removed = true;
		this.sockets.values().forEach((socket) -> socket.disconnect(false));
		this.adapter.close();
	}

	boolean owesAcks() {
		for (Socket socket : this.sockets.values()) {
			if (socket.owesAcks()) {
				return true;
			}
		}
		return false;
	}

	private @Nullable Socket socket(String id) {
		if (id.length() != UUID_LENGTH || id.charAt(8) != '-') {
			return null;
		}
		try {
			UUID uuid = UUID.fromString(id);
			Socket socket = this.sockets.get(uuid);
			// A UUID may be written in several ways, an id in one only
			return (socket != null && uuid.toString().equals(id)) ? socket : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private void fireServerSide(List<@Nullable Object> packet, @Nullable Consumer<@Nullable Object> answer) {
		if (packet.isEmpty() || !(packet.get(0) instanceof String event)) {
			return;
		}
		List<ServerSideListener> listeners = this.serverSideListeners.get(event);
		if (listeners == null) {
			return;
		}
		List<@Nullable Object> args = packet.subList(1, packet.size());
		Consumer<@Nullable Object> once = (answer != null) ? new FirstOnly(answer) : null;
		for (ServerSideListener listener : listeners) {
			try {
				this.engine.handlers().execute(observed(event, () -> listener.onEvent(args, once)));
			}
			catch (RejectedExecutionException ex) {
				HandOver.logger.debug("Handler threads are too busy for an event of another node");
			}
		}
	}

	private Runnable observed(String event, Runnable listener) {
		EventObserver observer = this.engine.observer();
		return (observer != null) ? observer.onServerSide(this.name, event, listener) : listener;
	}

	/**
	 * The namespace as its adapter sees it.
	 */
	private final class AdapterView implements AdapterNamespace {

		@Override
		public String name() {
			return Namespace.this.name;
		}

		@Override
		public SocketPacketEncoder encoder() {
			return Namespace.this.encoder();
		}

		@Override
		public long nextAckId() {
			return Namespace.this.nextAckId();
		}

		@Override
		public int maxRoomsPerSocket() {
			return Namespace.this.engine.config().maxRoomsPerSocket();
		}

		@Override
		public @Nullable AdapterSocket socket(String id) {
			return Namespace.this.socket(id);
		}

		@Override
		public void refuseRooms() {
			Namespace.this.engine.statistics().refuse(RefusalReason.ROOMS);
		}

		@Override
		public void onJoined(AdapterSocket socket, String room) {
			SocketObserver observer = Namespace.this.socketObserver;
			if (observer != null) {
				observer.onJoined((Socket) socket, room);
			}
		}

		@Override
		public void onLeft(AdapterSocket socket, String room) {
			SocketObserver observer = Namespace.this.socketObserver;
			if (observer != null) {
				observer.onLeft((Socket) socket, room);
			}
		}

		@Override
		public void onServerSideEmit(List<@Nullable Object> packet, @Nullable Consumer<@Nullable Object> answer) {
			fireServerSide(packet, answer);
		}

	}

	/**
	 * Passes the first answer on.
	 */
	private static final class FirstOnly implements Consumer<@Nullable Object> {

		private final Consumer<@Nullable Object> answer;

		private final AtomicBoolean given = new AtomicBoolean();

		FirstOnly(Consumer<@Nullable Object> answer) {
			this.answer = answer;
		}

		@Override
		public void accept(@Nullable Object value) {
			if (this.given.compareAndSet(false, true)) {
				this.answer.accept(value);
			}
		}

	}

}
