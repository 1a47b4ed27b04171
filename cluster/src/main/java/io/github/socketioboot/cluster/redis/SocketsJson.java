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

package io.github.socketioboot.cluster.redis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.adapter.SocketDetails.HandshakeDetails;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions of sockets in JSON, as the reference server has them. There a handshake
 * always has an {@code auth} and a socket always has {@code data}, if only empty ones;
 * here they are {@code null} then. Thread-safe.
 */
final class SocketsJson {

	private static final String EMPTY = "{}";

	private final Payloads payloads;

	SocketsJson(Payloads payloads) {
		this.payloads = payloads;
	}

	/**
	 * Write a description. Its data is left out where the message would become too large
	 * for its receivers.
	 * @param socket the description
	 * @param out where to write
	 */
	void write(SocketDetails socket, JsonWriter out) {
		out.startObject().name("id").text(socket.id()).name("handshake");
		writeHandshake(socket.handshake(), out);
		out.name("rooms").texts(socket.rooms());
		String data = json(socket.data());
		out.name("data").raw((out.length() + data.length() <= Bounds.MAX_DATA) ? data : EMPTY).endObject();
	}

	private void writeHandshake(HandshakeDetails handshake, JsonWriter out) {
		out.startObject().name("headers");
		writeMap(handshake.headers(), out);
		out.name("time").text(JavaScriptDates.words(handshake.issued()));
		out.name("address").text(handshake.address());
		out.name("xdomain").bool(handshake.xdomain());
		out.name("secure").bool(handshake.secure());
		out.name("issued").number(handshake.issued());
		out.name("url").text(handshake.url()).name("query");
		writeMap(handshake.query(), out);
		out.name("auth").raw(json(handshake.auth())).endObject();
	}

	private static void writeMap(Map<String, List<String>> map, JsonWriter out) {
		out.startObject();
		map.forEach((name, values) -> {
			out.name(name);
			if (values.size() == 1) {
				out.text(values.get(0));
			}
			else {
				out.texts(values);
			}
		});
		out.endObject();
	}

	/**
	 * Return data of the application, or none if it has no JSON: a socket is found even
	 * so.
	 * @param value the data
	 * @return the JSON text
	 */
	private String json(@Nullable Object value) {
		if (value == null) {
			return EMPTY;
		}
		try {
			return this.payloads.json(value);
		}
		catch (RuntimeException ex) {
			// Also of what is changed while it is written
			return EMPTY;
		}
	}

	/**
	 * Read a description.
	 * @param value the tree
	 * @return the description
	 * @throws MalformedMessageException if it is none
	 */
	SocketDetails read(@Nullable Object value) throws MalformedMessageException {
		Fields socket = Fields.of(value);
		Fields handshake = socket.fieldsIfAny("handshake");
		return new SocketDetails(socket.text("id"),
				new HandshakeDetails(readMap(handshake.fieldsIfAny("headers")), handshake.textOrEmpty("address"),
						handshake.flag("xdomain"), handshake.flag("secure"), handshake.number("issued"),
						handshake.textOrEmpty("url"), readMap(handshake.fieldsIfAny("query")),
						withoutEmpty(handshake.get("auth"))),
				new HashSet<>(socket.names("rooms")), NodeBuffers.revive(withoutEmpty(socket.get("data"))));
	}

	private static @Nullable Object withoutEmpty(@Nullable Object value) {
		return (value instanceof Map<?, ?> map && map.isEmpty()) ? null : value;
	}

	private static Map<String, List<String>> readMap(Fields fields) {
		Map<String, List<String>> map = new LinkedHashMap<>();
		fields.forEach((name, value) -> map.put(name, readTexts(value)));
		return map;
	}

	private static List<String> readTexts(@Nullable Object value) {
		if (!(value instanceof List<?> list)) {
			return (value != null) ? List.of(value.toString()) : List.of();
		}
		List<String> texts = new ArrayList<>(list.size());
		for (Object element : list) {
			texts.add(String.valueOf(element));
		}
		return texts;
	}

}
