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

package io.github.socketioboot.cluster.primary.proxy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Moment at which something is given up. Cheap to move: the timer is set anew only to
 * fire earlier. Event loop only.
 */
final class Deadline {

	private final EventLoop loop;

	private final Runnable expired;

	private boolean armed;

	private long at;

	private long checkedAt;

	private @Nullable ScheduledFuture<?> check;

	Deadline(EventLoop loop, Runnable expired) {
		this.loop = loop;
		this.expired = expired;
	}

	void set(Duration delay) {
		long nanos = delay.toNanos();
		this.armed = true;
		this.at = System.nanoTime() + nanos;
		if (this.check != null) {
			if (this.checkedAt - this.at <= 0) {
				return;
			}
			this.check.cancel(false);
		}
		schedule(nanos);
	}

	void clear() {
		this.armed = false;
	}

	/**
	 * Clear, and keep no timer.
	 */
	void cancel() {
		this.armed = false;
		if (this.check != null) {
			this.check.cancel(false);
			this.check = null;
		}
	}

	private void schedule(long nanos) {
		this.checkedAt = this.at;
		this.check = this.loop.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
	}

	private void check() {
		this.check = null;
		if (!this.armed) {
			return;
		}
		long left = this.at - System.nanoTime();
		if (left > 0) {
			schedule(left);
			return;
		}
		this.armed = false;
		this.expired.run();
	}

}
