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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

import io.github.socketioboot.cluster.primary.PrimaryConfig.PublicAddress;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A public port before clients may connect to it: nobody else can take it, and clients
 * are refused by the kernel, as long as no worker can serve them. Where sockets cannot be
 * kept like that, the port is only known to have been free. Not thread-safe.
 */
final class ReservedPort {

	/**
	 * Connections that may wait to be accepted, as far as the system allows.
	 */
	static final int BACKLOG = 4096;

	private final PublicAddress address;

	private final InetSocketAddress bound;

	private @Nullable Socket socket;

	private ReservedPort(PublicAddress address, InetSocketAddress bound, @Nullable Socket socket) {
		this.address = address;
		this.bound = bound;
		this.socket = socket;
	}

	/**
	 * Reserve a port.
	 * @param address the port
	 * @param held whether to hold a socket, which takes Netty's native epoll transport
	 * @return the port
	 * @throws PortUnavailableException if it cannot be had
	 */
	static ReservedPort reserve(PublicAddress address, boolean held) {
		try {
			InetSocketAddress wanted = (address.host() != null) ? new InetSocketAddress(address.host(), address.port())
					: new InetSocketAddress(address.port());
			if (wanted.isUnresolved()) {
				throw new UnknownHostException(address.host());
			}
			return held ? hold(address, wanted) : probe(address, wanted);
		}
		catch (IOException ex) {
			throw new PortUnavailableException(address, ex);
		}
	}

	private static ReservedPort hold(PublicAddress address, InetSocketAddress wanted) throws IOException {
		Socket socket = Socket.newSocketStream();
		try {
			// Connections of an earlier process may still be waiting out their time
			socket.setReuseAddress(true);
			socket.bind(wanted);
			return new ReservedPort(address, socket.localAddress(), socket);
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	private static ReservedPort probe(PublicAddress address, InetSocketAddress wanted) throws IOException {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(wanted);
			return new ReservedPort(address, new InetSocketAddress(wanted.getAddress(), socket.getLocalPort()), null);
		}
	}

	PublicAddress address() {
		return this.address;
	}

	InetAddress host() {
		return this.bound.getAddress();
	}

	int port() {
		return this.bound.getPort();
	}

	/**
	 * Listen. Called once.
	 * @param bootstrap how to serve connections
	 * @param channelType type of a listening channel
	 * @return done when clients can connect, or failed with the cause
	 * @throws IOException if another process listens on the port by now
	 */
	ChannelFuture listen(ServerBootstrap bootstrap, Class<? extends ServerChannel> channelType) throws IOException {
		Socket held = this.socket;
		if (held == null) {
			return bootstrap.channel(channelType)
				.option(ChannelOption.SO_BACKLOG, BACKLOG)
				.option(ChannelOption.SO_REUSEADDR, true)
				.bind(this.bound);
		}
		held.listen(BACKLOG);
		this.socket = null;
		bootstrap.channelFactory(() -> new EpollServerSocketChannel(held.intValue()));
		return bootstrap.register();
	}

	/**
	 * Give the port up. Does nothing once it is listened on.
	 */
	void close() {
		Socket held = this.socket;
		this.socket = null;
		if (held != null) {
			try {
				held.close();
			}
			catch (IOException ex) {
				// It is closed nevertheless
			}
		}
	}

}
