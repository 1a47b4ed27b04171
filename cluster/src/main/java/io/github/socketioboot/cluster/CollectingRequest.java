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

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.engine.adapter.MissingResponsesException;
import org.jspecify.annotations.Nullable;

/**
 * A request that puts the responses of all members together. A member that dies makes it
 * fail as soon as no other one is waited for. Thread-safe.
 *
 * @param <T> type of what is collected
 */
final class CollectingRequest<T extends @Nullable Object> extends ClusterRequest {

	private final CompletableFuture<List<T>> result = new CompletableFuture<>();

	@GuardedBy("this")
	private final Set<String> awaited;

	@GuardedBy("this")
	private final Set<String> dead = new TreeSet<>();

	@GuardedBy("this")
	private final List<T> responses;

	CollectingRequest(Set<String> awaited, Collection<? extends T> own) {
		this.awaited = new TreeSet<>(awaited);
		this.responses = new ArrayList<>(own);
	}

	CompletableFuture<List<T>> result() {
		return this.result;
	}

	/**
	 * Take a response.
	 * @param member id of the sender
	 * @param values what it bears
	 * @param last whether the member will send no more
	 * @return whether nothing is waited for any more
	 */
	boolean add(String member, List<? extends T> values, boolean last) {
		synchronized (this) {
			if (!this.awaited.contains(member)) {
				return false;
			}
			this.responses.addAll(values);
			if (!last) {
				return false;
			}
			this.awaited.remove(member);
		}
		return check();
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

	/**
	 * Complete if nothing is waited for.
	 * @return whether that is so
	 */
	boolean check() {
		List<T> responses;
		MissingResponsesException missing;
		synchronized (this) {
			if (!this.awaited.isEmpty()) {
				return false;
			}
			responses = Collections.unmodifiableList(this.responses);
			missing = this.dead.isEmpty() ? null : new MissingResponsesException(
					"no response from " + String.join(", ", this.dead), this.dead, this.responses);
		}
		if (missing != null) {
			this.result.completeExceptionally(missing);
		}
		else {
			this.result.complete(responses);
		}
		return true;
	}

	@Override
	void fail(String reason) {
		MissingResponsesException missing;
		synchronized (this) {
			Set<String> nodes = new TreeSet<>(this.awaited);
			nodes.addAll(this.dead);
			missing = new MissingResponsesException(reason, nodes, this.responses);
		}
		this.result.completeExceptionally(missing);
	}

	@Override
	boolean isComplete() {
		return !this.result.isCompletedExceptionally();
	}

}
