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

import java.net.InetAddress;

import io.github.socketioboot.engine.netty.forwarded.ClientOrigin;
import io.github.socketioboot.engine.transport.polling.PollExchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Answers may come from any thread; everything else is
 * confined to the loop of the channel.
 */
final class HttpExchange implements PollExchange {

	private static final String NO_STORE = "no-store";

	private static final CharSequence XSS_PROTECTION = "X-XSS-Protection";

	private final HttpFrontHandler front;

	private final HttpRequest request;

	private final RequestRouter router;

	private OriginPolicy.@Nullable Decision origin;

	private @Nullable ClientOrigin client;

	private @Nullable Admission place;

	private @Nullable String sid;

	private @Nullable String cookie;

	private @Nullable ByteBuf body;

	private long discarded;

	private boolean collecting;

	private boolean complete;

	private boolean responded;

	HttpExchange(HttpFrontHandler front, HttpRequest request, RequestRouter router) {
		this.front = front;
		this.request = request;
		this.router = router;
	}

	HttpRequest request() {
		return this.request;
	}

	HttpFrontHandler front() {
		return this.front;
	}

	boolean isGet() {
		return HttpMethod.GET.equals(this.request.method());
	}

	@Nullable String sid() {
		return this.sid;
	}

	void sid(String sid) {
		this.sid = sid;
	}

	void cookie(@Nullable String cookie) {
		this.cookie = cookie;
	}

	/**
	 * Return the address of the client.
	 * @return the address, or {@code null} if it is not known
	 */
	@Nullable InetAddress address() {
		ClientOrigin client = this.client;
		return ((client != null) ? client.address() : this.front.origin().remote()).getAddress();
	}

	/**
	 * Return where the request comes from according to a trusted proxy.
	 * @return the origin, or {@code null} if it is that of the connection
	 */
	@Nullable ClientOrigin client() {
		return this.client;
	}

	void client(ClientOrigin client) {
		this.client = client;
	}

	/**
	 * Take a place among the connections of the client, who shares this one with others.
	 * @param place the place, given back with the answer
	 */
	void place(Admission place) {
		this.place = place;
	}

	void releasePlace() {
		if (this.place != null) {
			this.place.release();
		}
	}

	/**
	 * Keep the place: the connection is the client's alone from now on.
	 * @param channel the connection
	 */
	void keepPlace(Channel channel) {
		if (this.place != null) {
			channel.closeFuture().addListener(this.place);
		}
	}

	void origin(OriginPolicy.Decision origin) {
		this.origin = origin;
	}

	// Return whether the whole request has been read.
	boolean isComplete() {
		return this.complete;
	}

	boolean isResponded() {
		return this.responded;
	}

	/**
	 * Keep the body for the session instead of dropping it.
	 */
	void collectBody() {
		this.collecting = true;
		if (HttpUtil.is100ContinueExpected(this.request)) {
			this.front.writeContinue();
		}
	}

	/**
	 * Take a piece of the body.
	 * @param content the piece; stays the caller's
	 */
	void onContent(HttpContent content) {
		ByteBuf piece = content.content();
		if (!this.collecting || this.responded) {
			discard(piece.readableBytes());
		}
		else if (size() + piece.readableBytes() > this.router.maxPayload()) {
			this.collecting = false;
			this.router.bodyTooLarge(this);
		}
		else if (piece.isReadable()) {
			append(piece.retain());
		}
		if (content instanceof LastHttpContent) {
			this.complete = true;
			if (this.collecting && !this.responded) {
				ByteBuf whole = (this.body != null) ? this.body : Unpooled.EMPTY_BUFFER;
				this.body = null;
				this.router.bodyComplete(this, whole);
			}
			releaseBody();
		}
	}

	private int size() {
		return (this.body != null) ? this.body.readableBytes() : 0;
	}

	private void append(ByteBuf piece) {
		if (this.body == null) {
			this.body = piece;
		}
		else if (this.body instanceof CompositeByteBuf composite) {
			composite.addComponent(true, piece);
		}
		else {
			this.body = this.front.context()
				.alloc()
				.compositeBuffer(Integer.MAX_VALUE)
				.addComponent(true, this.body)
				.addComponent(true, piece);
		}
	}

	private void discard(int bytes) {
		this.discarded += bytes;
		if (this.discarded > HttpFrontHandler.MAX_DISCARDED) {
			this.front.closeNow();
		}
	}

	void releaseBody() {
		if (this.body != null) {
			this.body.release();
			this.body = null;
		}
	}

	/**
	 * Leave the answer to another server.
	 */
	void abandon() {
		this.responded = true;
		releasePlace();
	}

	/**
	 * The connection was lost.
	 */
	void onLost() {
		releaseBody();
		releasePlace();
		if (!this.responded) {
			this.responded = true;
			this.router.lost(this);
		}
	}

	@Override
	public void respond(String contentType, ByteBuf content, boolean compressible) {
		if (!this.front.inLoop()) {
			this.front.execute(() -> respond(contentType, content, compressible), content);
			return;
		}
		ByteBuf sent = content;
		PollCompression.Coding coding = (compressible && !this.responded)
				? this.router.coding(header(HttpHeaderNames.ACCEPT_ENCODING), content.readableBytes()) : null;
		if (coding != null) {
			sent = PollCompression.compress(content, coding, this.front.context().alloc());
		}
		FullHttpResponse response = response(HttpResponseStatus.OK, sent);
		HttpHeaders headers = response.headers();
		headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
		if (coding != null) {
			headers.set(HttpHeaderNames.CONTENT_ENCODING, coding.value());
		}
		headers.set(HttpHeaderNames.CACHE_CONTROL, NO_STORE);
		String agent = header(HttpHeaderNames.USER_AGENT);
		if (agent != null && (agent.contains(";MSIE") || agent.contains("Trident/"))) {
			headers.set(XSS_PROTECTION, "0");
		}
		respond(response);
	}

	@Override
	public void respondEmpty(int status) {
		if (!this.front.inLoop()) {
			this.front.execute(() -> respondEmpty(status), null);
			return;
		}
		respond(response(HttpResponseStatus.valueOf(status), Unpooled.EMPTY_BUFFER));
	}

	@Override
	public void respondBadRequest() {
		// A session that has just ended may have answered from its own loop: that answer
		// is in the queue, and counts.
		this.front.execute(() -> refuse(EngineError.BAD_REQUEST), null);
	}

	// Answer with an error as JSON.
	void refuse(EngineError error) {
		respond(error.answer());
	}

	private static FullHttpResponse response(HttpResponseStatus status, ByteBuf content) {
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content,
				HttpFrontHandler.HEADERS, HttpFrontHandler.NO_HEADERS);
		response.headers().set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(content.readableBytes()));
		return response;
	}

	/**
	 * Answer, with the headers that belong to every answer of the server.
	 * @param response the answer; ownership passes
	 */
	void respond(FullHttpResponse response) {
		if (this.responded) {
			response.release();
			return;
		}
		this.responded = true;
		decorate(response.headers());
		this.front.write(this, response);
	}

	// Add what the Origin and the handshake ask for.
	void decorate(HttpHeaders headers) {
		if (this.origin != null) {
			this.router.addOriginHeaders(headers, this.origin, header(HttpHeaderNames.ORIGIN));
		}
		if (this.cookie != null) {
			headers.set(HttpHeaderNames.SET_COOKIE, this.cookie);
		}
	}

	@Override
	public void destroy() {
		this.front.execute(this.front::closeNow, null);
	}

	@Override
	public @Nullable String header(CharSequence name) {
		return this.request.headers().get(name);
	}

}
