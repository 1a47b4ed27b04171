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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

import io.github.socketioboot.cluster.link.LinkFrame.Ready;
import io.github.socketioboot.cluster.primary.PrimaryConfig.HttpAddress;
import io.github.socketioboot.cluster.primary.proxy.HttpProxy;
import io.github.socketioboot.cluster.primary.proxy.ProxyConfig;
import io.github.socketioboot.cluster.primary.proxy.ProxyConfig.Origin;
import io.github.socketioboot.cluster.primary.proxy.TcpTunnel;
import io.github.socketioboot.cluster.primary.proxy.Upstreams;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import org.jspecify.annotations.Nullable;

/**
 * The public ports of a host and what serves their connections. Event loop only.
 */
final class PublicPorts {

	/**
	 * Larger than what web servers take, which shall refuse heads themselves.
	 */
	private static final int MAX_WEB_HEAD_SIZE = 256 << 10;

	private final List<PublicPort> ports = new ArrayList<>();

	private final List<Runnable> onChange = new ArrayList<>();

	private final List<Runnable> onDrain = new ArrayList<>();

	private final List<Runnable> onClose = new ArrayList<>();

	private final PrimaryLoops loops;

	private final PrimaryConfig config;

	/**
	 * Create ports, none yet.
	 * @param loops the threads
	 * @param config settings
	 */
	PublicPorts(PrimaryLoops loops, PrimaryConfig config) {
		this.loops = loops;
		this.config = config;
	}

	/**
	 * Add the Socket.IO port, whose connections are handed over.
	 * @param reserved the port
	 * @param door takes the connections
	 */
	void addHandingOver(ReservedPort reserved, FrontDoor door) {
		add(reserved, this.loops.handingOver(door.entrance()));
		this.onDrain.add(door::stop);
	}

	/**
	 * Add the Socket.IO port, whose requests are proxied.
	 * @param reserved the port
	 * @param upstreams knows the workers
	 */
	void addProxied(ReservedPort reserved, Upstreams upstreams) {
		addProxy(reserved,
				new ProxyConfig(this.config.maxHeadSize(), this.config.headTimeout(), this.config.idleTimeout(),
						ProxyConfig.TRANSFER_TIMEOUT, this.config.workerTimeout(), ProxyConfig.MAX_WAITING,
						Origin.PREAMBLE, this.config.ssl(), this.config.forwarding()),
				upstreams);
	}

	/**
	 * Add the port of web servers.
	 * @param reserved the port
	 * @param http how it is served
	 * @param workers the workers
	 * @param port the port of a worker's web server
	 */
	void addWeb(ReservedPort reserved, HttpAddress http, WorkerTable workers, ToIntFunction<Ready> port) {
		Upstreams upstreams = new WebUpstreams(workers, port);
		if (http.encrypted()) {
			TcpTunnel tunnel = new TcpTunnel(this.config.workerTimeout(), ProxyConfig.MAX_WAITING, upstreams);
			add(reserved, this.loops.proxying(entrance(tunnel::serve)));
			this.onChange.add(tunnel::upstreamsChanged);
			this.onClose.add(tunnel::close);
			return;
		}
		addProxy(reserved,
				new ProxyConfig(Math.max(MAX_WEB_HEAD_SIZE, this.config.maxHeadSize()), this.config.headTimeout(),
						this.config.idleTimeout(), ProxyConfig.TRANSFER_TIMEOUT, this.config.workerTimeout(),
						ProxyConfig.MAX_WAITING,
						http.keepForwarded() ? Origin.EXTENDED_HEADERS : Origin.REPLACED_HEADERS, null),
				upstreams);
	}

	private void addProxy(ReservedPort reserved, ProxyConfig proxyConfig, Upstreams upstreams) {
		HttpProxy proxy = new HttpProxy(proxyConfig, upstreams);
		add(reserved, this.loops.proxying(entrance(proxy::serve)));
		this.onChange.add(proxy::upstreamsChanged);
		this.onDrain.add(proxy::drain);
		this.onClose.add(proxy::close);
	}

	private void add(ReservedPort reserved, ServerBootstrap bootstrap) {
		this.ports.add(new PublicPort(reserved, bootstrap, this.loops.channelType()));
	}

	private static ChannelHandler entrance(Consumer<Channel> serve) {
		return new ChannelInitializer<Channel>() {

			@Override
			protected void initChannel(Channel channel) {
				serve.accept(channel);
			}

		};
	}

	/**
	 * Listen on all ports, unless that was done before.
	 * @return completed when clients can connect, or exceptionally with a
	 * {@link PortUnavailableException}
	 */
	CompletionStage<@Nullable Void> open() {
		CompletableFuture<?>[] opened = this.ports.stream()
			.map((port) -> port.open().toCompletableFuture())
			.toArray(CompletableFuture<?>[]::new);
		return CompletableFuture.allOf(opened).thenApply((done) -> null);
	}

	/**
	 * Note that there is another worker.
	 */
	void onWorker() {
		this.onChange.forEach(Runnable::run);
	}

	/**
	 * Take no connections any more, and no requests on those that are proxied.
	 */
	void drain() {
		this.ports.forEach(PublicPort::close);
		this.onDrain.forEach(Runnable::run);
	}

	/**
	 * Close all ports and proxied connections.
	 */
	void close() {
		this.ports.forEach(PublicPort::close);
		this.onClose.forEach(Runnable::run);
	}

}
