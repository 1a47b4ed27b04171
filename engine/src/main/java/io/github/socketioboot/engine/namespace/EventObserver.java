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

import org.jspecify.annotations.Nullable;

/**
 * Learns of events as they pass, to count and time them. Called for each of them, by the
 * threads that handle and emit: thread-safe, quick, and throws nothing.
 * <p>
 * Names of events are those that have handlers, so that they are not many whatever
 * clients send; all others are {@link #OTHER}.
 *
 * @since 0.1.0
 */
public interface EventObserver {

	/**
	 * Name of all events without a handler.
	 */
	String OTHER = "other";

	/**
	 * An event of a client is about to be handled, by the calling thread.
	 * @param socket its sender
	 * @param event name of the event, or {@link #OTHER}
	 * @return is told what becomes of it
	 */
	Handling onReceive(Socket socket, String event);

	/**
	 * An event was emitted, once for all its receivers.
	 * @param namespace name of the namespace
	 * @param event name of the event, or {@link #OTHER}
	 * @param outcome {@link EventOutcome#SUCCESS} or {@link EventOutcome#ERROR}
	 */
	void onEmitted(String namespace, String event, EventOutcome outcome);

	/**
	 * An event of another node is about to be handled by a thread of handlers. Called by
	 * the thread that has read it, for each listener.
	 * @param namespace name of the namespace
	 * @param event name of an event that has listeners
	 * @param listener calls the listener
	 * @return what is run in its place
	 */
	default Runnable onServerSide(String namespace, String event, Runnable listener) {
		return listener;
	}

	/**
	 * Make one observer of several.
	 * @param observers the observers
	 * @return one that tells them all, in order, or {@code null} if there is none to tell
	 */
	static @Nullable EventObserver of(List<EventObserver> observers) {
		return switch (observers.size()) {
			case 0 -> null;
			case 1 -> observers.get(0);
			default -> new EventObservers(observers);
		};
	}

	/**
	 * An event that is being handled. Told by one thread at a time.
	 */
	@FunctionalInterface
	interface Handling {

		/**
		 * A handler of the event has failed.
		 * @param error what it has thrown
		 */
		default void onError(Throwable error) {
		}

		/**
		 * The thread that has begun with the event is through with it. Called by that
		 * thread, once.
		 */
		default void onReturn() {
		}

		/**
		 * The event is done with. Called once, last.
		 * @param outcome what became of it
		 */
		void onHandled(EventOutcome outcome);

	}

}
