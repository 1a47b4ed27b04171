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

package io.github.socketioboot.benchmarks.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;

/**
 * The floor: a bare Netty server that speaks just enough Engine.IO 4 and Socket.IO 5 for
 * the scenarios, and nothing above it. It knows one namespace, one event to echo, no
 * upgrade, no binary and no fragmented frames; what it does serve, it serves as the
 * protocol asks, heartbeat included.
 */
final class FloorPeer implements Peer {

	static final int MAX_PAYLOAD = 1_000_000;

	private static final int BACKLOG = 1024;

	private final List<FloorLoop> loops;

	private final Channel channel;

	private FloorPeer(List<FloorLoop> loops, Channel channel) {
		this.loops = loops;
		this.channel = channel;
	}

	static FloorPeer start(PeerSettings settings) {
		boolean epoll = Epoll.isAvailable();
		IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
		Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
		EventLoopGroup acceptors = new MultiThreadIoEventLoopGroup(1, io);
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(settings.eventLoops(), io);
		List<FloorLoop> loops = new ArrayList<>();
		group.forEach((executor) -> loops.add(new FloorLoop((EventLoop) executor, settings)));
		FloorHttpHandler http = new FloorHttpHandler(List.copyOf(loops), settings);
		Channel channel = new ServerBootstrap().group(acceptors, group)
			.channel(type)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_PAYLOAD), http);
				}

			})
			.bind(InetAddress.getLoopbackAddress(), settings.port())
			.syncUninterruptibly()
			.channel();
		return new FloorPeer(List.copyOf(loops), channel);
	}

	@Override
	public int port() {
		return ((InetSocketAddress) this.channel.localAddress()).getPort();
	}

	@Override
	public void broadcast(String event, String payload, int times) {
		for (int i = 0; i < times; i++) {
			String packet = "42[\"" + event + "\",\"" + payload + "\"]";
			FloorMessage message = FloorMessage.encode(packet, this.loops.size());
			this.loops.forEach((loop) -> loop.offer(message));
		}
	}

}
