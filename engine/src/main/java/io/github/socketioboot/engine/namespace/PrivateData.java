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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.engine.adapter.SocketDetails;
import org.jspecify.annotations.Nullable;

/**
 * What observers of the nodes tell each other about a socket: it travels with the data of
 * the application, under a key that the reference server's Admin UI has chosen.
 */
final class PrivateData {

	static final String KEY = "_admin";

	private PrivateData() {
	}

	/**
	 * Put private data to that of the application.
	 * @param data data of the application, or {@code null}
	 * @param value the private data
	 * @return both, or the data alone if it is no map
	 */
	static @Nullable Object with(@Nullable Object data, Object value) {
		if (data != null && !(data instanceof Map<?, ?>)) {
			return data;
		}
		Map<@Nullable Object, @Nullable Object> both = new LinkedHashMap<>();
		if (data instanceof Map<?, ?> map) {
			both.putAll(map);
		}
		both.put(KEY, value);
		return both;
	}

	/**
	 * Hide private data.
	 * @param <T> what the list is known to hold
	 * @param sockets descriptions, or what else may stand for them
	 * @return the same without private data
	 */
	static <T extends @Nullable Object> List<T> hidden(List<T> sockets) {
		List<T> hidden = new ArrayList<>(sockets.size());
		for (T socket : sockets) {
			hidden.add(hidden(socket));
		}
		return hidden;
	}

	@SuppressWarnings("unchecked")
	private static <T extends @Nullable Object> T hidden(T socket) {
		if (!(socket instanceof SocketDetails details) || !(details.data() instanceof Map<?, ?> data)
				|| !data.containsKey(KEY)) {
			return socket;
		}
		Map<@Nullable Object, @Nullable Object> rest = new LinkedHashMap<>(data);
		rest.remove(KEY);
		return (T) new SocketDetails(details.id(), details.handshake(), details.rooms(), rest.isEmpty() ? null : rest);
	}

}
