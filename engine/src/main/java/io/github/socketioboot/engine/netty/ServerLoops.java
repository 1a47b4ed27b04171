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
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Event loops of a server, on the native transport where there is one. Thread-safe.
 */
final class ServerLoops {

	private static final long TIMEOUT_MILLIS = 5000;

	private final EventLoopGroup group;

	private final Class<? extends ServerChannel> channelType;

	private final Class<? extends ServerChannel> domainChannelType;

	private final boolean nativeTransport;

	private final Map<EventLoop, EngineLoop> loops = new IdentityHashMap<>();

	ServerLoops(int count) {
		ThreadFactory threads = new DefaultThreadFactory("socketio-loop", true);
		int size = (count > 0) ? count : Runtime.getRuntime().availableProcessors();
		IoHandlerFactory factory;
		if (Epoll.isAvailable()) {
			factory = EpollIoHandler.newFactory();
			this.channelType = EpollServerSocketChannel.class;
			this.domainChannelType = EpollServerDomainSocketChannel.class;
		}
		else if (KQueue.isAvailable()) {
			factory = KQueueIoHandler.newFactory();
			this.channelType = KQueueServerSocketChannel.class;
			this.domainChannelType = KQueueServerDomainSocketChannel.class;
		}
		else {
			factory = NioIoHandler.newFactory();
			this.channelType = NioServerSocketChannel.class;
			this.domainChannelType = NioServerDomainSocketChannel.class;
		}
		this.nativeTransport = EngineServer.isDescriptorCapable();
		this.group = new MultiThreadIoEventLoopGroup(size, threads, factory) {

			@Override
			protected IoEventLoop newChild(Executor executor, IoHandlerFactory factory, Object... arguments) {
				return new ClosingEventLoop(this, executor, factory);
			}

		};
		for (EventExecutor executor : this.group) {
			EventLoop eventLoop = (EventLoop) executor;
			this.loops.put(eventLoop, new EngineLoop(this.loops.size(), eventLoop));
		}
	}

	EventLoopGroup group() {
		return this.group;
	}

	/**
	 * Return what listens on an address.
	 * @param address a TCP or Unix-domain address
	 * @return type of the channel
	 */
	Class<? extends ServerChannel> channelType(SocketAddress address) {
		return (address instanceof UnixDomainSocketAddress) ? this.domainChannelType : this.channelType;
	}

	/**
	 * Return an address as the transport takes it.
	 * @param address a TCP or Unix-domain address
	 * @return the same in the transport's own terms
	 */
	SocketAddress transportAddress(SocketAddress address) {
		return (address instanceof UnixDomainSocketAddress domain && this.nativeTransport)
				? new DomainSocketAddress(domain.getPath().toString()) : address;
	}

	/**
	 * Return what lets several processes listen on a port.
	 * @return the option, or {@code null} if the system has none
	 */
	@Nullable ChannelOption<Boolean> sharedPort() {
		if (this.nativeTransport) {
			return UnixChannelOption.SO_REUSEPORT;
		}
		try (ServerSocketChannel probe = ServerSocketChannel.open()) {
			return probe.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)
					? NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT) : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	Collection<EngineLoop> all() {
		return this.loops.values();
	}

	EngineLoop of(EventLoop eventLoop) {
		EngineLoop loop = this.loops.get(eventLoop);
		if (loop == null) {
			throw new IllegalArgumentException("'eventLoop' must be one of the server's");
		}
		return loop;
	}

	/**
	 * Let every loop do what it was handed so far.
	 * @return completed when all have
	 */
	CompletionStage<Void> settle() {
		return CompletableFuture.allOf(this.loops.values().stream().map((loop) -> CompletableFuture.runAsync(() -> {
		}, loop)).toArray(CompletableFuture[]::new));
	}

	/**
	 * End the loops, which closes the channels that are left.
	 * @return done when all threads have ended
	 */
	Future<?> shutdown() {
		return this.group.shutdownGracefully(0, TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Loop that leaves no channel open. Netty's own may: told to end by one of its tasks,
	 * it ends without another look at its channels.
	 */
	private static final class ClosingEventLoop extends SingleThreadIoEventLoop {

		ClosingEventLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory factory) {
			super(parent, executor, factory);
		}

		@Override
		protected void run() {
			super.run();
			if (isShuttingDown()) {
				ioHandler().prepareToDestroy();
			}
		}

	}

}
