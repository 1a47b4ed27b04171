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

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;

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

	private final Consumer<PendingConnection> onRequest;

	private final Set<EpollSocketChannel> reading = new HashSet<>();

	private int open;

	private boolean stopped;

	/**
	 * Create the door.
	 * @param loop the loop
	 * @param maxHeadSize largest head, in bytes
	 * @param headTimeout how long a head may take
	 * @param onRequest takes each connection whose first head is there
	 */
	FrontDoor(EventLoop loop, int maxHeadSize, Duration headTimeout, Consumer<PendingConnection> onRequest) {
		this.loop = loop;
		this.maxHeadSize = maxHeadSize;
		this.headTimeout = headTimeout;
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
	 * @param connection the connection
	 */
	void passed(PendingConnection connection) {
		this.reading.remove(connection.channel());
		this.onRequest.accept(connection);
	}

	/**
	 * Note that a worker has a connection that has passed, or that it is closed.
	 */
	void released() {
		this.open--;
	}

	/**
	 * Take a connection that comes back from a worker.
	 * @return {@code false} if there are too many
	 */
	boolean comesBack() {
		if (this.stopped || this.open >= MAX_CONNECTIONS) {
			return false;
		}
		this.open++;
		return true;
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
