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

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.listener.DataListener;
import org.jspecify.annotations.Nullable;

/**
 * Listeners of one event, each with the payload types it declares. Immutable.
 */
final class EventListeners {

	/**
	 * Declares payloads as decoded, however many there are.
	 */
	static final Class<?>[] AS_SENT = new Class<?>[0];

	private static final EventListeners NONE = new EventListeners(new Entry[0]);

	private final Entry[] entries;

	private EventListeners(Entry[] entries) {
		this.entries = entries;
	}

	static EventListeners add(@Nullable EventListeners listeners, DataListener<?> listener, boolean multiple,
			Class<?>[] types) {
		return add(listeners, new DataEntry(listener, multiple, PayloadConverter.boxed(types)));
	}

	static EventListeners add(@Nullable EventListeners listeners, EventHandler handler, Class<?>[] types) {
		return add(listeners, new HandlerEntry(handler, (types != AS_SENT) ? PayloadConverter.boxed(types) : types));
	}

	private static EventListeners add(@Nullable EventListeners listeners, Entry entry) {
		Entry[] before = ((listeners != null) ? listeners : NONE).entries;
		Entry[] after = Arrays.copyOf(before, before.length + 1);
		after[before.length] = entry;
		return new EventListeners(after);
	}

	int size() {
		return this.entries.length;
	}

	Entry entry(int index) {
		return this.entries[index];
	}

	/**
	 * Return the listener that was added last, whose payloads interceptors and exception
	 * listeners see.
	 * @return the entry
	 */
	Entry last() {
		return this.entries[this.entries.length - 1];
	}

	/**
	 * A listener.
	 */
	abstract static class Entry {

		private final Class<?>[] types;

		Entry(Class<?>[] types) {
			this.types = types;
		}

		/**
		 * Convert payloads to the types of the listener.
		 * @param args decoded payloads
		 * @param converter converts them
		 * @return the payloads
		 * @throws PayloadTypeException if a payload does not have its type
		 */
		List<@Nullable Object> convert(List<@Nullable Object> args, PayloadConverter converter)
				throws PayloadTypeException {
			return (this.types != AS_SENT) ? converter.convert(args, this.types) : args;
		}

		boolean hasTypesOf(Entry other) {
			return this.types == other.types
					|| (this.types != AS_SENT && other.types != AS_SENT && Arrays.equals(this.types, other.types));
		}

		/**
		 * Call the listener.
		 * @param client the sender
		 * @param event name of the event
		 * @param payloads what {@link #convert} made of the payloads
		 * @param ack answers the client
		 * @return {@code null} if the event has been handled, otherwise completed once it
		 * has been
		 * @throws Exception what the listener throws
		 */
		abstract @Nullable CompletionStage<? extends List<?>> call(SocketIOClient client, String event,
				List<@Nullable Object> payloads, AckRequest ack) throws Exception;

		/**
		 * Tell the listener that it has failed, if it wants to know.
		 * @param failure the failure
		 * @param client the sender
		 * @param event name of the event
		 * @param ack answers the client
		 * @return whether that is all
		 * @throws Exception what the exception listener is to learn instead
		 */
		boolean failed(Exception failure, SocketIOClient client, String event, AckRequest ack) throws Exception {
			return false;
		}

	}

	/**
	 * A listener of netty-socketio.
	 */
	private static final class DataEntry extends Entry {

		private final DataListener<?> listener;

		private final boolean multiple;

		DataEntry(DataListener<?> listener, boolean multiple, Class<?>[] types) {
			super(types);
			this.listener = listener;
			this.multiple = multiple;
		}

		// The payload has been converted to the type that the listener declares
		@Override
		@SuppressWarnings({ "unchecked", "NullAway" })
		@Nullable CompletionStage<? extends List<?>> call(SocketIOClient client, String event, List<@Nullable Object> payloads,
				AckRequest ack) throws Exception {
			Object data;
			if (this.multiple) {
				data = new MultiTypeArgs(payloads);
			}
			else {
				data = payloads.isEmpty() ? null : payloads.get(0);
			}
			((DataListener<Object>) this.listener).onData(client, data, ack);
			return null;
		}

	}

	/**
	 * A listener that deals with its failures.
	 */
	private static final class HandlerEntry extends Entry {

		private final EventHandler handler;

		HandlerEntry(EventHandler handler, Class<?>[] types) {
			super(types);
			this.handler = handler;
		}

		@Override
		@Nullable CompletionStage<? extends List<?>> call(SocketIOClient client, String event, List<@Nullable Object> payloads,
				AckRequest ack) throws Exception {
			return this.handler.onEvent(client, event, payloads, ack);
		}

		@Override
		boolean failed(Exception failure, SocketIOClient client, String event, AckRequest ack) throws Exception {
			return this.handler.onFailure(failure, client, event, ack);
		}

	}

}
