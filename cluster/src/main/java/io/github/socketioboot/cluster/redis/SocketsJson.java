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
 * Descriptions of sockets in JSON and as trees, as the reference server has them. There a
 * handshake always has an {@code auth} and a socket always has {@code data}, if only
 * empty ones; here they are {@code null} then. Thread-safe.
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
		out.value(tree(socket.handshake())).name("rooms").texts(socket.rooms());
		String data = json(socket.data());
		out.name("data").raw((out.length() + data.length() <= Bounds.MAX_DATA) ? data : EMPTY).endObject();
	}

	/**
	 * Return descriptions as trees, bytes included. Data is left out where the message
	 * would become too large for its receivers.
	 * @param sockets the descriptions
	 * @return a tree of each
	 */
	List<Map<String, @Nullable Object>> trees(List<SocketDetails> sockets) {
		List<Map<String, @Nullable Object>> trees = new ArrayList<>(sockets.size());
		long length = 0;
		for (SocketDetails socket : sockets) {
			Map<String, @Nullable Object> tree = new LinkedHashMap<>();
			tree.put("id", socket.id());
			tree.put("handshake", tree(socket.handshake()));
			tree.put("rooms", new ArrayList<>(socket.rooms()));
			length += json(socket.data()).length();
			tree.put("data", (length <= Bounds.MAX_DATA) ? treeOfData(socket.data()) : Map.of());
			trees.add(tree);
		}
		return trees;
	}

	private Map<String, @Nullable Object> tree(HandshakeDetails handshake) {
		Map<String, @Nullable Object> tree = new LinkedHashMap<>();
		tree.put("headers", tree(handshake.headers()));
		tree.put("time", JavaScriptDates.words(handshake.issued()));
		tree.put("address", handshake.address());
		tree.put("xdomain", handshake.xdomain());
		tree.put("secure", handshake.secure());
		tree.put("issued", handshake.issued());
		tree.put("url", handshake.url());
		tree.put("query", tree(handshake.query()));
		tree.put("auth", treeOfData(handshake.auth()));
		return tree;
	}

	private static Map<String, Object> tree(Map<String, List<String>> map) {
		Map<String, Object> tree = new LinkedHashMap<>();
		map.forEach((name, values) -> tree.put(name, (values.size() == 1) ? values.get(0) : values));
		return tree;
	}

	private @Nullable Object treeOfData(@Nullable Object value) {
		if (value == null) {
			return Map.of();
		}
		try {
			return this.payloads.tree(value);
		}
		catch (RuntimeException ex) {
			// Also of what is changed while it is written
			return Map.of();
		}
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
