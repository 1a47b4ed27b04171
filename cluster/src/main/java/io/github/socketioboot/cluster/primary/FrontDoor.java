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

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

import io.github.socketioboot.cluster.primary.RequestHeadReader.Result;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.github.socketioboot.engine.netty.forwarded.ProxyProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Connections of the public Socket.IO port until a worker has them. Event loop only.
 */
final class FrontDoor {

	/**
	 * Connections that this process holds at most; further ones are closed at once.
	 */
	static final int MAX_CONNECTIONS = 16_384;

	private final EventLoop loop;

	private final int maxHeadSize;

	private final Duration headTimeout;

	private final ForwardingConfig forwarding;

	private final @Nullable String header;

	private final Consumer<PendingConnection> onRequest;

	private final Set<EpollSocketChannel> reading = new HashSet<>();

	private int open;

	private boolean stopped;

	/**
	 * Create the door.
	 * @param loop the loop
	 * @param maxHeadSize largest head, in bytes
	 * @param headTimeout how long a head may take
	 * @param forwarding what is believed of what proxies say about clients
	 * @param header name of the headers of a request that are wanted, in lower case, or
	 * {@code null} for none
	 * @param onRequest takes each connection whose first head is there
	 */
	FrontDoor(EventLoop loop, int maxHeadSize, Duration headTimeout, ForwardingConfig forwarding,
			@Nullable String header, Consumer<PendingConnection> onRequest) {
		this.loop = loop;
		this.maxHeadSize = maxHeadSize;
		this.headTimeout = headTimeout;
		this.forwarding = forwarding;
		this.header = header;
		this.onRequest = onRequest;
	}

	/**
	 * Return what takes accepted connections.
	 * @return the handler
	 */
	ChannelHandler entrance() {
		return new ChannelInitializer<EpollSocketChannel>() {

			@Override
			protected void initChannel(EpollSocketChannel channel) {
				enter(channel);
			}

		};
	}

	private void enter(EpollSocketChannel channel) {
		if (this.stopped || this.open >= MAX_CONNECTIONS) {
			channel.close();
			return;
		}
		this.open++;
		this.reading.add(channel);
		channel.pipeline().addLast(new FrontConnection(this, channel));
	}

	EventLoop loop() {
		return this.loop;
	}

	/**
	 * Return what reads the first request of a connection.
	 * @param peer address of its other end, or {@code null} if it has gone
	 * @return a new reader
	 */
	RequestHeadReader reader(@Nullable InetSocketAddress peer) {
		return reader(peer, this.maxHeadSize);
	}

	private RequestHeadReader reader(@Nullable InetSocketAddress peer, int maxSize) {
		return new RequestHeadReader(maxSize, (peer != null) ? this.forwarding.protocol(peer) : ProxyProtocol.NONE,
				this.header);
	}

	int maxHeadSize() {
		return this.maxHeadSize;
	}

	Duration headTimeout() {
		return this.headTimeout;
	}

	/**
	 * Note that a connection has gone before its head was there.
	 * @param channel the connection
	 */
	void left(EpollSocketChannel channel) {
		if (this.reading.remove(channel)) {
			this.open--;
		}
	}

	/**
	 * Note that the head of a connection is there.
	 * @param channel the connection; ownership passes
	 * @param bytes what was read of it; ownership passes
	 * @param reader has found the head
	 */
	void passed(EpollSocketChannel channel, ByteBuf bytes, RequestHeadReader reader) {
		this.reading.remove(channel);
		InetSocketAddress client = (reader.source() != null) ? reader.source() : channel.remoteAddress();
		this.onRequest
			.accept(new PendingConnection(channel, bytes, reader.head(bytes), client, this.loop, this::released));
	}

	/**
	 * Note that a worker has a connection that has passed, or that it is closed.
	 */
	void released() {
		this.open--;
	}

	/**
	 * Take a connection that comes back from a worker.
	 * @param channel the connection; ownership passes
	 * @param bytes its next request, its whole head at least; ownership passes
	 */
	void comesBack(EpollSocketChannel channel, ByteBuf bytes) {
		RequestHeadReader reader = reader(channel.remoteAddress(), Integer.MAX_VALUE);
		if (this.stopped || this.open >= MAX_CONNECTIONS || reader.read(bytes) != Result.COMPLETE) {
			bytes.release();
			channel.unsafe().closeForcibly();
			return;
		}
		this.open++;
		passed(channel, bytes, reader);
	}

	/**
	 * Return how many connections this process holds.
	 * @return the number
	 */
	int open() {
		return this.open;
	}

	/**
	 * Close the connections whose heads are not there.
	 */
	void stop() {
		this.stopped = true;
		Set.copyOf(this.reading).forEach(EpollSocketChannel::close);
	}

}
