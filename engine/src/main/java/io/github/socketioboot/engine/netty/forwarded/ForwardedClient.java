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

package io.github.socketioboot.engine.netty.forwarded;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who a client is from what proxies say: each adds the address that it sees to
 * those it was told, so that the list is read from its end, up to the first address that
 * is no trusted proxy's. What is further left may be the client's own invention; what
 * cannot be read ends the list. Immutable.
 *
 * @since 0.1.0
 */
public final class ForwardedClient {

	private static final String X_FORWARDED_FOR = "x-forwarded-for";

	private static final String X_FORWARDED_PROTO = "x-forwarded-proto";

	private static final String X_FORWARDED_HOST = "x-forwarded-host";

	private static final String X_FORWARDED_PORT = "x-forwarded-port";

	private static final String FORWARDED = "forwarded";

	/**
	 * Longest host with a port: a name has at most 253 characters.
	 */
	private static final int MAX_HOST_LENGTH = 260;

	private static final int MALFORMED = -2;

	private final boolean standard;

	private final TrustedProxies trusted;

	/**
	 * Create one.
	 * @param headers which headers tell of clients; not none
	 * @param trusted who is believed
	 */
	public ForwardedClient(ForwardedHeaders headers, TrustedProxies trusted) {
		if (headers == ForwardedHeaders.NONE) {
			throw new IllegalArgumentException("headers: NONE (expected: X_FORWARDED or FORWARDED)");
		}
		this.standard = headers == ForwardedHeaders.FORWARDED;
		this.trusted = trusted;
	}

	/**
	 * Return which header tells of addresses.
	 * @return its name in lower case
	 */
	public String header() {
		return this.standard ? FORWARDED : X_FORWARDED_FOR;
	}

	/**
	 * Find the address of a client.
	 * @param peer address of the connection's other end
	 * @param value all values of the {@link #header()}, joined by commas in their order,
	 * or {@code null} for none
	 * @return the address of the client, which is the peer's if that is not believed
	 */
	public InetSocketAddress address(InetSocketAddress peer, @Nullable String value) {
		if (value == null) {
			return peer;
		}
		return this.standard ? forwarded(peer, value).address() : xForwarded(peer, value).address();
	}

	/**
	 * Find out where a request comes from.
	 * @param peer address of the connection's other end
	 * @param secure whether the connection came over TLS
	 * @param headers headers of the request
	 * @return where it comes from
	 */
	public ClientOrigin origin(InetSocketAddress peer, boolean secure, HttpHeaders headers) {
		String value = joined(headers, header());
		String host = headers.get(HttpHeaderNames.HOST);
		if (!this.trusted.contains(peer.getAddress())) {
			return new ClientOrigin(peer, secure, host);
		}
		if (this.standard) {
			Path path = (value != null) ? forwarded(peer, value) : new Path(peer, 0, null, null);
			return new ClientOrigin(path.address(), isSecure(path.proto(), secure), host(path.host(), host));
		}
		Path path = (value != null) ? xForwarded(peer, value) : new Path(peer, 0, null, null);
		boolean secureClient = isSecure(added(headers, X_FORWARDED_PROTO, path.proxies()), secure);
		String asked = host(added(headers, X_FORWARDED_HOST, path.proxies()), host);
		return new ClientOrigin(path.address(), secureClient,
				withPort(asked, added(headers, X_FORWARDED_PORT, path.proxies()), secureClient));
	}

	private Path xForwarded(InetSocketAddress peer, String value) {
		InetSocketAddress client = peer;
		int proxies = 0;
		int end = value.length();
		while (end >= 0 && this.trusted.contains(client.getAddress())) {
			int comma = value.lastIndexOf(',', end - 1);
			proxies++;
			InetSocketAddress next = ForwardedAddress.parseWithPort(value.substring(comma + 1, end).trim());
			if (next == null) {
				break;
			}
			client = next;
			end = comma;
		}
		return new Path(client, proxies, null, null);
	}

	private Path forwarded(InetSocketAddress peer, String value) {
		InetSocketAddress client = peer;
		String proto = null;
		String host = null;
		int end = value.length();
		while (end >= 0 && this.trusted.contains(client.getAddress())) {
			int comma = comma(value, end);
			if (comma == MALFORMED) {
				break;
			}
			String element = value.substring(comma + 1, end);
			String elementProto = parameter(element, "proto");
			String elementHost = parameter(element, "host");
			// The outermost proxy that is believed knows best
			proto = (elementProto != null) ? elementProto : proto;
			host = (elementHost != null) ? elementHost : host;
			InetSocketAddress next = ForwardedAddress.parseWithPort(parameter(element, "for"));
			if (next == null) {
				break;
			}
			client = next;
			end = comma;
		}
		return new Path(client, 0, proto, host);
	}

	/**
	 * Find the comma before an element. Quotes are matched from the end, where proxies
	 * have written: an open quote of the client's must not swallow what they say.
	 * @param value all elements
	 * @param end where the element ends
	 * @return index of the comma, -1 if there is none
	 */
	private static int comma(String value, int end) {
		boolean quoted = false;
		for (int i = end - 1; i >= 0; i--) {
			char character = value.charAt(i);
			if (character == '"') {
				quoted = !quoted;
			}
			else if (character == ',' && !quoted) {
				return i;
			}
		}
		return quoted ? MALFORMED : -1;
	}

	private static @Nullable String parameter(String element, String name) {
		int start = 0;
		while (start < element.length()) {
			int end = start;
			boolean quoted = false;
			while (end < element.length() && (quoted || element.charAt(end) != ';')) {
				quoted ^= element.charAt(end) == '"';
				end++;
			}
			int equals = element.indexOf('=', start);
			if (equals != -1 && equals < end && element.substring(start, equals).trim().equalsIgnoreCase(name)) {
				return unquoted(element.substring(equals + 1, end).trim());
			}
			start = end + 1;
		}
		return null;
	}

	private static String unquoted(String value) {
		int last = value.length() - 1;
		return (last > 0 && value.charAt(0) == '"' && value.charAt(last) == '"') ? value.substring(1, last) : value;
	}

	/**
	 * Return what the outermost trusted proxy has added to a list.
	 * @param headers headers of the request
	 * @param name name of the header
	 * @param proxies number of trusted proxies that the request has passed
	 * @return the element, counted from the end, or the first one if there are fewer, or
	 * {@code null} if there is none
	 */
	private static @Nullable String added(HttpHeaders headers, String name, int proxies) {
		String value = joined(headers, name);
		if (value == null) {
			return null;
		}
		int end = value.length();
		int comma = value.lastIndexOf(',', end - 1);
		for (int i = 1; i < proxies && comma != -1; i++) {
			end = comma;
			comma = value.lastIndexOf(',', end - 1);
		}
		return value.substring(comma + 1, end).trim();
	}

	private static @Nullable String joined(HttpHeaders headers, String name) {
		List<String> values = headers.getAll(name);
		return switch (values.size()) {
			case 0 -> null;
			case 1 -> values.get(0);
			default -> String.join(",", values);
		};
	}

	private static boolean isSecure(@Nullable String proto, boolean otherwise) {
		if (proto == null) {
			return otherwise;
		}
		return switch (proto.toLowerCase(Locale.ROOT)) {
			case "https", "wss" -> true;
			case "http", "ws" -> false;
			default -> otherwise;
		};
	}

	private static @Nullable String host(@Nullable String forwarded, @Nullable String otherwise) {
		return (forwarded != null && isHost(forwarded)) ? forwarded : otherwise;
	}

	// As a browser writes it, without the usual port
	private static @Nullable String withPort(@Nullable String host, @Nullable String port, boolean secure) {
		if (host == null || port == null || host.lastIndexOf(':') > host.lastIndexOf(']')) {
			return host;
		}
		int number = ForwardedAddress.port(port);
		return (number > 0 && number != (secure ? 443 : 80)) ? host + ":" + number : host;
	}

	private static boolean isHost(String host) {
		if (host.isEmpty() || host.length() > MAX_HOST_LENGTH) {
			return false;
		}
		for (int i = 0; i < host.length(); i++) {
			char character = host.charAt(i);
			boolean alphanumeric = (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z')
					|| (character >= 'A' && character <= 'Z');
			if (!alphanumeric && ".-_:[]".indexOf(character) == -1) {
				return false;
			}
		}
		return true;
	}

	/**
	 * What proxies say, as far as they are believed.
	 *
	 * @param address address of the client
	 * @param proxies number of proxies that have added to the list
	 * @param proto scheme that the client uses, or {@code null}
	 * @param host host that the client has asked for, or {@code null}
	 */
	private record Path(InetSocketAddress address, int proxies, @Nullable String proto, @Nullable String host) {

	}

}
