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

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Rooms that sockets of other members were told to join a moment ago. Until these members
 * listen on the channel of such a room, a message reaches them over that of all members
 * only. Bounded. Thread-safe.
 */
final class RecentJoins {

	/**
	 * How long a member may take from the message to the room's channel.
	 */
	static final Duration TIME = Duration.ofSeconds(2);

	/**
	 * Most rooms.
	 */
	static final int MAX_ROOMS = 10_000;

	private final Map<String, Long> rooms = new ConcurrentHashMap<>();

	private final LongSupplier clock;

	/**
	 * Create an object without rooms.
	 * @param clock the time in nanoseconds
	 */
	RecentJoins(LongSupplier clock) {
		this.clock = clock;
	}

	/**
	 * Note that sockets are told to join.
	 * @param rooms the rooms
	 */
	void add(Collection<String> rooms) {
		long now = this.clock.getAsLong();
		if (this.rooms.size() + rooms.size() > MAX_ROOMS) {
			this.rooms.values().removeIf((time) -> isOver(time, now));
		}
		for (String room : rooms) {
			if (this.rooms.size() < MAX_ROOMS) {
				this.rooms.put(room, now);
			}
		}
	}

	/**
	 * Return whether sockets were told to join a moment ago.
	 * @param room the room
	 * @return {@code true} if so
	 */
	boolean contains(String room) {
		Long time = this.rooms.get(room);
		if (time == null) {
			return false;
		}
		if (isOver(time, this.clock.getAsLong())) {
			this.rooms.remove(room, time);
			return false;
		}
		return true;
	}

	private static boolean isOver(long time, long now) {
		return now - time > TIME.toNanos();
	}

}
