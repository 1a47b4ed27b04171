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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.UnixChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * The primary's end of all links: a Unix-domain socket in a private folder. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LinkServer {

	private static final String OWNER_ONLY = "rw-------";

	/**
	 * Most connections that have not said yet who they are.
	 */
	private static final int MAX_STRANGERS = 256;

	private final Path socket;

	private final byte[] token;

	private final LinkFrame.Welcome welcome;

	private final EventLoop loop;

	private final LinkSockets sockets;

	private final LinkConfig config;

	private final Gate gate;

	/** Event loop only. */
	private final Map<Integer, OpenLink> links = new HashMap<>();

	/** Event loop only. */
	private int strangers;

	/** Event loop only. */
	private @Nullable Channel listening;

	/**
	 * Create a server.
	 * @param socket path of the socket, in a folder that only this user may enter
	 * @param token what a worker must say
	 * @param welcome what workers are answered
	 * @param loop loop of all links
	 * @param config bounds
	 * @param gate decides who may connect
	 */
	public LinkServer(Path socket, String token, LinkFrame.Welcome welcome, EventLoop loop, LinkConfig config,
			Gate gate) {
		this.socket = socket;
		this.token = token.getBytes(StandardCharsets.UTF_8);
		this.loop = loop;
		this.sockets = LinkSockets.of(loop);
		this.welcome = new LinkFrame.Welcome(welcome.host(), welcome.port(),
				welcome.descriptors() && this.sockets.passDescriptors());
		this.config = config;
		this.gate = gate;
	}

	/**
	 * Listen.
	 * @return completed when workers can connect, or exceptionally with the cause
	 */
	public CompletionStage<@Nullable Void> start() {
		CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
		this.loop.execute(() -> listen(started));
		return started;
	}

	/**
	 * Close the socket and remove it; links stay.
	 * @return completed when this is done
	 */
	public CompletionStage<@Nullable Void> stop() {
		CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
		this.loop.execute(() -> {
			Channel channel = this.listening;
			if (channel == null) {
				stopped.complete(null);
				return;
			}
			this.listening = null;
			channel.close().addListener((closed) -> {
				try {
					Files.deleteIfExists(this.socket);
					stopped.complete(null);
				}
				catch (IOException ex) {
					stopped.completeExceptionally(ex);
				}
			});
		});
		return stopped;
	}

	private void listen(CompletableFuture<@Nullable Void> started) {
		ChannelFuture bound = new ServerBootstrap().group(this.loop)
			.channel(this.sockets.serverType())
			.childHandler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					accept(channel);
				}

			})
			.bind(this.sockets.address(this.socket));
		bound.addListener((done) -> {
			if (!done.isSuccess()) {
				started.completeExceptionally(done.cause());
				return;
			}
			this.listening = bound.channel();
			try {
				protect();
				started.complete(null);
			}
			catch (IOException ex) {
				started.completeExceptionally(ex);
			}
		});
	}

	private void protect() throws IOException {
		if (this.socket.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Files.setPosixFilePermissions(this.socket, PosixFilePermissions.fromString(OWNER_ONLY));
		}
	}

	private void accept(Channel channel) {
		if (this.strangers >= MAX_STRANGERS) {
			channel.close();
			return;
		}
		this.strangers++;
		channel.pipeline()
			.addLast(new LinkFrameDecoder())
			.addLast(new AdmissionHandler(this.config.helloTimeout().toMillis(), this::admit) {

				@Override
				public void handlerRemoved(ChannelHandlerContext context) {
					super.handlerRemoved(context);
					LinkServer.this.strangers--;
				}

			});
	}

	private @Nullable String admit(ChannelHandlerContext context, LinkFrame frame) {
		if (!(frame instanceof LinkFrame.Hello hello)) {
			return "it did not say who it is";
		}
		if (!MessageDigest.isEqual(this.token, hello.token().getBytes(StandardCharsets.UTF_8))) {
			return "it does not know the token";
		}
		OpenLink link = this.links.get(hello.number());
		if (hello.descriptors()) {
			return (link != null) ? attach(context, link) : "worker " + hello.number() + " has no link yet";
		}
		return (link != null) ? "worker " + hello.number() + " has a link already" : open(context, hello.number());
	}

	private @Nullable String open(ChannelHandlerContext context, int number) {
		Channel channel = context.channel();
		long pid = LinkSockets.peerPid(channel);
		LinkListener listener = this.gate.admit(number, pid);
		if (listener == null) {
			return "process " + pid + " is not to be worker " + number;
		}
		OpenLink link = new OpenLink(number, channel, this.config, listener);
		this.links.put(number, link);
		channel.closeFuture().addListener((closed) -> this.links.remove(number, link));
		context.pipeline().get(LinkFrameDecoder.class).maxFrame(this.config.maxFrame());
		context.pipeline().replace(context.handler(), null, new FrameHandler(link));
		link.send(this.welcome);
		link.opened();
		return null;
	}

	private @Nullable String attach(ChannelHandlerContext context, OpenLink link) {
		Channel channel = context.channel();
		LinkFrameDecoder decoder = context.pipeline().get(LinkFrameDecoder.class);
		if (!this.welcome.descriptors() || LinkSockets.peerPid(channel) != link.peerPid() || !decoder.isEmpty()) {
			return "descriptors are not taken from it";
		}
		if (!link.attach(channel, false)) {
			return "worker " + link.worker() + " has a second connection already";
		}
		// The worker sends no descriptor before it has the answer, and is sent none
		// before
		// it has said over the link that it has: bytes and descriptors never mix
		channel.config().setOption(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS);
		context.pipeline().replace(context.handler(), null, new DescriptorHandler(link));
		context.pipeline().remove(decoder);
		channel.writeAndFlush(EncodedFrame.of(this.welcome, channel.alloc()).head());
		return null;
	}

	/**
	 * Decides who may connect. Called on the loop.
	 */
	@FunctionalInterface
	public interface Gate {

		/**
		 * Let a worker in.
		 * @param number the number that it says it has
		 * @param pid the process that the kernel says it is, or 0 if that is not known
		 * @return what takes its frames, or {@code null} to turn it away
		 */
		@Nullable LinkListener admit(int number, long pid);

	}

}
