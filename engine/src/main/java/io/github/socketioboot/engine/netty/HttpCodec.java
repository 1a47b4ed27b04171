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

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1 decoder and encoder of a connection. It decodes one request, and the next when
 * {@link #next()} is called: what the client sends meanwhile stays as it came, so that a
 * connection can be handed on between two requests. Event loop only.
 */
final class HttpCodec extends CombinedChannelDuplexHandler<HttpRequestDecoder, HttpResponseEncoder> {

	/**
	 * Most bytes of further requests, give or take a read, before the connection stops
	 * being read.
	 */
	static final int MAX_HELD = 64 * 1024;

	private final RequestDecoder decoder;

	private @Nullable HttpMethod method;

	private boolean held;

	HttpCodec(HttpDecoderConfig config) {
		this.decoder = new RequestDecoder(config);
		init(this.decoder, new ResponseEncoder());
	}

	/**
	 * Decode the next request: the one before has been answered.
	 */
	void next() {
		this.held = false;
		this.decoder.resume();
	}

	/**
	 * Decode nothing more, whatever was being decoded.
	 */
	void hold() {
		this.held = true;
	}

	/**
	 * Return whether there are bytes that were not decoded.
	 * @return {@code true} if there are
	 */
	boolean hasRest() {
		return this.decoder.rest().isReadable();
	}

	/**
	 * Take the bytes that were not decoded.
	 * @param to written to
	 */
	void takeRest(ByteBuf to) {
		to.writeBytes(this.decoder.rest());
	}

	/**
	 * Stops after each request.
	 */
	private final class RequestDecoder extends HttpRequestDecoder {

		private @Nullable ChannelHandlerContext context;

		private boolean decoding;

		private boolean paused;

		RequestDecoder(HttpDecoderConfig config) {
			super(config);
		}

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			this.context = context;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
			super.channelRead(context, message);
			if (HttpCodec.this.held && !this.paused && rest().readableBytes() > MAX_HELD) {
				this.paused = true;
				context.channel().config().setAutoRead(false);
			}
		}

		@Override
		protected void callDecode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
			this.decoding = true;
			try {
				super.callDecode(context, in, out);
			}
			finally {
				this.decoding = false;
			}
		}

		@Override
		protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
			if (HttpCodec.this.held) {
				return;
			}
			int before = out.size();
			super.decode(context, in, out);
			int after = out.size();
			if (after == before) {
				return;
			}
			if (out.get(before) instanceof HttpRequest request) {
				HttpCodec.this.method = request.method();
			}
			HttpCodec.this.held = out.get(after - 1) instanceof LastHttpContent;
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) throws Exception {
			if (HttpCodec.this.held) {
				// The superclass would go on reading because nothing was decoded
				context.fireChannelReadComplete();
			}
			else {
				super.channelReadComplete(context);
			}
		}

		ByteBuf rest() {
			return internalBuffer();
		}

		void resume() {
			ChannelHandlerContext context = this.context;
			// A decoding that is going on goes on by itself
			if (context == null || this.decoding) {
				return;
			}
			if (rest().isReadable()) {
				try {
					super.channelRead(context, Unpooled.EMPTY_BUFFER);
				}
				catch (Exception ex) {
					context.fireExceptionCaught(ex);
				}
			}
			if (this.paused && rest().readableBytes() <= MAX_HELD && !context.isRemoved()) {
				this.paused = false;
				context.channel().config().setAutoRead(true);
			}
		}

	}

	/**
	 * Knows what was asked, which makes a difference to the answer (RFC 9110, sections
	 * 9.3.2 and 9.3.6).
	 */
	private final class ResponseEncoder extends HttpResponseEncoder {

		@Override
		protected boolean isContentAlwaysEmpty(HttpResponse response) {
			return HttpMethod.HEAD.equals(HttpCodec.this.method) || super.isContentAlwaysEmpty(response);
		}

		@Override
		protected void sanitizeHeadersBeforeEncode(HttpResponse response, boolean empty) {
			if (!empty && HttpMethod.CONNECT.equals(HttpCodec.this.method)
					&& response.status().codeClass() == HttpStatusClass.SUCCESS) {
				response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
				return;
			}
			super.sanitizeHeadersBeforeEncode(response, empty);
		}

	}

}
