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

package io.github.socketioboot.cluster.primary;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits a moment when no connection can be accepted, such as for want of descriptors,
 * instead of trying again in every turn of the loop. Event loop only.
 */
final class AcceptPause extends ChannelInboundHandlerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(AcceptPause.class);

	private static final long PAUSE_MILLIS = 100;

	private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

	private long logged = System.nanoTime() - LOG_NANOS;

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		long now = System.nanoTime();
		if (now - this.logged >= LOG_NANOS) {
			this.logged = now;
			logger.warn("Connections cannot be accepted at {}: {}", ctx.channel().localAddress(), cause.toString());
		}
		Channel listening = ctx.channel();
		listening.config().setAutoRead(false);
		listening.eventLoop().schedule(() -> listening.config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
	}

}
