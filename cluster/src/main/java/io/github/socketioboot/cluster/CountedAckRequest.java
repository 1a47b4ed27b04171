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

import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.engine.adapter.BroadcastAnswers;
import org.jspecify.annotations.Nullable;

/**
 * A broadcast that is acknowledged by receivers at members of which only the number is
 * known: done when that many have told their number of receivers, and as many
 * acknowledgements as these have come. Thread-safe.
 */
final class CountedAckRequest extends AckRequest {

	/**
	 * Stands for the members that are lost.
	 */
	static final String OTHERS = "other nodes";

	private static final int UNKNOWN = -1;

	private final BroadcastAnswers answers;

	private final CompletableFuture<Integer> servers = new CompletableFuture<>();

	@GuardedBy("this")
	private int others = UNKNOWN;

	@GuardedBy("this")
	private int heard;

	@GuardedBy("this")
	private long clients;

	@GuardedBy("this")
	private long acks;

	@GuardedBy("this")
	private boolean lost;

	CountedAckRequest(BroadcastAnswers answers) {
		this.answers = answers;
	}

	@Override
	CompletableFuture<Integer> servers() {
		return this.servers;
	}

	@Override
	boolean onClientCount(String member, int clients) {
		synchronized (this) {
			if (this.lost) {
				return false;
			}
			this.heard++;
			this.clients += clients;
		}
		this.answers.onClientCount(clients);
		return isDone();
	}

	@Override
	boolean onAck(String member, @Nullable Object value) {
		synchronized (this) {
			if (this.lost) {
				return false;
			}
			this.acks++;
		}
		this.answers.onAnswer(value);
		return isDone();
	}

	@Override
	boolean onLeave(String member, boolean dead) {
		return false;
	}

	@Override
	boolean onOthers(int others) {
		synchronized (this) {
			if (!this.lost) {
				this.others = Math.max(0, others);
			}
		}
		this.servers.complete(Math.max(0, others) + 1);
		return isDone();
	}

	@Override
	void onUnreachable() {
		int heard;
		long outstanding;
		synchronized (this) {
			if (this.lost) {
				return;
			}
			this.lost = true;
			heard = this.heard;
			outstanding = Math.max(0, this.clients - this.acks);
		}
		this.answers.onLost(OTHERS, (int) Math.min(Integer.MAX_VALUE, outstanding));
		this.servers.complete(heard + 1);
	}

	@Override
	synchronized void fail(String reason) {
		this.lost |= !isDone();
	}

	@Override
	synchronized boolean isComplete() {
		return !this.lost;
	}

	private synchronized boolean isDone() {
		return this.others != UNKNOWN && this.heard >= this.others && this.acks >= this.clients;
	}

}
