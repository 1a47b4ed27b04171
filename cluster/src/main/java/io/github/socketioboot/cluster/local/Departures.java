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
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.SocketCookie;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that this worker hands back to the primary, since their next request is for
 * another worker. A connection stays open here until the primary has it. Event loop of
 * the link only, except where a method says otherwise.
 */
final class Departures {

	/**
	 * Most connections that are sent without the primary having said that it has them.
	 */
	static final int WINDOW = 64;

	/**
	 * Most connections that wait to be sent.
	 */
	static final int MAX_WAITING = 1024;

	private static final Logger logger = LoggerFactory.getLogger(Departures.class);

	/**
	 * After how long a connection is closed that the primary does not take.
	 */
	private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final Link link;

	private final Queue<Leaving> waiting = new ArrayDeque<>();

	// By age, so that those to be given up come first
	private final Map<Long, Leaving> sent = new LinkedHashMap<>();

	private boolean closed;

	Departures(Link link) {
		this.link = link;
	}

	/**
	 * Hand a connection back. Thread-safe.
	 * @param channel the connection, deregistered; ownership passes
	 * @param bytes what was read of it; ownership passes
	 */
	void handOn(Channel channel, ByteBuf bytes) {
		Leaving leaving = new Leaving(channel, bytes, System.nanoTime() + TIMEOUT_NANOS);
		try {
			this.link.loop().execute(() -> add(leaving));
		}
		catch (RejectedExecutionException ex) {
			leaving.giveUp();
		}
	}

	/**
	 * Note that the primary has a connection, or will not have it.
	 * @param cookie the socket's cookie
	 */
	void onAnswer(long cookie) {
		Leaving leaving = this.sent.remove(cookie);
		if (leaving != null) {
			leaving.channel().unsafe().closeForcibly();
			sendNext();
		}
	}

	/**
	 * Send as many as may be.
	 */
	void sendNext() {
		while (!this.waiting.isEmpty() && this.sent.size() < WINDOW && this.link.isDescriptorCapable()) {
			Leaving next = this.waiting.element();
			try {
				EpollSocketChannel channel = (EpollSocketChannel) next.channel();
				long cookie = SocketCookie.of(channel);
				if (!this.link.trySendDescriptor(channel.fd())) {
					return;
				}
				this.waiting.remove();
				this.link.send(new LinkFrame.HandOver(cookie, next.bytes()));
				this.sent.put(cookie, next);
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("A connection cannot be handed on", ex);
				if (this.waiting.remove(next)) {
					next.giveUp();
				}
				else {
					next.channel().unsafe().closeForcibly();
				}
			}
		}
	}

	/**
	 * Give up on what has waited too long.
	 * @param now time in nanoseconds
	 */
	void expire(long now) {
		while (!this.waiting.isEmpty() && this.waiting.element().deadline() - now <= 0) {
			this.waiting.remove().giveUp();
		}
		Iterator<Leaving> sent = this.sent.values().iterator();
		while (sent.hasNext()) {
			Leaving leaving = sent.next();
			if (leaving.deadline() - now > 0) {
				break;
			}
			sent.remove();
			leaving.channel().unsafe().closeForcibly();
		}
		sendNext();
	}

	/**
	 * Close all connections and hand on no more.
	 */
	void close() {
		this.closed = true;
		this.waiting.forEach(Leaving::giveUp);
		this.waiting.clear();
		this.sent.values().forEach((leaving) -> leaving.channel().unsafe().closeForcibly());
		this.sent.clear();
	}

	private void add(Leaving leaving) {
		if (this.closed || this.waiting.size() >= MAX_WAITING) {
			leaving.giveUp();
			return;
		}
		this.waiting.add(leaving);
		sendNext();
	}

	/**
	 * A connection on its way.
	 *
	 * @param channel the connection
	 * @param bytes what was read of it; the frame's once it is sent
	 * @param deadline when to give up, in nanoseconds
	 */
	private record Leaving(Channel channel, ByteBuf bytes, long deadline) {

		void giveUp() {
			this.bytes.release();
			this.channel.unsafe().closeForcibly();
		}

	}

}
