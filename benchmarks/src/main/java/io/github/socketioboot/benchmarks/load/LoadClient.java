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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * The client side of a load run: one event loop that owns all connections, so that what
 * the scenarios count needs no lock. Thread-safe.
 */
final class LoadClient implements AutoCloseable {

	private static final int STOP_SECONDS = 10;

	private final EventLoopGroup group;

	private final Bootstrap bootstrap;

	private final AtomicLong connections = new AtomicLong();

	LoadClient() {
		boolean epoll = Epoll.isAvailable();
		this.group = new MultiThreadIoEventLoopGroup(1,
				epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
		this.bootstrap = new Bootstrap().group(this.group)
			.channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true);
	}

	EventLoop eventLoop() {
		return this.group.next();
	}

	/**
	 * Opens a connection to a server on the loopback interface.
	 * @param port the server's port
	 * @param handler the connection's only handler
	 * @param onFailure called on the event loop when the connection fails
	 */
	void connect(int port, ChannelHandler handler, FailureListener onFailure) {
		this.connections.incrementAndGet();
		this.bootstrap.clone()
			.handler(handler)
			.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
			.addListener((future) -> {
				if (!future.isSuccess()) {
					onFailure.onFailure(future.cause());
				}
			});
	}

	/**
	 * Returns how many connections were opened so far.
	 * @return the number of attempts
	 */
	long connections() {
		return this.connections.get();
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
			.awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
	}

	/**
	 * Told of what goes wrong with a connection.
	 */
	@FunctionalInterface
	interface FailureListener {

		void onFailure(Throwable cause);

	}

}
