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

import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * A running server as its {@link ConnectionSource} sees it. Thread-safe.
 *
 * @since 0.1.0
 */
public interface ConnectionSink {

	/**
	 * Serve a connection that was accepted elsewhere.
	 * @param channel the connection, of the transport that
	 * {@link EngineServer#isDescriptorCapable()} speaks of, not registered yet; ownership
	 * passes
	 * @param bytes what was read of it already, perhaps nothing; ownership passes
	 */
	void adopt(Channel channel, ByteBuf bytes);

	/**
	 * Listen on an address besides.
	 * @param address a TCP or Unix-domain address
	 * @param preamble whether each connection starts with a PROXY protocol header
	 * (version 2) that tells the client's address and whether it came over TLS;
	 * connections without it are closed
	 * @param shared whether another process that says so too may listen on the same TCP
	 * port, where the system lets it
	 * @return completed with the address bound, or exceptionally with a
	 * {@link java.net.BindException} or other cause
	 * @throws IllegalArgumentException if a Unix-domain address is to do without
	 * preamble: clients have no address then
	 */
	CompletionStage<SocketAddress> listen(SocketAddress address, boolean preamble, boolean shared);

	/**
	 * Close what {@link #listen} has opened; connections stay.
	 */
	void unlisten();

	/**
	 * Return how many sessions are open.
	 * @return the number
	 */
	int sessions();

	/**
	 * Return how many sessions were ever opened.
	 * @return the number, which only grows
	 */
	long sessionsOpened();

}
