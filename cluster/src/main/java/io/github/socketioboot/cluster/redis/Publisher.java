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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.redis.Outbox.Count;
import io.github.socketioboot.cluster.redis.Outbox.Item;
import io.github.socketioboot.cluster.redis.Outbox.Publication;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Sends to Redis what is in the outbox, from a thread of its own, over a connection of
 * its own. Connects when there is something to send. Thread-safe.
 */
final class Publisher {

	private static final Logger logger = LoggerFactory.getLogger(Publisher.class);

	private final RedisConnectionFactory factory;

	private final RedisProtocol protocol;

	private final Outbox outbox;

	private final Listener listener;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final Thread thread = new Thread(this::run, "socketio-redis-publish");

	/** The publishing thread only. */
	private @Nullable RedisConnection connection;

	/** The publishing thread only. */
	private RedisDriver driver = new RedisDriver();

	private volatile boolean clustered;

	/** Whether Redis is to answer what was sent to it. */
	@GuardedBy("this")
	private boolean sending;

	/** When it was sent, of {@link System#nanoTime()}. */
	@GuardedBy("this")
	private long sent;

	/** Whether it is waited for no longer. */
	@GuardedBy("this")
	private boolean abandoned;

	Publisher(RedisConnectionFactory factory, RedisProtocol protocol, Outbox outbox, Listener listener) {
		this.factory = factory;
		this.protocol = protocol;
		this.outbox = outbox;
		this.listener = listener;
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	/**
	 * Tell when this has ended, some time after the outbox is closed.
	 * @return completes when the connection is closed
	 */
	CompletableFuture<Void> ended() {
		return this.ended;
	}

	/**
	 * Give up what Redis has not answered for too long. The connection is closed then,
	 * and what was on its way counts as lost.
	 * @param nanos how long it may take
	 */
	synchronized void abandon(long nanos) {
		if (this.sending && System.nanoTime() - this.sent > nanos) {
			this.abandoned = true;
			this.thread.interrupt();
		}
	}

	/**
	 * Return whether the connection is one to a Redis Cluster.
	 * @return {@code true} if so
	 */
	boolean isClustered() {
		return this.clustered;
	}

	private synchronized void begin() {
		this.sending = true;
		this.abandoned = false;
		this.sent = System.nanoTime();
	}

	private synchronized void end() {
		this.sending = false;
		// May have been meant for what has ended just now
		Thread.interrupted();
	}

	private void run() {
		try {
			List<Item> batch = this.outbox.awaitBatch();
			while (!batch.isEmpty()) {
				handle(batch);
				batch = this.outbox.awaitBatch();
			}
		}
		finally {
			disconnect();
			this.ended.complete(null);
		}
	}

	private void handle(List<Item> batch) {
		try {
			send(connect(), batch);
		}
		catch (RuntimeException ex) {
			RuntimeException reason = reason(ex);
			disconnect();
			List<Item> lost = new ArrayList<>(batch);
			lost.addAll(this.outbox.refuse("Redis cannot be reached"));
			fail(lost, reason);
			this.listener.onPublisherDown(reason);
		}
	}

	private synchronized RuntimeException reason(RuntimeException ex) {
		if (this.abandoned) {
			this.abandoned = false;
			logger.debug("Redis has not answered", ex);
			return new ClusterUnreachableException("It does not answer");
		}
		return ex;
	}

	private RedisConnection connect() {
		RedisConnection connection = this.connection;
		if (connection == null) {
			connection = this.factory.getConnection();
			this.connection = connection;
			this.clustered = connection instanceof RedisClusterConnection;
			this.driver = RedisDriver.of(this.protocol, connection);
			// Takes as long as the client wants: what is cut short leaves half a
			// connection
			this.driver.connect(connection);
		}
		return connection;
	}

	private void disconnect() {
		RedisConnection connection = this.connection;
		this.connection = null;
		if (connection != null) {
			try {
				connection.close();
			}
			catch (RuntimeException ex) {
				logger.debug("A connection to Redis does not close well", ex);
			}
		}
	}

	private void send(RedisConnection connection, List<Item> batch) {
		List<@Nullable Object> answers;
		begin();
		try {
			answers = this.driver.send(connection, batch);
		}
		finally {
			end();
		}
		take(batch, answers);
	}

	private void take(List<Item> batch, List<@Nullable Object> answers) {
		boolean taken = false;
		List<Item> refused = new ArrayList<>();
		RuntimeException error = null;
		for (int i = 0; i < batch.size(); i++) {
			Object answer = answers.get(i);
			if (answer instanceof RuntimeException ex) {
				refused.add(batch.get(i));
				error = ex;
			}
			else if (batch.get(i) instanceof Count count) {
				answer(count, answer);
			}
			else {
				taken = true;
			}
		}
		if (error != null) {
			fail(refused, error);
			this.listener.onRefused(error);
		}
		else if (taken) {
			this.outbox.accept();
			this.listener.onSent();
		}
	}

	private static void answer(Count count, @Nullable Object answer) {
		if (answer instanceof Number number) {
			count.answer().complete(number.intValue());
		}
		else if (answer instanceof CompletionStage<?> stage) {
			stage.whenComplete((value, error) -> answer(count, (error != null) ? error : value));
		}
		else {
			count.answer()
				.completeExceptionally(
						new ClusterUnreachableException("Redis does not count the subscribers of a channel",
								(answer instanceof Throwable error) ? error : new IllegalStateException("No number")));
		}
	}

	private void fail(List<Item> items, RuntimeException reason) {
		int messages = 0;
		for (Item item : items) {
			if (item instanceof Count count) {
				count.answer()
					.completeExceptionally(new ClusterUnreachableException(
							"Redis does not count the subscribers of a channel", reason));
			}
			else if (item instanceof Publication) {
				messages++;
			}
		}
		if (messages > 0) {
			this.listener.onLost(messages);
		}
	}

	/**
	 * Is told by the publishing thread how it fares.
	 */
	interface Listener {

		/**
		 * Messages may not have been published.
		 * @param messages number of messages
		 */
		void onLost(int messages);

		/**
		 * The connection is lost, or there is none yet.
		 * @param reason why
		 */
		void onPublisherDown(RuntimeException reason);

		/**
		 * Redis has answered with an error.
		 * @param error the error
		 */
		void onRefused(RuntimeException error);

		/**
		 * Redis has taken what was sent.
		 */
		void onSent();

	}

}
