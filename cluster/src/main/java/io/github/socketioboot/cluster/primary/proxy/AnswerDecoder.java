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

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;

/**
 * Decodes the answers of a worker. Event loop only.
 */
final class AnswerDecoder extends HttpResponseDecoder {

	private static final int MAX_HEAD_SIZE = 64 * 1024;

	private static final int MAX_CONTENT = 64 * 1024;

	private boolean toHead;

	private boolean begun;

	AnswerDecoder() {
		super(new HttpDecoderConfig().setMaxInitialLineLength(MAX_HEAD_SIZE)
			.setMaxHeaderSize(MAX_HEAD_SIZE)
			.setMaxChunkSize(MAX_CONTENT));
	}

	/**
	 * Expect the answer to another request.
	 * @param toHead whether the request is a HEAD, whose answer has no body
	 */
	void expect(boolean toHead) {
		this.toHead = toHead;
		this.begun = false;
	}

	/**
	 * Return whether a byte has come since the last request.
	 * @return whether an answer has begun
	 */
	boolean isBegun() {
		return this.begun;
	}

	/**
	 * Return whether there are bytes that belong to no answer.
	 * @return whether bytes are left
	 */
	boolean hasSurplus() {
		return actualReadableBytes() > 0;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object input) throws Exception {
		this.begun = true;
		super.channelRead(context, input);
	}

	@Override
	protected boolean isContentAlwaysEmpty(HttpMessage message) {
		return this.toHead
				|| (message instanceof HttpResponse answer
						&& answer.status().codeClass() == HttpStatusClass.INFORMATIONAL)
				|| super.isContentAlwaysEmpty(message);
	}

}
