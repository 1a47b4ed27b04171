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

/**
 * Which rooms have a channel of their own, with {@link RedisProtocol#SHARDED}. The names
 * are those of the reference server.
 *
 * @since 0.1.0
 */
public enum SubscriptionMode {

	/**
	 * None: every server gets every message.
	 */
	STATIC {

		@Override
		boolean hasChannel(String room) {
			return false;
		}

	},

	/**
	 * All but those that look like the room of a single socket of Node.js.
	 */
	DYNAMIC {

		@Override
		boolean hasChannel(String room) {
			return room.length() != NODE_SOCKET_ID_LENGTH;
		}

	},

	/**
	 * All.
	 */
	DYNAMIC_PRIVATE {

		@Override
		boolean hasChannel(String room) {
			return true;
		}

	};

	private static final int NODE_SOCKET_ID_LENGTH = 20;

	/**
	 * Return whether broadcasts to a room alone go over the room's channel. All members
	 * have to agree.
	 * @param room name of the room, or id of a socket
	 * @return {@code true} if so
	 */
	abstract boolean hasChannel(String room);

}
