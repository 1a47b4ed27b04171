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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.util.internal.ThreadExecutorMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages by way of the primary, which passes them on unread. Threads that send faster
 * than the primary reads wait for a while; event loops never do. Thread-safe.
 */
final class LinkTransport implements ClusterTransport {

	private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

	/**
	 * What a frame has besides the message, at most.
	 */
	private static final int FRAME_OVERHEAD = 16;

	private final WorkerIdentity identity;

	private final Link link;

	private final LinkConfig config;

	/**
	 * Members known to be there, by number of the worker. Event loop of the link only.
	 */
	private final Map<Integer, String> members = new HashMap<>();

	/** Event loop of the link only. */
	private @Nullable Listener listener;

	private volatile boolean closed;

	LinkTransport(WorkerIdentity identity, Link link, LinkConfig config) {
		this.identity = identity;
		this.link = link;
		this.config = config;
	}

	@Override
	public String memberId() {
		return this.identity.memberId();
	}

	@Override
	public void publish(ByteBuf message) {
		send(0, message);
	}

	@Override
	public void send(String memberId, ByteBuf message) {
		int number = number(memberId);
		if (number == 0) {
			message.release();
			return;
		}
		send(number, message);
	}

	@Override
	public void open(Listener listener) {
		this.link.loop().execute(() -> {
			this.listener = listener;
			this.link.send(new LinkFrame.Join(this.identity.number()));
		});
	}

	@Override
	public void setReading(boolean reading) {
		this.link.setReading(reading);
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.link.loop().execute(() -> {
				if (this.listener != null) {
					this.listener = null;
					this.members.clear();
					this.link.send(new LinkFrame.Leave(this.identity.number()));
				}
			});
		}
		catch (RejectedExecutionException ex) {
			// The loop has ended with the link, and the others know it
		}
	}

	/**
	 * Take a message. Event loop of the link only.
	 * @param frame the message; ownership passes
	 */
	void onMessage(LinkFrame.Message frame) {
		try {
			if (this.listener != null) {
				this.listener.onMessage(memberId(frame.worker()), frame.payload());
			}
		}
		finally {
			frame.payload().release();
		}
	}

	/**
	 * Note that another worker is a member. Event loop of the link only.
	 * @param worker number of the worker
	 */
	void onJoin(int worker) {
		if (this.listener != null && !this.members.containsKey(worker)) {
			String memberId = memberId(worker);
			this.members.put(worker, memberId);
			this.listener.onJoin(memberId);
		}
	}

	/**
	 * Note that another worker is a member no longer. Event loop of the link only.
	 * @param worker number of the worker
	 */
	void onLeave(int worker) {
		String memberId = this.members.remove(worker);
		if (this.listener != null && memberId != null) {
			this.listener.onLeave(memberId);
		}
	}

	/**
	 * Note that the primary is gone, and all others with it. Event loop of the link only.
	 */
	void onLost() {
		this.closed = true;
		List.copyOf(this.members.keySet()).forEach(this::onLeave);
	}

	private void send(int worker, ByteBuf message) {
		boolean passed = false;
		try {
			int size = message.readableBytes() + FRAME_OVERHEAD;
			if (size > this.config.maxFrame()) {
				throw new ClusterUnreachableException(
						"A message of " + message.readableBytes() + " bytes is too long to be sent to other workers");
			}
			if (!awaitWritable() || this.link.queued() + size > this.config.maxQueued()) {
				throw new ClusterUnreachableException(
						"The primary does not take messages: " + this.link.queued() + " bytes are queued");
			}
			if (this.closed) {
				throw gone();
			}
			passed = true;
			if (!this.link.send(new LinkFrame.Message(worker, message))) {
				throw gone();
			}
		}
		finally {
			if (!passed) {
				message.release();
			}
		}
	}

	/**
	 * Wait for the link to take messages without queueing many. Threads that emit wait
	 * here, never an event loop.
	 * @return {@code false} if it has not after a while
	 */
	private boolean awaitWritable() {
		if (this.link.isWritable() || ThreadExecutorMap.currentExecutor() != null) {
			return true;
		}
		long deadline = System.nanoTime() + MAX_WAIT_NANOS;
		while (!this.link.isWritable() && !this.closed) {
			if (System.nanoTime() - deadline > 0) {
				return false;
			}
			if (Thread.currentThread().isInterrupted()) {
				// Parking would return at once
				Thread.yield();
			}
			else {
				LockSupport.parkNanos(this, PAUSE_NANOS);
			}
		}
		return true;
	}

	private static ClusterUnreachableException gone() {
		return new ClusterUnreachableException("The link to the primary is closed");
	}

	private String memberId(int worker) {
		String known = this.members.get(worker);
		return (known != null) ? known : WorkerIdentity.memberId(worker, this.identity.hostId());
	}

	/**
	 * Find the number of a worker.
	 * @param memberId its id as a member
	 * @return its number, or 0 if it is none of this host
	 */
	private int number(String memberId) {
		int at = memberId.indexOf('@');
		if (at < 1 || !memberId.substring(at + 1).equals(this.identity.hostId())) {
			return 0;
		}
		try {
			return Math.max(0, Integer.parseInt(memberId, 0, at, 10));
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

}
