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

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/**
 * Place of a connection among those that are limited, given back once: when the
 * connection is closed, or when it is another server's. Thread-safe.
 */
final class Admission implements ChannelFutureListener {

	private final ConnectionLimiter limiter;

	private final InetAddress address;

	private final AtomicBoolean released = new AtomicBoolean();

	Admission(ConnectionLimiter limiter, InetAddress address) {
		this.limiter = limiter;
		this.address = address;
	}

	void release() {
		if (this.released.compareAndSet(false, true)) {
			this.limiter.disconnected(this.address);
		}
	}

	@Override
	public void operationComplete(ChannelFuture closed) {
		release();
	}

}
