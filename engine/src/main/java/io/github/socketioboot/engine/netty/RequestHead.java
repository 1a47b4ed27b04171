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

package io.github.socketioboot.engine.netty;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/**
 * What a request's head must have beyond what the decoder checks, lest a proxy in front
 * understands another request than we do (RFC 9112, sections 3.2 and 6.1).
 *
 * @since 0.1.0
 */
final class RequestHead {

	private static final int CRLF = ('\r' << 8) | '\n';

	private RequestHead() {
	}

	/**
	 * Return whether a request may be served.
	 * @param request the request
	 * @return {@code false} if it must be answered with 400 and its connection closed
	 */
	static boolean isSound(HttpRequest request) {
		HttpVersion version = request.protocolVersion();
		boolean http11 = version.equals(HttpVersion.HTTP_1_1);
		if (!http11 && !version.equals(HttpVersion.HTTP_1_0)) {
			return false;
		}
		HttpHeaders headers = request.headers();
		Iterator<? extends CharSequence> hosts = headers.valueCharSequenceIterator(HttpHeaderNames.HOST);
		if (hosts.hasNext()) {
			hosts.next();
			if (hosts.hasNext()) {
				return false;
			}
		}
		else if (http11) {
			return false;
		}
		Iterator<? extends CharSequence> codings = headers.valueCharSequenceIterator(HttpHeaderNames.TRANSFER_ENCODING);
		return !codings.hasNext()
				|| (HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.next()) && !codings.hasNext() && http11);
	}

	/**
	 * Return whether a request has a body, perhaps an empty one.
	 * @param request the request
	 * @return {@code true} if its head says so
	 */
	static boolean hasBody(HttpRequest request) {
		HttpHeaders headers = request.headers();
		return headers.contains(HttpHeaderNames.CONTENT_LENGTH) || headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
	}

	/**
	 * Write a head as it was read. It takes no more bytes than it did, lest the next
	 * reader finds it too long.
	 * @param request the request
	 * @param to written to
	 */
	static void write(HttpRequest request, ByteBuf to) {
		write(request.method().name(), to);
		to.writeByte(' ');
		write(request.uri(), to);
		to.writeByte(' ');
		write(request.protocolVersion().text(), to);
		to.writeShort(CRLF);
		Iterator<Map.Entry<CharSequence, CharSequence>> headers = request.headers().iteratorCharSequence();
		while (headers.hasNext()) {
			Map.Entry<CharSequence, CharSequence> header = headers.next();
			write(header.getKey(), to);
			to.writeByte(':');
			write(header.getValue(), to);
			to.writeShort(CRLF);
		}
		to.writeShort(CRLF);
	}

	private static void write(CharSequence text, ByteBuf to) {
		to.writeCharSequence(text, StandardCharsets.ISO_8859_1);
	}

}
