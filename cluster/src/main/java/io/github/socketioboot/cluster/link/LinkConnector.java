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

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.UnixChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * A worker's end of its link.
 *
 * @since 0.1.0
 */
public final class LinkConnector {

	/**
	 * How long until a lost connection for descriptors is replaced.
	 */
	private static final long RECONNECT_MILLIS = 500;

	private final WorkerIdentity identity;

	private final EventLoop loop;

	private final LinkSockets sockets;

	private final LinkConfig config;

	private final LinkListener listener;

	private final CompletableFuture<Opened> opened = new CompletableFuture<>();

	private LinkConnector(WorkerIdentity identity, EventLoop loop, LinkConfig config, LinkListener listener) {
		this.identity = identity;
		this.loop = loop;
		this.sockets = LinkSockets.of(loop);
		this.config = config;
		this.listener = listener;
	}

	/**
	 * Connect to the primary.
	 * @param identity who connects
	 * @param loop loop of the link
	 * @param config bounds
	 * @param listener takes what comes
	 * @return completed with the link and the primary's first words, or exceptionally
	 * with the cause
	 */
	public static CompletionStage<Opened> connect(WorkerIdentity identity, EventLoop loop, LinkConfig config,
			LinkListener listener) {
		LinkConnector connector = new LinkConnector(identity, loop, config, listener);
		loop.execute(connector::connectFrames);
		return connector.opened;
	}

	private void connectFrames() {
		connect(false, this::openLink).addListener((connected) -> {
			if (!connected.isSuccess()) {
				this.opened.completeExceptionally(connected.cause());
			}
		});
	}

	private @Nullable String openLink(ChannelHandlerContext context, LinkFrame frame) {
		if (!(frame instanceof LinkFrame.Welcome welcome)) {
			return "the primary did not answer the first frame";
		}
		OpenLink link = new OpenLink(this.identity.number(), context.channel(), this.config, this.listener);
		context.pipeline().get(LinkFrameDecoder.class).maxFrame(this.config.maxFrame());
		context.pipeline().replace(context.handler(), null, new FrameHandler(link));
		link.opened();
		Opened result = new Opened(link, welcome);
		if (welcome.descriptors() && this.sockets.passDescriptors()) {
			connectDescriptors(result);
		}
		else {
			this.opened.complete(result);
		}
		return null;
	}

	private void connectDescriptors(Opened result) {
		OpenLink link = (OpenLink) result.link();
		if (link.isClosed()) {
			this.opened.complete(result);
			return;
		}
		ChannelFuture connected = connect(true, (context, frame) -> {
			// Not before the read that is going on has ended: it reads bytes
			this.loop.execute(() -> attach(context, result));
			return null;
		});
		connected.channel().closeFuture().addListener((closed) -> {
			this.opened.complete(result);
			if (!link.isClosed()) {
				this.loop.schedule(() -> connectDescriptors(result), RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
			}
		});
	}

	private void attach(ChannelHandlerContext context, Opened result) {
		Channel channel = context.channel();
		OpenLink link = (OpenLink) result.link();
		if (!channel.isActive() || !link.attach(channel, true)) {
			channel.close();
			return;
		}
		channel.config().setOption(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS);
		context.pipeline().replace(context.handler(), null, new DescriptorHandler(link));
		context.pipeline().remove(LinkFrameDecoder.class);
		link.send(new LinkFrame.DescriptorsReady());
		this.opened.complete(result);
	}

	private ChannelFuture connect(boolean descriptors,
			BiFunction<ChannelHandlerContext, LinkFrame, @Nullable String> first) {
		return new Bootstrap().group(this.loop)
			.channel(this.sockets.clientType())
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new LinkFrameDecoder())
						.addLast(new AdmissionHandler(LinkConnector.this.config.helloTimeout().toMillis(), first) {

							@Override
							public void channelActive(ChannelHandlerContext context) {
								LinkFrame hello = new LinkFrame.Hello(LinkConnector.this.identity.token(),
										LinkConnector.this.identity.number(), descriptors);
								context.writeAndFlush(EncodedFrame.of(hello, context.alloc()).head());
							}

							@Override
							public void channelInactive(ChannelHandlerContext context) {
								if (!descriptors) {
									LinkConnector.this.opened.completeExceptionally(new ClosedChannelException());
								}
							}

						});
				}

			})
			.connect(this.sockets.address(this.identity.linkSocket()));
	}

	/**
	 * An open link.
	 *
	 * @param link the link
	 * @param welcome the primary's first words
	 */
	public record Opened(Link link, LinkFrame.Welcome welcome) {

	}

}
