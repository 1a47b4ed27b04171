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

package io.github.socketioboot.cluster.primary;

import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;

/**
 * The threads of a primary: one for links, accepting and handing over, a few for what is
 * proxied. Their buffers come from a small pool. Thread-safe.
 */
final class PrimaryLoops {

	private static final int MAX_PROXY_LOOPS = 8;

	private static final int PAGE_SIZE = 8192;

	/**
	 * Chunks of 256 KiB: as much as a quiet primary holds of buffers.
	 */
	private static final int CHUNK_ORDER = 5;

	/**
	 * What is read of a connection at a time before a worker has it: most heads, whole.
	 */
	private static final int HEAD_BUFFER = 2048;

	private static final long SHUTDOWN_TIMEOUT_MILLIS = 2000;

	private final ByteBufAllocator allocator = new PooledByteBufAllocator(true, 0, 1, PAGE_SIZE, CHUNK_ORDER, 0, 0,
			false);

	private final Class<? extends ServerChannel> channelType;

	private final EventLoopGroup main;

	private final EventLoopGroup proxies;

	PrimaryLoops() {
		IoHandlerFactory factory;
		if (Epoll.isAvailable()) {
			factory = EpollIoHandler.newFactory();
			this.channelType = EpollServerSocketChannel.class;
		}
		else if (KQueue.isAvailable()) {
			factory = KQueueIoHandler.newFactory();
			this.channelType = KQueueServerSocketChannel.class;
		}
		else {
			factory = NioIoHandler.newFactory();
			this.channelType = NioServerSocketChannel.class;
		}
		this.main = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("socketio-primary", true), factory);
		this.proxies = new MultiThreadIoEventLoopGroup(
				Math.min(Runtime.getRuntime().availableProcessors(), MAX_PROXY_LOOPS),
				new DefaultThreadFactory("socketio-proxy", true), factory);
	}

	/**
	 * Return the loop for links, accepting and handing over.
	 * @return the loop
	 */
	EventLoop main() {
		return this.main.next();
	}

	/**
	 * Return the type of listening channels.
	 * @return the type
	 */
	Class<? extends ServerChannel> channelType() {
		return this.channelType;
	}

	/**
	 * Return how to accept connections that are handed over.
	 * @param entrance takes each connection
	 * @return the bootstrap
	 */
	ServerBootstrap handingOver(ChannelHandler entrance) {
		return accepting(this.main, entrance).childOption(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.childOption(ChannelOption.RECVBUF_ALLOCATOR,
					new FixedRecvByteBufAllocator(HEAD_BUFFER).maxMessagesPerRead(1));
	}

	/**
	 * Return how to accept connections that are proxied.
	 * @param entrance takes each connection
	 * @return the bootstrap
	 */
	ServerBootstrap proxying(ChannelHandler entrance) {
		return accepting(this.proxies, entrance).childOption(ChannelOption.TCP_NODELAY, true);
	}

	private ServerBootstrap accepting(EventLoopGroup children, ChannelHandler entrance) {
		return new ServerBootstrap().group(this.main, children)
			.childOption(ChannelOption.ALLOCATOR, this.allocator)
			.childHandler(entrance);
	}

	/**
	 * End the threads, which closes the channels that are left.
	 * @return done when they have ended
	 */
	Future<?> shutdown() {
		this.proxies.shutdownGracefully(1, SHUTDOWN_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
			.addListener((ended) -> this.main.shutdownGracefully(1, SHUTDOWN_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS));
		return this.main.terminationFuture();
	}

}
