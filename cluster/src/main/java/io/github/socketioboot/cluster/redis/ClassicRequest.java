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

import io.github.socketioboot.cluster.message.ClusterMessage;

/**
 * What other members or emitters ask for on the channel of requests. Immutable, but for
 * the reference count of a {@link ClusterMessage.Broadcast}'s packet.
 */
sealed interface ClassicRequest {

	/**
	 * Return who asks.
	 * @return id of the member, or empty if it is not told
	 */
	String uid();

	/**
	 * What members of any cluster ask for.
	 *
	 * @param uid id of the member, or empty
	 * @param message the request; the receiver releases a packet in it
	 */
	record Known(String uid, ClusterMessage message) implements ClassicRequest {

	}

	/**
	 * The ids of sockets are asked for, as old members do.
	 *
	 * @param uid id of the member, or empty
	 * @param requestId id of the request
	 * @param rooms union of rooms, empty for all sockets
	 */
	record Sockets(String uid, String requestId, Set<String> rooms) implements ClassicRequest {

		/**
		 * Create a request.
		 */
		public Sockets {
			rooms = Set.copyOf(rooms);
		}

	}

	/**
	 * The names of all rooms are asked for.
	 *
	 * @param uid id of the member, or empty
	 * @param requestId id of the request
	 */
	record AllRooms(String uid, String requestId) implements ClassicRequest {

	}

	/**
	 * Something shall be done to one socket, as old members ask for. Answered by the
	 * member that has the socket, by no other one.
	 */
	sealed interface OfOneSocket extends ClassicRequest {

		/**
		 * Return the id of the request.
		 * @return the id
		 */
		String requestId();

		/**
		 * Return the socket.
		 * @return its public id
		 */
		String sid();

	}

	/**
	 * A socket shall join a room.
	 *
	 * @param uid id of the member, or empty
	 * @param requestId id of the request
	 * @param sid public id of the socket
	 * @param room the room
	 */
	record JoinOne(String uid, String requestId, String sid, String room) implements OfOneSocket {

	}

	/**
	 * A socket shall leave a room.
	 *
	 * @param uid id of the member, or empty
	 * @param requestId id of the request
	 * @param sid public id of the socket
	 * @param room the room
	 */
	record LeaveOne(String uid, String requestId, String sid, String room) implements OfOneSocket {

	}

	/**
	 * A socket shall be disconnected.
	 *
	 * @param uid id of the member, or empty
	 * @param requestId id of the request
	 * @param sid public id of the socket
	 * @param close whether to close its session too
	 */
	record DisconnectOne(String uid, String requestId, String sid, boolean close) implements OfOneSocket {

	}

}
