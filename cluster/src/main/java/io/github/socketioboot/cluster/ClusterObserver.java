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

import io.github.socketioboot.cluster.message.ClusterMessageType;
import io.github.socketioboot.cluster.message.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Learns of events that go from one member to another, to carry a trace along:
 * broadcasts, and what {@code serverSideEmit} sends. Called by the threads that emit and
 * by those that read: thread-safe, quick, and throws nothing.
 *
 * @since 0.1.0
 */
public interface ClusterObserver {

	/**
	 * An event is about to be sent to the other members by the calling thread.
	 * @param namespace name of the namespace
	 * @param type kind of the message
	 * @return is told how that ends, or {@code null} if it is part of no trace
	 */
	@Nullable Hop onPublish(String namespace, ClusterMessageType type);

	/**
	 * An event of another member is about to be delivered by the calling thread. Called
	 * only for those that bring a trace along.
	 * @param namespace name of the namespace
	 * @param type kind of the message
	 * @param trace the trace
	 * @return is told how that ends, or {@code null} if the trace is not continued
	 */
	@Nullable Hop onProcess(String namespace, ClusterMessageType type, TraceParent trace);

	/**
	 * An event on its way, at one of the two members. For the thread that was given it.
	 */
	interface Hop {

		/**
		 * Return the trace to send along.
		 * @return the trace, or {@code null} for none
		 */
		default @Nullable TraceParent trace() {
			return null;
		}

		/**
		 * It cannot be sent or delivered.
		 * @param error why
		 */
		void error(Throwable error);

		/**
		 * It is sent or delivered. Called once, last.
		 */
		void close();

	}

}
