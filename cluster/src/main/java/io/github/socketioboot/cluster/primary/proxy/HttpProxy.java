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

import io.netty.channel.Channel;

/**
 * Passes the requests of HTTP/1.1 connections to workers, each request to the worker that
 * it belongs to, and turns into a tunnel where the protocol is upgraded (RFC 9110,
 * section 7; RFC 9112). Thread-safe.
 *
 * @since 0.1.0
 */
public final class HttpProxy {

	/**
	 * Create a proxy.
	 * @param config settings
	 * @param upstreams knows the workers
	 */
	@SuppressWarnings("UnusedVariable")
	public HttpProxy(ProxyConfig config, Upstreams upstreams) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Serve a connection. Connections to workers are made on its event loop, with its
	 * kind of channel.
	 * @param accepted a TCP connection of a client, with an empty pipeline apart from a
	 * channel initializer that calls this method
	 */
	@SuppressWarnings("UnusedVariable")
	public void serve(Channel accepted) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Ask again for those requests that wait for a worker. To be called whenever a worker
	 * has become ready.
	 */
	public void upstreamsChanged() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Close the connections that are idle, and each other one after the answer that it
	 * waits for. Tunnels stay. Connections served from now on get one answer each.
	 */
	public void drain() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Close all connections.
	 */
	public void close() {
		throw new UnsupportedOperationException();
	}

}
