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

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one step at a time: after the head of a request, and after its end, nothing
 * more is decoded until {@link #release()}. What is read meanwhile is kept as bytes; too
 * many of them stop the reading. Event loop only.
 */
final class RequestDecoder extends HttpRequestDecoder {

	private static final int MAX_HELD = 64 * 1024;

	private static final int MAX_CONTENT = 64 * 1024;

	private final Runnable begun;

	private @Nullable ChannelHandlerContext context;

	private boolean betweenRequests = true;

	private boolean held;

	private boolean decoding;

	/**
	 * Create a decoder.
	 * @param maxHeadSize largest request line and largest header, in bytes
	 * @param begun called with the first byte of each request
	 */
	RequestDecoder(int maxHeadSize, Runnable begun) {
		super(new HttpDecoderConfig().setMaxInitialLineLength(maxHeadSize)
			.setMaxHeaderSize(maxHeadSize)
			.setHeadersFactory(new RequestHeadersFactory())
			.setMaxChunkSize(MAX_CONTENT));
		this.begun = begun;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	/**
	 * Return whether part of a request's head has come.
	 * @return whether a request has begun
	 */
	boolean isBegun() {
		return !this.betweenRequests;
	}

	/**
	 * Return whether no more bytes should be read for now.
	 * @return whether as many are kept as may be
	 */
	boolean isFull() {
		return this.held && actualReadableBytes() > MAX_HELD;
	}

	/**
	 * Go on decoding.
	 */
	void release() {
		this.held = false;
		ChannelHandlerContext context = this.context;
		// Within a decoding turn, that turn goes on by itself
		if (!this.decoding && context != null && actualReadableBytes() > 0) {
			try {
				channelRead(context, Unpooled.EMPTY_BUFFER);
			}
			catch (Exception ex) {
				context.fireExceptionCaught(ex);
			}
			context.fireChannelReadComplete();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object input) throws Exception {
		this.decoding = true;
		try {
			super.channelRead(context, input);
		}
		finally {
			this.decoding = false;
		}
		if (isFull()) {
			context.channel().config().setAutoRead(false);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) throws Exception {
		if (this.held) {
			// The decoder would read on by itself, as it has decoded nothing
			discardSomeReadBytes();
			context.fireChannelReadComplete();
		}
		else {
			super.channelReadComplete(context);
		}
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
		if (this.held) {
			return;
		}
		if (this.betweenRequests) {
			this.betweenRequests = false;
			this.begun.run();
		}
		super.decode(context, buffer, out);
		if (!out.isEmpty()) {
			Object last = out.get(out.size() - 1);
			if (last instanceof LastHttpContent) {
				this.held = true;
				this.betweenRequests = true;
			}
			else if (last instanceof HttpRequest) {
				this.held = true;
			}
		}
	}

	@Override
	protected void decodeLast(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) {
		// A request that is cut off is of no use
	}

	/**
	 * Makes headers that refuse a second length, which the decoder would drop from an
	 * HTTP/1.0 request.
	 */
	private static final class RequestHeadersFactory implements HttpHeadersFactory {

		@Override
		public HttpHeaders newHeaders() {
			return new RequestHeaders();
		}

		@Override
		public HttpHeaders newEmptyHeaders() {
			return new RequestHeaders();
		}

	}

	/**
	 * Headers with one length.
	 */
	private static final class RequestHeaders extends DefaultHttpHeaders {

		@Override
		public HttpHeaders add(CharSequence name, Object value) {
			if (name.length() == HttpHeaderNames.CONTENT_LENGTH.length()
					&& HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
					&& contains(HttpHeaderNames.CONTENT_LENGTH)) {
				throw new IllegalArgumentException("'Content-Length' must not be repeated");
			}
			return super.add(name, value);
		}

	}

}
