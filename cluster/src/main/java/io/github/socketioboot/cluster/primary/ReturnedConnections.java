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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame.Accepted;
import io.github.socketioboot.cluster.link.LinkFrame.HandOver;
import io.github.socketioboot.cluster.link.LinkFrame.Rejected;
import io.github.socketioboot.cluster.link.SocketCookie;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;

/**
 * Connections that come back from a worker, because their next request is for another
 * one. Their bytes and their descriptors come on different ways and are brought together
 * by their sockets' cookies. Event loop only.
 */
final class ReturnedConnections {

	/**
	 * Halves that wait for the other half at most.
	 */
	static final int MAX_HALVES = 1024;

	private static final long EXPIRY_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long LOOK_MILLIS = 500;

	private final FrontDoor door;

	private final Link link;

	private final Map<Long, Half<ByteBuf>> bytes = new LinkedHashMap<>();

	private final Map<Long, Half<EpollSocketChannel>> channels = new LinkedHashMap<>();

	private boolean scheduled;

	private boolean closed;

	/**
	 * Create a meeting point.
	 * @param door takes the connections
	 * @param link way to the worker
	 */
	ReturnedConnections(FrontDoor door, Link link) {
		this.door = door;
		this.link = link;
	}

	/**
	 * Take the bytes of a connection.
	 * @param frame the frame; ownership of its buffer passes
	 */
	void onBytes(HandOver frame) {
		Half<EpollSocketChannel> channel = this.channels.remove(frame.cookie());
		if (channel != null) {
			join(frame.cookie(), channel.value(), frame.bytes());
		}
		else if (this.closed || this.bytes.size() >= MAX_HALVES || this.bytes.containsKey(frame.cookie())) {
			frame.bytes().release();
			this.link.send(new Rejected(frame.cookie()));
		}
		else {
			this.bytes.put(frame.cookie(), new Half<>(frame.bytes(), System.nanoTime()));
			schedule();
		}
	}

	/**
	 * Take the descriptor of a connection.
	 * @param descriptor the descriptor; ownership passes
	 */
	void onDescriptor(FileDescriptor descriptor) {
		EpollSocketChannel channel;
		long cookie;
		try {
			channel = PendingConnection.open(descriptor);
		}
		catch (IOException ex) {
			// The peer's fault; the bytes, if any, expire
			return;
		}
		try {
			cookie = SocketCookie.of(channel);
		}
		catch (ChannelException ex) {
			channel.unsafe().closeForcibly();
			return;
		}
		Half<ByteBuf> half = this.bytes.remove(cookie);
		if (half != null) {
			join(cookie, channel, half.value());
		}
		else if (this.closed || this.channels.size() >= MAX_HALVES || this.channels.containsKey(cookie)) {
			channel.unsafe().closeForcibly();
		}
		else {
			this.channels.put(cookie, new Half<>(channel, System.nanoTime()));
			schedule();
		}
	}

	private void join(long cookie, EpollSocketChannel channel, ByteBuf bytes) {
		this.link.send(new Accepted(cookie));
		this.door.comesBack(channel, bytes);
	}

	private void schedule() {
		if (!this.scheduled) {
			this.scheduled = true;
			this.door.loop().schedule(this::expire, LOOK_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void expire() {
		this.scheduled = false;
		long before = System.nanoTime() - EXPIRY_NANOS;
		for (Iterator<Map.Entry<Long, Half<ByteBuf>>> i = this.bytes.entrySet().iterator(); i.hasNext();) {
			Map.Entry<Long, Half<ByteBuf>> entry = i.next();
			if (entry.getValue().since() - before < 0) {
				i.remove();
				entry.getValue().value().release();
				this.link.send(new Rejected(entry.getKey()));
			}
		}
		for (Iterator<Half<EpollSocketChannel>> i = this.channels.values().iterator(); i.hasNext();) {
			Half<EpollSocketChannel> half = i.next();
			if (half.since() - before < 0) {
				i.remove();
				half.value().unsafe().closeForcibly();
			}
		}
		if (!this.bytes.isEmpty() || !this.channels.isEmpty()) {
			schedule();
		}
	}

	/**
	 * Give up all halves.
	 */
	void close() {
		this.closed = true;
		this.bytes.values().forEach((half) -> half.value().release());
		this.bytes.clear();
		this.channels.values().forEach((half) -> half.value().unsafe().closeForcibly());
		this.channels.clear();
	}

	private record Half<T>(T value, long since) {

	}

}
