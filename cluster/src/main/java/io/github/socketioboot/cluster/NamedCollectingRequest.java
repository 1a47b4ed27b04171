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

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.engine.adapter.MissingResponsesException;
import org.jspecify.annotations.Nullable;

/**
 * A request to members known by name. One that dies makes it fail as soon as no other is
 * waited for. Thread-safe.
 *
 * @param <T> type of what is collected
 */
final class NamedCollectingRequest<T extends @Nullable Object> extends CollectingRequest<T> {

	@GuardedBy("this")
	private final Set<String> awaited;

	@GuardedBy("this")
	private final Set<String> dead = new TreeSet<>();

	NamedCollectingRequest(Set<String> awaited, Collection<? extends T> own) {
		super(own);
		this.awaited = new TreeSet<>(awaited);
	}

	@Override
	boolean onLeave(String member, boolean dead) {
		synchronized (this) {
			if (!this.awaited.remove(member)) {
				return false;
			}
			if (dead) {
				this.dead.add(member);
			}
		}
		return check();
	}

	@Override
	boolean onOthers(int others) {
		return check();
	}

	@Override
	void onUnreachable() {
		synchronized (this) {
			this.dead.addAll(this.awaited);
			this.awaited.clear();
		}
		check();
	}

	@Override
	@GuardedBy("this")
	boolean awaits(String member) {
		return this.awaited.contains(member);
	}

	@Override
	@GuardedBy("this")
	void answered(String member) {
		this.awaited.remove(member);
	}

	@Override
	@GuardedBy("this")
	boolean isAwaiting() {
		return !this.awaited.isEmpty();
	}

	@Override
	@GuardedBy("this")
	@Nullable MissingResponsesException lost(List<T> responses) {
		return this.dead.isEmpty() ? null : new MissingResponsesException(
				"no response from " + String.join(", ", this.dead), this.dead, responses);
	}

	@Override
	@GuardedBy("this")
	MissingResponsesException missing(String reason, List<T> responses) {
		Set<String> nodes = new TreeSet<>(this.awaited);
		nodes.addAll(this.dead);
		return new MissingResponsesException(reason, nodes, responses);
	}

}
