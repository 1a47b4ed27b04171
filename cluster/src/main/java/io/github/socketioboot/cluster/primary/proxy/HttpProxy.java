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

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

import io.github.socketioboot.cluster.primary.proxy.ProxyConfig.Origin;
import io.github.socketioboot.engine.netty.forwarded.ProxyHeader;
import io.github.socketioboot.engine.netty.forwarded.ProxyProtocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;

/**
 * Passes the requests of HTTP/1.1 connections to workers, each request to the worker that
 * it belongs to, and turns into a tunnel where the protocol is upgraded (RFC 9110,
 * section 7; RFC 9112). Thread-safe.
 *
 * <p>
 * Bodies pass in both directions as fast as the slower side takes them. A request whose
 * worker cannot be reached, or is lost before it has answered, goes to another one if
 * nothing can have become of it, or if doing it twice does no harm; else it is answered
 * with 502. There is no limit on how long a worker may take for its answer: one that
 * hangs is found by its heartbeat.
 *
 * @since 0.1.0
 */
public final class HttpProxy {

	/**
	 * A client has one request at a time, but its sessions may be on several workers.
	 */
	private static final int MAX_IDLE_PER_CLIENT = 4;

	private static final int MAX_IDLE_PER_LOOP = 64;

	private final ProxySettings settings;

	private final Set<ClientConnection> clients = ConcurrentHashMap.newKeySet();

	private final Map<EventLoop, UpstreamPool> pools = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * Create a proxy.
	 * @param config settings
	 * @param upstreams knows the workers
	 */
	public HttpProxy(ProxyConfig config, Upstreams upstreams) {
		this.settings = new ProxySettings(config, upstreams, new WaitingRequests(config.maxWaiting()),
				new HeadWriter(config.origin(), config.ssl() != null), new AtomicBoolean());
	}

	/**
	 * Serve a connection. Connections to workers are made on its event loop, with its
	 * kind of channel.
	 * @param accepted a TCP connection of a client, with an empty pipeline apart from a
	 * channel initializer that calls this method
	 */
	public void serve(Channel accepted) {
		if (!(accepted.remoteAddress() instanceof InetSocketAddress address)
				|| !(accepted.localAddress() instanceof InetSocketAddress localAddress)) {
			// Gone already
			accepted.close();
			return;
		}
		accepted.config().setOption(ChannelOption.TCP_NODELAY, true);
		ProxyProtocol expected = this.settings.config().forwarding().protocol(address);
		if (expected == ProxyProtocol.NONE) {
			serve(accepted, address, localAddress, false);
			return;
		}
		ProxyHeader.await(accepted, this.settings.config().headTimeout(), (header) -> {
			if (!expected.accepts(header)) {
				accepted.close();
			}
			else if (header.source() == null || header.destination() == null) {
				serve(accepted, address, localAddress, false);
			}
			else {
				serve(accepted, header.source(), header.destination(), header.secure());
			}
		});
		accepted.config().setAutoRead(true);
	}

	private void serve(Channel accepted, InetSocketAddress address, InetSocketAddress localAddress, boolean secure) {
		SSLContext ssl = this.settings.config().ssl();
		if (ssl != null) {
			SSLEngine engine = ssl.createSSLEngine();
			engine.setUseClientMode(false);
			SslHandler handler = new SslHandler(engine);
			handler.setHandshakeTimeoutMillis(this.settings.config().headTimeout().toMillis());
			accepted.pipeline().addLast(handler);
		}
		boolean ownPool = this.settings.config().origin() == Origin.PREAMBLE;
		UpstreamPool pool = ownPool ? new UpstreamPool(accepted.eventLoop(), MAX_IDLE_PER_CLIENT)
				: this.pools.computeIfAbsent(accepted.eventLoop(), (loop) -> new UpstreamPool(loop, MAX_IDLE_PER_LOOP));
		ClientConnection client = new ClientConnection(this.settings, accepted, address, localAddress,
				secure || ssl != null, pool, ownPool);
		this.clients.add(client);
		accepted.closeFuture().addListener((closing) -> this.clients.remove(client));
		client.start();
		if (this.closed) {
			accepted.close();
		}
	}

	/**
	 * Ask again for those requests that wait for a worker. To be called whenever a worker
	 * has become ready.
	 */
	public void upstreamsChanged() {
		this.settings.waiting().wake();
	}

	/**
	 * Close the connections that are idle, and each other one after the answer that it
	 * waits for. Tunnels stay. Connections served from now on get one answer each.
	 */
	public void drain() {
		this.settings.draining().set(true);
		for (ClientConnection client : this.clients) {
			client.channel().eventLoop().execute(client::closeIfIdle);
		}
	}

	/**
	 * Close all connections.
	 */
	public void close() {
		this.closed = true;
		for (ClientConnection client : this.clients) {
			client.channel().close();
		}
		this.pools.forEach((loop, pool) -> loop.execute(pool::close));
	}

}
