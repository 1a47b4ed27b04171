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

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * Passes bytes between two connections of one event loop, as fast as the slower one takes
 * them, and the end of each direction by itself. A silent tunnel stays; one that stands
 * still with bytes to pass, or with one direction ended, is closed after a time. Event
 * loop only.
 */
final class Tunnel {

	private final Duration patience;

	private final Deadline deadline;

	private final Side client;

	private final Side upstream;

	private Tunnel(Channel client, Channel upstream, Duration patience) {
		this.patience = patience;
		this.deadline = new Deadline(client.eventLoop(), () -> {
			client.close();
			upstream.close();
		});
		this.client = new Side(client, upstream);
		this.upstream = new Side(upstream, client);
	}

	/**
	 * Join two connections. Bytes pass once nothing else in their pipelines takes them.
	 * @param client the connection of the client
	 * @param upstream the connection to the worker
	 * @param patience how long bytes may stand still
	 */
	static void join(Channel client, Channel upstream, Duration patience) {
		Tunnel tunnel = new Tunnel(client, upstream, patience);
		tunnel.client.start();
		tunnel.upstream.start();
	}

	private void watch() {
		boolean flowing = this.client.channel.isWritable() && this.upstream.channel.isWritable();
		if (flowing && !this.client.ended && !this.upstream.ended) {
			this.deadline.clear();
		}
		else {
			this.deadline.set(this.patience);
		}
	}

	/**
	 * One of the two connections.
	 */
	private final class Side extends ChannelInboundHandlerAdapter {

		private final Channel channel;

		private final Channel peer;

		private boolean ended;

		Side(Channel channel, Channel peer) {
			this.channel = channel;
			this.peer = peer;
		}

		void start() {
			if (!isEncrypted(this.channel)) {
				this.channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
			}
			this.channel.pipeline().addLast(this);
			this.channel.config().setAutoRead(this.peer.isWritable());
			if (!this.channel.isActive()) {
				this.peer.close();
			}
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof ByteBuf bytes) {
				this.peer.write(bytes, this.peer.voidPromise());
				if (!this.peer.isWritable()) {
					this.channel.config().setAutoRead(false);
				}
			}
			else {
				ReferenceCountUtil.release(message);
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			this.peer.flush();
			if (Tunnel.this.client.ended || Tunnel.this.upstream.ended) {
				watch();
			}
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext context) {
			this.peer.config().setAutoRead(this.channel.isWritable());
			watch();
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof SslCloseCompletionEvent) {
				closeAll();
			}
			else if (event instanceof ChannelInputShutdownEvent && !this.ended) {
				this.ended = true;
				boolean both = Tunnel.this.client.ended && Tunnel.this.upstream.ended;
				if (both || isEncrypted(this.peer) || !(this.peer instanceof DuplexChannel)) {
					closeAll();
				}
				else {
					DuplexChannel output = (DuplexChannel) this.peer;
					output.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> output.shutdownOutput());
					watch();
				}
			}
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			this.ended = true;
			this.peer.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
			if (this.peer.isActive()) {
				watch();
			}
			else {
				Tunnel.this.deadline.cancel();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			this.channel.close();
		}

		/**
		 * Close both connections when what is on its way has been written.
		 */
		private void closeAll() {
			this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
			this.peer.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
			watch();
		}

		private static boolean isEncrypted(Channel channel) {
			return channel.pipeline().get(SslHandler.class) != null;
		}

	}

}
