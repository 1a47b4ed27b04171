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

package io.github.socketioboot.engine.adapter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

import io.github.socketioboot.engine.adapter.RoomNames.Stage;
import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import org.jspecify.annotations.Nullable;

/**
 * Adapter of a single process, and the local part of any other, which extends it.
 * Thread-safe.
 * <p>
 * Locks are taken in this order: rooms of a socket, entry of a room in the map, members
 * of the room.
 *
 * @since 0.1.0
 */
public class InMemoryAdapter implements Adapter {

	private final AdapterNamespace namespace;

	private final Room everyone = new Room(true);

	private final Map<String, Room> rooms = new ConcurrentHashMap<>();

	private final Map<EngineLoop, Backlog> backlogs = new ConcurrentHashMap<>();

	/**
	 * Create an adapter.
	 * @param namespace its namespace
	 */
	public InMemoryAdapter(AdapterNamespace namespace) {
		this.namespace = namespace;
	}

	/**
	 * Return the namespace.
	 * @return the namespace
	 */
	protected final AdapterNamespace namespace() {
		return this.namespace;
	}

	@Override
	public void add(AdapterSocket socket) {
		RoomNames names = socket.roomNames();
		synchronized (names) {
			if (names.stage() != Stage.NOTED) {
				return;
			}
			names.stage(Stage.MEMBER);
			this.everyone.add(socket);
			for (String room : names.snapshot()) {
				enter(room, socket);
			}
		}
	}

	@Override
	public void remove(AdapterSocket socket) {
		RoomNames names = socket.roomNames();
		synchronized (names) {
			if (names.stage() == Stage.MEMBER) {
				this.everyone.remove(socket);
				for (String room : names.snapshot()) {
					exit(room, socket);
				}
			}
			names.stage(Stage.REMOVED);
		}
	}

	@Override
	public void join(AdapterSocket socket, Collection<String> rooms) {
		RoomNames names = socket.roomNames();
		synchronized (names) {
			if (names.stage() == Stage.REMOVED) {
				return;
			}
			if (names.size() + rooms.size() > this.namespace.maxRoomsPerSocket()
					&& names.countWith(rooms) > this.namespace.maxRoomsPerSocket()) {
				throw new TooManyRoomsException(this.namespace.maxRoomsPerSocket());
			}
			for (String room : rooms) {
				if (names.add(room) && names.stage() == Stage.MEMBER) {
					enter(room, socket);
				}
			}
		}
	}

	@Override
	public void leave(AdapterSocket socket, Collection<String> rooms) {
		RoomNames names = socket.roomNames();
		synchronized (names) {
			if (names.stage() == Stage.REMOVED) {
				return;
			}
			for (String room : rooms) {
				if (names.remove(room) && names.stage() == Stage.MEMBER) {
					exit(room, socket);
				}
			}
		}
	}

	private void enter(String name, AdapterSocket socket) {
		this.rooms.compute(name, (key, room) -> {
			Room entered = (room != null) ? room : new Room(false);
			entered.add(socket);
			if (room == null) {
				onRoomCreated(name);
			}
			return entered;
		});
		this.namespace.onJoined(socket, name);
	}

	private void exit(String name, AdapterSocket socket) {
		this.rooms.computeIfPresent(name, (key, room) -> {
			room.remove(socket);
			if (room.size() > 0) {
				return room;
			}
			onRoomDeleted(name);
			return null;
		});
		this.namespace.onLeft(socket, name);
	}

	/**
	 * Note that a room has its first local socket. Called by any thread while the room is
	 * locked, in turn with {@link #onRoomDeleted} for one room; must neither block, nor
	 * fail, nor use this adapter. Not called for the rooms of single sockets. Does
	 * nothing here.
	 * @param room name of the room
	 */
	protected void onRoomCreated(String room) {
	}

	/**
	 * Note that a room has lost its last local socket. Called as {@link #onRoomCreated}.
	 * Does nothing here.
	 * @param room name of the room
	 */
	protected void onRoomDeleted(String room) {
	}

	@Override
	public Set<AdapterSocket> sockets(Set<String> rooms) {
		Set<AdapterSocket> sockets = new LinkedHashSet<>();
		find(rooms).forEach(sockets::add);
		return sockets;
	}

	@Override
	public Set<String> rooms() {
		return Set.copyOf(this.rooms.keySet());
	}

	@Override
	public int size(String room) {
		return find(room).size();
	}

	@Override
	public void broadcast(BroadcastPacket packet, BroadcastOptions options) {
		Receivers receivers = find(options.rooms());
		if (receivers.size() == 0) {
			return;
		}
		Excluded excluded = excluded(options.except());
		EncodedPacket encoded = packet.encoded(this.namespace.encoder(), this.namespace.name());
		List<Slice> slices = receivers.slices();
		for (int i = 0; i < slices.size(); i++) {
			Slice slice = slices.get(i);
			Backlog backlog = backlog(slice);
			if (!backlog.add(encoded.size(), !options.onlyIfWritable())) {
				miss(slice, excluded, options);
				continue;
			}
			Delivery delivery = new Delivery(slice, excluded, encoded, options.onlyIfWritable(), backlog);
			if (!execute(slice, delivery)) {
				delivery.drop();
			}
		}
	}

	@Override
	public CompletableFuture<Integer> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
			BroadcastAnswers answers) {
		Receivers receivers = select(options);
		answers.onClientCount(receivers.size());
		if (receivers.size() == 0) {
			return CompletableFuture.completedFuture(1);
		}
		EncodedPacket encoded = packet.encoded(this.namespace.encoder(), this.namespace.name());
		for (Slice slice : receivers.slices()) {
			Backlog backlog = backlog(slice);
			if (!backlog.add(encoded.size(), !options.onlyIfWritable())) {
				miss(slice, Excluded.NONE, options);
				continue;
			}
			AckDelivery delivery = new AckDelivery(slice, encoded, packet.ackId(), options, answers::onAnswer, backlog);
			if (!execute(slice, delivery)) {
				delivery.drop();
			}
		}
		return CompletableFuture.completedFuture(1);
	}

	private Backlog backlog(Slice slice) {
		return this.backlogs.computeIfAbsent(slice.loop(), (loop) -> new Backlog());
	}

	/**
	 * Deal with receivers that a packet cannot be handed over to.
	 * @param slice receivers on one loop
	 * @param excluded which of them to leave out
	 * @param options whether they may miss it
	 */
	private static void miss(Slice slice, Excluded excluded, BroadcastOptions options) {
		if (!options.onlyIfWritable()) {
			execute(slice, new Overflow(slice, excluded));
		}
	}

	private static boolean execute(Slice slice, Runnable task) {
		try {
			slice.loop().execute(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			// The loop has ended, and its sockets with it
			return false;
		}
	}

	@Override
	public CompletableFuture<Integer> serverCount() {
		return CompletableFuture.completedFuture(1);
	}

	@Override
	public CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
		Receivers receivers = select(options);
		List<SocketDetails> details = new ArrayList<>(receivers.size());
		receivers.forEach((socket) -> details.add(socket.details()));
		return CompletableFuture.completedFuture(Collections.unmodifiableList(details));
	}

	@Override
	public void joinAll(BroadcastOptions options, Collection<String> rooms) {
		select(options).forEach((socket) -> {
			try {
				join(socket, rooms);
			}
			catch (TooManyRoomsException ex) {
				this.namespace.refuseRooms();
			}
		});
	}

	@Override
	public void leaveAll(BroadcastOptions options, Collection<String> rooms) {
		select(options).forEach((socket) -> leave(socket, rooms));
	}

	@Override
	public void disconnectAll(BroadcastOptions options, boolean close) {
		select(options).forEach((socket) -> socket.disconnect(close));
	}

	@Override
	public void serverSideEmit(List<?> packet) {
	}

	@Override
	public CompletableFuture<List<@Nullable Object>> serverSideEmitWithAck(List<?> packet, long timeoutMillis) {
		return CompletableFuture.completedFuture(List.of());
	}

	@Override
	public void close() {
	}

	private Receivers select(BroadcastOptions options) {
		Receivers receivers = find(options.rooms());
		Excluded excluded = excluded(options.except());
		if (excluded.isEmpty()) {
			return receivers;
		}
		List<AdapterSocket> remaining = new ArrayList<>(receivers.size());
		receivers.forEach((socket) -> {
			if (!excluded.contains(socket)) {
				remaining.add(socket);
			}
		});
		return Receivers.of(remaining);
	}

	private Receivers find(Set<String> rooms) {
		if (rooms.isEmpty()) {
			return this.everyone.receivers();
		}
		if (rooms.size() == 1) {
			return find(rooms.iterator().next());
		}
		Set<AdapterSocket> union = new LinkedHashSet<>();
		for (String room : rooms) {
			find(room).forEach(union::add);
		}
		return Receivers.of(union);
	}

	private Receivers find(String name) {
		Room room = this.rooms.get(name);
		AdapterSocket own = this.namespace.socket(name);
		if (own == null) {
			return (room != null) ? room.receivers() : Receivers.NONE;
		}
		if (room == null) {
			return Receivers.of(own);
		}
		Set<AdapterSocket> union = new LinkedHashSet<>();
		union.add(own);
		room.receivers().forEach(union::add);
		return Receivers.of(union);
	}

	private Excluded excluded(Set<String> except) {
		if (except.isEmpty()) {
			return Excluded.NONE;
		}
		if (except.size() == 1) {
			String name = except.iterator().next();
			AdapterSocket own = this.namespace.socket(name);
			if (own != null && !this.rooms.containsKey(name)) {
				return Excluded.of(own);
			}
		}
		List<Receivers> groups = new ArrayList<>(except.size());
		for (String name : except) {
			groups.add(find(name));
		}
		return Excluded.of(groups);
	}

}
