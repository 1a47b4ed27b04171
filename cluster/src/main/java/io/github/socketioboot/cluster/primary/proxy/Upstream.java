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

import java.net.SocketAddress;

/**
 * A worker to which requests are passed. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Upstream {

	/**
	 * Return the number of the worker's process, which tells one generation from the
	 * next. Idle connections are kept by it.
	 * @return a number that is never used again for another process
	 */
	int number();

	/**
	 * Return where the worker takes connections.
	 * @return an {@link java.net.InetSocketAddress}, or a
	 * {@link java.net.UnixDomainSocketAddress}
	 */
	SocketAddress address();

	/**
	 * Called when a request, or a tunnel, is about to be passed to the worker.
	 */
	void begin();

	/**
	 * Called once for each {@link #begin()}, when the request or tunnel has ended, in
	 * whatever way.
	 */
	void end();

}
