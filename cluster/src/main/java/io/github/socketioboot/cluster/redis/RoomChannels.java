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

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.socketioboot.cluster.redis.RedisBus.Listener;
import io.github.socketioboot.cluster.redis.RedisBus.Subscription;

/**
 * The channels of the rooms that this member has sockets in. Thread-safe; no method
 * blocks.
 */
final class RoomChannels {

	private final RedisBus bus;

	private final ShardedChannels channels;

	private final Listener listener;

	private final Map<String, Entry> entries = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * Create an object without rooms.
	 * @param bus channels of Redis
	 * @param channels tells which rooms have one
	 * @param listener takes what comes over them
	 */
	RoomChannels(RedisBus bus, ShardedChannels channels, Listener listener) {
		this.bus = bus;
		this.channels = channels;
		this.listener = listener;
	}

	/**
	 * Listen for a room, once more if that is done already.
	 * @param room the room
	 */
	void add(String room) {
		if (this.channels.hasRoom(room)) {
			this.entries.compute(room, (name, entry) -> {
				if (entry != null) {
					return new Entry(entry.uses() + 1, entry.subscription());
				}
				return this.closed ? null
						: new Entry(1, this.bus.subscribe(Set.of(this.channels.room(room)), Set.of(), this.listener));
			});
		}
	}

	/**
	 * Listen for a room once less.
	 * @param room the room
	 */
	void remove(String room) {
		this.entries.computeIfPresent(room, (name, entry) -> {
			if (entry.uses() > 1) {
				return new Entry(entry.uses() - 1, entry.subscription());
			}
			entry.subscription().close();
			return null;
		});
	}

	/**
	 * Listen for no room any more.
	 */
	void close() {
		this.closed = true;
		this.entries.keySet().forEach((room) -> this.entries.computeIfPresent(room, (name, entry) -> {
			entry.subscription().close();
			return null;
		}));
	}

	/**
	 * A room.
	 *
	 * @param uses how often it is listened for
	 * @param subscription ends that
	 */
	private record Entry(int uses, Subscription subscription) {

	}

}
