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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.corundumstudio.socketio.AckCallback;
import io.github.socketioboot.engine.namespace.AckListener;
import io.github.socketioboot.engine.namespace.Namespace;
import io.github.socketioboot.engine.namespace.Socket;

/**
 * Clients that are to be asked for an acknowledgement by one event, which is encoded once
 * for each of their namespaces. Not thread-safe.
 */
final class AckReceivers {

	private final Map<Namespace, Map<Socket, AckListener>> receivers = new LinkedHashMap<>();

	private Duration timeout = Duration.ZERO;

	/**
	 * Return how long a callback waits.
	 * @param callback the callback
	 * @return most time to wait, or zero for as long as the client is connected
	 */
	static Duration timeout(AckCallback<?> callback) {
		int seconds = callback.getTimeout();
		return (seconds > 0) ? Duration.ofSeconds(seconds) : Duration.ZERO;
	}

	void add(EngineSocketIOClient client, AckCallback<?> callback) {
		EngineSocketIONamespace namespace = client.getNamespace();
		this.timeout = timeout(callback);
		this.receivers.computeIfAbsent(namespace.namespace(), (key) -> new LinkedHashMap<>())
			.put(client.socket(), namespace.acknowledgement(client, callback));
	}

	void send(String event, List<?> args) {
		this.receivers.forEach((namespace, sockets) -> namespace.emit(event, args, sockets, this.timeout));
	}

}
