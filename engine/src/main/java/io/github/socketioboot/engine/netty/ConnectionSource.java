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

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Where the connections of a server come from, if not from a port of its own: another
 * process that accepts them for several servers. Such servers hand connections on to each
 * other when a request is not theirs. Thread-safe.
 *
 * @since 0.1.0
 */
public interface ConnectionSource {

	/**
	 * Begin to deliver connections. Called once, when the server starts; does not block.
	 * @param connections takes them, until {@link #close()}
	 * @return completed with the address that clients connect to
	 */
	CompletionStage<InetSocketAddress> open(ConnectionSink connections);

	/**
	 * Deliver no more connections. Called once, when the server stops, before its loops
	 * end; does not block.
	 * @return completed when nothing more will come
	 */
	CompletionStage<@Nullable Void> close();

	/**
	 * Return whether a request must be answered by another server. Called on an event
	 * loop for each request whose session is not here, and for each that opens a session
	 * while this server takes none; must not block.
	 * @param sid the session id of the request, or {@code null} if it opens a session
	 * @return {@code true} to have its connection handed on
	 */
	boolean isElsewhere(@Nullable String sid);

	/**
	 * Return whether another server may as well open a new session. Called on an event
	 * loop for each request that opens a session on a connection that has carried others
	 * before: the connections of a balancer are shared by many clients, and each would
	 * give all of their sessions to one server. Must not block.
	 * @return {@code true} to have the connection handed on, to whoever has least to do
	 */
	boolean sharesSessions();

	/**
	 * Return whether the proxy in front asks another server when its connection is closed
	 * without an answer to a request that opens a session. Called on an event loop for
	 * each such request on a connection with a preamble
	 * ({@link ConnectionSink#listen(java.net.SocketAddress, boolean, boolean)}) while
	 * this server takes none; must not block.
	 * @return {@code true} to have the connection closed
	 */
	boolean isRepeatedElsewhere();

	/**
	 * Hand a connection on. Called on an event loop, must not block.
	 * @param channel the connection, deregistered from its loop; ownership passes
	 * @param bytes what was read of it from the start of the request; ownership passes
	 */
	void handOn(Channel channel, ByteBuf bytes);

}
