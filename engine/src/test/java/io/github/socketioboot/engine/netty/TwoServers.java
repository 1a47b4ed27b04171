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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.github.socketioboot.engine.session.HandshakeInterceptor;
import io.github.socketioboot.engine.session.SessionIds;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.UnixChannel;
import org.jspecify.annotations.Nullable;

/**
 * Two servers without a port, between which connections go to and fro by their
 * descriptors, as between processes.
 */
final class TwoServers implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 30;

	final Side first;

	final Side second;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	private final BlockingQueue<EpollSocketChannel> accepted = new LinkedBlockingQueue<>();

	private final Channel acceptor;

	TwoServers(LimitsConfig limits, @Nullable HandshakeInterceptor interceptor) throws Exception {
		this(limits, ForwardingConfig.NONE, interceptor);
	}

	TwoServers(LimitsConfig limits, ForwardingConfig forwarding, @Nullable HandshakeInterceptor interceptor)
			throws Exception {
		this.acceptor = new ServerBootstrap().group(this.group)
			.channel(EpollServerSocketChannel.class)
			.handler(new Acceptor())
			.childHandler(new ChannelInboundHandlerAdapter())
			.bind(InetAddress.getLoopbackAddress(), 0)
			.sync()
			.channel();
		this.first = new Side("1st-", limits, forwarding, interceptor);
		this.second = new Side("2nd-", limits, forwarding, interceptor);
	}

	int port() {
		return ((InetSocketAddress) this.acceptor.localAddress()).getPort();
	}

	/**
	 * Connect, and let a server adopt the connection.
	 * @param side the server
	 * @param read what was read of the connection before, one byte a character
	 * @return the client's end
	 */
	RawConnection open(Side side, String read) throws IOException, InterruptedException {
		RawConnection connection = RawConnection.open(port());
		EpollSocketChannel channel = this.accepted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
		if (channel == null) {
			throw new IOException("not accepted");
		}
		side.adopt(channel, Unpooled.copiedBuffer(read, StandardCharsets.ISO_8859_1));
		return connection;
	}

	@Override
	public void close() throws Exception {
		this.first.fixture.close();
		this.second.fixture.close();
		this.acceptor.close().sync();
		this.group.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).sync();
	}

	/**
	 * Keeps what it accepts.
	 */
	private final class Acceptor extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			TwoServers.this.accepted.add((EpollSocketChannel) message);
		}

	}

	/**
	 * One of the servers, and where its connections come from.
	 */
	final class Side implements ConnectionSource {

		final String prefix;

		final HttpFrontFixture fixture;

		final Queue<String> handedOn = new ConcurrentLinkedQueue<>();

		volatile boolean handsHandshakesOn;

		volatile boolean sharesSessions;

		volatile boolean closed;

		volatile @Nullable ConnectionSink sink;

		Side(String prefix, LimitsConfig limits, ForwardingConfig forwarding,
				@Nullable HandshakeInterceptor interceptor) throws Exception {
			this.prefix = prefix;
			this.fixture = new HttpFrontFixture(limits, CorsConfig.SAME_ORIGIN, forwarding, new SessionIds(prefix),
					this, interceptor, Runnable::run);
		}

		@Override
		public CompletionStage<InetSocketAddress> open(ConnectionSink connections) {
			this.sink = connections;
			return CompletableFuture.completedFuture((InetSocketAddress) TwoServers.this.acceptor.localAddress());
		}

		@Override
		public CompletionStage<@Nullable Void> close() {
			this.closed = true;
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public boolean isElsewhere(@Nullable String sid) {
			return (sid != null) ? sid.startsWith(other().prefix) : this.handsHandshakesOn;
		}

		@Override
		public boolean sharesSessions() {
			return this.sharesSessions;
		}

		@Override
		public boolean isRepeatedElsewhere() {
			return false;
		}

		@Override
		public void handOn(Channel channel, ByteBuf bytes) {
			this.handedOn.add(bytes.toString(StandardCharsets.ISO_8859_1));
			other().adopt((UnixChannel) channel, bytes);
		}

		void adopt(UnixChannel channel, ByteBuf bytes) {
			ConnectionSink sink = this.sink;
			assert sink != null;
			// Another object for the same socket; the old one is forgotten without being
			// closed
			sink.adopt(new EpollSocketChannel(channel.fd().intValue()), bytes);
		}

		private Side other() {
			return (this == TwoServers.this.first) ? TwoServers.this.second : TwoServers.this.first;
		}

	}

}
