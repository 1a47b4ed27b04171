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

package io.github.socketioboot.cluster.local;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.SocketCookie;
import io.github.socketioboot.engine.netty.ConnectionSink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that the primary hands over. What was read of one and its descriptor come
 * in any order, and either may be lost, so that they are matched by the socket's cookie.
 * Event loop of the link only.
 */
final class Arrivals {

	/**
	 * Most heads, and most descriptors, that await the other.
	 */
	static final int MAX_UNMATCHED = 1024;

	private static final Logger logger = LoggerFactory.getLogger(Arrivals.class);

	private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long DESCRIPTOR_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final Link link;

	// By age, so that those to be given up come first
	private final Map<Long, Head> heads = new LinkedHashMap<>();

	private final Map<Long, Body> bodies = new LinkedHashMap<>();

	private @Nullable ConnectionSink sink;

	Arrivals(Link link) {
		this.link = link;
	}

	/**
	 * Begin to deliver connections.
	 * @param sink takes them
	 */
	void open(ConnectionSink sink) {
		this.sink = sink;
	}

	/**
	 * Deliver no more connections, and give back those that are on their way.
	 */
	void close() {
		this.sink = null;
		this.heads.forEach((cookie, head) -> reject(cookie, head.bytes()));
		this.heads.clear();
		this.bodies.values().forEach((body) -> body.channel().unsafe().closeForcibly());
		this.bodies.clear();
	}

	/**
	 * Take what was read of a connection.
	 * @param frame the frame; its buffer's ownership passes
	 * @param now time in nanoseconds
	 */
	void onHead(LinkFrame.HandOver frame, long now) {
		long cookie = frame.cookie();
		ByteBuf bytes = frame.bytes();
		ConnectionSink open = this.sink;
		Body body = this.bodies.remove(cookie);
		if (open != null && body != null) {
			adopt(open, cookie, body.channel(), bytes);
			return;
		}
		if (body != null) {
			body.channel().unsafe().closeForcibly();
		}
		if (open == null || this.heads.size() >= MAX_UNMATCHED) {
			reject(cookie, bytes);
			return;
		}
		Head earlier = this.heads.remove(cookie);
		if (earlier != null) {
			earlier.bytes().release();
		}
		this.heads.put(cookie, new Head(bytes, now + HEAD_NANOS));
	}

	/**
	 * Take a descriptor.
	 * @param descriptor the descriptor; ownership passes
	 * @param now time in nanoseconds
	 */
	void onDescriptor(FileDescriptor descriptor, long now) {
		EpollSocketChannel channel;
		long cookie;
		try {
			channel = new EpollSocketChannel(descriptor.intValue());
			cookie = SocketCookie.of(channel);
		}
		catch (RuntimeException ex) {
			logger.debug("A descriptor is of no use", ex);
			close(descriptor);
			return;
		}
		Head head = this.heads.remove(cookie);
		if (head != null && this.sink != null) {
			adopt(this.sink, cookie, channel, head.bytes());
			return;
		}
		Body earlier = this.bodies.remove(cookie);
		if (earlier != null) {
			earlier.channel().unsafe().closeForcibly();
		}
		if (this.sink == null || this.bodies.size() >= MAX_UNMATCHED) {
			channel.unsafe().closeForcibly();
			return;
		}
		this.bodies.put(cookie, new Body(channel, now + DESCRIPTOR_NANOS));
	}

	/**
	 * Give up on what has waited too long.
	 * @param now time in nanoseconds
	 */
	void expire(long now) {
		Iterator<Map.Entry<Long, Head>> heads = this.heads.entrySet().iterator();
		while (heads.hasNext()) {
			Map.Entry<Long, Head> head = heads.next();
			if (head.getValue().deadline() - now > 0) {
				break;
			}
			heads.remove();
			reject(head.getKey(), head.getValue().bytes());
		}
		Iterator<Body> bodies = this.bodies.values().iterator();
		while (bodies.hasNext()) {
			Body body = bodies.next();
			if (body.deadline() - now > 0) {
				break;
			}
			bodies.remove();
			body.channel().unsafe().closeForcibly();
		}
	}

	private void adopt(ConnectionSink open, long cookie, Channel channel, ByteBuf bytes) {
		this.link.send(new LinkFrame.Accepted(cookie));
		if (!channel.isActive()) {
			// The client has gone in between
			bytes.release();
			channel.unsafe().closeForcibly();
			return;
		}
		open.adopt(channel, bytes);
	}

	private void reject(long cookie, ByteBuf bytes) {
		bytes.release();
		this.link.send(new LinkFrame.Rejected(cookie));
	}

	private static void close(FileDescriptor descriptor) {
		try {
			descriptor.close();
		}
		catch (IOException ex) {
			logger.debug("A descriptor was closed already", ex);
		}
	}

	private record Head(ByteBuf bytes, long deadline) {

	}

	private record Body(Channel channel, long deadline) {

	}

}
