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

package io.github.socketioboot.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * One Socket.IO client over HTTP long-polling: one request at a time, on one connection
 * where the server keeps it, else on a new one for each request. Event loop only.
 */
final class PollingClient {

	private static final ByteBuf END_OF_HEAD = ConstantBytes.of("\r\n\r\n");

	private static final String OK = "HTTP/1.1 200 ";

	private static final String CONTENT_LENGTH = "content-length:";

	private static final int MAX_HEAD = 8192;

	private final LoadClient client;

	private final int port;

	private final boolean keepAlive;

	private final Listener listener;

	private @Nullable ByteBuf get;

	private @Nullable ByteBuf post;

	private State state = State.OPENING;

	private @Nullable ByteBuf next;

	private @Nullable ChannelHandlerContext connection;

	private String event = "";

	private boolean closed;

	PollingClient(LoadClient client, int port, boolean keepAlive, Listener listener) {
		this.client = client;
		this.port = port;
		this.keepAlive = keepAlive;
		this.listener = listener;
	}

	/**
	 * Opens a session and joins the main namespace.
	 * @param event the event's packet that {@link #echo()} will send
	 */
	void open(String event) {
		this.event = event;
		send(get("/socket.io/?EIO=4&transport=polling"));
	}

	/**
	 * Sends the event by one request and fetches its echo by the next.
	 */
	void echo() {
		this.state = State.POSTING;
		send(this.post);
	}

	void close() {
		this.closed = true;
		if (this.connection != null) {
			this.connection.close();
		}
	}

	private ByteBuf get(String uri) {
		return ConstantBytes.of("GET " + uri + " HTTP/1.1\r\nHost: 127.0.0.1:" + this.port + "\r\n\r\n");
	}

	private ByteBuf post(String uri, String body) {
		return ConstantBytes.of("POST " + uri + " HTTP/1.1\r\nHost: 127.0.0.1:" + this.port
				+ "\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
	}

	private void send(@Nullable ByteBuf request) {
		if (request == null) {
			throw new IllegalStateException("session is not open");
		}
		ChannelHandlerContext ctx = this.connection;
		if (ctx != null && this.keepAlive) {
			ctx.writeAndFlush(request.duplicate(), ctx.voidPromise());
		}
		else {
			// sent when the new connection stands, or when the server has closed the old
			this.next = request;
			if (ctx == null) {
				connect();
			}
		}
	}

	private void connect() {
		this.client.connect(this.port, new Responses(), this.listener);
	}

	private void onResponse(String body) {
		switch (this.state) {
			case OPENING -> {
				String sid = sidOf(body);
				String uri = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
				this.get = get(uri);
				this.post = post(uri, this.event);
				this.state = State.JOINING;
				send(post(uri, "40"));
			}
			case JOINING -> {
				expect("ok", body);
				this.state = State.JOINED;
				send(this.get);
			}
			case JOINED -> {
				if (!body.startsWith("40{")) {
					throw new IllegalStateException("server refused to connect");
				}
				this.state = State.IDLE;
				this.listener.onJoined(this);
			}
			case POSTING -> {
				expect("ok", body);
				this.state = State.POLLING;
				send(this.get);
			}
			case POLLING -> {
				expect(this.event, body);
				this.state = State.IDLE;
				this.listener.onEcho(this);
			}
			case IDLE -> throw new IllegalStateException("response without a request");
		}
	}

	private static String sidOf(String body) {
		String start = "0{\"sid\":\"";
		int end = body.indexOf('"', start.length());
		if (!body.startsWith(start) || end < 0) {
			throw new IllegalStateException("server did not open a session");
		}
		return body.substring(start.length(), end);
	}

	private static void expect(String expected, String body) {
		if (!expected.equals(body)) {
			throw new IllegalStateException(
					"server answered " + body.length() + " bytes that are not the expected ones");
		}
	}

	private enum State {

		OPENING, JOINING, JOINED, IDLE, POSTING, POLLING

	}

	/**
	 * Told on the event loop of what happens to a client.
	 */
	interface Listener extends LoadClient.FailureListener {

		void onJoined(PollingClient client);

		void onEcho(PollingClient client);

	}

	/**
	 * One connection: a parser of responses with a length.
	 */
	private final class Responses extends ByteToMessageDecoder {

		private int bodyLength = -1;

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			PollingClient.this.connection = ctx;
			ByteBuf request = PollingClient.this.next;
			PollingClient.this.next = null;
			if (request != null) {
				ctx.writeAndFlush(request.duplicate(), ctx.voidPromise());
			}
		}

		@Override
		protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
			if (this.bodyLength < 0 && !readHead(in)) {
				return;
			}
			if (in.readableBytes() >= this.bodyLength) {
				String body = in.readCharSequence(this.bodyLength, StandardCharsets.US_ASCII).toString();
				this.bodyLength = -1;
				onResponse(body);
			}
		}

		private boolean readHead(ByteBuf in) {
			int length = ByteBufUtil.indexOf(END_OF_HEAD, in);
			if (length < 0) {
				if (in.readableBytes() > MAX_HEAD) {
					throw new IllegalStateException("response has no end");
				}
				return false;
			}
			String head = in.readCharSequence(length + END_OF_HEAD.readableBytes(), StandardCharsets.US_ASCII)
				.toString();
			String lowerCase = head.toLowerCase(Locale.ROOT);
			int start = lowerCase.indexOf(CONTENT_LENGTH);
			if (!head.startsWith(OK) || start < 0) {
				throw new IllegalStateException("server answered " + head.substring(0, head.indexOf('\r')));
			}
			int end = head.indexOf('\r', start);
			this.bodyLength = Integer.parseInt(head.substring(start + CONTENT_LENGTH.length(), end).trim());
			return true;
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) throws Exception {
			super.channelInactive(ctx);
			PollingClient polling = PollingClient.this;
			polling.connection = null;
			if (polling.closed || polling.state == State.IDLE) {
				// Any server closes what waits too long while others have their turn
				return;
			}
			if (polling.keepAlive) {
				polling.listener.onFailure(new IllegalStateException("connection closed by the server"));
			}
			else if (polling.next != null) {
				connect();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			PollingClient.this.listener.onFailure(cause);
			ctx.close();
		}

	}

}
