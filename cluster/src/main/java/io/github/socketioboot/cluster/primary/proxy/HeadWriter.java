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

package io.github.socketioboot.cluster.primary.proxy;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.socketioboot.cluster.primary.proxy.ProxyConfig.Origin;
import io.github.socketioboot.cluster.primary.proxy.RequestHead.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Writes heads of messages that are passed on, without the fields that belong to one
 * connection only (RFC 9110, section 7.6.1). Thread-safe.
 */
final class HeadWriter {

	private static final int INITIAL_SIZE = 512;

	private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

	private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");

	private static final AsciiString HTTP2_SETTINGS = AsciiString.cached("http2-settings");

	private static final AsciiString FORWARDED = AsciiString.cached("forwarded");

	private static final String X_FORWARDED = "x-forwarded-";

	private static final String X_FORWARDED_FOR = "x-forwarded-for";

	/**
	 * Fields that nobody can name away, as they say where a request goes and where it
	 * ends.
	 */
	private static final Set<String> UNNAMED = Set.of("close", "keep-alive", "upgrade", "host", "content-length",
			"transfer-encoding");

	private final Origin origin;

	private final boolean encrypted;

	HeadWriter(Origin origin, boolean encrypted) {
		this.origin = origin;
		this.encrypted = encrypted;
	}

	/**
	 * Write the head of a request for a worker.
	 * @param allocator where the bytes are kept
	 * @param request the request
	 * @param head how it is passed on
	 * @param client address of the client
	 * @return the bytes; ownership passes
	 */
	ByteBuf request(ByteBufAllocator allocator, HttpRequest request, RequestHead head, InetSocketAddress client) {
		ByteBuf out = allocator.buffer(INITIAL_SIZE);
		text(out, request.method().asciiName()).writeByte(' ');
		text(out, request.uri());
		ascii(out, " HTTP/1.1\r\n");
		HttpHeaders headers = request.headers();
		Set<String> named = named(headers);
		Iterator<Map.Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
		while (fields.hasNext()) {
			Map.Entry<CharSequence, CharSequence> field = fields.next();
			CharSequence name = field.getKey();
			if (!isOfConnection(name, named) && !is(HttpHeaderNames.TE, name) && !is(HTTP2_SETTINGS, name)
					&& !isReplaced(name) && !(head.http10() && is(HttpHeaderNames.EXPECT, name))) {
				field(out, name, field.getValue());
			}
		}
		if (head.http10() && !headers.contains(HttpHeaderNames.HOST)) {
			ascii(out, "Host: \r\n");
		}
		if (head.framing() == Framing.CHUNKED) {
			ascii(out, "Transfer-Encoding: chunked\r\n");
		}
		if (head.upgrade() != null) {
			ascii(out, "Connection: Upgrade\r\n");
			field(out, "Upgrade", head.upgrade());
		}
		if (this.origin != Origin.PREAMBLE) {
			forwarded(out, headers, client);
		}
		return ascii(out, "\r\n");
	}

	/**
	 * Write the head of a final answer for a client.
	 * @param allocator where the bytes are kept
	 * @param answer the answer
	 * @param framing how its body is delimited for the client
	 * @param http10 whether the client speaks HTTP/1.0
	 * @param keepAlive whether the client's connection stays open
	 * @return the bytes; ownership passes
	 */
	ByteBuf answer(ByteBufAllocator allocator, HttpResponse answer, Framing framing, boolean http10,
			boolean keepAlive) {
		ByteBuf out = status(allocator, answer.status());
		fields(out, answer.headers());
		if (framing == Framing.CHUNKED) {
			ascii(out, "Transfer-Encoding: chunked\r\n");
		}
		if (answer.status().code() == HttpResponseStatus.UPGRADE_REQUIRED.code()) {
			String upgrade = answer.headers().get(HttpHeaderNames.UPGRADE);
			if (upgrade != null) {
				field(out, "Upgrade", upgrade);
				ascii(out, keepAlive ? "Connection: Upgrade\r\n" : "Connection: Upgrade, close\r\n");
				return ascii(out, "\r\n");
			}
		}
		if (!keepAlive) {
			ascii(out, "Connection: close\r\n");
		}
		else if (http10) {
			ascii(out, "Connection: keep-alive\r\n");
		}
		return ascii(out, "\r\n");
	}

	/**
	 * Write an interim answer (1xx), or that of a switch to another protocol.
	 * @param allocator where the bytes are kept
	 * @param answer the answer
	 * @return the bytes; ownership passes
	 */
	ByteBuf interim(ByteBufAllocator allocator, HttpResponse answer) {
		ByteBuf out = status(allocator, answer.status());
		fields(out, answer.headers());
		if (answer.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
			ascii(out, "Connection: Upgrade\r\n");
			String upgrade = answer.headers().get(HttpHeaderNames.UPGRADE);
			if (upgrade != null) {
				field(out, "Upgrade", upgrade);
			}
		}
		return ascii(out, "\r\n");
	}

	/**
	 * Write an answer of the proxy's own, without a body.
	 * @param allocator where the bytes are kept
	 * @param status the status
	 * @param http10 whether the client speaks HTTP/1.0
	 * @param keepAlive whether the client's connection stays open
	 * @return the bytes; ownership passes
	 */
	static ByteBuf own(ByteBufAllocator allocator, HttpResponseStatus status, boolean http10, boolean keepAlive) {
		ByteBuf out = status(allocator, status);
		if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
			ascii(out, "Retry-After: 1\r\n");
		}
		ascii(out, "Content-Length: 0\r\n");
		if (!keepAlive) {
			ascii(out, "Connection: close\r\n");
		}
		else if (http10) {
			ascii(out, "Connection: keep-alive\r\n");
		}
		return ascii(out, "\r\n");
	}

	/**
	 * Write the fields after a chunked body.
	 * @param out where to
	 * @param trailers the fields
	 */
	static void trailers(ByteBuf out, HttpHeaders trailers) {
		Iterator<Map.Entry<CharSequence, CharSequence>> fields = trailers.iteratorCharSequence();
		while (fields.hasNext()) {
			Map.Entry<CharSequence, CharSequence> field = fields.next();
			if (!isOfConnection(field.getKey(), null)) {
				field(out, field.getKey(), field.getValue());
			}
		}
	}

	private static void fields(ByteBuf out, HttpHeaders headers) {
		Set<String> named = named(headers);
		Iterator<Map.Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
		while (fields.hasNext()) {
			Map.Entry<CharSequence, CharSequence> field = fields.next();
			if (!isOfConnection(field.getKey(), named)) {
				field(out, field.getKey(), field.getValue());
			}
		}
	}

	private void forwarded(ByteBuf out, HttpHeaders headers, InetSocketAddress client) {
		ascii(out, "X-Forwarded-For: ");
		if (this.origin == Origin.EXTENDED_HEADERS) {
			String before = joined(headers, X_FORWARDED_FOR);
			if (before != null) {
				text(out, before);
				ascii(out, ", ");
			}
		}
		ascii(out, numeric(client));
		ascii(out, "\r\n");
		if (this.encrypted && this.origin == Origin.REPLACED_HEADERS) {
			ascii(out, "X-Forwarded-Proto: https\r\n");
		}
	}

	private static String numeric(InetSocketAddress address) {
		String text = address.getAddress().getHostAddress();
		int zone = text.indexOf('%');
		return (zone >= 0) ? text.substring(0, zone) : text;
	}

	/**
	 * Return all that a request says in fields of one name.
	 * @param headers fields of the request
	 * @param name their name
	 * @return all values joined by commas, or {@code null} for none
	 */
	static @Nullable String joined(HttpHeaders headers, String name) {
		List<String> values = headers.getAll(name);
		if (values.isEmpty()) {
			return null;
		}
		return (values.size() == 1) ? values.get(0) : String.join(", ", values);
	}

	private boolean isReplaced(CharSequence name) {
		return switch (this.origin) {
			case PREAMBLE -> false;
			case REPLACED_HEADERS -> is(FORWARDED, name) || (name.length() > X_FORWARDED.length()
					&& AsciiString.regionMatches(name, true, 0, X_FORWARDED, 0, X_FORWARDED.length()));
			case EXTENDED_HEADERS ->
				name.length() == X_FORWARDED_FOR.length() && AsciiString.contentEqualsIgnoreCase(X_FORWARDED_FOR, name);
		};
	}

	private static boolean isOfConnection(CharSequence name, @Nullable Set<String> named) {
		boolean fixed = switch (name.length()) {
			case 7 -> is(HttpHeaderNames.UPGRADE, name);
			case 10 -> is(HttpHeaderNames.CONNECTION, name) || is(KEEP_ALIVE, name);
			case 16 -> is(PROXY_CONNECTION, name);
			case 17 -> is(HttpHeaderNames.TRANSFER_ENCODING, name);
			default -> false;
		};
		return fixed || (named != null && named.contains(name.toString().toLowerCase(Locale.ROOT)));
	}

	/**
	 * Return which fields a sender says to belong to its connection.
	 * @param headers fields of a message
	 * @return names in lower case, or {@code null} for none
	 */
	private static @Nullable Set<String> named(HttpHeaders headers) {
		Set<String> named = null;
		Iterator<? extends CharSequence> values = headers.valueCharSequenceIterator(HttpHeaderNames.CONNECTION);
		while (values.hasNext()) {
			for (String option : values.next().toString().split(",")) {
				String name = option.strip().toLowerCase(Locale.ROOT);
				if (!name.isEmpty() && !UNNAMED.contains(name)) {
					named = (named != null) ? named : new HashSet<>();
					named.add(name);
				}
			}
		}
		return named;
	}

	private static boolean is(AsciiString name, CharSequence other) {
		return name.contentEqualsIgnoreCase(other);
	}

	private static ByteBuf status(ByteBufAllocator allocator, HttpResponseStatus status) {
		ByteBuf out = allocator.buffer(INITIAL_SIZE);
		ascii(out, "HTTP/1.1 ");
		text(out, status.codeAsText()).writeByte(' ');
		text(out, status.reasonPhrase());
		return ascii(out, "\r\n");
	}

	private static void field(ByteBuf out, CharSequence name, CharSequence value) {
		text(out, name).writeShort(':' << 8 | ' ');
		text(out, value).writeShort('\r' << 8 | '\n');
	}

	/**
	 * Write bytes as they came: they are decoded as Latin-1.
	 * @param out where to
	 * @param text the text
	 * @return where to
	 */
	private static ByteBuf text(ByteBuf out, CharSequence text) {
		out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
		return out;
	}

	private static ByteBuf ascii(ByteBuf out, String text) {
		out.writeCharSequence(text, StandardCharsets.US_ASCII);
		return out;
	}

}
