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

import io.github.socketioboot.cluster.primary.proxy.RequestHead.Framing;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/**
 * What decides how an answer is passed back. Immutable.
 *
 * @param framing how its body is delimited for the client
 * @param reusable whether the worker's connection can serve another request
 */
record AnswerHead(Framing framing, boolean reusable) {

	/**
	 * Judge an answer.
	 * @param answer what was decoded
	 * @param request the request
	 * @return the head, or {@code null} if the answer makes no sense
	 */
	static @Nullable AnswerHead of(HttpResponse answer, RequestHead request) {
		String coding = answer.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
		if (answer.decoderResult().isFailure() || answer.protocolVersion().majorVersion() != 1
				|| (coding != null && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding))) {
			return null;
		}
		Framing received = framing(answer, request);
		Framing framing = received;
		if (received == Framing.CHUNKED || received == Framing.END) {
			framing = request.http10() ? Framing.END : Framing.CHUNKED;
		}
		return new AnswerHead(framing, received != Framing.END && HttpUtil.isKeepAlive(answer));
	}

	private static Framing framing(HttpResponse answer, RequestHead request) {
		int code = answer.status().code();
		if (request.toHead() || code == HttpResponseStatus.NO_CONTENT.code()
				|| code == HttpResponseStatus.NOT_MODIFIED.code()) {
			return Framing.NONE;
		}
		if (HttpUtil.isTransferEncodingChunked(answer)) {
			return Framing.CHUNKED;
		}
		return answer.headers().contains(HttpHeaderNames.CONTENT_LENGTH) ? Framing.LENGTH : Framing.END;
	}

}
