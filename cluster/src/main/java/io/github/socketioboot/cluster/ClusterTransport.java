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

package io.github.socketioboot.cluster;

import io.netty.buffer.ByteBuf;

/**
 * Carries messages between the members of a cluster, unread. Keeps the order of the
 * messages of one sender. Thread-safe. A thread that sends faster than the others take
 * may wait for some seconds, but never an event loop.
 *
 * @since 0.1.0
 */
public interface ClusterTransport {

	/**
	 * Return the id of this member.
	 * @return an id that no other member has or had, at most 32 characters
	 */
	String memberId();

	/**
	 * Send to all other members.
	 * @param message the message; ownership passes, also in case of failure
	 * @throws ClusterUnreachableException if it cannot be sent now
	 */
	void publish(ByteBuf message);

	/**
	 * Send to one other member. A member that has left gets nothing, silently.
	 * @param memberId its id
	 * @param message the message; ownership passes, also in case of failure
	 * @throws ClusterUnreachableException if it cannot be sent now
	 */
	void send(String memberId, ByteBuf message);

	/**
	 * Begin to deliver messages. Called once.
	 * @param listener takes them
	 */
	void open(Listener listener);

	/**
	 * Cease to deliver messages for a while, or go on, so that senders are slowed down
	 * while this member cannot follow. The latest call counts. Called by any thread.
	 * @param reading whether to deliver
	 */
	default void setReading(boolean reading) {
	}

	/**
	 * End. Called once.
	 */
	void close();

	/**
	 * What the transport calls, one call at a time per sender. Must not block.
	 */
	interface Listener {

		/**
		 * Take a message.
		 * @param memberId id of the sender
		 * @param message the message; stays the caller's, who releases it
		 */
		void onMessage(String memberId, ByteBuf message);

		/**
		 * Note that a member is known to be there.
		 * @param memberId its id
		 */
		void onJoin(String memberId);

		/**
		 * Note that a member is known to be gone: nothing more will come from it.
		 * @param memberId its id
		 */
		void onLeave(String memberId);

	}

}
