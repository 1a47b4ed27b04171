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
import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.engine.adapter.MissingResponsesException;
import org.jspecify.annotations.Nullable;

/**
 * A request that puts the responses of all members together. Thread-safe.
 *
 * @param <T> type of what is collected
 */
abstract class CollectingRequest<T extends @Nullable Object> extends ClusterRequest {

	private final CompletableFuture<List<T>> result = new CompletableFuture<>();

	@GuardedBy("this")
	private final List<T> responses;

	CollectingRequest(Collection<? extends T> own) {
		this.responses = new ArrayList<>(own);
	}

	/**
	 * Create a request.
	 * @param <T> type of what is collected
	 * @param audience the members it is for
	 * @param own what this member has itself
	 * @return the request
	 */
	static <T extends @Nullable Object> CollectingRequest<T> of(Audience audience, Collection<? extends T> own) {
		return (audience instanceof Audience.Named named) ? new NamedCollectingRequest<>(named.members(), own)
				: new CountedCollectingRequest<>(own);
	}

	final CompletableFuture<List<T>> result() {
		return this.result;
	}

	/**
	 * Take a response.
	 * @param member id of the sender
	 * @param values what it bears
	 * @param last whether the member will send no more
	 * @return whether nothing is waited for any more
	 */
	final boolean add(String member, List<? extends T> values, boolean last) {
		synchronized (this) {
			if (!awaits(member)) {
				return false;
			}
			this.responses.addAll(values);
			if (!last) {
				return false;
			}
			answered(member);
		}
		return check();
	}

	/**
	 * Complete if nothing is waited for.
	 * @return whether that is so
	 */
	final boolean check() {
		List<T> responses;
		MissingResponsesException missing;
		synchronized (this) {
			if (isAwaiting()) {
				return false;
			}
			responses = Collections.unmodifiableList(this.responses);
			missing = lost(this.responses);
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
	final void fail(String reason) {
		MissingResponsesException missing;
		synchronized (this) {
			missing = missing(reason, this.responses);
		}
		this.result.completeExceptionally(missing);
	}

	@Override
	final boolean isComplete() {
		return !this.result.isCompletedExceptionally();
	}

	/**
	 * Return whether a response may come.
	 * @param member from whom
	 * @return {@code true} if it is waited for
	 */
	@GuardedBy("this")
	abstract boolean awaits(String member);

	/**
	 * Note that a member will send no more.
	 * @param member a member that is waited for
	 */
	@GuardedBy("this")
	abstract void answered(String member);

	/**
	 * Return whether any member is waited for.
	 * @return {@code false} if this request has ended
	 */
	@GuardedBy("this")
	abstract boolean isAwaiting();

	/**
	 * Describe who is waited for no longer, but has not answered.
	 * @param responses what has come
	 * @return the failure, or {@code null} if there is nobody
	 */
	@GuardedBy("this")
	abstract @Nullable MissingResponsesException lost(List<T> responses);

	/**
	 * Describe who has not answered.
	 * @param reason why nobody is waited for any more
	 * @param responses what has come
	 * @return the failure
	 */
	@GuardedBy("this")
	abstract MissingResponsesException missing(String reason, List<T> responses);

}
