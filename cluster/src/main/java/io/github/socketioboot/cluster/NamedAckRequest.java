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

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.engine.adapter.BroadcastAnswers;
import org.jspecify.annotations.Nullable;

/**
 * A broadcast that is acknowledged by receivers at members known by name. Thread-safe.
 */
final class NamedAckRequest extends AckRequest {

	private final int members;

	private final BroadcastAnswers answers;

	@GuardedBy("this")
	private final Map<String, Share> shares = new HashMap<>();

	@GuardedBy("this")
	private boolean lost;

	NamedAckRequest(Set<String> awaited, BroadcastAnswers answers) {
		this.members = awaited.size();
		this.answers = answers;
		awaited.forEach((member) -> this.shares.put(member, new Share()));
	}

	@Override
	CompletableFuture<Integer> servers() {
		return CompletableFuture.completedFuture(this.members + 1);
	}

	@Override
	boolean onClientCount(String member, int clients) {
		synchronized (this) {
			Share share = this.shares.get(member);
			if (share == null || share.counted) {
				return false;
			}
			share.counted = true;
			share.outstanding += clients;
			removeIfDone(member, share);
		}
		this.answers.onClientCount(clients);
		return isDone();
	}

	@Override
	boolean onAck(String member, @Nullable Object value) {
		synchronized (this) {
			Share share = this.shares.get(member);
			if (share == null) {
				return false;
			}
			// Below 0 until the number is known
			share.outstanding--;
			removeIfDone(member, share);
		}
		this.answers.onAnswer(value);
		return isDone();
	}

	@Override
	boolean onLeave(String member, boolean dead) {
		Share share;
		synchronized (this) {
			share = this.shares.remove(member);
			if (share == null) {
				return false;
			}
			this.lost |= dead || share.outstanding > 0;
		}
		// One that has left in order has sent to nobody, if it has not said so
		if (dead || share.outstanding > 0) {
			this.answers.onLost(member, Math.max(0, share.outstanding));
		}
		if (!share.counted) {
			this.answers.onClientCount(Math.max(0, -share.outstanding));
		}
		return isDone();
	}

	@Override
	boolean onOthers(int others) {
		return isDone();
	}

	@Override
	void onUnreachable() {
		Set<String> members;
		synchronized (this) {
			members = Set.copyOf(this.shares.keySet());
		}
		members.forEach((member) -> onLeave(member, true));
	}

	@Override
	void fail(String reason) {
		synchronized (this) {
			this.lost |= !this.shares.isEmpty();
			this.shares.clear();
		}
	}

	@Override
	synchronized boolean isComplete() {
		return !this.lost;
	}

	private synchronized boolean isDone() {
		return this.shares.isEmpty();
	}

	@GuardedBy("this")
	private void removeIfDone(String member, Share share) {
		if (share.counted && share.outstanding <= 0) {
			this.shares.remove(member);
		}
	}

	/**
	 * What one member has told. Guarded by the request.
	 */
	private static final class Share {

		private boolean counted;

		private int outstanding;

	}

}
