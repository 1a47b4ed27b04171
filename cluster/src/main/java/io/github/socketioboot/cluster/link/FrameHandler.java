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

import java.io.IOException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the frames of an open link to it. Event loop only.
 */
final class FrameHandler extends SimpleChannelInboundHandler<LinkFrame> {

	private static final Logger logger = LoggerFactory.getLogger(FrameHandler.class);

	private final OpenLink link;

	FrameHandler(OpenLink link) {
		super(false);
		this.link = link;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, LinkFrame frame) {
		if (this.link.isClosed()) {
			EncodedFrame.release(frame);
			return;
		}
		try {
			this.link.received(frame);
		}
		catch (RuntimeException ex) {
			logger.error("A frame of type {} of worker {} failed", FrameType.of(frame), this.link.worker(), ex);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.link.closed();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		String kind = (cause instanceof IOException) ? "connection lost" : "protocol error";
		this.link.close(kind + ": " + cause.getMessage(), false);
	}

}
