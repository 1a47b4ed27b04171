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

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Description of a socket of any node. Immutable as far as its data is.
 *
 * @param id public id
 * @param handshake the request that opened the session
 * @param rooms rooms, the socket's own included
 * @param data data of the application, usually a {@code Map}, or {@code null}
 * @since 0.1.0
 */
public record SocketDetails(String id, HandshakeDetails handshake, Set<String> rooms, @Nullable Object data) {

	/**
	 * Create a description.
	 */
	public SocketDetails {
		rooms = Set.copyOf(rooms);
	}

	/**
	 * Return one value of the data.
	 * @param key its key
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable Object data(String key) {
		return (this.data instanceof Map<?, ?> map) ? map.get(key) : null;
	}

	/**
	 * Return what another server would need to go on with the socket.
	 * @return id, rooms and data
	 */
	public SocketState state() {
		return new SocketState(this.id, this.rooms, this.data);
	}

	/**
	 * Description of a handshake. Immutable.
	 *
	 * @param headers request headers by lower-case name
	 * @param address address of the client
	 * @param xdomain whether the request bore an Origin
	 * @param secure whether the client came over TLS
	 * @param issued time of the request, in milliseconds since 1970
	 * @param url request target, path and query
	 * @param query query parameters
	 * @param auth what the client sent along with CONNECT, or {@code null}
	 */
	public record HandshakeDetails(Map<String, List<String>> headers, String address, boolean xdomain, boolean secure,
			long issued, String url, Map<String, List<String>> query, @Nullable Object auth) {

	}

}
