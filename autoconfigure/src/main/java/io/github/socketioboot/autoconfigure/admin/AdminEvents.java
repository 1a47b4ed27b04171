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

package io.github.socketioboot.autoconfigure.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.github.socketioboot.engine.namespace.Namespace;
import io.github.socketioboot.engine.namespace.Socket;
import io.github.socketioboot.engine.namespace.SocketObserver;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.PacketFormatException;
import io.github.socketioboot.engine.protocol.PacketLimits;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketDecoder;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import io.github.socketioboot.engine.session.CloseReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the pages of all nodes every event of this node's sockets, in order. Event loops
 * hand over to a queue; when it is full, events are missed. Thread-safe.
 */
final class AdminEvents implements SocketObserver {

	/**
	 * Most events that wait.
	 */
	static final int MAX_WAITING = 8192;

	/**
	 * Most bytes of packets that wait.
	 */
	static final long MAX_BYTES = 16 * 1024 * 1024;

	private static final Logger logger = LoggerFactory.getLogger(AdminEvents.class);

	/**
	 * After so many events other tasks of the thread get a turn.
	 */
	private static final int TURN = 256;

	private final Queue<Runnable> queue = new ArrayBlockingQueue<>(MAX_WAITING);

	private final AtomicLong bytes = new AtomicLong();

	private final AtomicLong missed = new AtomicLong();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final SocketPacketDecoder decoder;

	private volatile @Nullable Target target;

	/**
	 * The packet that was decoded last: it mostly goes to many sockets. Thread of the
	 * target only.
	 */
	private @Nullable EncodedPacket lastPacket;

	private List<Object> lastEvents = List.of();

	AdminEvents(int maxAttachments) {
		this.decoder = new SocketPacketDecoder(new PacketLimits(new JsonMapper(), maxAttachments));
	}

	/**
	 * Begin to tell.
	 * @param namespace namespace of the pages
	 * @param executor a single thread
	 */
	void start(Namespace namespace, Executor executor) {
		this.target = new Target(namespace, executor);
	}

	/**
	 * Tell no more. The thread of the target must have ended.
	 */
	void stop() {
		this.target = null;
		for (Runnable event = this.queue.poll(); event != null; event = this.queue.poll()) {
			if (event instanceof Sent sent) {
				sent.drop();
			}
		}
		this.scheduled.set(false);
	}

	/**
	 * Run something behind the events so far, or now if too many wait.
	 * @param task the task
	 */
	void execute(Runnable task) {
		if (!offer(task)) {
			task.run();
		}
	}

	@Override
	public void onConnected(Socket socket) {
		String time = now();
		offer(() -> {
			emit("room_joined", socket.namespace().name(), socket.id(), socket.id(), time);
			emit("socket_connected", SocketDescriptions.describe(socket.namespace().name(), socket.details()), time);
		});
	}

	@Override
	public void onUpgraded(Socket socket) {
		offer(() -> update(socket, SocketDescriptions.TRANSPORT, transport(socket)));
	}

	@Override
	public void onDataChanged(Socket socket) {
		if (socket.isConnected()) {
			offer(() -> update(socket, "data", SocketDescriptions.data(socket.details().data())));
		}
	}

	private void update(Socket socket, String key, Object value) {
		Map<String, Object> update = new LinkedHashMap<>();
		update.put("id", socket.id());
		update.put("nsp", socket.namespace().name());
		update.put(key, value);
		emit("socket_updated", update);
	}

	@Override
	public void onDisconnected(Socket socket, CloseReason reason) {
		String time = now();
		offer(() -> {
			emit("socket_disconnected", socket.namespace().name(), socket.id(), reason.text(), time);
			emit("room_left", socket.namespace().name(), socket.id(), socket.id(), time);
		});
	}

	@Override
	public void onJoined(Socket socket, String room) {
		String time = now();
		offer(() -> emit("room_joined", socket.namespace().name(), room, socket.id(), time));
	}

	@Override
	public void onLeft(Socket socket, String room) {
		String time = now();
		offer(() -> emit("room_left", socket.namespace().name(), room, socket.id(), time));
	}

	@Override
	public void onReceived(Socket socket, String event, List<@Nullable Object> args) {
		if (isOfPages(socket)) {
			return;
		}
		String time = now();
		offer(() -> {
			List<@Nullable Object> all = new ArrayList<>(args.size() + 1);
			all.add(event);
			all.addAll(args);
			emitArgs("event_received", socket, all, time);
		});
	}

	@Override
	public void onSent(Socket socket, EncodedPacket packet) {
		if (this.target == null || isOfPages(socket)) {
			return;
		}
		if (this.bytes.addAndGet(packet.size()) > MAX_BYTES) {
			this.bytes.addAndGet(-packet.size());
			miss();
			return;
		}
		Sent sent = new Sent(socket, packet.retain(), now());
		if (!offer(sent)) {
			sent.drop();
		}
	}

	@Override
	public Object privateData(Socket socket) {
		return Map.of(SocketDescriptions.CLIENT_ID, socket.clientId(), SocketDescriptions.TRANSPORT, transport(socket));
	}

	private boolean isOfPages(Socket socket) {
		Target target = this.target;
		return target != null && socket.namespace() == target.namespace();
	}

	private static String transport(Socket socket) {
		return socket.transport().value();
	}

	private static String now() {
		return SocketDescriptions.time(Instant.now());
	}

	private boolean offer(Runnable event) {
		Target target = this.target;
		if (target == null) {
			return false;
		}
		if (!this.queue.offer(event)) {
			miss();
			return false;
		}
		schedule(target);
		return true;
	}

	private void schedule(Target target) {
		if (this.scheduled.compareAndSet(false, true)) {
			try {
				target.executor().execute(this::drain);
			}
			catch (RejectedExecutionException ex) {
				logger.trace("Events for the Admin UI are not told any more");
			}
		}
	}

	private void drain() {
		this.scheduled.set(false);
		for (int i = 0; i < TURN; i++) {
			Runnable event = this.queue.poll();
			if (event == null) {
				return;
			}
			try {
				event.run();
			}
			catch (RuntimeException ex) {
				logger.debug("An event cannot be told to the Admin UI", ex);
			}
		}
		Target target = this.target;
		if (target != null && !this.queue.isEmpty()) {
			schedule(target);
		}
	}

	private void miss() {
		if (this.missed.getAndIncrement() == 0) {
			logger.warn("The Admin UI is not told all events: they are too many. Such misses are not logged again");
		}
	}

	private void emitArgs(String event, Socket socket, List<@Nullable Object> args, String time) {
		try {
			emit(event, socket.namespace().name(), socket.id(), args, time);
		}
		catch (IllegalArgumentException ex) {
			// More attachments than fit into one packet
			emit(event, socket.namespace().name(), socket.id(), args.subList(0, 1), time);
		}
	}

	private void emit(String event, Object... args) {
		Target target = this.target;
		if (target != null) {
			target.namespace().broadcast().emit(event, args);
		}
	}

	/**
	 * Find the events in a packet.
	 * @param packet the packet, or a batch
	 * @return a list of each, that begins with its name
	 */
	private List<Object> events(EncodedPacket packet) {
		if (packet != this.lastPacket) {
			List<Object> events = new ArrayList<>();
			List<EncodedPacket> parts = packet.parts().isEmpty() ? List.of(packet) : packet.parts();
			for (EncodedPacket part : parts) {
				try {
					SocketPacket decoded = this.decoder.decode(part);
					if (decoded.type() == SocketPacketType.EVENT && decoded.data() != null) {
						events.add(decoded.data());
					}
				}
				catch (PacketFormatException ex) {
					logger.trace("A packet is not shown in the Admin UI: {}", ex.getMessage());
				}
			}
			this.lastPacket = packet;
			this.lastEvents = events;
		}
		return this.lastEvents;
	}

	/**
	 * Where events go.
	 *
	 * @param namespace namespace of the pages
	 * @param executor a single thread
	 */
	private record Target(Namespace namespace, Executor executor) {

	}

	/**
	 * A packet that a socket was sent. Owns the packet.
	 */
	private final class Sent implements Runnable {

		private final Socket socket;

		private final EncodedPacket packet;

		private final String time;

		Sent(Socket socket, EncodedPacket packet, String time) {
			this.socket = socket;
			this.packet = packet;
			this.time = time;
		}

		@Override
		@SuppressWarnings("unchecked")
		public void run() {
			try {
				for (Object event : events(this.packet)) {
					emitArgs("event_sent", this.socket, (List<@Nullable Object>) event, this.time);
				}
			}
			finally {
				drop();
			}
		}

		void drop() {
			AdminEvents.this.bytes.addAndGet(-this.packet.size());
			this.packet.release();
		}

	}

}
