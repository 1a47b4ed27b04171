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

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.loop.LoopTimeout;
import io.github.socketioboot.engine.session.RefusalReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the requests of one connection, one after the other, and writes their answers:
 * order, keep-alive, bounds in time and size. What a request means is the
 * {@link RequestRouter}'s. Event loop only.
 * <p>
 * One class although long: order, keep-alive and time-outs of a connection share one
 * state.
 */
final class HttpFrontHandler extends ChannelInboundHandlerAdapter {

	/**
	 * Most bytes of a body that is not wanted, before the connection is closed.
	 */
	static final long MAX_DISCARDED = 4L << 20;

	static final HttpHeadersFactory HEADERS = DefaultHttpHeadersFactory.headersFactory().withValidation(false);

	static final HttpHeadersFactory NO_HEADERS = DefaultHttpHeadersFactory.trailersFactory().withValidation(false);

	private static final Logger logger = LoggerFactory.getLogger(HttpFrontHandler.class);

	private final RequestRouter router;

	private final EngineLoop loop;

	private final LimitsConfig limits;

	private final HttpCodec codec;

	private final ConnectionOrigin origin;

	private final boolean forwarding;

	private final @Nullable Departure departure;

	private final Deadline deadline = new Deadline();

	private @Nullable ChannelHandlerContext context;

	private @Nullable HttpExchange current;

	private boolean closing;

	private boolean routing;

	private boolean readSomething;

	private boolean reused;

	/**
	 * Create a handler.
	 * @param router answers requests
	 * @param loop loop of the connection
	 * @param limits bounds
	 * @param codec codec before this in the pipeline
	 * @param origin where the connection comes from
	 * @param forwarding whether its requests tell of their clients in headers that are to
	 * be believed
	 * @param departure how the connection can leave, or {@code null} if it cannot
	 */
	HttpFrontHandler(RequestRouter router, EngineLoop loop, LimitsConfig limits, HttpCodec codec,
			ConnectionOrigin origin, boolean forwarding, @Nullable Departure departure) {
		this.router = router;
		this.loop = loop;
		this.limits = limits;
		this.codec = codec;
		this.origin = origin;
		this.forwarding = forwarding;
		this.departure = departure;
	}

	ChannelHandlerContext context() {
		ChannelHandlerContext context = this.context;
		if (context == null) {
			throw new IllegalStateException("not in a pipeline");
		}
		return context;
	}

	EngineLoop loop() {
		return this.loop;
	}

	ConnectionOrigin origin() {
		return this.origin;
	}

	/**
	 * Return whether the connection is a proxy's that is believed.
	 * @return {@code true} if the headers of requests tell of their clients
	 */
	boolean isForwarding() {
		return this.forwarding;
	}

	/**
	 * Return whether the connection has carried a request before the current one.
	 * @return {@code true} if so
	 */
	boolean isReused() {
		return this.reused;
	}

	boolean inLoop() {
		return this.loop.inLoop();
	}

	/**
	 * Run a task on the loop of the connection.
	 * @param task the task
	 * @param orphan released if the loop has ended, or {@code null}
	 */
	void execute(Runnable task, @Nullable ByteBuf orphan) {
		try {
			this.loop.execute(task);
		}
		catch (java.util.concurrent.RejectedExecutionException ex) {
			ReferenceCountUtil.release(orphan);
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
		if (context.channel().isActive()) {
			this.deadline.arm(Awaited.HEAD);
		}
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		this.deadline.arm(Awaited.HEAD);
		context.fireChannelActive();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.readSomething = true;
		if (!(message instanceof HttpObject object) || this.closing) {
			ReferenceCountUtil.release(message);
			return;
		}
		handle(object);
	}

	private void handle(HttpObject object) {
		try {
			if (object.decoderResult().isFailure()) {
				refuseMalformed(object.decoderResult().cause());
				return;
			}
			if (object instanceof HttpRequest request) {
				begin(request);
			}
			HttpExchange exchange = this.current;
			if (exchange != null && object instanceof HttpContent content) {
				exchange.onContent(content);
				if (content instanceof LastHttpContent) {
					this.deadline.disarm();
				}
				finishIfDone(exchange);
			}
		}
		finally {
			ReferenceCountUtil.release(object);
		}
	}

	private void begin(HttpRequest request) {
		if (!RequestHead.isSound(request)) {
			refuseMalformed(null);
			return;
		}
		HttpExchange exchange = new HttpExchange(this, request, this.router);
		this.current = exchange;
		this.deadline.arm(Awaited.BODY);
		this.routing = true;
		this.router.route(exchange);
		this.routing = false;
	}

	private void refuseMalformed(@Nullable Throwable cause) {
		this.router.statistics().refuse(RefusalReason.BAD_REQUEST, this.origin.remote().getAddress());
		HttpResponseStatus status = HttpResponseStatus.BAD_REQUEST;
		if (cause instanceof TooLongHttpLineException) {
			status = HttpResponseStatus.REQUEST_URI_TOO_LONG;
		}
		else if (cause instanceof TooLongHttpHeaderException) {
			status = HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
		}
		closeWith(status);
	}

	// Answer outside any exchange and close.
	private void closeWith(HttpResponseStatus status) {
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
		response.headers()
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
			.set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
		closeAfter(response);
	}

	private void closeAfter(FullHttpResponse response) {
		this.closing = true;
		// The peer may never read the answer to its end
		this.deadline.arm(Awaited.REQUEST);
		context().writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
	}

	void writeContinue() {
		context().writeAndFlush(
				new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
	}

	/**
	 * Write the answer of an exchange.
	 * @param exchange the exchange
	 * @param response the answer; ownership passes
	 */
	void write(HttpExchange exchange, FullHttpResponse response) {
		boolean keepAlive = HttpUtil.isKeepAlive(exchange.request())
				&& !response.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
		if (!keepAlive) {
			response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		else if (!exchange.request().protocolVersion().isKeepAliveDefault()) {
			response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
		}
		ChannelHandlerContext context = context();
		if (keepAlive) {
			context.writeAndFlush(response, context.voidPromise());
		}
		else {
			closeAfter(response);
		}
		finishIfDone(exchange);
	}

	private void finishIfDone(HttpExchange exchange) {
		if (this.current != exchange || !exchange.isComplete() || !exchange.isResponded()) {
			return;
		}
		this.current = null;
		this.reused = true;
		exchange.releasePlace();
		if (this.closing) {
			return;
		}
		this.deadline.arm(Awaited.REQUEST);
		decodeNext();
	}

	// The next request waits until the one before is answered, and until the peer has
	// read enough of the answers before: what it does not read must not pile up.
	private void decodeNext() {
		if (this.closing || this.current != null || !context().channel().isWritable()) {
			return;
		}
		this.codec.next();
		if (this.codec.hasRest() && this.current == null && !this.closing) {
			this.deadline.arm(Awaited.HEAD);
		}
	}

	/**
	 * Return how another server can answer a request of this connection: nothing but its
	 * head was decoded, or there is nothing else.
	 * @param exchange the request
	 * @return the way that {@link #leave} will go, if it is called within the same call,
	 * or {@code null} if there is none
	 */
	@Nullable Departure departure(HttpExchange exchange) {
		Departure departure = this.departure;
		boolean possible = departure != null && this.current == exchange && !exchange.isResponded()
				&& (this.routing || !RequestHead.hasBody(exchange.request())) && departure.isPossible(context());
		return possible ? departure : null;
	}

	/**
	 * Let the connection leave, from the start of a request.
	 * @param exchange the request
	 */
	void leave(HttpExchange exchange) {
		Departure departure = this.departure;
		if (departure == null) {
			throw new IllegalStateException("cannot leave");
		}
		this.deadline.disarm();
		this.current = null;
		this.closing = true;
		exchange.abandon();
		departure.begin(context(), this.codec, exchange.request());
	}

	/**
	 * Let go of the connection: it is a WebSocket from now on.
	 */
	void detach() {
		this.deadline.disarm();
		HttpExchange exchange = this.current;
		this.current = null;
		if (exchange != null) {
			exchange.keepPlace(context().channel());
		}
	}

	void closeNow() {
		this.closing = true;
		context().close();
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (!this.readSomething && this.current == null && this.deadline.awaited == Awaited.REQUEST) {
			// Bytes have come that are no whole head yet.
			this.deadline.arm(Awaited.HEAD);
		}
		this.readSomething = false;
		context.fireChannelReadComplete();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		decodeNext();
		context.fireChannelWritabilityChanged();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.deadline.disarm();
		this.closing = true;
		HttpExchange exchange = this.current;
		this.current = null;
		if (exchange != null) {
			exchange.onLost();
		}
		context.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		// Caused by the peer or the network, so it is no error of ours.
		logger.debug("Connection {} failed", context.channel(), cause);
		closeNow();
	}

	private enum Awaited {

		HEAD, BODY, REQUEST

	}

	/**
	 * Bounds the time of whatever the connection waits for.
	 */
	private final class Deadline extends LoopTimeout {

		private Awaited awaited = Awaited.HEAD;

		void arm(Awaited awaited) {
			this.awaited = awaited;
			LimitsConfig limits = HttpFrontHandler.this.limits;
			long millis = switch (awaited) {
				case HEAD -> limits.headTimeout().toMillis();
				case BODY -> limits.bodyTimeout().toMillis();
				case REQUEST -> limits.idleTimeout().toMillis();
			};
			HttpFrontHandler.this.loop.arm(this, millis);
		}

		@Override
		protected void onTimeout() {
			if (this.awaited == Awaited.REQUEST) {
				closeNow();
				return;
			}
			HttpFrontHandler.this.router.statistics()
				.refuse(RefusalReason.SLOW_REQUEST, HttpFrontHandler.this.origin.remote().getAddress());
			HttpExchange exchange = HttpFrontHandler.this.current;
			if (exchange == null || !exchange.isResponded()) {
				if (exchange != null) {
					exchange.onLost();
				}
				closeWith(HttpResponseStatus.REQUEST_TIMEOUT);
			}
			else {
				closeNow();
			}
		}

	}

}
