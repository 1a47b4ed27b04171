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

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.Subscription;
import org.springframework.data.redis.connection.SubscriptionListener;

/**
 * How one connection listens: on plain channels and patterns, which every client of
 * Spring Data Redis can do. {@link #begin} is called once, first, then {@link #update} by
 * one thread at a time.
 */
class SubscriberDriver {

	private final Listener listener;

	private volatile @Nullable RedisConnection connection;

	SubscriberDriver(Listener listener) {
		this.listener = listener;
	}

	/**
	 * Return the driver for a protocol.
	 * @param protocol the protocol
	 * @param factory makes connections
	 * @param listener is told what comes
	 * @return a driver of one connection
	 */
	static SubscriberDriver of(RedisProtocol protocol, RedisConnectionFactory factory, Listener listener) {
		return (protocol == RedisProtocol.SHARDED) ? new LettuceShardSubscriberDriver(factory, listener)
				: new SubscriberDriver(listener);
	}

	final Listener listener() {
		return this.listener;
	}

	private @Nullable Subscription subscription() {
		RedisConnection connection = this.connection;
		return (connection != null) ? connection.getSubscription() : null;
	}

	/**
	 * Begin to listen on a channel. Some clients return when Redis has confirmed, others
	 * when all is over.
	 * @param connection the connection
	 * @param topic the first channel
	 */
	void begin(RedisConnection connection, Topic topic) {
		begin(connection, topic, new SpringListener());
	}

	/**
	 * Begin to listen on a channel.
	 * @param connection the connection
	 * @param topic the channel
	 * @param listener takes what comes
	 */
	final void begin(RedisConnection connection, Topic topic, MessageListener listener) {
		this.connection = connection;
		connection.subscribe(listener, Topic.names(Set.of(topic), false));
	}

	/**
	 * Ask for channels and patterns, and for others no longer. May wait for Redis.
	 * @param added what to listen on
	 * @param removed what to listen on no longer
	 */
	void update(List<Topic> added, List<Topic> removed) {
		Subscription subscription = Objects.requireNonNull(subscription(), "'subscription' must not be null");
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
	}

	private static boolean has(Collection<Topic> topics, boolean pattern) {
		return topics.stream().anyMatch((topic) -> topic.pattern() == pattern);
	}

	/**
	 * Return how many further channels may be asked for now.
	 * @return the number, 0 if Redis has to answer first
	 */
	int room() {
		return Integer.MAX_VALUE;
	}

	/**
	 * Return whether channels should be asked for again from time to time: some may be
	 * lost without a word.
	 * @return {@code true} if so, and if there is time for it
	 */
	boolean forgets() {
		return false;
	}

	/**
	 * Listen no longer.
	 */
	void end() {
		Subscription subscription = subscription();
		if (subscription != null && subscription.isAlive()) {
			subscription.close();
		}
	}

	/**
	 * Is told what comes, by any thread. Must not block.
	 */
	interface Listener {

		/**
		 * A message has come.
		 * @param topic what was listened on
		 * @param channel name of the channel
		 * @param message the message
		 */
		void onMessage(Topic topic, byte[] channel, byte[] message);

		/**
		 * Redis has confirmed a channel or pattern.
		 * @param topic which
		 */
		void onConfirmed(Topic topic);

		/**
		 * A channel is listened on no longer, and perhaps nobody has asked for that.
		 * @param topic which
		 */
		void onEnded(Topic topic);

		/**
		 * Channels are not listened on, because Redis or the client refuses.
		 * @param topics which
		 * @param error why
		 */
		void onRefused(List<Topic> topics, RuntimeException error);

		/**
		 * Any channel may be listened on no longer.
		 */
		void onReconnected();

		/**
		 * Redis has answered, and more may be asked for.
		 */
		void onRoom();

	}

	/**
	 * Passes on what Spring Data tells.
	 */
	private final class SpringListener implements MessageListener, SubscriptionListener {

		@Override
		public void onMessage(Message message, byte @Nullable [] pattern) {
			byte[] channel = message.getChannel();
			Topic topic = Topic.of((pattern != null) ? pattern : channel, pattern != null);
			SubscriberDriver.this.listener.onMessage(topic, channel, message.getBody());
		}

		@Override
		public void onChannelSubscribed(byte[] channel, long count) {
			SubscriberDriver.this.listener.onConfirmed(Topic.of(channel, false));
		}

		@Override
		public void onPatternSubscribed(byte[] pattern, long count) {
			SubscriberDriver.this.listener.onConfirmed(Topic.of(pattern, true));
		}

	}

}
