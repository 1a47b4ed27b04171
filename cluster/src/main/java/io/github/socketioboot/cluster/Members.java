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

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * The other members and when they were last heard. Times are readings of one clock in
 * nanoseconds. Thread-safe.
 */
final class Members {

	/**
	 * Most members of the past that are remembered.
	 */
	private static final int MAX_DEPARTED = 1000;

	@GuardedBy("this")
	private final Map<String, Long> heard = new HashMap<>();

	@GuardedBy("this")
	private final Set<String> departed = new LinkedHashSet<>();

	private volatile Set<String> snapshot = Set.of();

	/**
	 * Note that a member lives.
	 * @param member its id
	 * @param now the time
	 * @return whether it is new; one that has left in order never is
	 */
	synchronized boolean hear(String member, long now) {
		if (this.departed.contains(member)) {
			return false;
		}
		if (this.heard.put(member, now) != null) {
			return false;
		}
		this.snapshot = Set.copyOf(this.heard.keySet());
		return true;
	}

	/**
	 * Note that a member has left for ever.
	 * @param member its id
	 * @return whether it was a member
	 */
	synchronized boolean leave(String member) {
		if (this.departed.add(member) && this.departed.size() > MAX_DEPARTED) {
			this.departed.remove(this.departed.iterator().next());
		}
		if (this.heard.remove(member) == null) {
			return false;
		}
		this.snapshot = Set.copyOf(this.heard.keySet());
		return true;
	}

	/**
	 * Remove those that were not heard for too long. They come back when they are heard
	 * again.
	 * @param now the time
	 * @param timeout how long they may be silent
	 * @return ids of those that were removed
	 */
	synchronized Set<String> expire(long now, long timeout) {
		Set<String> expired = new HashSet<>();
		this.heard.forEach((member, last) -> {
			if (now - last > timeout) {
				expired.add(member);
			}
		});
		if (expired.isEmpty()) {
			return Collections.emptySet();
		}
		this.heard.keySet().removeAll(expired);
		this.snapshot = Set.copyOf(this.heard.keySet());
		return expired;
	}

	/**
	 * Take all members for heard now.
	 * @param now the time
	 */
	synchronized void forgive(long now) {
		this.heard.replaceAll((member, last) -> now);
	}

	/**
	 * Return the members.
	 * @return a snapshot of their ids
	 */
	Set<String> ids() {
		return this.snapshot;
	}

}
