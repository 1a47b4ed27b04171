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

import java.util.concurrent.CompletionStage;

import io.github.socketioboot.cluster.ClusterUnreachableException;

/**
 * The way of one namespace to the other members of the cluster. Thread-safe. No method
 * blocks, but for a thread that sends faster than the workers of this host take: it may
 * wait for some seconds.
 */
interface ClassicLink {

	/**
	 * Be a member from now on. Called once.
	 * @param receiver takes what comes
	 */
	void open(Receiver receiver);

	/**
	 * Send to all other members.
	 * @param message the message
	 * @throws ClusterUnreachableException if it does not reach all of them; some may get
	 * it
	 */
	void publish(ClassicMessage message);

	/**
	 * Send a response to who has asked.
	 * @param local whether that is another worker of this host
	 * @param response the response
	 * @throws ClusterUnreachableException if it cannot be sent
	 */
	void respond(boolean local, ClassicMessage response);

	/**
	 * Tell when this member is counted and gets messages.
	 * @return completes when it does for the first time; never exceptionally
	 */
	CompletionStage<Void> confirmed();

	/**
	 * Ask how many members there are, this one included.
	 * @return the number, or a {@link ClusterUnreachableException}
	 */
	CompletionStage<Integer> members();

	/**
	 * Return whether members of other hosts are reached.
	 * @return {@code true} if they are, as far as is known
	 */
	boolean isUp();

	/**
	 * Hand over to other workers what they need this one for. Messages come as before.
	 * @return completes when that is done, after some seconds at the latest; never
	 * exceptionally
	 */
	CompletionStage<Void> leave();

	/**
	 * Be a member no longer. What has come before may still be delivered for a moment.
	 */
	void close();

	/**
	 * Takes what comes, in order, one call at a time.
	 */
	interface Receiver {

		/**
		 * Take a message.
		 * @param channel the channel
		 * @param message the message
		 * @param local whether it is of another worker of this host
		 */
		void receive(String channel, byte[] message, boolean local);

		/**
		 * Return whether a worker of this host has sent a message.
		 * @param message a broadcast or a request
		 * @return {@code true} if so; it is not for {@link #receive} then, unless it has
		 * come from that worker directly
		 */
		boolean isOwn(byte[] message);

	}

}
