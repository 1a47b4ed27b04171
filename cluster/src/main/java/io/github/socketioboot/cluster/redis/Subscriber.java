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
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
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

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Listens on channels of Redis over a connection of its own, and over another one when
 * that is lost. Thread-safe; no method blocks but {@link #drop}, for a moment.
 */
final class Subscriber {

	private static final Logger logger = LoggerFactory.getLogger(Subscriber.class);

	private static final long IDLE_SECONDS = 10;

	/** Least and most channels that are asked for again at a time. */
	private static final int MIN_REPEATED = 16;

	private static final int MAX_REPEATED = 512;

	/** After how many times all channels have been asked for again. */
	private static final int REPETITION = 10;

	private final RedisConnectionFactory factory;

	private final RedisProtocol protocol;

	/** The first channel of each connection, always listened on. */
	private final Topic probes;

	private final Listener listener;

	/** Completes what the application waits for. */
	private final Executor callbacks;

	/** Some clients wait for Redis when channels are added. */
	private final ThreadPoolExecutor updates;

	private final Map<Topic, Route> routes = new ConcurrentHashMap<>();

	/** Topics whose route has come or gone since they were asked for. */
	private final Set<Topic> changed = ConcurrentHashMap.newKeySet();

	/** Keeps messages of the last connection and of this one apart. */
	private final Object delivery = new Object();

	@GuardedBy("this")
	private @Nullable Attempt attempt;

	@GuardedBy("this")
	private boolean closed;

	Subscriber(RedisConnectionFactory factory, RedisProtocol protocol, String probeChannel, Listener listener,
			Executor callbacks) {
		this.factory = factory;
		this.protocol = protocol;
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
		change(route.topics());
		return route;
	}

	private void unsubscribe(Route route) {
		route.topics().forEach((topic) -> this.routes.remove(topic, route));
		change(route.topics());
	}

	private void change(Collection<Topic> topics) {
		this.changed.addAll(topics);
		this.updates.execute(() -> update(false));
	}

	/**
	 * Connect if there is no connection, and ask for channels that are not asked for yet.
	 * Called from time to time.
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
		this.updates.execute(() -> update(true));
	}

	/**
	 * Return whether Redis has confirmed all channels that were wanted when the
	 * connection was made.
	 * @return {@code true} if it has
	 */
	boolean isSettled() {
		Attempt attempt = attempt();
		return attempt != null && attempt.isSettled();
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

	/**
	 * Ask for what is wanted and not asked for yet, and the other way round.
	 * @param again whether to ask again for what Redis has refused or may have lost
	 */
	private void update(boolean again) {
		Attempt attempt = attempt();
		if (attempt != null && attempt.confirmed.contains(this.probes)) {
			try {
				attempt.update(again);
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
	private final class Attempt implements SubscriberDriver.Listener, Runnable {

		private final SubscriberDriver driver = SubscriberDriver.of(Subscriber.this.protocol, Subscriber.this.factory,
				this);

		private final Set<Topic> confirmed = ConcurrentHashMap.newKeySet();

		/** What was wanted at first and is not confirmed yet. */
		private final Set<Topic> awaited = ConcurrentHashMap.newKeySet();

		/** The updating thread only. */
		private final Set<Topic> asked = new HashSet<>();

		/** What to ask for again, one after the other. The updating thread only. */
		private Iterator<Topic> repeated = Collections.emptyIterator();

		/** What Redis has ended, and what it has refused for now. */
		private final Set<Topic> ended = ConcurrentHashMap.newKeySet();

		private final Set<Topic> refused = ConcurrentHashMap.newKeySet();

		private volatile boolean begun;

		private volatile boolean reconnected;

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
					this.driver.begin(connection, Subscriber.this.probes);
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

		boolean isSettled() {
			return this.begun && this.awaited.isEmpty();
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
				this.driver.end();
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

		/**
		 * Ask for what is wanted and not asked for yet, and the other way round.
		 * @param again whether to ask again for what may be lost
		 */
		void update(boolean again) {
			if (this.dropped) {
				return;
			}
			if (this.reconnected) {
				this.reconnected = false;
				this.asked.clear();
				Subscriber.this.changed.addAll(Subscriber.this.routes.keySet());
			}
			askAgain(this.ended);
			if (again) {
				askAgain(this.refused);
			}
			boolean first = !this.begun;
			if (first) {
				this.awaited.addAll(Subscriber.this.routes.keySet());
				Subscriber.this.changed.addAll(this.awaited);
				this.begun = true;
			}
			List<Topic> added = new ArrayList<>();
			List<Topic> removed = new ArrayList<>();
			boolean fewer = collect(added, removed);
			if (again && this.driver.forgets()) {
				repeat(added);
			}
			this.driver.update(added, removed);
			if (first || fewer) {
				settle();
			}
		}

		private void askAgain(Set<Topic> topics) {
			for (Iterator<Topic> remaining = topics.iterator(); remaining.hasNext();) {
				Topic topic = remaining.next();
				remaining.remove();
				this.asked.remove(topic);
				this.confirmed.remove(topic);
				Subscriber.this.changed.add(topic);
			}
		}

		/**
		 * Find what is wanted and not asked for, and the other way round.
		 * @param added takes what is to be asked for
		 * @param removed takes what is wanted no longer
		 * @return whether there is less to wait for
		 */
		private boolean collect(List<Topic> added, List<Topic> removed) {
			boolean fewer = false;
			int room = this.driver.room();
			for (Iterator<Topic> topics = Subscriber.this.changed.iterator(); topics.hasNext();) {
				Topic topic = topics.next();
				boolean wanted = Subscriber.this.routes.containsKey(topic);
				boolean asked = this.asked.contains(topic);
				if (wanted != asked && added.size() + removed.size() >= room) {
					continue;
				}
				topics.remove();
				// May have changed before it was removed
				wanted = Subscriber.this.routes.containsKey(topic);
				if (wanted && this.asked.add(topic)) {
					added.add(topic);
				}
				else if (wanted && this.confirmed.contains(topic)) {
					// Not earlier: another route may have ended it just now
					confirmRoute(topic);
				}
				else if (!wanted) {
					fewer |= this.awaited.remove(topic);
					if (this.asked.remove(topic)) {
						this.confirmed.remove(topic);
						removed.add(topic);
					}
				}
			}
			return fewer;
		}

		private void repeat(List<Topic> added) {
			if (!this.repeated.hasNext()) {
				this.repeated = List.copyOf(this.asked).iterator();
			}
			int count = Math.min(MAX_REPEATED, Math.max(MIN_REPEATED, this.asked.size() / REPETITION));
			while (count > 0 && this.repeated.hasNext()) {
				Topic topic = this.repeated.next();
				if (this.asked.contains(topic)) {
					added.add(topic);
					count--;
				}
			}
			// Not earlier: what another route has just ended may be among them
			Subscriber.this.routes.values().forEach((route) -> route.confirm(this.confirmed));
		}

		private void confirmRoute(Topic topic) {
			Route route = Subscriber.this.routes.get(topic);
			if (route != null) {
				route.confirm(Set.of(topic));
			}
		}

		private void settle() {
			if (isSettled()) {
				Subscriber.this.listener.onSettled();
			}
		}

		@Override
		public void onMessage(Topic topic, byte[] name, byte[] message) {
			this.heard = true;
			if (topic.equals(Subscriber.this.probes)) {
				Subscriber.this.listener.onProbe(message);
				return;
			}
			Route route = Subscriber.this.routes.get(topic);
			if (route == null) {
				return;
			}
			String channel = topic.pattern() ? new String(name, StandardCharsets.UTF_8) : topic.name();
			synchronized (Subscriber.this.delivery) {
				if (this.dropped) {
					return;
				}
				try {
					route.listener().onMessage(channel, message);
				}
				catch (RuntimeException ex) {
					logger.debug("A message on channel {} is dropped", channel, ex);
				}
			}
		}

		@Override
		public void onConfirmed(Topic topic) {
			this.confirmed.add(topic);
			if (topic.equals(Subscriber.this.probes)) {
				Subscriber.this.updates.execute(() -> Subscriber.this.update(false));
			}
			confirmRoute(topic);
			if (this.awaited.remove(topic)) {
				settle();
			}
		}

		@Override
		public void onEnded(Topic topic) {
			if (!this.dropped && Subscriber.this.routes.containsKey(topic)) {
				this.ended.add(topic);
				Subscriber.this.updates.execute(() -> Subscriber.this.update(false));
			}
		}

		@Override
		public void onRefused(List<Topic> topics, RuntimeException error) {
			if (this.dropped) {
				return;
			}
			if (topics.contains(Subscriber.this.probes)) {
				fail(error);
				return;
			}
			logger.debug("Redis does not let listen on {} channels", topics.size(), error);
			if (topics.stream().anyMatch(this.awaited::contains)) {
				Subscriber.this.listener.onSubscriberDown(error);
			}
			// Not at once: it may be refused again
			this.refused.addAll(topics);
		}

		@Override
		public void onReconnected() {
			this.reconnected = true;
			Subscriber.this.updates.execute(() -> Subscriber.this.update(false));
		}

		@Override
		public void onRoom() {
			Subscriber.this.updates.execute(() -> Subscriber.this.update(false));
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
