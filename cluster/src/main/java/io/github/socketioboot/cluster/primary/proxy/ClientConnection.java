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

import io.github.socketioboot.cluster.primary.proxy.ProxyConfig.Origin;
import io.github.socketioboot.engine.netty.forwarded.ProxyHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, whose requests are passed on one after the other. Event loop
 * only.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {

	private static final int HEADER_SIZE = 64;

	private final ProxySettings settings;

	private final Channel channel;

	private final InetSocketAddress address;

	private final InetSocketAddress localAddress;

	private final boolean secure;

	private final UpstreamPool pool;

	private final boolean ownPool;

	private final RequestDecoder decoder;

	private final Deadline deadline;

	private Phase phase = Phase.HEAD;

	private boolean first = true;

	private boolean upstreamFull;

	private @Nullable Exchange exchange;

	/**
	 * Create a connection.
	 * @param settings what all connections share
	 * @param channel the channel
	 * @param address address of the client
	 * @param localAddress address to which it has connected
	 * @param secure whether it uses TLS, towards this process or a proxy in front
	 * @param pool idle connections to workers
	 * @param ownPool whether these connections are for this client only
	 */
	ClientConnection(ProxySettings settings, Channel channel, InetSocketAddress address, InetSocketAddress localAddress,
			boolean secure, UpstreamPool pool, boolean ownPool) {
		this.settings = settings;
		this.channel = channel;
		this.address = address;
		this.localAddress = localAddress;
		this.secure = secure;
		this.pool = pool;
		this.ownPool = ownPool;
		this.decoder = new RequestDecoder(settings.config().maxHeadSize(), this::headBegun);
		this.deadline = new Deadline(channel.eventLoop(), this::expired);
	}

	/**
	 * Take up the connection.
	 */
	void start() {
		this.deadline.set(this.settings.config().headTimeout());
		this.channel.pipeline().addLast(this.decoder, this);
		this.channel.config().setAutoRead(true);
	}

	Channel channel() {
		return this.channel;
	}

	InetSocketAddress address() {
		return this.address;
	}

	UpstreamPool pool() {
		return this.pool;
	}

	/**
	 * Return whether the connection ends with the answer that is under way.
	 * @return {@code true} if no other request is to follow
	 */
	boolean isLast() {
		return this.settings.draining().get();
	}

	/**
	 * Close the connection if no request is under way.
	 */
	void closeIfIdle() {
		if (this.phase == Phase.HEAD && !this.decoder.isBegun()) {
			this.channel.close();
		}
	}

	/**
	 * Tell a worker who the client is, as the first thing on a connection, if it is to be
	 * told this way.
	 * @param upstream the connection
	 */
	void introduce(Channel upstream) {
		if (this.settings.config().origin() == Origin.PREAMBLE) {
			ByteBuf header = upstream.alloc().buffer(HEADER_SIZE);
			ProxyHeader.write(this.address, this.localAddress, this.secure, header);
			upstream.write(header);
		}
	}

	void write(ByteBuf bytes) {
		this.channel.write(bytes, this.channel.voidPromise());
	}

	void flush() {
		this.channel.flush();
	}

	/**
	 * Wait for a worker, with a limit.
	 */
	void awaitUpstream() {
		this.deadline.set(this.settings.config().workerTimeout());
	}

	/**
	 * See to it that the bytes of an exchange do not stand still. Called whenever some
	 * have moved.
	 */
	void watchTransfer() {
		Exchange exchange = this.exchange;
		if (exchange == null || exchange.isAtRest()) {
			this.deadline.clear();
		}
		else {
			this.deadline.set(this.settings.config().transferTimeout());
		}
	}

	/**
	 * Let the body of the request come.
	 */
	void readBody() {
		watchTransfer();
		this.decoder.release();
		updateReading();
	}

	void holdReading(boolean hold) {
		this.upstreamFull = hold;
		updateReading();
	}

	private void updateReading() {
		this.channel.config().setAutoRead(!this.upstreamFull && !this.decoder.isFull());
	}

	/**
	 * Called when the exchange has ended.
	 * @param keepAlive whether another request may follow
	 * @param requestEnded whether the request had come wholly
	 */
	void answered(boolean keepAlive, boolean requestEnded) {
		this.exchange = null;
		this.upstreamFull = false;
		if (!keepAlive || isLast()) {
			end(requestEnded);
			return;
		}
		this.channel.flush();
		this.phase = Phase.FLUSHING;
		this.deadline.set(this.settings.config().transferTimeout());
		next();
	}

	/**
	 * Take the next request, once the client has taken its answer.
	 */
	private void next() {
		if (this.phase != Phase.FLUSHING || !this.channel.isWritable()) {
			return;
		}
		this.phase = Phase.HEAD;
		this.deadline.set(this.settings.config().idleTimeout());
		this.decoder.release();
		updateReading();
	}

	private void headBegun() {
		if (!this.first) {
			this.deadline.set(this.settings.config().headTimeout());
		}
		this.first = false;
	}

	private void end(boolean requestEnded) {
		this.phase = Phase.ENDING;
		if (!requestEnded && !isEncrypted() && this.channel instanceof DuplexChannel duplex) {
			LastWords.say(duplex);
			leave();
			return;
		}
		this.deadline.set(this.settings.config().transferTimeout());
		this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
	}

	private boolean isEncrypted() {
		return this.settings.config().ssl() != null;
	}

	/**
	 * Close the connection so that the client cannot take its answer for complete.
	 */
	void reset() {
		this.phase = Phase.ENDING;
		this.exchange = null;
		if (!isEncrypted()) {
			this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		this.channel.close();
	}

	/**
	 * Give up the channel to someone who has a handler in the pipeline already.
	 */
	void leave() {
		this.exchange = null;
		this.deadline.cancel();
		if (this.ownPool) {
			this.pool.close();
		}
		this.channel.pipeline().remove(this);
		this.channel.pipeline().remove(this.decoder);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request && this.phase == Phase.HEAD) {
			request(request);
			// One that could not be decoded has content
			ReferenceCountUtil.release(message);
		}
		else if (message instanceof HttpContent part && this.exchange != null) {
			this.exchange.requestBody(part);
		}
		else {
			ReferenceCountUtil.release(message);
		}
	}

	private void request(HttpRequest request) {
		this.deadline.clear();
		if (request.decoderResult().isFailure()) {
			Throwable cause = request.decoderResult().cause();
			boolean tooLong = cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException;
			refuse(tooLong ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : HttpResponseStatus.BAD_REQUEST);
			return;
		}
		RequestHead head = RequestHead.of(request);
		if (head == null) {
			refuse(HttpResponseStatus.BAD_REQUEST);
		}
		else if (request.method().equals(HttpMethod.CONNECT)) {
			refuse(HttpResponseStatus.NOT_IMPLEMENTED);
		}
		else {
			this.phase = Phase.EXCHANGE;
			Exchange exchange = new Exchange(this.settings, this, request, head);
			this.exchange = exchange;
			exchange.start();
		}
	}

	private void refuse(HttpResponseStatus status) {
		write(HeadWriter.own(this.channel.alloc(), status, false, false));
		end(false);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.exchange != null) {
			this.exchange.flushRequest();
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (this.exchange != null) {
			this.exchange.clientWritability();
		}
		else {
			next();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.phase = Phase.ENDING;
		this.deadline.cancel();
		Exchange exchange = this.exchange;
		this.exchange = null;
		if (exchange != null) {
			exchange.clientLost();
		}
		if (this.ownPool) {
			this.pool.close();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.channel.close();
	}

	private void expired() {
		if (this.phase == Phase.EXCHANGE && this.exchange != null) {
			this.exchange.expired();
		}
		else if (this.phase == Phase.HEAD && this.decoder.isBegun()) {
			refuse(HttpResponseStatus.REQUEST_TIMEOUT);
		}
		else {
			this.channel.close();
		}
	}

	/**
	 * What the connection is at.
	 */
	private enum Phase {

		/**
		 * Waits for a request, or the rest of its head.
		 */
		HEAD,

		/**
		 * Passes on a request, or its answer.
		 */
		EXCHANGE,

		/**
		 * Waits until the client has taken its answer.
		 */
		FLUSHING,

		/**
		 * Takes no more requests.
		 */
		ENDING

	}

}
