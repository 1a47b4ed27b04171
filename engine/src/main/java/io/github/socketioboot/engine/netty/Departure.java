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

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * How a connection leaves this server when another one is to answer its request. Event
 * loop only.
 */
sealed interface Departure permits HandOn, TurnAway {

	/**
	 * Return whether the connection can leave.
	 * @param context context of a handler behind the codec
	 * @return {@code true} if so
	 */
	boolean isPossible(ChannelHandlerContext context);

	/**
	 * Return whether a request must be answered by another server.
	 * @param sid the session id of the request, or {@code null} if it opens a session, or
	 * belongs to none
	 * @return {@code true} if so
	 */
	boolean isElsewhere(@Nullable String sid);

	/**
	 * Return whether another server may as well open a session.
	 * @return {@code true} if the connection is to leave with its next handshake
	 */
	boolean isShared();

	/**
	 * Return whether requests on the connection are for the host rather than for this
	 * server.
	 * @return {@code true} if whoever asks for the state means that of the host
	 */
	boolean isToHost();

	/**
	 * Stop reading and leave. Called while the request is being decoded, so that nothing
	 * behind its head is, or when there is nothing behind it.
	 * @param context context of a handler behind the codec
	 * @param codec holds what was not decoded
	 * @param request the first request that another server is to answer
	 */
	void begin(ChannelHandlerContext context, HttpCodec codec, HttpRequest request);

}
