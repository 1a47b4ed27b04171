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

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * One client of the floor. Event loop only: everything of a session happens on the loop
 * that owns it.
 */
abstract class FloorSession extends ChannelInboundHandlerAdapter {

	private static final int NOT_LISTED = -1;

	private final FloorLoop loop;

	private int index = NOT_LISTED;

	private boolean joined;

	private boolean awaitsPong;

	private long lastPing;

	FloorSession(FloorLoop loop) {
		this.loop = loop;
	}

	final FloorLoop loop() {
		return this.loop;
	}

	final int index() {
		return this.index;
	}

	final void index(int index) {
		this.index = index;
	}

	final void join() {
		this.joined = true;
	}

	final void leave() {
		this.joined = false;
	}

	final boolean isJoined() {
		return this.joined;
	}

	final void opened(long now) {
		this.lastPing = now;
	}

	final void pong() {
		this.awaitsPong = false;
	}

	/**
	 * Sends a ping when one is due.
	 * @param now the time, in nanoseconds
	 * @param interval the time between two pings, in nanoseconds
	 * @param timeout how long a ping may stay without an answer, in nanoseconds
	 * @return {@code false} if the answer to the last ping is overdue
	 */
	final boolean beat(long now, long interval, long timeout) {
		long elapsed = now - this.lastPing;
		if (this.awaitsPong) {
			return elapsed < timeout;
		}
		if (elapsed >= interval) {
			this.awaitsPong = true;
			this.lastPing = now;
			ping();
		}
		return true;
	}

	abstract void ping();

	/**
	 * Writes a message without flushing it.
	 * @param message the message, which the session does not consume
	 */
	abstract void write(FloorMessage message);

	abstract void flush();

	abstract void close();

	static void closeIfSlow(Channel channel) {
		if (channel.isActive() && !channel.isWritable()
				&& channel.bytesBeforeWritable() > FloorPeer.MAX_PAYLOAD * 16L) {
			channel.close();
		}
	}

}
