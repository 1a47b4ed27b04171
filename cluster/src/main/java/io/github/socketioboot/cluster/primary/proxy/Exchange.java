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

import java.util.HashSet;
import java.util.Set;

import io.github.socketioboot.cluster.primary.proxy.RequestHead.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: finds a worker, passes the request on, and the answer back.
 * Event loop only.
 *
 * <p>
 * One class, as whatever happens on either connection may end the exchange in any state,
 * and what is still allowed then depends on how far both directions have come.
 */
final class Exchange implements WaitingRequests.Waiter {

	private static final int MAX_ATTEMPTS = 3;

	private final ProxySettings settings;

	private final ClientConnection client;

	private final RequestHead head;

	private final String method;

	private final String target;

	private final @Nullable String forwarded;

	private final ByteBuf headBytes;

	private final Set<Integer> tried = new HashSet<>(2);

	private int attempts;

	private boolean waits;

	private boolean unpooled;

	private boolean reused;

	private @Nullable Upstream upstream;

	private @Nullable UpstreamConnection connection;

	private boolean requestEnded;

	private boolean interim;

	private @Nullable Framing answerFraming;

	private boolean reusable;

	private boolean keepAlive;

	private boolean ended;

	Exchange(ProxySettings settings, ClientConnection client, HttpRequest request, RequestHead head) {
		this.settings = settings;
		this.client = client;
		this.head = head;
		this.method = request.method().name();
		this.target = request.uri();
		String header = settings.upstreams().forwardedHeader();
		this.forwarded = (header != null) ? HeadWriter.joined(request.headers(), header) : null;
		this.headBytes = settings.heads().request(client.channel().alloc(), request, head, client.address());
		this.keepAlive = head.keepAlive();
		this.requestEnded = head.framing() == Framing.NONE;
	}

	/**
	 * Look for a worker. Must be called once the client connection knows the exchange.
	 */
	void start() {
		Upstream chosen = choose();
		if (chosen != null) {
			attempt(chosen);
			return;
		}
		if (!this.settings.upstreams().mayWait(request()) || !this.settings.waiting().add(this)) {
			fail(HttpResponseStatus.SERVICE_UNAVAILABLE);
			return;
		}
		this.waits = true;
		this.client.awaitUpstream();
		// One may have become ready before we were on the list
		retry();
	}

	@Override
	public EventLoop loop() {
		return this.client.channel().eventLoop();
	}

	@Override
	public void retry() {
		if (this.waits) {
			Upstream chosen = choose();
			if (chosen != null) {
				stopWaiting();
				attempt(chosen);
			}
		}
	}

	private @Nullable Upstream choose() {
		return this.settings.upstreams().choose(request());
	}

	private ProxiedRequest request() {
		return new ProxiedRequest(this.method, this.target, this.client.address(), this.forwarded, this.tried);
	}

	private void stopWaiting() {
		if (this.waits) {
			this.waits = false;
			this.settings.waiting().remove(this);
			this.client.watchTransfer();
		}
	}

	private void attempt(Upstream chosen) {
		if (this.attempts >= MAX_ATTEMPTS || this.tried.contains(chosen.number())) {
			fail(HttpResponseStatus.BAD_GATEWAY);
			return;
		}
		this.attempts++;
		this.upstream = chosen;
		chosen.begin();
		UpstreamConnection kept = this.unpooled ? null : this.client.pool().take(chosen.number());
		this.reused = kept != null;
		if (kept != null) {
			send(kept);
		}
		else {
			connect(chosen);
		}
	}

	private void connect(Upstream chosen) {
		ChannelFuture connecting = Transports.connect(this.client.channel(), chosen.address(),
				UpstreamConnection.initializer(chosen.number(), this.client.pool()));
		connecting.addListener((done) -> {
			Channel channel = connecting.channel();
			if (this.ended) {
				channel.close();
			}
			else if (!done.isSuccess()) {
				this.tried.add(chosen.number());
				again();
			}
			else {
				this.client.introduce(channel);
				send(channel.pipeline().get(UpstreamConnection.class));
			}
		});
	}

	private void send(UpstreamConnection connection) {
		this.connection = connection;
		connection.begin(this, this.headBytes.retainedDuplicate(), this.head.toHead());
		if (!this.requestEnded) {
			this.client.readBody();
		}
		connection.channel().flush();
	}

	/**
	 * Pass on part of the request's body.
	 * @param part the part; ownership passes
	 */
	void requestBody(HttpContent part) {
		if (part.decoderResult().isFailure()) {
			part.release();
			fail(HttpResponseStatus.BAD_REQUEST);
			return;
		}
		UpstreamConnection connection = this.connection;
		if (connection == null || this.head.framing() == Framing.NONE) {
			part.release();
			return;
		}
		this.requestEnded = part instanceof LastHttpContent;
		BodyWriter.write(connection.channel(), part, this.head.framing());
		this.client.watchTransfer();
		if (!connection.channel().isWritable()) {
			this.client.holdReading(true);
		}
	}

	/**
	 * Flush what was passed on.
	 */
	void flushRequest() {
		if (this.connection != null) {
			this.connection.channel().flush();
		}
	}

	/**
	 * Called when the worker's connection takes bytes again, or no more.
	 */
	void upstreamWritability() {
		if (this.connection != null) {
			this.client.holdReading(!this.connection.channel().isWritable());
			this.client.watchTransfer();
		}
	}

	/**
	 * Pass on the head of an answer.
	 * @param answer the head
	 */
	void answerHead(HttpResponse answer) {
		UpstreamConnection connection = this.connection;
		if (connection == null) {
			return;
		}
		AnswerHead received = AnswerHead.of(answer, this.head);
		HttpResponseStatus status = answer.status();
		if (received == null || this.answerFraming != null) {
			fail(HttpResponseStatus.BAD_GATEWAY);
		}
		else if (status.code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
			switchProtocols(connection, answer);
		}
		else if (status.codeClass() == HttpStatusClass.INFORMATIONAL) {
			this.interim = true;
			if (!this.head.http10()) {
				this.client.write(this.settings.heads().interim(this.client.channel().alloc(), answer));
			}
		}
		else {
			Framing framing = received.framing();
			this.reusable = received.reusable();
			this.keepAlive = this.keepAlive && framing != Framing.END && !this.client.isLast();
			this.answerFraming = framing;
			this.client.write(this.settings.heads()
				.answer(this.client.channel().alloc(), answer, framing, this.head.http10(), this.keepAlive));
		}
	}

	/**
	 * Pass on part of an answer's body.
	 * @param part the part; ownership passes
	 */
	void answerBody(HttpContent part) {
		UpstreamConnection connection = this.connection;
		Framing framing = this.answerFraming;
		if (connection == null || framing == null || part.decoderResult().isFailure()) {
			boolean unexpected = connection != null && !this.interim;
			this.interim = false;
			part.release();
			if (unexpected) {
				fail(HttpResponseStatus.BAD_GATEWAY);
			}
			return;
		}
		boolean last = part instanceof LastHttpContent;
		BodyWriter.write(this.client.channel(), part, framing);
		if (last) {
			end(connection);
		}
		else if (!this.client.channel().isWritable()) {
			connection.channel().config().setAutoRead(false);
			this.client.watchTransfer();
		}
	}

	/**
	 * Flush what was passed back.
	 */
	void flushAnswer() {
		this.client.channel().flush();
	}

	/**
	 * Called when the client takes bytes again, or no more.
	 */
	void clientWritability() {
		if (this.connection != null) {
			this.connection.channel().config().setAutoRead(this.client.channel().isWritable());
			this.client.watchTransfer();
		}
	}

	/**
	 * Return whether nothing of the client's, or for the client, is on its way.
	 * @return whether only the worker is waited for
	 */
	boolean isAtRest() {
		return this.requestEnded && this.client.channel().isWritable()
				&& (this.connection == null || this.connection.channel().isWritable());
	}

	private void switchProtocols(UpstreamConnection connection, HttpResponse answer) {
		if (this.head.upgrade() == null || !this.requestEnded) {
			fail(HttpResponseStatus.BAD_GATEWAY);
			return;
		}
		Upstream upstream = finish();
		this.connection = null;
		this.client.write(this.settings.heads().interim(this.client.channel().alloc(), answer));
		this.client.flush();
		connection.channel().closeFuture().addListener((closing) -> {
			if (upstream != null) {
				upstream.end();
			}
		});
		Tunnel.join(this.client.channel(), connection.channel(), this.settings.config().transferTimeout());
		connection.leave();
		this.client.leave();
	}

	/**
	 * Called when the connection to the worker has ended.
	 */
	void upstreamLost() {
		UpstreamConnection lost = this.connection;
		this.connection = null;
		if (this.ended || lost == null) {
			return;
		}
		if (this.answerFraming == null && !lost.isAnswering() && this.head.repeatable()) {
			if (this.reused) {
				// It had been idle: says nothing of the worker
				this.unpooled = true;
				this.attempts--;
			}
			else {
				Upstream upstream = this.upstream;
				if (upstream != null) {
					this.tried.add(upstream.number());
				}
			}
			again();
		}
		else {
			fail(HttpResponseStatus.BAD_GATEWAY);
		}
	}

	private void again() {
		Upstream upstream = this.upstream;
		this.upstream = null;
		if (upstream != null) {
			upstream.end();
		}
		start();
	}

	/**
	 * Called when the client has gone.
	 */
	void clientLost() {
		abort();
	}

	/**
	 * Called when something has taken too long.
	 */
	void expired() {
		if (this.waits) {
			fail(HttpResponseStatus.SERVICE_UNAVAILABLE);
		}
		else {
			boolean stuck = this.connection != null && !this.connection.channel().isWritable();
			fail(stuck ? HttpResponseStatus.GATEWAY_TIMEOUT : HttpResponseStatus.REQUEST_TIMEOUT);
		}
	}

	private void end(UpstreamConnection connection) {
		Upstream upstream = finish();
		this.connection = null;
		if (upstream != null) {
			upstream.end();
		}
		if (this.reusable && this.requestEnded) {
			connection.keep();
		}
		else {
			connection.abort();
		}
		this.client.answered(this.keepAlive && this.requestEnded, this.requestEnded);
	}

	/**
	 * Answer in the worker's place, or, within an answer, show the client that it is cut
	 * off.
	 * @param status status of the answer
	 */
	private void fail(HttpResponseStatus status) {
		boolean begun = this.answerFraming != null;
		if (!abort()) {
			return;
		}
		if (begun) {
			this.client.reset();
			return;
		}
		boolean keepAlive = this.keepAlive && this.requestEnded && !this.client.isLast();
		this.client.write(HeadWriter.own(this.client.channel().alloc(), status, this.head.http10(), keepAlive));
		this.client.answered(keepAlive, this.requestEnded);
	}

	private boolean abort() {
		if (this.ended) {
			return false;
		}
		stopWaiting();
		Upstream upstream = finish();
		UpstreamConnection connection = this.connection;
		this.connection = null;
		if (connection != null) {
			connection.abort();
		}
		if (upstream != null) {
			upstream.end();
		}
		return true;
	}

	private @Nullable Upstream finish() {
		this.ended = true;
		this.headBytes.release();
		Upstream upstream = this.upstream;
		this.upstream = null;
		return upstream;
	}

}
