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

package io.github.socketioboot.engine.netty;

import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/**
 * Place among connections that are limited, given back once: when the connection is
 * closed, or when it is another server's; that of a proxied request also when it has been
 * answered. Thread-safe.
 */
final class Admission implements ChannelFutureListener {

	private final Runnable onRelease;

	private final AtomicBoolean released = new AtomicBoolean();

	/**
	 * Create an admission.
	 * @param onRelease run once
	 */
	Admission(Runnable onRelease) {
		this.onRelease = onRelease;
	}

	void release() {
		if (this.released.compareAndSet(false, true)) {
			this.onRelease.run();
		}
	}

	@Override
	public void operationComplete(ChannelFuture closed) {
		release();
	}

}
