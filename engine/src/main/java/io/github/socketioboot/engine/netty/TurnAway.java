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
 * Closes a connection without an answer, whereupon the proxy that has made it asks
 * another server (RFC 9110, section 9.2.2). That is for requests which were on their way
 * when this server began to drain; the proxy sends none later. Event loop only.
 */
final class TurnAway implements Departure {

	private final ConnectionSource source;

	/**
	 * Create the departure of one connection.
	 * @param source knows the other servers
	 */
	TurnAway(ConnectionSource source) {
		this.source = source;
	}

	@Override
	public boolean isPossible(ChannelHandlerContext context) {
		return true;
	}

	// The proxy knows which server has a session
	@Override
	public boolean isElsewhere(@Nullable String sid) {
		return sid == null && this.source.isRepeatedElsewhere();
	}

	@Override
	public boolean isShared() {
		return false;
	}

	@Override
	public boolean isToHost() {
		return true;
	}

	@Override
	public void begin(ChannelHandlerContext context, HttpCodec codec, HttpRequest request) {
		codec.hold();
		context.close();
	}

}
