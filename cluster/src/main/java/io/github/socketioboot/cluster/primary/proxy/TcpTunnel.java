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

import io.netty.channel.Channel;

/**
 * Passes TCP connections to workers without reading them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TcpTunnel {

	/**
	 * Create a tunnel.
	 * @param workerTimeout how long a connection waits for a worker
	 * @param maxWaiting how many connections may wait for a worker; those beyond are
	 * closed at once
	 * @param upstreams knows the workers
	 */
	@SuppressWarnings("UnusedVariable")
	public TcpTunnel(Duration workerTimeout, int maxWaiting, Upstreams upstreams) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Serve a connection. The connection to the worker is made on its event loop, with
	 * its kind of channel.
	 * @param accepted a TCP connection of a client, with an empty pipeline apart from a
	 * channel initializer that calls this method
	 */
	@SuppressWarnings("UnusedVariable")
	public void serve(Channel accepted) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Ask again for those connections that wait for a worker. To be called whenever a
	 * worker has become ready.
	 */
	public void upstreamsChanged() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Close all connections.
	 */
	public void close() {
		throw new UnsupportedOperationException();
	}

}
