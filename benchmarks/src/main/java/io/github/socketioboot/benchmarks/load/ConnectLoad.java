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

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/**
 * Connections that ask one plain question, get the answer and end.
 */
final class ConnectLoad extends Load {

	private static final String OK = "HTTP/1.1 200 ";

	private final ByteBuf request;

	private final int size;

	private long unopened;

	ConnectLoad(TargetServer server, LoadClient client, int size) {
		super(server, client);
		this.request = ConstantBytes
			.of("GET /health HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nConnection: close\r\n\r\n");
		this.size = size;
	}

	@Override
	void open() {
		// no client stays
	}

	@Override
	long run(long times) {
		return await(times, (count) -> {
			this.unopened = count;
			for (int i = 0; i < this.size; i++) {
				connect();
			}
		});
	}

	private void connect() {
		if (this.unopened > 0 && !isClosing()) {
			this.unopened--;
			client().connect(server().port(), new Question(), this);
		}
	}

	@Override
	void closeClients() {
		// each ends by itself
	}

	private final class Question extends SimpleChannelInboundHandler<ByteBuf> {

		private boolean answered;

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			ctx.writeAndFlush(ConnectLoad.this.request.duplicate(), ctx.voidPromise());
		}

		@Override
		protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
			this.answered |= message.toString(StandardCharsets.US_ASCII).startsWith(OK);
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) {
			if (!this.answered) {
				onFailure(new IllegalStateException("connection closed without an answer"));
				return;
			}
			connect();
			completed();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			onFailure(cause);
			ctx.close();
		}

	}

}
