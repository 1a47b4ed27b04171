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
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Names of the channels of one namespace. Immutable.
 */
final class ShardedChannels {

	private static final String END = "#";

	private final String members;

	private final SubscriptionMode mode;

	/**
	 * Create the names.
	 * @param key what they begin with, the same at all members of a cluster
	 * @param namespace name of the namespace with the leading slash
	 * @param mode which rooms have a channel
	 */
	ShardedChannels(String key, String namespace, SubscriptionMode mode) {
		this.members = key + END + namespace + END;
		this.mode = mode;
	}

	/**
	 * Return the channel on which all members listen.
	 * @return its name
	 */
	String members() {
		return this.members;
	}

	/**
	 * Return the channel of responses to one member.
	 * @param uid id of the member
	 * @return its name
	 */
	String response(String uid) {
		return this.members + uid + END;
	}

	/**
	 * Return whether a room has a channel.
	 * @param room name of the room, or id of a socket
	 * @return {@code true} if it has
	 */
	boolean hasRoom(String room) {
		return this.mode.hasChannel(room);
	}

	/**
	 * Return the channel of a room that has one.
	 * @param room the room
	 * @return its name
	 */
	String room(String room) {
		return this.members + room + END;
	}

	/**
	 * Return whose channel one is.
	 * @param channel name of the channel
	 * @return a room or the id of a member, or {@code null} if it is the channel of all
	 */
	@Nullable String owner(String channel) {
		int start = this.members.length();
		return (channel.length() > start) ? channel.substring(start, channel.length() - END.length()) : null;
	}

	/**
	 * Return the room over whose channel a message may go: nobody else wants it, and
	 * nobody counts who answers.
	 * @param message the message
	 * @return the room, or {@code null} if it is for all members
	 */
	@Nullable String roomOf(ClusterMessage message) {
		if (!(message instanceof Broadcast broadcast) || broadcast.requestId() != null) {
			return null;
		}
		Set<String> rooms = broadcast.options().rooms();
		if (rooms.size() != 1) {
			return null;
		}
		String room = rooms.iterator().next();
		return hasRoom(room) ? room : null;
	}

}
