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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.cluster.redis.RedisBus.Subscription;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.SubscriptionListener;

/**
 * Listens on channels of Redis over a connection of its own, and over another one when
 * that is lost. Thread-safe; no method blocks but {@link #drop}, for a moment.
 */
final class Subscriber {

	private static final Logger logger = LoggerFactory.getLogger(Subscriber.class);

	private static final long IDLE_SECONDS = 10;

	private final RedisConnectionFactory factory;

	/** The first channel of each connection, always listened on. */
	private final Topic probes;

	private final Listener listener;

	/** Completes what the application waits for. */
	private final Executor callbacks;

	/** Some clients wait for Redis when channels are added. */
	private final ThreadPoolExecutor updates;

	private final Map<Topic, Route> routes = new ConcurrentHashMap<>();

	/** Keeps messages of the last connection and of this one apart. */
	private final Object delivery = new Object();

	@GuardedBy("this")
	private @Nullable Attempt attempt;

	@GuardedBy("this")
	private boolean closed;

	Subscriber(RedisConnectionFactory factory, String probeChannel, Listener listener, Executor callbacks) {
		this.factory = factory;
		this.probes = new Topic(probeChannel, false);
		this.listener = listener;
		this.callbacks = callbacks;
		// An update that waits sees what has been asked for in the meantime
		this.updates = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1),
				new DefaultThreadFactory("socketio-redis-channels", true), new ThreadPoolExecutor.DiscardPolicy());
		this.updates.allowCoreThreadTimeOut(true);
	}

	Subscription subscribe(Set<String> channels, Set<String> patterns, RedisBus.Listener listener) {
		Set<Topic> topics = new HashSet<>();
		channels.forEach((channel) -> topics.add(new Topic(channel, false)));
		patterns.forEach((pattern) -> topics.add(new Topic(pattern, true)));
		Route route = new Route(Set.copyOf(topics), listener, this.callbacks, this::unsubscribe);
		topics.forEach((topic) -> this.routes.put(topic, route));
		this.updates.execute(this::update);
		return route;
	}

	private void unsubscribe(Route route) {
		route.topics().forEach((topic) -> this.routes.remove(topic, route));
		this.updates.execute(this::update);
	}

	/**
	 * Connect if there is no connection, and ask for channels that are not asked for yet.
	 */
	void ensure() {
		synchronized (this) {
			if (this.closed) {
				return;
			}
			if (this.attempt == null) {
				Attempt attempt = new Attempt();
				this.attempt = attempt;
				Thread thread = new Thread(attempt, "socketio-redis-subscribe");
				thread.setDaemon(true);
				thread.start();
				return;
			}
		}
		this.updates.execute(this::update);
	}

	/**
	 * Return whether Redis has confirmed all channels.
	 * @return {@code true} if it has, over the connection that is there
	 */
	boolean isSettled() {
		Attempt attempt = attempt();
		return attempt != null && attempt.confirmed.contains(this.probes)
				&& attempt.confirmed.containsAll(this.routes.keySet());
	}

	/**
	 * Return whether a message has come since the last call.
	 * @return {@code true} if there is a connection that carries messages, or that is not
	 * ready for them yet
	 */
	boolean wasHeard() {
		Attempt attempt = attempt();
		if (attempt == null || !attempt.confirmed.contains(this.probes)) {
			return true;
		}
		boolean heard = attempt.heard;
		attempt.heard = false;
		return heard;
	}

	/**
	 * Give up the connection.
	 */
	void drop() {
		Attempt attempt;
		synchronized (this) {
			attempt = this.attempt;
			this.attempt = null;
		}
		if (attempt != null) {
			attempt.drop();
		}
	}

	/**
	 * End.
	 */
	void close() {
		synchronized (this) {
			this.closed = true;
		}
		drop();
		this.updates.shutdown();
	}

	private synchronized @Nullable Attempt attempt() {
		return this.attempt;
	}

	private void update() {
		Attempt attempt = attempt();
		if (attempt != null && attempt.confirmed.contains(this.probes)) {
			try {
				attempt.update();
			}
			catch (RuntimeException ex) {
				attempt.fail(ex);
			}
		}
	}

	private synchronized boolean forget(Attempt attempt) {
		if (this.attempt == attempt) {
			this.attempt = null;
			return true;
		}
		return false;
	}

	/**
	 * One connection, from the attempt to make it until it is lost or given up.
	 */
	private final class Attempt implements MessageListener, SubscriptionListener, Runnable {

		private final Set<Topic> confirmed = ConcurrentHashMap.newKeySet();

		/** The updating thread only. */
		private final Set<Topic> asked = new HashSet<>();

		private volatile @Nullable RedisConnection connection;

		private volatile boolean heard = true;

		private volatile boolean dropped;

		/** Whether the connection lives on without the thread that has made it. */
		@GuardedBy("this")
		private boolean detached;

		@Override
		public void run() {
			try {
				RedisConnection connection = Subscriber.this.factory.getConnection();
				this.connection = connection;
				if (!this.dropped) {
					connection.subscribe(this, Topic.names(Set.of(Subscriber.this.probes), false));
				}
				// Some clients return when Redis has confirmed, others when all is over
				if (connection.isSubscribed() && detach()) {
					return;
				}
				fail(new IllegalStateException("The subscription has ended"));
			}
			catch (RuntimeException ex) {
				fail(ex);
			}
			close();
		}

		private synchronized boolean detach() {
			this.detached = !this.dropped;
			return this.detached;
		}

		void fail(RuntimeException reason) {
			if (forget(this)) {
				drop();
				Subscriber.this.listener.onSubscriberDown(reason);
			}
			else {
				logger.debug("A connection to Redis that was given up has ended", reason);
			}
		}

		void drop() {
			boolean detached;
			synchronized (this) {
				this.dropped = true;
				detached = this.detached;
				this.detached = false;
			}
			try {
				org.springframework.data.redis.connection.Subscription subscription = subscription();
				if (subscription != null && subscription.isAlive()) {
					subscription.close();
				}
			}
			catch (RuntimeException ex) {
				logger.debug("A subscription to channels of Redis does not end well", ex);
			}
			if (detached) {
				close();
			}
		}

		private void close() {
			RedisConnection connection = this.connection;
			if (connection != null) {
				try {
					connection.close();
				}
				catch (RuntimeException ex) {
					logger.debug("A connection to Redis does not close well", ex);
				}
			}
		}

		private org.springframework.data.redis.connection.@Nullable Subscription subscription() {
			RedisConnection connection = this.connection;
			return (connection != null) ? connection.getSubscription() : null;
		}

		/**
		 * Ask for what is wanted and not asked for yet, and the other way round.
		 */
		void update() {
			org.springframework.data.redis.connection.Subscription subscription = subscription();
			if (subscription == null || this.dropped) {
				return;
			}
			List<Topic> added = new ArrayList<>(Subscriber.this.routes.keySet());
			added.removeAll(this.asked);
			List<Topic> removed = new ArrayList<>(this.asked);
			removed.removeAll(Subscriber.this.routes.keySet());
			this.asked.addAll(added);
			removed.forEach(this.asked::remove);
			removed.forEach(this.confirmed::remove);
			if (has(added, false)) {
				subscription.subscribe(Topic.names(added, false));
			}
			if (has(added, true)) {
				subscription.pSubscribe(Topic.names(added, true));
			}
			if (has(removed, false)) {
				subscription.unsubscribe(Topic.names(removed, false));
			}
			if (has(removed, true)) {
				subscription.pUnsubscribe(Topic.names(removed, true));
			}
			// Not earlier: what another route has just ended may be among them
			Subscriber.this.routes.values().forEach((route) -> route.confirm(this.confirmed));
		}

		private static boolean has(List<Topic> topics, boolean pattern) {
			return topics.stream().anyMatch((topic) -> topic.pattern() == pattern);
		}

		@Override
		public void onMessage(Message message, byte @Nullable [] pattern) {
			byte[] name = message.getChannel();
			Topic topic = Topic.of((pattern != null) ? pattern : name, pattern != null);
			this.heard = true;
			if (topic.equals(Subscriber.this.probes)) {
				Subscriber.this.listener.onProbe(message.getBody());
				return;
			}
			Route route = Subscriber.this.routes.get(topic);
			if (route == null) {
				return;
			}
			String channel = (pattern != null) ? new String(name, StandardCharsets.UTF_8) : topic.name();
			synchronized (Subscriber.this.delivery) {
				if (this.dropped) {
					return;
				}
				try {
					route.listener().onMessage(channel, message.getBody());
				}
				catch (RuntimeException ex) {
					logger.debug("A message on channel {} is dropped", channel, ex);
				}
			}
		}

		@Override
		public void onChannelSubscribed(byte[] channel, long count) {
			confirm(Topic.of(channel, false));
		}

		@Override
		public void onPatternSubscribed(byte[] pattern, long count) {
			confirm(Topic.of(pattern, true));
		}

		private void confirm(Topic topic) {
			this.confirmed.add(topic);
			if (topic.equals(Subscriber.this.probes)) {
				Subscriber.this.updates.execute(Subscriber.this::update);
			}
			Route route = Subscriber.this.routes.get(topic);
			if (route != null) {
				route.confirm(Set.of(topic));
			}
			if (isSettled()) {
				Subscriber.this.listener.onSettled();
			}
		}

	}

	/**
	 * Is told how the subscriber fares, by any thread. Must not block.
	 */
	interface Listener {

		/**
		 * A probe has come back.
		 * @param message its message
		 */
		void onProbe(byte[] message);

		/**
		 * All channels are confirmed.
		 */
		void onSettled();

		/**
		 * The connection is lost, or there is none yet.
		 * @param reason why
		 */
		void onSubscriberDown(RuntimeException reason);

	}

}
