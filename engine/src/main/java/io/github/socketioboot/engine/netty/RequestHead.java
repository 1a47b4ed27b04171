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

import java.util.Iterator;

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

}
