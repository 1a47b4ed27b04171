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

package io.github.socketioboot.cluster.link;

import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Awaits the first frame of a connection, and leaves when it has come. Event loop only.
 */
class AdmissionHandler extends SimpleChannelInboundHandler<LinkFrame> {

	private static final Logger logger = LoggerFactory.getLogger(AdmissionHandler.class);

	private final long timeoutMillis;

	private final BiFunction<ChannelHandlerContext, LinkFrame, @Nullable String> first;

	private @Nullable Future<?> timeout;

	/**
	 * Create a handler.
	 * @param timeoutMillis how long the frame may take, in milliseconds
	 * @param first takes the frame, and replaces this handler or tells why it does not
	 */
	AdmissionHandler(long timeoutMillis, BiFunction<ChannelHandlerContext, LinkFrame, @Nullable String> first) {
		super(false);
		this.timeoutMillis = timeoutMillis;
		this.first = first;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.timeout = context.executor().schedule(() -> {
			logger.debug("A connection did not say who it is within {} ms", this.timeoutMillis);
			context.close();
		}, this.timeoutMillis, TimeUnit.MILLISECONDS);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		if (this.timeout != null) {
			this.timeout.cancel(false);
		}
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, LinkFrame frame) {
		if (!context.channel().isActive()) {
			EncodedFrame.release(frame);
			return;
		}
		String refusal = this.first.apply(context, frame);
		if (refusal != null) {
			EncodedFrame.release(frame);
			logger.debug("A connection is refused: {}", refusal);
			context.close();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		logger.debug("A connection failed before it said who it is", cause);
		context.close();
	}

}
