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

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.link.LinkFrame.Ping;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Asks workers whether they live. Event loop only.
 */
final class Heartbeats {

	private final EventLoop loop;

	private final WorkerLinks links;

	private final Relay.Failures failures;

	private final long intervalNanos;

	private final long timeoutNanos;

	private long last;

	private @Nullable Future<?> next;

	/**
	 * Create heartbeats that do not beat yet.
	 * @param loop the loop of the links
	 * @param links the links
	 * @param failures told of workers that do not answer
	 * @param interval how often they are asked
	 * @param timeout how long they may be silent
	 */
	Heartbeats(EventLoop loop, WorkerLinks links, Relay.Failures failures, Duration interval, Duration timeout) {
		this.loop = loop;
		this.links = links;
		this.failures = failures;
		this.intervalNanos = interval.toNanos();
		this.timeoutNanos = timeout.toNanos();
	}

	void start() {
		this.last = System.nanoTime();
		this.next = this.loop.scheduleWithFixedDelay(this::beat, this.intervalNanos, this.intervalNanos,
				TimeUnit.NANOSECONDS);
	}

	void stop() {
		if (this.next != null) {
			this.next.cancel(false);
		}
	}

	private void beat() {
		long now = System.nanoTime();
		// After a stop of this process, or of the machine, the silence was ours
		boolean late = now - this.last > 2 * this.intervalNanos;
		this.last = now;
		for (WorkerLink link : Set.copyOf(this.links.open())) {
			if (late || this.links.relay().isPaused(link)) {
				link.resumed();
			}
			else if (now - link.heard() > this.timeoutNanos) {
				this.failures.failed(link.number(), "does not answer");
				continue;
			}
			else if (link.worker().handOvers().age(now) > this.timeoutNanos) {
				this.failures.failed(link.number(), "does not take connections over");
				continue;
			}
			link.link().send(new Ping(now));
		}
	}

}
