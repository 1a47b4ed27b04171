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

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.engine.adapter.MissingResponsesException;
import org.jspecify.annotations.Nullable;

/**
 * A request to members of which only the number is known: done when that many have
 * answered. Thread-safe.
 *
 * @param <T> type of what is collected
 */
final class CountedCollectingRequest<T extends @Nullable Object> extends CollectingRequest<T> {

	private static final int UNKNOWN = -1;

	@GuardedBy("this")
	private int others = UNKNOWN;

	@GuardedBy("this")
	private int received;

	@GuardedBy("this")
	private boolean unreachable;

	CountedCollectingRequest(Collection<? extends T> own) {
		super(own);
	}

	@Override
	boolean onLeave(String member, boolean dead) {
		return false;
	}

	@Override
	boolean onOthers(int others) {
		synchronized (this) {
			this.others = Math.max(0, others);
		}
		return check();
	}

	@Override
	void onUnreachable() {
		synchronized (this) {
			this.unreachable = true;
		}
		check();
	}

	@Override
	@GuardedBy("this")
	boolean awaits(String member) {
		return isAwaiting();
	}

	@Override
	@GuardedBy("this")
	void answered(String member) {
		this.received++;
	}

	@Override
	@GuardedBy("this")
	boolean isAwaiting() {
		return !this.unreachable && (this.others == UNKNOWN || this.received < this.others);
	}

	@Override
	@GuardedBy("this")
	@Nullable MissingResponsesException lost(List<T> responses) {
		return this.unreachable ? missing("cluster unreachable", responses) : null;
	}

	@Override
	@GuardedBy("this")
	MissingResponsesException missing(String reason, List<T> responses) {
		String expected = (this.others == UNKNOWN) ? "an unknown number" : Integer.toString(this.others);
		return new MissingResponsesException(
				reason + ": only " + this.received + " responses received out of " + expected, responses);
	}

}
