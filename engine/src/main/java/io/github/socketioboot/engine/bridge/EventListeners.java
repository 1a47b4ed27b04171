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

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.listener.DataListener;
import org.jspecify.annotations.Nullable;

/**
 * Listeners of one event, each with the payload types it declares. Immutable.
 */
final class EventListeners {

	private static final EventListeners NONE = new EventListeners(new Entry[0]);

	private final Entry[] entries;

	private EventListeners(Entry[] entries) {
		this.entries = entries;
	}

	static EventListeners add(@Nullable EventListeners listeners, DataListener<?> listener, boolean multiple,
			Class<?>[] types) {
		Entry[] before = ((listeners != null) ? listeners : NONE).entries;
		Entry[] after = Arrays.copyOf(before, before.length + 1);
		after[before.length] = new Entry(listener, multiple, PayloadConverter.boxed(types));
		return new EventListeners(after);
	}

	/**
	 * Convert payloads to the types of the listener that was added last: those that
	 * interceptors and exception listeners see.
	 * @param args decoded payloads
	 * @param converter converts them
	 * @return the payloads
	 * @throws PayloadTypeException if a payload does not have its type
	 */
	List<@Nullable Object> convert(List<@Nullable Object> args, PayloadConverter converter)
			throws PayloadTypeException {
		return converter.convert(args, this.entries[this.entries.length - 1].types);
	}

	/**
	 * Call the listeners in the order in which they were added, until one fails.
	 * @param client the sender
	 * @param args decoded payloads
	 * @param converted what {@link #convert} made of them
	 * @param ack answers the client
	 * @param converter converts payloads
	 * @throws Exception what a listener throws
	 */
	void onData(SocketIOClient client, List<@Nullable Object> args, List<@Nullable Object> converted, AckRequest ack,
			PayloadConverter converter) throws Exception {
		Class<?>[] types = this.entries[this.entries.length - 1].types;
		for (Entry entry : this.entries) {
			List<@Nullable Object> own = converted;
			if (entry.types != types && !Arrays.equals(entry.types, types)) {
				own = converter.convert(args, entry.types);
			}
			entry.onData(client, own, ack);
		}
	}

	private static final class Entry {

		private final DataListener<?> listener;

		private final boolean multiple;

		private final Class<?>[] types;

		Entry(DataListener<?> listener, boolean multiple, Class<?>[] types) {
			this.listener = listener;
			this.multiple = multiple;
			this.types = types;
		}

		// The payload has been converted to the type that the listener declares
		@SuppressWarnings({ "unchecked", "NullAway" })
		void onData(SocketIOClient client, List<@Nullable Object> args, AckRequest ack) throws Exception {
			Object data;
			if (this.multiple) {
				data = new MultiTypeArgs(args);
			}
			else {
				data = args.isEmpty() ? null : args.get(0);
			}
			((DataListener<Object>) this.listener).onData(client, data, ack);
		}

	}

}
