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

import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * A request of this node that waits for other members. Thread-safe.
 */
abstract class ClusterRequest {

	private final long started = System.nanoTime();

	private volatile @Nullable Future<?> timeout;

	/**
	 * Note that a member is gone.
	 * @param member its id
	 * @param dead whether it went without a word
	 * @return whether nothing is waited for any more
	 */
	abstract boolean onLeave(String member, boolean dead);

	/**
	 * Note how many members are asked, if only that is known of them.
	 * @param others their number
	 * @return whether nothing is waited for any more
	 */
	abstract boolean onOthers(int others);

	/**
	 * Note that no member can be reached.
	 */
	abstract void onUnreachable();

	/**
	 * End because the time is over, or for another reason.
	 * @param reason the reason
	 */
	abstract void fail(String reason);

	/**
	 * Return whether all that was asked for has come.
	 * @return {@code true} if nothing is missing
	 */
	abstract boolean isComplete();

	long nanos() {
		return System.nanoTime() - this.started;
	}

	void timeout(Future<?> timeout) {
		this.timeout = timeout;
	}

	void cancelTimeout() {
		Future<?> timeout = this.timeout;
		if (timeout != null) {
			timeout.cancel(false);
		}
	}

}
