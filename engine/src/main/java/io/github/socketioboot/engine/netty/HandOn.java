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

import io.github.socketioboot.engine.netty.forwarded.ProxyHeader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Hands a connection on to another server, with the request and all that follows. Event
 * loop only.
 */
final class HandOn implements Departure {

	/**
	 * What a head takes up, most of the time.
	 */
	private static final int HEAD_SIZE = 1024;

	private final ConnectionSource source;

	private final @Nullable Admission admission;

	private final @Nullable ConnectionOrigin header;

	/**
	 * Create the departure of one connection.
	 * @param source takes the connection
	 * @param admission to be given back, or {@code null}
	 * @param header what the connection's PROXY protocol header has told, to be told
	 * again, or {@code null} if there was none
	 */
	HandOn(ConnectionSource source, @Nullable Admission admission, @Nullable ConnectionOrigin header) {
		this.source = source;
		this.admission = admission;
		this.header = header;
	}

	@Override
	public boolean isPossible(ChannelHandlerContext context) {
		return context.channel() instanceof UnixChannel channel && channel.isActive();
	}

	@Override
	public boolean isElsewhere(@Nullable String sid) {
		return this.source.isElsewhere(sid);
	}

	@Override
	public boolean isShared() {
		return this.source.sharesSessions();
	}

	// Not on a port of this server's own
	@Override
	public boolean isToHost() {
		return isShared();
	}

	// Leaves the event loop, and hands on what was read
	@Override
	public void begin(ChannelHandlerContext context, HttpCodec codec, HttpRequest request) {
		codec.hold();
		Channel channel = context.channel();
		channel.config().setAutoRead(false);
		channel.deregister().addListener((left) -> {
			if (!channel.isOpen()) {
				return;
			}
			if (!left.isSuccess()) {
				channel.close();
				return;
			}
			ByteBuf bytes = channel.alloc().buffer(HEAD_SIZE);
			if (this.header != null) {
				ProxyHeader.write(this.header.remote(), this.header.local(), this.header.secure(), bytes);
			}
			RequestHead.write(request, bytes);
			codec.takeRest(bytes);
			clear(channel.pipeline());
			if (this.admission != null) {
				this.admission.release();
			}
			this.source.handOn(channel, bytes);
		});
	}

	private static void clear(ChannelPipeline pipeline) {
		while (pipeline.last() != null) {
			pipeline.removeLast();
		}
	}

}
