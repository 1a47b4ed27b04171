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

import java.util.List;
import java.util.function.Supplier;

import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Something that a handler is told, queued by {@link HandlerQueue}. Created on the
 * socket's loop, run once on a handler thread. The last task that has run stays linked
 * until the next one: tasks drop what they hold when they run.
 */
abstract class HandlerTask {

	/**
	 * The task behind this one. Written by the loop before the queue's counter, read
	 * after it.
	 */
	@Nullable HandlerTask next;

	/**
	 * How much of its queue the task takes.
	 */
	private final int weight;

	HandlerTask() {
		this(0);
	}

	HandlerTask(int size) {
		this.weight = 1 + size / HandlerQueue.BYTES_PER_TASK;
	}

	int weight() {
		return this.weight;
	}

	/**
	 * Return how much of the queue is free again once the task has run.
	 * @return the weight of the task, unless that is not known yet
	 */
	int released() {
		return this.weight;
	}

	/**
	 * Note that a handler has failed. Called while the task runs, by its thread.
	 * @param error what the handler has thrown
	 */
	void failed(Throwable error) {
	}

	/**
	 * Tell the handler. What it throws goes to {@link NamespaceHandler#onError}.
	 * @param socket the socket
	 * @param handler the handler
	 */
	abstract void run(Socket socket, NamespaceHandler handler);

	/**
	 * Begin of a queue: tells nothing.
	 */
	static final class Start extends HandlerTask {

		@Override
		void run(Socket socket, NamespaceHandler handler) {
		}

	}

	/**
	 * The socket has connected.
	 */
	static final class Connect extends HandlerTask {

		@Override
		void run(Socket socket, NamespaceHandler handler) {
			socket.logConnect();
			handler.onConnect(socket);
		}

	}

	/**
	 * An event has come.
	 */
	static final class Event extends HandlerTask {

		private String name;

		private List<@Nullable Object> args;

		private @Nullable Ack ack;

		private EventObserver.@Nullable Handling handling;

		private @Nullable OpenEvent open;

		Event(String name, List<@Nullable Object> args, @Nullable Ack ack, int size) {
			super(size);
			this.name = name;
			this.args = args;
			this.ack = ack;
		}

		@Override
		void run(Socket socket, NamespaceHandler handler) {
			String name = this.name;
			List<@Nullable Object> args = this.args;
			Ack ack = this.ack;
			this.name = "";
			this.args = List.of();
			this.ack = null;
			EventObserver observer = socket.namespace().engine().observer();
			EventObserver.Handling handling = (observer != null)
					? observer.onReceive(socket, socket.namespace().observedName(name)) : null;
			this.handling = handling;
			EventOutcome outcome = EventOutcome.ERROR;
			try {
				outcome = handler.onEvent(socket, name, args, ack);
			}
			catch (Throwable ex) {
				failed(ex);
				throw ex;
			}
			finally {
				this.handling = null;
				if (handling != null) {
					handling.onReturn();
					if (this.open == null) {
						handling.onHandled(outcome);
					}
				}
			}
		}

		@Override
		void failed(Throwable error) {
			if (this.handling != null) {
				this.handling.onError(error);
			}
		}

		/**
		 * Keep the event in progress. Called while it runs, by its thread.
		 * @param socket the socket
		 * @return the event
		 */
		OpenEvent keepOpen(Socket socket) {
			if (this.open != null) {
				throw new IllegalStateException("The event is kept open already");
			}
			OpenEvent open = new OpenEvent(socket, weight(), this.handling);
			this.open = open;
			return open;
		}

		@Override
		int released() {
			return (this.open != null) ? 0 : weight();
		}

	}

	/**
	 * What was left to do for an event has come to its end.
	 */
	static final class EventEnd extends HandlerTask {

		private final OpenEvent event;

		private Supplier<EventOutcome> last;

		EventEnd(OpenEvent event, Supplier<EventOutcome> last) {
			this.event = event;
			this.last = last;
		}

		@Override
		void run(Socket socket, NamespaceHandler handler) {
			Supplier<EventOutcome> last = this.last;
			this.last = () -> EventOutcome.ERROR;
			EventOutcome outcome = EventOutcome.ERROR;
			try {
				outcome = last.get();
			}
			finally {
				this.event.ended(outcome);
			}
		}

		@Override
		void failed(Throwable error) {
			this.event.failed(error);
		}

		@Override
		int released() {
			return weight() + this.event.weight();
		}

	}

	/**
	 * A heartbeat has come.
	 */
	static final class Heartbeat extends HandlerTask {

		private final EngineVersion version;

		Heartbeat(EngineVersion version) {
			this.version = version;
		}

		@Override
		void run(Socket socket, NamespaceHandler handler) {
			handler.onHeartbeat(socket, this.version);
		}

	}

	/**
	 * An acknowledgement has come, or will never come.
	 */
	static final class Answer extends HandlerTask {

		private @Nullable AckListener listener;

		private List<@Nullable Object> args;

		private final @Nullable AckFailure failure;

		Answer(AckListener listener, List<@Nullable Object> args, @Nullable AckFailure failure) {
			this.listener = listener;
			this.args = args;
			this.failure = failure;
		}

		@Override
		void run(Socket socket, NamespaceHandler handler) {
			AckListener listener = this.listener;
			List<@Nullable Object> args = this.args;
			this.listener = null;
			this.args = List.of();
			if (listener == null) {
				return;
			}
			if (this.failure != null) {
				listener.onFailure(this.failure);
			}
			else {
				listener.onAck(args);
			}
		}

	}

	/**
	 * The socket has disconnected and still tells its rooms.
	 */
	static final class Disconnecting extends HandlerTask {

		private final CloseReason reason;

		Disconnecting(CloseReason reason) {
			this.reason = reason;
		}

		@Override
		void run(Socket socket, NamespaceHandler handler) {
			handler.onDisconnecting(socket, this.reason);
		}

	}

	/**
	 * The socket has disconnected. The last task of a socket, but for acknowledgements
	 * that are asked for later and fail at once.
	 */
	static final class Disconnect extends HandlerTask {

		private final CloseReason reason;

		Disconnect(CloseReason reason) {
			this.reason = reason;
		}

		@Override
		void run(Socket socket, NamespaceHandler handler) {
			socket.forgetRooms();
			socket.logDisconnect(this.reason);
			try {
				handler.onDisconnect(socket, this.reason);
			}
			finally {
				socket.finish();
			}
		}

	}

}
