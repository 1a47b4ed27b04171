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

package io.github.socketioboot.autoconfigure.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sessions in the memory of this process, told to the other nodes of a cluster. Those
 * that are too many or too old are forgotten. Never blocks. Thread-safe.
 */
final class MemoryAdminSessions extends AdminSessions {

	static final int MAX_SESSIONS = 1000;

	private final long lifetimeNanos;

	private final LongSupplier nanoTime;

	private final Map<String, Long> begins = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
			return size() > MAX_SESSIONS;
		}

	};

	private volatile Consumer<String> others = (id) -> {
	};

	MemoryAdminSessions(Duration lifetime, LongSupplier nanoTime) {
		this.lifetimeNanos = lifetime.toNanos();
		this.nanoTime = nanoTime;
	}

	/**
	 * Say who else is to know of new sessions.
	 * @param others told the id of each
	 */
	void others(Consumer<String> others) {
		this.others = others;
	}

	/**
	 * Remember a session that has begun on another node.
	 * @param id its id
	 */
	synchronized void add(String id) {
		this.begins.put(id, this.nanoTime.getAsLong());
	}

	@Override
	void save(String id) {
		add(id);
		this.others.accept(id);
	}

	@Override
	synchronized boolean find(String id) {
		Long begin = this.begins.get(id);
		if (begin == null) {
			return false;
		}
		if (this.nanoTime.getAsLong() - begin > this.lifetimeNanos) {
			this.begins.remove(id);
			return false;
		}
		return true;
	}

}
