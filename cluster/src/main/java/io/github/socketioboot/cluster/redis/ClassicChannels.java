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

import org.jspecify.annotations.Nullable;

/**
 * Names of the channels of one namespace. Immutable.
 */
final class ClassicChannels {

	/**
	 * What every namespace's names begin with, unless it is configured.
	 */
	static final String DEFAULT_KEY = "socket.io";

	private static final String END = "#";

	private static final String GLOB_CHARACTERS = "*?[]\\";

	private final String namespace;

	private final String broadcast;

	private final String pattern;

	private final String request;

	private final String response;

	/**
	 * Create the names.
	 * @param key what they begin with, the same at all members of a cluster
	 * @param namespace name of the namespace with the leading slash
	 */
	ClassicChannels(String key, String namespace) {
		this.namespace = namespace;
		this.broadcast = key + END + namespace + END;
		this.pattern = escape(this.broadcast) + "*";
		this.request = key + "-request#" + namespace + END;
		this.response = key + "-response#" + namespace + END;
	}

	String namespace() {
		return this.namespace;
	}

	/**
	 * Return the channel of broadcasts to everybody or to several rooms.
	 * @return its name
	 */
	String broadcast() {
		return this.broadcast;
	}

	/**
	 * Return the channel of broadcasts to one room.
	 * @param room the room
	 * @return its name
	 */
	String broadcast(String room) {
		return this.broadcast + room + END;
	}

	/**
	 * Return what matches all channels of broadcasts.
	 * @return a glob pattern
	 */
	String pattern() {
		return this.pattern;
	}

	/**
	 * Return the channel of requests. Its subscribers are the members of the cluster.
	 * @return its name
	 */
	String request() {
		return this.request;
	}

	/**
	 * Return the channel of responses to any member.
	 * @return its name
	 */
	String response() {
		return this.response;
	}

	/**
	 * Return the channel of responses to one member.
	 * @param uid id of the member
	 * @return its name
	 */
	String response(String uid) {
		return this.response + uid + END;
	}

	/**
	 * Return whether responses come over a channel.
	 * @param channel its name
	 * @return {@code true} if so
	 */
	boolean isResponse(String channel) {
		return channel.startsWith(this.response);
	}

	/**
	 * Return which room a broadcast is for, before it is decoded.
	 * @param channel name of the channel over which it has come
	 * @return the room, empty if the broadcast itself tells, or {@code null} if it is of
	 * another namespace
	 */
	@Nullable String room(String channel) {
		if (!channel.startsWith(this.broadcast)) {
			return null;
		}
		int start = this.broadcast.length();
		return (channel.length() > start) ? channel.substring(start, channel.length() - END.length()) : "";
	}

	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (GLOB_CHARACTERS.indexOf(character) >= 0) {
				escaped.append('\\');
			}
			escaped.append(character);
		}
		return escaped.toString();
	}

}
