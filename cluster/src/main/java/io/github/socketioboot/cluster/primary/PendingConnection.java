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
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;

import io.github.socketioboot.cluster.link.SocketCookie;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A connection between its arrival and the word of a worker that it has taken it over.
 * Its channel is registered with no loop, so that nothing is read here meanwhile. Event
 * loop only.
 */
final class PendingConnection {

	private static final int MAX_ATTEMPTS = 8;

	private final EpollSocketChannel channel;

	private final ByteBuf bytes;

	private final RequestHead head;

	private final @Nullable InetSocketAddress client;

	private final EventLoop loop;

	private final Runnable onEnd;

	private Set<Integer> rejecting = Set.of();

	private int attempts;

	private long givenAt;

	private boolean ended;

	/**
	 * Create a connection.
	 * @param channel the connection; ownership passes
	 * @param bytes what was read of it; ownership passes
	 * @param head head of the first request in the bytes
	 * @param client address of the client, or {@code null} if it has gone
	 * @param loop loop of the primary
	 * @param onEnd run when this process holds the connection no longer
	 */
	PendingConnection(EpollSocketChannel channel, ByteBuf bytes, RequestHead head, @Nullable InetSocketAddress client,
			EventLoop loop, Runnable onEnd) {
		this.channel = channel;
		this.bytes = bytes;
		this.head = head;
		this.client = client;
		this.loop = loop;
		this.onEnd = onEnd;
	}

	long cookie() {
		return SocketCookie.of(this.channel);
	}

	RequestHead head() {
		return this.head;
	}

	@Nullable InetSocketAddress client() {
		return this.client;
	}

	EpollSocketChannel channel() {
		return this.channel;
	}

	FileDescriptor descriptor() {
		return this.channel.fd();
	}

	/**
	 * Return what was read.
	 * @return the bytes, retained for the caller
	 */
	ByteBuf bytes() {
		return this.bytes.retainedDuplicate();
	}

	/**
	 * Count an attempt to give it to a worker.
	 * @return {@code false} if there were too many already
	 */
	boolean tryAgain() {
		this.givenAt = System.nanoTime();
		return this.attempts++ < MAX_ATTEMPTS;
	}

	/**
	 * Note that a worker could not take it.
	 * @param worker number of the worker
	 */
	void rejectedBy(int worker) {
		Set<Integer> all = new HashSet<>(this.rejecting);
		all.add(worker);
		this.rejecting = all;
	}

	/**
	 * Return the workers that could not take it.
	 * @return their numbers
	 */
	Set<Integer> rejecting() {
		return this.rejecting;
	}

	/**
	 * Return when it was last given to a worker.
	 * @return {@link System#nanoTime()} of then
	 */
	long givenAt() {
		return this.givenAt;
	}

	/**
	 * Close this process's copy.
	 */
	void close() {
		if (!this.ended) {
			this.ended = true;
			this.bytes.release();
			this.channel.unsafe().closeForcibly();
			this.onEnd.run();
		}
	}

	/**
	 * Answer here.
	 * @param refusal the answer
	 */
	void refuse(Refusal refusal) {
		if (!this.ended) {
			this.ended = true;
			this.bytes.release();
			refusal.answer(this.channel, this.loop, this.onEnd);
		}
	}

	/**
	 * Return a connection for a descriptor that came from another process.
	 * @param descriptor the descriptor; ownership passes
	 * @return the connection
	 * @throws IOException if it is none
	 */
	static EpollSocketChannel open(FileDescriptor descriptor) throws IOException {
		try {
			EpollSocketChannel channel = new EpollSocketChannel(descriptor.intValue());
			channel.config().setAutoRead(false);
			return channel;
		}
		catch (RuntimeException ex) {
			descriptor.close();
			throw new IOException(ex);
		}
	}

}
