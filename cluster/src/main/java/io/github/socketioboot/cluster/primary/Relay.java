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

package io.github.socketioboot.cluster.primary;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.LinkFrame.Join;
import io.github.socketioboot.cluster.link.LinkFrame.Leave;
import io.github.socketioboot.cluster.link.LinkFrame.Message;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/**
 * Passes messages between the members of the cluster, unread. Those of one member keep
 * their order. While a member does not take what it is sent, members that send are not
 * read; a member that takes nothing for long has failed. Event loop only.
 */
final class Relay {

	/**
	 * How long a member may take nothing.
	 */
	static final long MAX_BLOCKED_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final long LOOK_MILLIS = 5;

	private final EventLoop loop;

	private final Failures failures;

	private final Map<Integer, WorkerLink> members = new LinkedHashMap<>();

	private final Set<WorkerLink> paused = new HashSet<>();

	private final Map<WorkerLink, Long> blockedSince = new HashMap<>();

	private boolean scheduled;

	/**
	 * Create a relay without members.
	 * @param loop the loop of the links
	 * @param failures told of members that take nothing
	 */
	Relay(EventLoop loop, Failures failures) {
		this.loop = loop;
		this.failures = failures;
	}

	/**
	 * Add a member: it learns of all others, and they of it.
	 * @param member the member
	 */
	void join(WorkerLink member) {
		if (this.members.putIfAbsent(member.number(), member) != null) {
			return;
		}
		for (WorkerLink other : this.members.values()) {
			if (other != member) {
				member.link().send(new Join(other.number()));
				other.link().send(new Join(member.number()));
			}
		}
	}

	/**
	 * Remove a member.
	 * @param member the member, or one that is none
	 */
	void leave(WorkerLink member) {
		resume(member);
		this.blockedSince.remove(member);
		if (this.members.remove(member.number(), member)) {
			this.members.values().forEach((other) -> other.link().send(new Leave(member.number())));
			look();
		}
	}

	/**
	 * Pass a message on.
	 * @param sender who has sent it
	 * @param message the message; ownership of its buffer passes
	 */
	void relay(WorkerLink sender, Message message) {
		ByteBuf payload = message.payload();
		try {
			if (this.members.get(sender.number()) != sender) {
				return;
			}
			if (message.worker() == 0) {
				for (WorkerLink member : this.members.values()) {
					if (member != sender) {
						pass(sender, member, payload);
					}
				}
			}
			else {
				WorkerLink member = this.members.get(message.worker());
				if (member != null && member != sender) {
					pass(sender, member, payload);
				}
			}
		}
		finally {
			payload.release();
		}
	}

	private void pass(WorkerLink sender, WorkerLink member, ByteBuf payload) {
		Link link = member.link();
		LinkFrame frame = new Message(sender.number(), payload.retainedDuplicate());
		if (link.send(frame) && !link.isWritable()) {
			this.blockedSince.putIfAbsent(member, System.nanoTime());
			if (this.paused.add(sender)) {
				sender.link().setReading(false);
			}
			schedule();
		}
	}

	/**
	 * Return how many members there are.
	 * @return the number
	 */
	int size() {
		return this.members.size();
	}

	/**
	 * Return whether a member is not read at present.
	 * @param member the member
	 * @return {@code true} if so
	 */
	boolean isPaused(WorkerLink member) {
		return this.paused.contains(member);
	}

	/**
	 * See whether members take messages again.
	 */
	void look() {
		long now = System.nanoTime();
		this.blockedSince.keySet().removeIf((member) -> member.link().isWritable());
		for (Map.Entry<WorkerLink, Long> blocked : Map.copyOf(this.blockedSince).entrySet()) {
			if (now - blocked.getValue() > MAX_BLOCKED_NANOS) {
				this.blockedSince.remove(blocked.getKey());
				this.failures.failed(blocked.getKey().number(), "does not take its messages");
				blocked.getKey().link().close();
			}
		}
		if (this.blockedSince.isEmpty()) {
			Set.copyOf(this.paused).forEach(this::resume);
		}
		else {
			schedule();
		}
	}

	private void schedule() {
		// Not only when a link says that it takes more: it may do so before it is asked
		if (!this.scheduled) {
			this.scheduled = true;
			this.loop.schedule(() -> {
				this.scheduled = false;
				look();
			}, LOOK_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void resume(WorkerLink member) {
		if (this.paused.remove(member)) {
			member.resumed();
			member.link().setReading(true);
		}
	}

	/**
	 * Told of workers that do not do their work.
	 */
	@FunctionalInterface
	interface Failures {

		/**
		 * Note that a worker has failed.
		 * @param number number of the worker
		 * @param reason what is wrong
		 */
		void failed(int number, String reason);

	}

}
