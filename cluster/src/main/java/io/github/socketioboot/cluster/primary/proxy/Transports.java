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

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueueDomainSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;

/**
 * Connects to workers with the transport by which a client has come.
 */
final class Transports {

	private static final int CONNECT_TIMEOUT_MILLIS = 5000;

	private Transports() {
	}

	/**
	 * Connect on the event loop of another connection.
	 * @param like the other connection
	 * @param address a TCP or Unix-domain address
	 * @param handler first handler of the new connection
	 * @return the attempt
	 */
	static ChannelFuture connect(Channel like, SocketAddress address, ChannelHandler handler) {
		boolean unix = address instanceof UnixDomainSocketAddress;
		Bootstrap bootstrap = new Bootstrap().group(like.eventLoop())
			.channel(type(like, unix))
			.option(ChannelOption.ALLOCATOR, like.alloc())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.handler(handler);
		if (!unix) {
			bootstrap.option(ChannelOption.TCP_NODELAY, true);
		}
		boolean converted = unix && !(like instanceof NioSocketChannel);
		return bootstrap.connect(converted ? new DomainSocketAddress(address.toString()) : address);
	}

	private static Class<? extends Channel> type(Channel like, boolean unix) {
		if (like instanceof EpollSocketChannel) {
			return unix ? EpollDomainSocketChannel.class : EpollSocketChannel.class;
		}
		if (like instanceof KQueueSocketChannel) {
			return unix ? KQueueDomainSocketChannel.class : KQueueSocketChannel.class;
		}
		return unix ? NioDomainSocketChannel.class : NioSocketChannel.class;
	}

}
