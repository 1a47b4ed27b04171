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

package io.github.socketioboot.engine.adapter;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The rooms of one socket, without its own, and whether the socket is a member of the
 * namespace yet. Its monitor is what orders joining, leaving, coming and going of the
 * socket: taken before that of any room. Small: a socket in one room keeps its name only.
 * Thread-safe.
 */
final class RoomNames {

	private static final Object NONE = new Object();

	private Stage stage = Stage.NOTED;

	/**
	 * {@link #NONE}, one {@code String}, or a {@code Set<String>} of several.
	 */
	private Object names = NONE;

	Stage stage() {
		return this.stage;
	}

	void stage(Stage stage) {
		this.stage = stage;
	}

	boolean add(String name) {
		if (this.names == NONE) {
			this.names = name;
			return true;
		}
		if (this.names instanceof String single) {
			if (single.equals(name)) {
				return false;
			}
			Set<String> several = new HashSet<>(4);
			several.add(single);
			several.add(name);
			this.names = several;
			return true;
		}
		return several().add(name);
	}

	boolean remove(String name) {
		if (this.names == NONE) {
			return false;
		}
		if (this.names instanceof String single) {
			if (!single.equals(name)) {
				return false;
			}
			this.names = NONE;
			return true;
		}
		return several().remove(name);
	}

	int size() {
		if (this.names == NONE) {
			return 0;
		}
		return (this.names instanceof String) ? 1 : several().size();
	}

	/**
	 * Return how many rooms it would be with these.
	 * @param names names of rooms, known or not
	 * @return the number
	 */
	int countWith(Collection<String> names) {
		Set<String> all = new HashSet<>(snapshot());
		all.addAll(names);
		return all.size();
	}

	synchronized Set<String> snapshot() {
		if (this.names == NONE) {
			return Set.of();
		}
		return (this.names instanceof String single) ? Set.of(single) : Set.copyOf(several());
	}

	synchronized void clear() {
		this.names = NONE;
	}

	@SuppressWarnings("unchecked")
	private Set<String> several() {
		return (Set<String>) this.names;
	}

	/**
	 * Where a socket stands.
	 */
	enum Stage {

		/**
		 * Not connected yet: rooms are noted only.
		 */
		NOTED,

		/**
		 * Connected and in its rooms.
		 */
		MEMBER,

		/**
		 * Gone: rooms are remembered only.
		 */
		REMOVED

	}

}
