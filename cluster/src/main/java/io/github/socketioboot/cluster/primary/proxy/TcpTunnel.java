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
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Passes TCP connections to workers without reading them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TcpTunnel {

	private static final int MAX_ATTEMPTS = 3;

	private final Duration workerTimeout;

	private final Upstreams upstreams;

	private final WaitingRequests waiting;

	private final Set<Channel> clients = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/**
	 * Create a tunnel.
	 * @param workerTimeout how long a connection waits for a worker
	 * @param maxWaiting how many connections may wait for a worker; those beyond are
	 * closed at once
	 * @param upstreams knows the workers
	 */
	public TcpTunnel(Duration workerTimeout, int maxWaiting, Upstreams upstreams) {
		this.workerTimeout = workerTimeout;
		this.upstreams = upstreams;
		this.waiting = new WaitingRequests(maxWaiting);
	}

	/**
	 * Serve a connection. The connection to the worker is made on its event loop, with
	 * its kind of channel.
	 * @param accepted a TCP connection of a client, with an empty pipeline apart from a
	 * channel initializer that calls this method
	 */
	public void serve(Channel accepted) {
		if (!(accepted.remoteAddress() instanceof InetSocketAddress address)) {
			// Gone already
			accepted.close();
			return;
		}
		accepted.config().setOption(ChannelOption.TCP_NODELAY, true);
		this.clients.add(accepted);
		accepted.closeFuture().addListener((closing) -> this.clients.remove(accepted));
		if (this.closed) {
			accepted.close();
			return;
		}
		accepted.pipeline().addLast(new Entry(accepted, address));
	}

	/**
	 * Ask again for those connections that wait for a worker. To be called whenever a
	 * worker has become ready.
	 */
	public void upstreamsChanged() {
		this.waiting.wake();
	}

	/**
	 * Close all connections.
	 */
	public void close() {
		this.closed = true;
		this.clients.forEach(Channel::close);
	}

	/**
	 * A connection until it is joined with one to a worker. Event loop only.
	 */
	private final class Entry extends ChannelInboundHandlerAdapter implements WaitingRequests.Waiter {

		private final Channel client;

		private final InetSocketAddress address;

		private final Deadline deadline;

		private final Set<Integer> tried = new HashSet<>();

		private boolean waits;

		private @Nullable ChannelFuture attempt;

		Entry(Channel client, InetSocketAddress address) {
			this.client = client;
			this.address = address;
			this.deadline = new Deadline(client.eventLoop(), client::close);
		}

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			// Bytes stay in the kernel until there is someone to take them
			this.client.config().setAutoRead(false);
			this.deadline.set(TcpTunnel.this.workerTimeout);
			this.client.eventLoop().execute(this::retry);
		}

		@Override
		public EventLoop loop() {
			return this.client.eventLoop();
		}

		@Override
		public void retry() {
			if (!this.client.isActive() || this.attempt != null) {
				return;
			}
			Upstream upstream = choose();
			if (upstream == null) {
				if (this.waits) {
					return;
				}
				if (!TcpTunnel.this.waiting.add(this)) {
					this.client.close();
					return;
				}
				this.waits = true;
				upstream = choose();
				if (upstream == null) {
					return;
				}
			}
			stopWaiting();
			if (this.tried.contains(upstream.number()) || this.tried.size() >= MAX_ATTEMPTS) {
				this.client.close();
				return;
			}
			connect(upstream);
		}

		private @Nullable Upstream choose() {
			return TcpTunnel.this.upstreams.choose(new ProxiedRequest("", "", this.address, null, this.tried));
		}

		private void connect(Upstream upstream) {
			upstream.begin();
			ChannelFuture attempt = Transports.connect(this.client, upstream.address(),
					new ChannelInboundHandlerAdapter());
			this.attempt = attempt;
			attempt.channel().closeFuture().addListener((closing) -> upstream.end());
			attempt.addListener((connecting) -> {
				this.attempt = null;
				if (!connecting.isSuccess()) {
					this.tried.add(upstream.number());
					retry();
				}
				else if (!this.client.isActive()) {
					attempt.channel().close();
				}
				else {
					this.deadline.cancel();
					Tunnel.join(this.client, attempt.channel(), ProxyConfig.TRANSFER_TIMEOUT);
					this.client.pipeline().remove(this);
				}
			});
		}

		private void stopWaiting() {
			if (this.waits) {
				this.waits = false;
				TcpTunnel.this.waiting.remove(this);
			}
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			this.deadline.cancel();
			stopWaiting();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			this.client.close();
		}

	}

}
