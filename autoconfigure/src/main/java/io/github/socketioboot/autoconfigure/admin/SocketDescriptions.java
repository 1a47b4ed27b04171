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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.adapter.SocketDetails.HandshakeDetails;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.QueryStringEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Sockets as the Admin UI shows them, without what may be secret.
 */
final class SocketDescriptions {

	/**
	 * What observers tell each other, as the reference server has it.
	 */
	static final String PRIVATE_KEY = "_admin";

	static final String CLIENT_ID = "clientId";

	static final String TRANSPORT = "transport";

	private static final Pattern SECRET = Pattern
		.compile("auth|cookie|token|secret|passw|credential|session|jwt|csrf|xsrf|signature|api-?_?key|^key$|^sid$");

	private static final String HIDDEN = "***";

	private static final Set<String> ADDRESSES = Set.of("referer", "x-original-url", "x-original-uri",
			"x-forwarded-uri");

	private static final DateTimeFormatter TIME = DateTimeFormatter
		.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter WORDS = DateTimeFormatter
		.ofPattern("EEE MMM dd uuuu HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private SocketDescriptions() {
	}

	/**
	 * Describe a socket.
	 * @param namespace name of its namespace
	 * @param details what is known of it, private data included
	 * @return the object of the protocol
	 */
	static Map<String, @Nullable Object> describe(String namespace, SocketDetails details) {
		Map<?, ?> known = (details.data(PRIVATE_KEY) instanceof Map<?, ?> map) ? map : Map.of();
		Map<String, @Nullable Object> socket = new LinkedHashMap<>();
		socket.put("id", details.id());
		socket.put(CLIENT_ID, known.get(CLIENT_ID));
		socket.put(TRANSPORT, known.get(TRANSPORT));
		socket.put("nsp", namespace);
		socket.put("data", data(details.data()));
		socket.put("handshake", handshake(details.handshake()));
		socket.put("rooms", new ArrayList<>(details.rooms()));
		return socket;
	}

	/**
	 * Return what the application keeps for a socket.
	 * @param data data, private data included
	 * @return the data without that
	 */
	static Map<Object, @Nullable Object> data(@Nullable Object data) {
		Map<Object, @Nullable Object> shown = new LinkedHashMap<>();
		if (data instanceof Map<?, ?> map) {
			shown.putAll(map);
			shown.remove(PRIVATE_KEY);
		}
		return shown;
	}

	/**
	 * Return a time as the protocol has it.
	 * @param time the time
	 * @return text of ISO 8601 with milliseconds
	 */
	static String time(Instant time) {
		return TIME.format(time);
	}

	private static Map<String, @Nullable Object> handshake(HandshakeDetails handshake) {
		Map<String, @Nullable Object> shown = new LinkedHashMap<>();
		shown.put("address", handshake.address());
		shown.put("headers", headers(handshake.headers()));
		shown.put("query", query(handshake.query()));
		shown.put("issued", handshake.issued());
		shown.put("secure", handshake.secure());
		shown.put("time", WORDS.format(Instant.ofEpochMilli(handshake.issued())));
		shown.put("url", url(handshake.url()));
		shown.put("xdomain", handshake.xdomain());
		return shown;
	}

	private static Map<String, Object> headers(Map<String, List<String>> headers) {
		Map<String, Object> shown = new LinkedHashMap<>();
		headers.forEach((name, values) -> {
			// Browsers cannot set headers of WebSockets, and pages put tokens there
			if (isSecret(name) || name.equals("sec-websocket-protocol")) {
				return;
			}
			String value = String.join(", ", values);
			shown.put(name, ADDRESSES.contains(name) ? url(value) : value);
		});
		return shown;
	}

	private static Map<String, Object> query(Map<String, List<String>> query) {
		Map<String, Object> shown = new LinkedHashMap<>();
		query.forEach((name, values) -> {
			if (isSecret(name)) {
				shown.put(name, HIDDEN);
			}
			else {
				shown.put(name, (values.size() == 1) ? values.get(0) : values);
			}
		});
		return shown;
	}

	private static String url(String url) {
		int query = url.indexOf('?');
		if (query == -1) {
			return url;
		}
		try {
			QueryStringEncoder shown = new QueryStringEncoder(url.substring(0, query));
			new QueryStringDecoder(url).parameters()
				.forEach((name, values) -> values
					.forEach((value) -> shown.addParam(name, isSecret(name) ? HIDDEN : value)));
			return shown.toString();
		}
		catch (IllegalArgumentException ex) {
			return url.substring(0, query);
		}
	}

	private static boolean isSecret(String name) {
		return SECRET.matcher(name.toLowerCase(Locale.ROOT)).find();
	}

}
