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

package io.github.socketioboot.cluster.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.Inbox;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of this host, as one of them sees them. All that comes from them is handled
 * by the thread of the inbox, in one order with what comes from Redis. Thread-safe.
 */
final class Host {

	private static final Logger logger = LoggerFactory.getLogger(Host.class);

	static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	static final int ID_LENGTH = 6;

	private static final long TICK_MILLIS = 250;

	private static final long RETRY_MILLIS = 100;

	/** Longer than a reader takes, unless too much else waits to be handled. */
	private static final long MAX_LEAVE_SECONDS = 5;

	private final ClusterTransport transport;

	private final Inbox inbox;

	private final ScheduledExecutorService timer;

	private final ClusterStatistics statistics;

	private final Map<String, HostLink> links = new ConcurrentHashMap<>();

	private final Set<String> mates = ConcurrentHashMap.newKeySet();

	private volatile boolean up;

	/**
	 * Create a view of the host.
	 * @param transport the way to the other workers
	 * @param inbox handles what comes
	 * @param timer looks after what takes too long
	 * @param statistics where to count
	 */
	Host(ClusterTransport transport, Inbox inbox, ScheduledExecutorService timer, ClusterStatistics statistics) {
		this.transport = transport;
		this.inbox = inbox;
		this.timer = timer;
		this.statistics = statistics;
	}

	/**
	 * Return the id of this worker.
	 * @return the id, always the same
	 */
	String memberId() {
		return this.transport.memberId();
	}

	/**
	 * Return the id that all workers of the host have in a namespace: what Redis gives
	 * back to them they have got from each other.
	 * @param namespace name of the namespace
	 * @return the id, in the form that ids have in Node's adapter
	 */
	String uid(String namespace) {
		String memberId = memberId();
		String text = memberId.substring(memberId.indexOf('@') + 1) + namespace;
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			StringBuilder uid = new StringBuilder(ID_LENGTH);
			for (int i = 0; i < ID_LENGTH; i++) {
				uid.append(ID_CHARACTERS.charAt(hash[i] & 0x3f));
			}
			return uid.toString();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JVM has SHA-256", ex);
		}
	}

	/**
	 * Begin. Called once.
	 */
	void open() {
		this.transport.open(new TransportListener());
		this.timer.scheduleWithFixedDelay(() -> this.inbox.add(0, () -> each(HostLink::tick)), TICK_MILLIS, TICK_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	void add(String namespace, HostLink link) {
		this.links.put(namespace, link);
		control(() -> link.onUp(this.up));
	}

	void remove(String namespace, HostLink link) {
		this.links.remove(namespace, link);
	}

	/**
	 * Note whether Redis is there.
	 * @param up whether it is
	 */
	void onUp(boolean up) {
		this.up = up;
		control(() -> each((link) -> link.onUp(up)));
	}

	/**
	 * Handle a message after all others.
	 * @param size its size in bytes
	 * @param task handles it
	 */
	void handle(int size, Runnable task) {
		if (!this.inbox.add(size, task)) {
			this.statistics.overflow();
		}
	}

	/**
	 * Handle what must not be dropped.
	 * @param task handles it
	 */
	void control(Runnable task) {
		if (!this.inbox.add(0, task)) {
			try {
				this.timer.schedule(() -> control(task), RETRY_MILLIS, TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException ex) {
				logger.debug("All has ended", ex);
			}
		}
	}

	/**
	 * Send to all other workers.
	 * @param frame what to send
	 * @throws ClusterUnreachableException if it cannot be sent now
	 */
	void publish(HostFrame frame) {
		this.transport.publish(frame.encode());
	}

	/**
	 * Send to another worker, if that is possible.
	 * @param mate its id
	 * @param frame what to send
	 */
	void send(String mate, HostFrame frame) {
		try {
			this.transport.send(mate, frame.encode());
		}
		catch (ClusterUnreachableException ex) {
			logger.debug("Worker {} does not hear of this one", mate, ex);
		}
	}

	/**
	 * Return the other workers.
	 * @return their ids
	 */
	Set<String> mates() {
		return Set.copyOf(this.mates);
	}

	/**
	 * Return how many namespaces this worker reads from Redis itself.
	 * @return the number
	 */
	long readings() {
		return this.links.values().stream().filter(HostLink::isReading).count();
	}

	/**
	 * Hand over to others what they need this worker for.
	 * @return completes when that is done, or takes too long
	 */
	CompletionStage<Void> leave() {
		CompletableFuture<?>[] links = this.links.values()
			.stream()
			.map((link) -> link.leave().toCompletableFuture())
			.toArray(CompletableFuture[]::new);
		return CompletableFuture.allOf(links).completeOnTimeout(null, MAX_LEAVE_SECONDS, TimeUnit.SECONDS);
	}

	/**
	 * End. Called once.
	 */
	void close() {
		this.transport.close();
	}

	private void each(Consumer<HostLink> call) {
		this.links.values().forEach(call);
	}

	private void handle(String mate, ByteBuf bytes) {
		try {
			HostFrame frame = HostFrameCodec.decode(bytes);
			HostLink link = this.links.get(frame.namespace());
			if (link != null) {
				link.onFrame(mate, frame);
			}
		}
		catch (MalformedMessageException | RuntimeException ex) {
			this.statistics.receiveMalformed();
			logger.debug("A message of worker {} is dropped", mate, ex);
		}
		finally {
			bytes.release();
		}
	}

	/**
	 * Hands over to the inbox.
	 */
	private final class TransportListener implements ClusterTransport.Listener {

		@Override
		public void onMessage(String memberId, ByteBuf message) {
			message.retain();
			if (!Host.this.inbox.add(message.readableBytes(), () -> handle(memberId, message))) {
				message.release();
				Host.this.statistics.overflow();
			}
		}

		@Override
		public void onJoin(String memberId) {
			if (!memberId.equals(memberId()) && Host.this.mates.add(memberId)) {
				control(() -> each((link) -> link.onMate(memberId)));
			}
		}

		@Override
		public void onLeave(String memberId) {
			if (Host.this.mates.remove(memberId)) {
				control(() -> each((link) -> link.onMateGone(memberId)));
			}
		}

	}

}
