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

package io.github.socketioboot.cluster.link;

import io.netty.buffer.ByteBuf;

/**
 * What goes over a link. Immutable, but for the buffers of {@link HandOver} and
 * {@link Message}: who receives such a frame owns its buffer, who sends it gives it away.
 *
 * @since 0.1.0
 */
public sealed interface LinkFrame {

	/**
	 * First frame of a worker on each of its two connections.
	 *
	 * @param token what the primary has told the worker in secret
	 * @param number number of the worker
	 * @param descriptors whether this connection is for descriptors and bears no further
	 * frame
	 */
	record Hello(String token, int number, boolean descriptors) implements LinkFrame {

		@Override
		public String toString() {
			return "Hello[number=" + this.number + ", descriptors=" + this.descriptors + "]";
		}

	}

	/**
	 * Answer of the primary to the first frame.
	 *
	 * @param host address that clients connect to
	 * @param port port that clients connect to
	 * @param descriptors whether the primary passes descriptors, so that a second
	 * connection is wanted
	 */
	record Welcome(String host, int port, boolean descriptors) implements LinkFrame {

	}

	/**
	 * From a worker: its second connection awaits descriptors. Links keep this to
	 * themselves.
	 */
	record DescriptorsReady() implements LinkFrame {

	}

	/**
	 * The worker serves.
	 *
	 * @param httpPort port on the loopback address of the application's web server, or 0
	 * @param managementPort the same of the management server if it is another one, or 0
	 * @param socket path of the Unix-domain socket that takes proxied connections
	 */
	record Ready(int httpPort, int managementPort, String socket) implements LinkFrame {

	}

	/**
	 * How many sessions a worker has. Sent soon after a change.
	 *
	 * @param open sessions that are open
	 * @param opened sessions that were ever opened
	 */
	record Sessions(int open, long opened) implements LinkFrame {

	}

	/**
	 * How a worker is doing. Sent about once a second.
	 *
	 * @param report the report
	 */
	record Report(WorkerReport report) implements LinkFrame {

	}

	/**
	 * A connection changes hands, in either direction. Its descriptor comes over the
	 * other connection, before or after.
	 *
	 * @param cookie the socket's {@code SO_COOKIE}
	 * @param bytes what was read of the connection from the start of a request
	 */
	record HandOver(long cookie, ByteBuf bytes) implements LinkFrame {

	}

	/**
	 * A connection has changed hands; the sender's copy may be closed.
	 *
	 * @param cookie the socket's cookie
	 */
	record Accepted(long cookie) implements LinkFrame {

	}

	/**
	 * A connection could not be taken, such as for want of its descriptor.
	 *
	 * @param cookie the socket's cookie
	 */
	record Rejected(long cookie) implements LinkFrame {

	}

	/**
	 * A message between members of the cluster, unread by the primary.
	 *
	 * @param worker from a worker: number of the receiver, or 0 for all other members.
	 * From the primary: number of the sender
	 * @param payload the message
	 */
	record Message(int worker, ByteBuf payload) implements LinkFrame {

	}

	/**
	 * From a worker: it is a member from now on. From the primary: another worker is.
	 *
	 * @param worker number of the worker
	 */
	record Join(int worker) implements LinkFrame {

	}

	/**
	 * From a worker: it is a member no longer. From the primary: another worker is none.
	 *
	 * @param worker number of the worker
	 */
	record Leave(int worker) implements LinkFrame {

	}

	/**
	 * How the host is doing. Sent to every worker after a change, at most a few times a
	 * second.
	 *
	 * @param status the status
	 */
	record Host(HostStatus status) implements LinkFrame {

	}

	/**
	 * The worker shall take no new sessions.
	 *
	 * @param closeSessions whether it shall also close those that it has, because the
	 * whole host drains
	 */
	record Drain(boolean closeSessions) implements LinkFrame {

	}

	/**
	 * The worker shall finish what it has and end.
	 */
	record Stop() implements LinkFrame {

	}

	/**
	 * A worker asks the primary for something.
	 *
	 * @param id number of the request, to find its answer by
	 * @param action what to do
	 * @param argument number that goes with it, or 0
	 */
	record Command(int id, Action action, int argument) implements LinkFrame {

		/**
		 * What a primary can be asked for.
		 */
		public enum Action {

			/**
			 * Replace all workers, one after the other.
			 */
			RELOAD,

			/**
			 * Run another number of workers, the argument.
			 */
			SCALE,

			/**
			 * Replace one worker, whose index is the argument.
			 */
			RESTART,

			/**
			 * Take no sessions on this host and close those there are.
			 */
			DRAIN

		}

	}

	/**
	 * Answer to a command.
	 *
	 * @param id number of the request
	 * @param done whether it is done, or begun
	 * @param value number that goes with the answer, such as that of the reload
	 * @param text what is to be said about it, such as why it is refused
	 */
	record CommandResult(int id, boolean done, int value, String text) implements LinkFrame {

	}

	/**
	 * Asks whether the other side lives, in either direction.
	 *
	 * @param time comes back in the answer
	 */
	record Ping(long time) implements LinkFrame {

	}

	/**
	 * Answer to {@link Ping}.
	 *
	 * @param time what the question bore
	 */
	record Pong(long time) implements LinkFrame {

	}

}
