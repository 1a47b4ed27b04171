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
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the descriptors of an open link to it. Event loop only.
 */
final class DescriptorHandler extends ChannelInboundHandlerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(DescriptorHandler.class);

	private final OpenLink link;

	DescriptorHandler(OpenLink link) {
		this.link = link;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
		if (!(message instanceof FileDescriptor descriptor)) {
			ReferenceCountUtil.release(message);
			context.close();
			return;
		}
		if (this.link.isClosed()) {
			descriptor.close();
			return;
		}
		try {
			this.link.received(descriptor);
		}
		catch (RuntimeException ex) {
			logger.error("A descriptor of worker {} failed", this.link.worker(), ex);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.link.detach(context.channel());
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		// A process out of descriptors loses those that come; heads without one expire
		logger.debug("Descriptors of worker {} failed", this.link.worker(), cause);
	}

}
