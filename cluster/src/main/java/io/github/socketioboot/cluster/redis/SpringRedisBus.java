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
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.redis.Outbox.Count;
import io.github.socketioboot.cluster.redis.Outbox.Probe;
import io.github.socketioboot.cluster.redis.Outbox.Publication;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * A bus over any client that Spring Data Redis knows. Uses two connections: one to
 * publish, one to listen.
 * <p>
 * Whether Redis is there is found by probes: messages on a channel of its own, which
 * Redis has to give back. That shows what no client tells in a uniform way: that both
 * connections work, and that Redis still knows of the subscriptions.
 */
final class SpringRedisBus implements RedisBus {

	/**
	 * How long Redis may take to answer before it counts as away.
	 */
	static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

	/**
	 * How long a message that Redis has taken may take to come back.
	 */
	static final Duration RETURN_TIMEOUT = Duration.ofSeconds(2);

	private static final long PROBE_MILLIS = 1000;

	private static final long MIN_RETRY_MILLIS = 100;

	private static final long MAX_RETRY_MILLIS = 2000;

	private static final long CLOSE_MILLIS = 250;

	private static final String UNKNOWN_COMMAND = "ERR unknown command";

	private static final Logger logger = LoggerFactory.getLogger(SpringRedisBus.class);

	private final byte[] probeChannel;

	private final StateListener listener;

	private final ScheduledThreadPoolExecutor control;

	private final Outbox outbox = new Outbox();

	private final Publisher publisher;

	private final Subscriber subscriber;

	private volatile State state = State.UNKNOWN;

	/** Whether Redis has taken something since the last pulse. */
	private volatile boolean taken;

	private volatile boolean open;

	// From here on the control thread only

	private @Nullable ScheduledFuture<?> pulse;

	private long retryMillis = MIN_RETRY_MILLIS;

	/** When the next pulse is due, of {@link System#nanoTime()}. */
	private long due;

	private long opened;

	/** Whether Redis takes what it does not give back. */
	private boolean silent;

	private long silentSince;

	private boolean refusalLogged;

	private boolean tooOldLogged;

	private long probe;

	/** Earlier probes say nothing of the connections that are there now. */
	private long firstValidProbe;

	/**
	 * Create a bus.
	 * @param factory makes connections
	 * @param protocol whether channels are plain ones or those of shards
	 * @param probeChannel name of a channel that nobody else uses
	 * @param listener is told how the bus fares
	 */
	SpringRedisBus(RedisConnectionFactory factory, RedisProtocol protocol, String probeChannel,
			StateListener listener) {
		this.probeChannel = probeChannel.getBytes(StandardCharsets.UTF_8);
		this.listener = listener;
		this.control = new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("socketio-redis", true),
				new ThreadPoolExecutor.DiscardPolicy());
		this.control.setRemoveOnCancelPolicy(true);
		this.publisher = new Publisher(factory, protocol, this.outbox, new PublisherListener());
		this.subscriber = new Subscriber(factory, protocol, probeChannel, new SubscriberListener(), this.control);
		this.control.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	@Override
	public void open() {
		this.open = true;
		this.publisher.start();
		this.control.execute(() -> {
			this.opened = System.nanoTime();
			this.due = this.opened;
			pulse();
		});
	}

	@Override
	public void publish(String channel, byte[] message) {
		this.outbox.add(Publication.of(channel, message));
	}

	@Override
	public Subscription subscribe(Set<String> channels, Set<String> patterns, Listener listener) {
		return this.subscriber.subscribe(channels, patterns, listener);
	}

	@Override
	public CompletionStage<Integer> subscribers(String channel) {
		Count count = Count.of(channel);
		try {
			this.outbox.add(count);
		}
		catch (ClusterUnreachableException ex) {
			count.answer().completeExceptionally(ex);
		}
		return count.answer();
	}

	@Override
	public boolean isUp() {
		return this.state == State.UP;
	}

	@Override
	public boolean isOrdered() {
		return !this.publisher.isClustered();
	}

	@Override
	public CompletionStage<Void> close() {
		this.outbox.close();
		if (!this.open) {
			this.control.shutdown();
			return CompletableFuture.completedStage(null);
		}
		CompletableFuture<Void> unsubscribed = new CompletableFuture<>();
		this.control.execute(() -> {
			this.open = false;
			cancelPulse();
			this.subscriber.close();
			this.due = System.nanoTime();
			watchLast();
			unsubscribed.complete(null);
		});
		return CompletableFuture.allOf(unsubscribed, this.publisher.ended()).thenRun(this.control::shutdown);
	}

	/**
	 * See to it that what is left to be sent is not waited for any longer than at other
	 * times.
	 */
	private void watchLast() {
		long now = System.nanoTime();
		abandonUnanswered(now);
		this.due = now + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
		this.control.schedule(this::watchLast, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void abandonUnanswered(long now) {
		if (now - this.due < ANSWER_TIMEOUT.toNanos() / 2) {
			// Otherwise it is this process that has stood still
			this.publisher.abandon(ANSWER_TIMEOUT.toNanos());
		}
	}

	/**
	 * Look after both connections and ask Redis for a sign of life.
	 */
	private void pulse() {
		try {
			long now = System.nanoTime();
			abandonUnanswered(now);
			listen(now);
			if (this.state == State.UNKNOWN && now - this.opened > ANSWER_TIMEOUT.toNanos()) {
				down("It does not answer");
			}
			this.subscriber.ensure();
			this.probe++;
			this.outbox
				.setProbe(new Probe(this.probeChannel, Long.toString(this.probe).getBytes(StandardCharsets.US_ASCII)));
		}
		catch (RuntimeException ex) {
			logger.warn("Cannot look after the connections to Redis", ex);
		}
		if (this.state == State.UP) {
			schedulePulse(PROBE_MILLIS);
		}
		else {
			schedulePulse(this.retryMillis);
			this.retryMillis = Math.min(2 * this.retryMillis, MAX_RETRY_MILLIS);
		}
	}

	/**
	 * Find out whether what is published comes back.
	 * @param now the time
	 */
	private void listen(long now) {
		boolean taken = this.taken;
		this.taken = false;
		if (this.subscriber.wasHeard()) {
			this.silent = false;
		}
		else if (this.silent && now - this.silentSince > RETURN_TIMEOUT.toNanos()) {
			this.silent = false;
			this.subscriber.drop();
			down("What is published does not come back");
		}
		else if (taken && !this.silent) {
			this.silent = true;
			this.silentSince = now;
		}
	}

	private void schedulePulse(long millis) {
		cancelPulse();
		if (this.open) {
			this.due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
			this.pulse = this.control.schedule(this::pulse, millis, TimeUnit.MILLISECONDS);
		}
	}

	private void cancelPulse() {
		if (this.pulse != null) {
			this.pulse.cancel(false);
			this.pulse = null;
		}
	}

	private void takeProbe(String number) {
		try {
			if (Long.parseLong(number) >= this.firstValidProbe && this.subscriber.isSettled()) {
				up();
			}
		}
		catch (NumberFormatException ex) {
			logger.debug("A probe is none of this server's", ex);
		}
	}

	private void up() {
		State before = this.state;
		if (before != State.UP) {
			this.state = State.UP;
			this.refusalLogged = false;
			this.tooOldLogged = false;
			this.retryMillis = MIN_RETRY_MILLIS;
			if (before == State.DOWN) {
				logger.info("Redis is back");
			}
			this.listener.onUp();
		}
	}

	private void down(String reason) {
		State before = this.state;
		this.firstValidProbe = this.probe + 1;
		if (before == State.DOWN) {
			logger.debug("Redis is still away: {}", reason);
			return;
		}
		this.state = State.DOWN;
		logger.warn("Redis is away, clients of other servers are not reached until it is back: {}", reason);
		this.listener.onDown(reason);
		if (before == State.UP) {
			schedulePulse(this.retryMillis);
		}
	}

	// Said once even if Redis was away for another reason before: waiting does not help
	private void tooOld() {
		String reason = "It is older than version 7, which 'protocol: sharded' needs";
		if (this.state != State.DOWN) {
			down(reason);
		}
		else if (!this.tooOldLogged) {
			logger.warn("Redis cannot be used: {}", reason);
			this.listener.onDown(reason);
		}
		this.tooOldLogged = true;
	}

	private void down(RuntimeException reason) {
		logger.debug("Redis cannot be used", reason);
		Throwable cause = (reason instanceof ClusterUnreachableException) ? reason
				: NestedExceptionUtils.getMostSpecificCause(reason);
		String message = cause.getMessage();
		if (message != null && message.startsWith(UNKNOWN_COMMAND)) {
			// What follows holds arguments
			tooOld();
			return;
		}
		down((message != null) ? message : cause.toString());
	}

	/**
	 * What is known of Redis.
	 */
	private enum State {

		UNKNOWN, UP, DOWN

	}

	/**
	 * Listens to the publisher.
	 */
	private final class PublisherListener implements Publisher.Listener {

		@Override
		public void onSent() {
			SpringRedisBus.this.taken = true;
		}

		@Override
		public void onLost(int messages) {
			SpringRedisBus.this.listener.onLost(messages);
		}

		@Override
		public void onPublisherDown(RuntimeException reason) {
			SpringRedisBus.this.control.execute(() -> down(reason));
		}

		@Override
		public void onRefused(RuntimeException error) {
			SpringRedisBus.this.control.execute(() -> {
				if (SpringRedisBus.this.state != State.UP) {
					down(error);
				}
				else if (!SpringRedisBus.this.refusalLogged) {
					SpringRedisBus.this.refusalLogged = true;
					logger.warn("Redis refuses messages: {}", error.getMessage());
				}
			});
		}

	}

	/**
	 * Listens to the subscriber.
	 */
	private final class SubscriberListener implements Subscriber.Listener {

		@Override
		public void onProbe(byte[] message) {
			if (SpringRedisBus.this.state != State.UP) {
				String number = new String(message, StandardCharsets.US_ASCII);
				SpringRedisBus.this.control.execute(() -> takeProbe(number));
			}
		}

		@Override
		public void onSettled() {
			SpringRedisBus.this.control.execute(() -> {
				if (SpringRedisBus.this.open && SpringRedisBus.this.state != State.UP) {
					pulse();
				}
			});
		}

		@Override
		public void onSubscriberDown(RuntimeException reason) {
			SpringRedisBus.this.control.execute(() -> down(reason));
		}

	}

}
