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

import java.util.Iterator;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * What decides how a request is passed on. Immutable.
 *
 * @param framing how the body is delimited
 * @param http10 whether the client speaks HTTP/1.0
 * @param keepAlive whether the client wants to keep its connection
 * @param toHead whether the answer has no body
 * @param repeatable whether the request may be sent once more when it is unknown what
 * became of it (RFC 9110, section 9.2.2)
 * @param upgrade protocols that the client would like to change to, or {@code null} for
 * none
 */
record RequestHead(Framing framing, boolean http10, boolean keepAlive, boolean toHead, boolean repeatable,
		@Nullable String upgrade) {

	/**
	 * Judge a request.
	 * @param request what was decoded
	 * @return the head, or {@code null} if the request must be answered with 400, lest
	 * another server understands another request (RFC 9112, sections 3.2, 6.1 and 6.3)
	 */
	static @Nullable RequestHead of(HttpRequest request) {
		HttpVersion version = request.protocolVersion();
		boolean http10 = version.equals(HttpVersion.HTTP_1_0);
		if (!http10 && !version.equals(HttpVersion.HTTP_1_1)) {
			return null;
		}
		HttpHeaders headers = request.headers();
		int hosts = count(headers, HttpHeaderNames.HOST);
		if (hosts > 1 || (hosts == 0 && !http10)) {
			return null;
		}
		Framing framing = framing(request, http10);
		// The decoder takes the next eight bytes for the body of such a request, as an
		// early draft of WebSocket had it, which no other server does
		boolean draft = headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)
				&& headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY2);
		if (framing == null || draft) {
			return null;
		}
		HttpMethod method = request.method();
		boolean repeatable = framing == Framing.NONE && (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)
				|| method.equals(HttpMethod.OPTIONS) || method.equals(HttpMethod.PUT)
				|| method.equals(HttpMethod.DELETE) || method.equals(HttpMethod.TRACE));
		return new RequestHead(framing, http10, HttpUtil.isKeepAlive(request), method.equals(HttpMethod.HEAD),
				repeatable, http10 ? null : upgrade(headers));
	}

	private static @Nullable Framing framing(HttpRequest request, boolean http10) {
		HttpHeaders headers = request.headers();
		int lengths = count(headers, HttpHeaderNames.CONTENT_LENGTH);
		Iterator<? extends CharSequence> codings = headers.valueCharSequenceIterator(HttpHeaderNames.TRANSFER_ENCODING);
		if (!codings.hasNext()) {
			if (lengths > 1) {
				return null;
			}
			return (lengths == 1 && HttpUtil.getContentLength(request, 0L) > 0) ? Framing.LENGTH : Framing.NONE;
		}
		boolean chunked = HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.next()) && !codings.hasNext();
		return (chunked && lengths == 0 && !http10) ? Framing.CHUNKED : null;
	}

	private static @Nullable String upgrade(HttpHeaders headers) {
		if (!headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
			return null;
		}
		String protocols = headers.get(HttpHeaderNames.UPGRADE);
		// Requests within HTTP/2 could not be told apart any more
		boolean refused = protocols == null || protocols.regionMatches(true, 0, "h2c", 0, 3);
		return refused ? null : protocols;
	}

	private static int count(HttpHeaders headers, CharSequence name) {
		int count = 0;
		for (Iterator<?> values = headers.valueCharSequenceIterator(name); values.hasNext(); values.next()) {
			count++;
		}
		return count;
	}

	/**
	 * How the body of a message is delimited (RFC 9112, section 6.3).
	 */
	enum Framing {

		/**
		 * There is no body.
		 */
		NONE,

		/**
		 * By {@code Content-Length}.
		 */
		LENGTH,

		/**
		 * By the chunked coding.
		 */
		CHUNKED,

		/**
		 * By the end of the connection.
		 */
		END

	}

}
