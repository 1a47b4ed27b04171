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

package io.github.socketioboot.benchmarks.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoop;

/**
 * What the floor keeps per event loop: its sessions, one heartbeat for all of them, and
 * the broadcasts that wait for the loop's next turn. {@link #offer(FloorMessage)} may be
 * called from any thread, all else on the event loop only.
 */
final class FloorLoop {

	private static final int BEATS_PER_INTERVAL = 10;

	private final EventLoop eventLoop;

	private final long pingInterval;

	private final long pingTimeout;

	private final List<FloorSession> sessions = new ArrayList<>();

	private final Queue<FloorMessage> messages = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final List<FloorMessage> turn = new ArrayList<>();

	FloorLoop(EventLoop eventLoop, PeerSettings settings) {
		this.eventLoop = eventLoop;
		this.pingInterval = TimeUnit.MILLISECONDS.toNanos(settings.pingIntervalMillis());
		this.pingTimeout = TimeUnit.MILLISECONDS.toNanos(settings.pingTimeoutMillis());
		long beat = Math.max(1, settings.pingIntervalMillis() / BEATS_PER_INTERVAL);
		eventLoop.scheduleAtFixedRate(this::beat, beat, beat, TimeUnit.MILLISECONDS);
	}

	EventLoop eventLoop() {
		return this.eventLoop;
	}

	void add(FloorSession session) {
		session.index(this.sessions.size());
		session.opened(System.nanoTime());
		this.sessions.add(session);
	}

	void remove(FloorSession session) {
		int index = session.index();
		if (index < 0) {
			return;
		}
		FloorSession last = this.sessions.remove(this.sessions.size() - 1);
		if (last != session) {
			this.sessions.set(index, last);
			last.index(index);
		}
		session.index(-1);
	}

	void offer(FloorMessage message) {
		this.messages.add(message);
		if (this.scheduled.compareAndSet(false, true)) {
			this.eventLoop.execute(this::drain);
		}
	}

	// session by session, so that each is written in one go and flushed once
	private void drain() {
		this.scheduled.set(false);
		for (FloorMessage message = this.messages.poll(); message != null; message = this.messages.poll()) {
			this.turn.add(message);
		}
		for (int i = this.sessions.size() - 1; i >= 0; i--) {
			FloorSession session = this.sessions.get(i);
			if (session.isJoined()) {
				for (FloorMessage message : this.turn) {
					session.write(message);
				}
				session.flush();
			}
		}
		this.turn.forEach(FloorMessage::release);
		this.turn.clear();
	}

	// from the end, because closing a session moves the last one into its place
	private void beat() {
		long now = System.nanoTime();
		for (int i = this.sessions.size() - 1; i >= 0; i--) {
			FloorSession session = this.sessions.get(i);
			if (!session.beat(now, this.pingInterval, this.pingTimeout)) {
				session.close();
			}
		}
	}

}
