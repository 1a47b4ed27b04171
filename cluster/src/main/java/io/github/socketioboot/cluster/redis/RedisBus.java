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

import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.github.socketioboot.cluster.ClusterUnreachableException;

/**
 * Channels of a Redis server. Heals by itself when Redis was away. Thread-safe; no method
 * blocks.
 */
interface RedisBus {

	/**
	 * Begin. Does not fail if Redis is away, but keeps trying. Called once.
	 */
	void open();

	/**
	 * Publish a message. Messages are published in the order of the calls.
	 * @param channel the channel
	 * @param message the message; must not be changed any more
	 * @throws ClusterUnreachableException if Redis is away, or does not take messages as
	 * fast as they come
	 */
	void publish(String channel, byte[] message);

	/**
	 * Listen on channels. A channel or pattern has one listener; the latest call counts.
	 * @param channels names of channels
	 * @param patterns patterns of names, in Redis' glob style
	 * @param listener takes the messages
	 * @return ends it
	 */
	Subscription subscribe(Set<String> channels, Set<String> patterns, Listener listener);

	/**
	 * Ask how many clients listen on a channel, patterns aside. Asked in order with the
	 * messages that are published.
	 * @param channel the channel
	 * @return the number, or a {@link ClusterUnreachableException}; completed by a thread
	 * of the connection, which must not be blocked
	 */
	CompletionStage<Integer> subscribers(String channel);

	/**
	 * Return whether Redis takes messages and gives them back.
	 * @return {@code true} if it does, as far as is known
	 */
	boolean isUp();

	/**
	 * Return whether all subscribers get all messages in the same order.
	 * @return {@code true} if they do, which is known when Redis {@link #isUp() is up}
	 */
	boolean isOrdered();

	/**
	 * End. What is queued is published still, as long as Redis answers. Called once.
	 * @return completes when all connections are closed
	 */
	CompletionStage<Void> close();

	/**
	 * Takes what comes on channels, in order, one call at a time, also those for several
	 * subscriptions. Must not block.
	 */
	@FunctionalInterface
	interface Listener {

		/**
		 * Take a message.
		 * @param channel the channel, also if a pattern has matched
		 * @param message the message
		 */
		void onMessage(String channel, byte[] message);

	}

	/**
	 * Is told how the bus fares. Must not block.
	 */
	interface StateListener {

		/**
		 * Redis takes messages and gives them back. One call at a time with
		 * {@link #onDown}.
		 */
		void onUp();

		/**
		 * Redis is away or does not answer. Called again for a reason that waiting does
		 * not cure.
		 * @param reason why
		 */
		void onDown(String reason);

		/**
		 * Messages were taken that may not have been published. Called by any thread.
		 * @param messages number of messages
		 */
		void onLost(int messages);

	}

	/**
	 * Channels that are listened on. Returns by itself when Redis was away. Thread-safe.
	 */
	interface Subscription {

		/**
		 * Tell when Redis has confirmed all channels and patterns.
		 * @return completes when it has for the first time; never exceptionally
		 */
		CompletionStage<Void> confirmed();

		/**
		 * Listen no longer. What has come before may still be delivered for a moment.
		 */
		void close();

	}

}
