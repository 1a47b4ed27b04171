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

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.AuthTokenListener;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.listener.ConnectListener;
import com.corundumstudio.socketio.listener.DataListener;
import com.corundumstudio.socketio.listener.DisconnectListener;
import com.corundumstudio.socketio.listener.EventInterceptor;
import com.corundumstudio.socketio.listener.ExceptionListener;
import com.corundumstudio.socketio.listener.MultiTypeEventListener;
import com.corundumstudio.socketio.listener.PingListener;
import com.corundumstudio.socketio.listener.PongListener;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.store.MemoryStoreFactory;
import com.corundumstudio.socketio.store.Store;
import com.corundumstudio.socketio.transport.NamespaceClient;
import io.github.socketioboot.engine.bridge.EngineBroadcastOperations.Target;
import io.github.socketioboot.engine.namespace.AckListener;
import io.github.socketioboot.engine.namespace.EventOutcome;
import io.github.socketioboot.engine.namespace.Namespace;
import io.github.socketioboot.engine.namespace.Socket;
import io.github.socketioboot.engine.protocol.SocketPacket;
import org.jspecify.annotations.Nullable;

/**
 * netty-socketio's namespace on a {@link Namespace} of the engine. Keeps the listeners
 * and nothing else: clients and rooms are the engine's. Thread-safe.
 * <p>
 * One class, although long, because netty-socketio's is: every method of that is
 * overridden here; what it adds is passed on.
 *
 * @since 0.1.0
 */
@SuppressWarnings("deprecation") // PingListener is netty-socketio's word
public final class EngineSocketIONamespace extends com.corundumstudio.socketio.namespace.Namespace {

	private final Namespace namespace;

	private final BridgeSettings settings;

	private final PayloadConverter converter;

	private final ClientData data;

	private final EventDispatch events;

	private final List<ConnectListener> connectListeners = new CopyOnWriteArrayList<>();

	private final List<DisconnectReasonListener> disconnectListeners = new CopyOnWriteArrayList<>();

	private final List<PingListener> pingListeners = new CopyOnWriteArrayList<>();

	private final List<PongListener> pongListeners = new CopyOnWriteArrayList<>();

	private final List<AuthTokenListener> authListeners = new CopyOnWriteArrayList<>();

	EngineSocketIONamespace(Namespace namespace, Configuration configuration, BridgeSettings settings) {
		super(bridgeName(namespace.name()), configuration);
		this.namespace = namespace;
		this.settings = settings;
		this.converter = new PayloadConverter(settings.mapper());
		this.events = new EventDispatch(settings, this.converter);
		this.data = new ClientData(namespace.encoder(), settings.mapper());
	}

	/**
	 * Return netty-socketio's name of a namespace.
	 * @param name name with the leading slash
	 * @return the name; empty for the root
	 */
	private static String bridgeName(String name) {
		return name.equals(SocketPacket.ROOT) ? DEFAULT_NAME : name;
	}

	/**
	 * Return the namespace of the engine.
	 * @return the namespace
	 */
	public Namespace namespace() {
		return this.namespace;
	}

	ExceptionListener exceptions() {
		return this.settings.exceptionListener();
	}

	AckListener acknowledgement(EngineSocketIOClient client, AckCallback<?> callback) {
		return new CallbackAckListener(client, callback, this.converter, exceptions());
	}

	Store createStore(Socket socket) {
		Store store = hasOwnStores() ? new ClientStore() : this.settings.storeFactory().createStore(socket.uuid());
		for (Map.Entry<String, Object> attribute : socket.sessionAttributes().entrySet()) {
			store.set(attribute.getKey(), attribute.getValue());
		}
		return store;
	}

	/**
	 * Return what may be told of what is kept for a client. A store of another factory
	 * than the default is left alone: to read it could take long.
	 * @param socket socket of the client
	 * @return the data by key, or {@code null} if there is none
	 */
	@Nullable Object data(Socket socket) {
		if (!hasOwnStores()) {
			return null;
		}
		ClientStore store = socket.connectionAttachment(ClientStore.class);
		Map<String, Object> values = (store != null) ? store.values() : socket.sessionAttributes();
		return values.isEmpty() ? null : this.data.of(values);
	}

	private boolean hasOwnStores() {
		return this.settings.storeFactory().getClass() == MemoryStoreFactory.class;
	}

	// Listeners

	@Override
	public <T> void addEventListener(String eventName, Class<T> eventClass, DataListener<T> listener) {
		boolean multiple = listener instanceof MultiTypeEventListener;
		this.events.add(eventName, listener, multiple, eventClass);
	}

	@Override
	public void addMultiTypeEventListener(String eventName, MultiTypeEventListener listener, Class<?>... eventClass) {
		this.events.add(eventName, listener, true, eventClass);
	}

	/**
	 * Add a listener of an event that may answer later and deals with its own failures.
	 * @param eventName name of the event
	 * @param handler the listener
	 * @param types types of the payloads
	 */
	public void addEventHandler(String eventName, EventHandler handler, Class<?>... types) {
		this.events.add(eventName, handler, types);
	}

	/**
	 * Add a listener that sees each event before its own listeners, with the payloads as
	 * decoded. It does not make an event a handled one.
	 * @param handler the listener
	 */
	public void addAnyEventHandler(EventHandler handler) {
		this.events.addAny(handler);
	}

	/**
	 * Add a listener of all events that have none of their own, with the payloads as
	 * decoded. They are not counted by their names.
	 * @param handler the listener
	 */
	public void addUnhandledEventHandler(EventHandler handler) {
		this.events.addUnhandled(handler);
	}

	@Override
	public void removeAllListeners(String eventName) {
		this.events.remove(eventName);
	}

	@Override
	public void addEventInterceptor(EventInterceptor eventInterceptor) {
		this.events.add(eventInterceptor);
	}

	@Override
	public void addConnectListener(ConnectListener listener) {
		this.connectListeners.add(listener);
	}

	@Override
	public void addDisconnectListener(DisconnectListener listener) {
		this.disconnectListeners.add((client, reason) -> listener.onDisconnect(client));
	}

	/**
	 * Add a listener that learns why clients leave.
	 * @param listener the listener
	 */
	public void addDisconnectReasonListener(DisconnectReasonListener listener) {
		this.disconnectListeners.add(listener);
	}

	@Override
	@Deprecated
	public void addPingListener(PingListener listener) {
		this.pingListeners.add(listener);
	}

	@Override
	public void addPongListener(PongListener listener) {
		this.pongListeners.add(listener);
	}

	@Override
	public void addAuthTokenListener(AuthTokenListener listener) {
		this.authListeners.add(listener);
	}

	List<DisconnectReasonListener> disconnectListeners() {
		return this.disconnectListeners;
	}

	boolean hasHeartbeatListeners() {
		return !this.pingListeners.isEmpty() || !this.pongListeners.isEmpty();
	}

	// Dispatch, on handler threads

	/**
	 * Call the listeners of an event, then the interceptors, then answer by the ack mode.
	 * On the thread that handles the event of that client.
	 * @param client the sender
	 * @param eventName name of the event
	 * @param args payloads as decoded
	 * @param ackRequest answers the client
	 */
	@Override
	public void onEvent(NamespaceClient client, String eventName, List<Object> args, AckRequest ackRequest) {
		handle(client, eventName, args, ackRequest);
	}

	EventOutcome handle(NamespaceClient client, String eventName, List<@Nullable Object> args, AckRequest ackRequest) {
		return this.events.handle(client, eventName, args, ackRequest);
	}

	boolean hasListeners(String eventName) {
		return this.events.hasListeners(eventName);
	}

	@Override
	public void onConnect(SocketIOClient client) {
		try {
			for (ConnectListener listener : this.connectListeners) {
				listener.onConnect(client);
			}
		}
		catch (Exception ex) {
			exceptions().onConnectException(ex, client);
		}
	}

	@Override
	public void onDisconnect(SocketIOClient client) {
		throw new UnsupportedOperationException("Clients leave through the engine; use client.disconnect()");
	}

	@Override
	public void onPing(SocketIOClient client) {
		try {
			for (PingListener listener : this.pingListeners) {
				listener.onPing(client);
			}
		}
		catch (Exception ex) {
			exceptions().onPingException(ex, client);
		}
	}

	@Override
	public void onPong(SocketIOClient client) {
		try {
			for (PongListener listener : this.pongListeners) {
				listener.onPong(client);
			}
		}
		catch (Exception ex) {
			exceptions().onPongException(ex, client);
		}
	}

	@Override
	public AuthTokenResult onAuthData(SocketIOClient client, @Nullable Object authData) {
		try {
			for (AuthTokenListener listener : this.authListeners) {
				AuthTokenResult result = listener.getAuthTokenResult(authData, client);
				if (!result.isSuccess()) {
					return result;
				}
			}
			return AuthTokenResult.AuthTokenResultSuccess;
		}
		catch (Exception ex) {
			exceptions().onAuthException(ex, client);
			return new AuthTokenResult(false, "Internal error");
		}
	}

	// Clients and rooms, which are the engine's

	/**
	 * Called by the constructor of each client; the engine knows it already.
	 */
	@Override
	public void addClient(SocketIOClient client) {
		// No state twice
	}

	@Override
	public Collection<SocketIOClient> getAllClients() {
		return new Clients(this.namespace.sockets());
	}

	@Override
	public @Nullable SocketIOClient getClient(UUID uuid) {
		Socket socket = this.namespace.socket(uuid);
		return (socket != null) ? EngineSocketIOClient.of(socket) : null;
	}

	Collection<SocketIOClient> clients(Set<String> rooms) {
		if (rooms.isEmpty()) {
			return getAllClients();
		}
		Set<SocketIOClient> clients = new LinkedHashSet<>();
		for (String room : rooms) {
			getRoomClients(room).forEach(clients::add);
		}
		return clients;
	}

	@Override
	public Iterable<SocketIOClient> getRoomClients(String room) {
		return new Clients(this.namespace.sockets(room));
	}

	@Override
	public int getRoomClientsInCluster(String room) {
		return this.namespace.size(room);
	}

	@Override
	public Set<String> getRooms() {
		return this.namespace.rooms();
	}

	@Override
	public Set<String> getRooms(SocketIOClient client) {
		return client.getAllRooms();
	}

	@Override
	public void joinRoom(String room, UUID sessionId) {
		joinRooms(Set.of(room), sessionId);
	}

	@Override
	public void joinRooms(Set<String> rooms, UUID sessionId) {
		Socket socket = this.namespace.socket(sessionId);
		if (socket != null) {
			socket.join(rooms);
		}
	}

	@Override
	public void join(String room, UUID sessionId) {
		joinRoom(room, sessionId);
	}

	@Override
	public void leaveRoom(String room, UUID sessionId) {
		leaveRooms(Set.of(room), sessionId);
	}

	@Override
	public void leaveRooms(Set<String> rooms, UUID sessionId) {
		Socket socket = this.namespace.socket(sessionId);
		if (socket != null) {
			socket.leave(rooms);
		}
	}

	@Override
	public void leave(String room, UUID sessionId) {
		leaveRoom(room, sessionId);
	}

	@Override
	public void dispatch(String room, Packet packet) {
		getRoomOperations(room).send(packet);
	}

	@Override
	public BroadcastOperations getBroadcastOperations() {
		return new EngineBroadcastOperations(List.of(everyone()));
	}

	@Override
	public BroadcastOperations getRoomOperations(String room) {
		return new EngineBroadcastOperations(List.of(members(List.of(room))));
	}

	@Override
	public BroadcastOperations getRoomOperations(String... rooms) {
		return new EngineBroadcastOperations((rooms.length != 0) ? List.of(members(Arrays.asList(rooms))) : List.of());
	}

	Target everyone() {
		return new Target(this, this.namespace.broadcast());
	}

	Target members(Collection<String> rooms) {
		return new Target(this, this.namespace.broadcast().to(rooms));
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

	@Override
	public String toString() {
		return this.namespace.name();
	}

	/**
	 * Clients of sockets, made when iterated.
	 */
	private static final class Clients extends AbstractCollection<SocketIOClient> {

		private final Collection<Socket> sockets;

		Clients(Collection<Socket> sockets) {
			this.sockets = sockets;
		}

		@Override
		public Iterator<SocketIOClient> iterator() {
			List<SocketIOClient> clients = new ArrayList<>();
			for (Socket socket : this.sockets) {
				SocketIOClient client = EngineSocketIOClient.of(socket);
				if (client != null) {
					clients.add(client);
				}
			}
			return Collections.unmodifiableList(clients).iterator();
		}

		@Override
		public int size() {
			return this.sockets.size();
		}

		@Override
		public boolean isEmpty() {
			return this.sockets.isEmpty();
		}

	}

}
