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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;

import io.github.socketioboot.cluster.primary.proxy.ProxyConfig.Origin;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A public port with a proxy, or a tunnel, behind it. Chooses the first worker that has
 * not failed, unless the target has {@code sid=} and the worker's place in the list.
 */
final class ProxyFixture implements AutoCloseable, Upstreams {

	private static final int CLIENT_TIMEOUT_MILLIS = 20_000;

	private final List<Upstream> upstreams = new CopyOnWriteArrayList<>();

	private final List<ProxiedRequest> requests = new CopyOnWriteArrayList<>();

	private final EventLoopGroup group;

	private final Channel server;

	private @Nullable HttpProxy proxy;

	private @Nullable TcpTunnel tunnel;

	private ProxyFixture(boolean nio, ByteBufAllocator allocator, @Nullable ProxyConfig config, String host)
			throws InterruptedException {
		boolean epoll = !nio && Epoll.isAvailable();
		this.group = new MultiThreadIoEventLoopGroup(1,
				epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
		Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
		Consumer<Channel> serve;
		if (config != null) {
			HttpProxy proxy = new HttpProxy(config, this);
			this.proxy = proxy;
			serve = proxy::serve;
		}
		else {
			TcpTunnel tunnel = new TcpTunnel(Duration.ofSeconds(10), 1, this);
			this.tunnel = tunnel;
			serve = tunnel::serve;
		}
		this.server = new ServerBootstrap().group(this.group)
			.channel(type)
			.childOption(ChannelOption.ALLOCATOR, allocator)
			.childHandler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					serve.accept(channel);
				}

			})
			.bind(new InetSocketAddress(host, 0))
			.sync()
			.channel();
	}

	static ProxyFixture of(ProxyConfig config) throws InterruptedException {
		return new ProxyFixture(false, ByteBufAllocator.DEFAULT, config, "127.0.0.1");
	}

	static ProxyFixture of(ProxyConfig config, String host) throws InterruptedException {
		return new ProxyFixture(false, ByteBufAllocator.DEFAULT, config, host);
	}

	static ProxyFixture of(ProxyConfig config, boolean nio, ByteBufAllocator allocator) throws InterruptedException {
		return new ProxyFixture(nio, allocator, config, "127.0.0.1");
	}

	static ProxyFixture tunnel(boolean nio) throws InterruptedException {
		return new ProxyFixture(nio, ByteBufAllocator.DEFAULT, null, "127.0.0.1");
	}

	static ProxyConfig config(Origin origin) {
		return config(origin, null);
	}

	static ProxyConfig config(Origin origin, @Nullable SSLContext ssl) {
		Duration generous = Duration.ofSeconds(20);
		return new ProxyConfig(16 * 1024, generous, generous, generous, generous, 16, origin, ssl);
	}

	ProxyFixture with(Upstream... upstreams) {
		this.upstreams.addAll(List.of(upstreams));
		return this;
	}

	@Override
	public @Nullable Upstream choose(ProxiedRequest request) {
		this.requests.add(request);
		int sid = request.target().indexOf("sid=");
		if (sid >= 0) {
			return this.upstreams.get(request.target().charAt(sid + 4) - '0');
		}
		for (Upstream upstream : this.upstreams) {
			if (!request.tried().contains(upstream.number())) {
				return upstream;
			}
		}
		return this.upstreams.isEmpty() ? null : this.upstreams.get(0);
	}

	@Override
	public String forwardedHeader() {
		return "x-forwarded-for";
	}

	List<ProxiedRequest> requests() {
		return this.requests;
	}

	HttpProxy proxy() {
		return this.proxy;
	}

	TcpTunnel tunnel() {
		return this.tunnel;
	}

	int port() {
		return ((InetSocketAddress) this.server.localAddress()).getPort();
	}

	RawClient connect() throws IOException {
		return new RawClient(socket());
	}

	Socket socket() throws IOException {
		Socket socket = new Socket();
		socket.setSoTimeout(CLIENT_TIMEOUT_MILLIS);
		socket.connect(this.server.localAddress(), CLIENT_TIMEOUT_MILLIS);
		return socket;
	}

	@Override
	public void close() throws Exception {
		this.server.close().sync();
		if (this.proxy != null) {
			this.proxy.close();
		}
		if (this.tunnel != null) {
			this.tunnel.close();
		}
		// A loop without a quiet period may end before it has closed its channels
		this.group.shutdownGracefully(1, 5000, TimeUnit.MILLISECONDS).sync();
	}

}
