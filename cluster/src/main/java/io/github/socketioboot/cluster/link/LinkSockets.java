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

package io.github.socketioboot.cluster.link;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueueDomainSocketChannel;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;

/**
 * Unix-domain sockets of the transport that a loop runs. Immutable.
 */
enum LinkSockets {

	/**
	 * Linux: passes descriptors.
	 */
	EPOLL(EpollServerDomainSocketChannel.class, EpollDomainSocketChannel.class),

	/**
	 * BSD and macOS: sockets have no cookie there to know a descriptor by, so none are
	 * passed.
	 */
	KQUEUE(KQueueServerDomainSocketChannel.class, KQueueDomainSocketChannel.class),

	/**
	 * Anywhere else, of the JDK: bytes only.
	 */
	NIO(NioServerDomainSocketChannel.class, NioDomainSocketChannel.class);

	private final Class<? extends ServerChannel> serverType;

	private final Class<? extends Channel> clientType;

	LinkSockets(Class<? extends ServerChannel> serverType, Class<? extends Channel> clientType) {
		this.serverType = serverType;
		this.clientType = clientType;
	}

	/**
	 * Find the sockets for a loop.
	 * @param loop the loop
	 * @return the sockets
	 */
	static LinkSockets of(EventLoop loop) {
		if (loop instanceof IoEventLoop ioLoop) {
			if (ioLoop.isIoType(EpollIoHandler.class)) {
				return EPOLL;
			}
			if (ioLoop.isIoType(KQueueIoHandler.class)) {
				return KQUEUE;
			}
		}
		return NIO;
	}

	/**
	 * Return the process at the other end of a connection.
	 * @param channel the connection
	 * @return its id, or 0 if the platform does not tell
	 */
	static long peerPid(Channel channel) {
		try {
			if (channel instanceof EpollDomainSocketChannel epoll) {
				return epoll.peerCredentials().pid();
			}
			if (channel instanceof KQueueDomainSocketChannel kqueue) {
				return kqueue.peerCredentials().pid();
			}
			return 0;
		}
		catch (IOException ex) {
			return 0;
		}
	}

	Class<? extends ServerChannel> serverType() {
		return this.serverType;
	}

	Class<? extends Channel> clientType() {
		return this.clientType;
	}

	/**
	 * Return whether descriptors can be passed, and told apart.
	 * @return {@code true} if so
	 */
	boolean passDescriptors() {
		return this == EPOLL;
	}

	SocketAddress address(Path path) {
		return (this == NIO) ? UnixDomainSocketAddress.of(path) : new DomainSocketAddress(path.toFile());
	}

}
