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

import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.SessionConfig;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketClientCompressionHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for permessage-deflate, with a client that offers it and one that does not.
 */
@Timeout(60)
class WebSocketCompressionIntegrationTests {

	private static final String TEXT = "all work and no play ".repeat(2_000);

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final AtomicLong bytes = new AtomicLong();

	private final EngineServer server = new EngineServer(config(), (session) -> new EchoListener(session, (reason) -> {
	}), null, Runnable::run, new EngineStatistics());

	@AfterEach
	void stop() throws Exception {
		this.group.shutdownGracefully(0, 5, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS);
		this.server.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
	}

	@Test
	void compressesBothWaysForAClientThatOffersIt() throws Exception {
		Channel client = connect(true);
		assertThat(next()).startsWith("0{\"sid\"");
		client.writeAndFlush(new TextWebSocketFrame("4" + TEXT));
		assertThat(next()).isEqualTo("4" + TEXT);
		assertThat(this.bytes.get()).as("bytes on the wire for %d characters", TEXT.length()).isLessThan(5_000);
	}

	@Test
	void sendsPlainFramesToAClientThatDoesNot() throws Exception {
		Channel client = connect(false);
		assertThat(next()).startsWith("0{\"sid\"");
		client.writeAndFlush(new TextWebSocketFrame("4" + TEXT));
		assertThat(next()).isEqualTo("4" + TEXT);
		assertThat(this.bytes.get()).isGreaterThan(TEXT.length());
	}

	@Test
	void refusesAMessageThatInflatesBeyondTheLimit() throws Exception {
		Channel client = connect(true);
		assertThat(next()).startsWith("0{\"sid\"");
		client.writeAndFlush(new TextWebSocketFrame("4" + "x".repeat(10_000_000)));
		assertThat(client.closeFuture().await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(this.received).isEmpty();
	}

	private String next() throws InterruptedException {
		String message = this.received.poll(20, TimeUnit.SECONDS);
		assertThat(message).as("a message in time").isNotNull();
		return message;
	}

	private Channel connect(boolean compression) throws Exception {
		int port = this.server.start().toCompletableFuture().get(10, TimeUnit.SECONDS).getPort();
		WebSocketClientProtocolConfig protocol = WebSocketClientProtocolConfig.newBuilder()
			.webSocketUri(URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"))
			.allowExtensions(compression)
			.maxFramePayloadLength(1_000_000)
			.build();
		Channel channel = new Bootstrap().group(this.group)
			.channel(NioSocketChannel.class)
			.handler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new Counting(), new HttpClientCodec(), new HttpObjectAggregator(8192));
					if (compression) {
						channel.pipeline().addLast(new WebSocketClientCompressionHandler(0));
					}
					channel.pipeline().addLast(new WebSocketClientProtocolHandler(protocol), new Recording());
				}

			})
			.connect("127.0.0.1", port)
			.sync()
			.channel();
		return channel;
	}

	private static ServerConfig config() {
		ServerConfig defaults = ServerConfig.DEFAULT;
		return new ServerConfig("127.0.0.1", 0, defaults.path(), 2, defaults.cors(), null, defaults.limits(), 1024,
				true, false, defaults.healthPath(), null, SessionConfig.DEFAULT);
	}

	private final class Counting extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			WebSocketCompressionIntegrationTests.this.bytes.addAndGet(((ByteBuf) message).readableBytes());
			context.fireChannelRead(message);
		}

	}

	private final class Recording extends SimpleChannelInboundHandler<TextWebSocketFrame> {

		private final StringBuilder fragments = new StringBuilder();

		@Override
		protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
			this.fragments.append(frame.text());
			if (frame.isFinalFragment()) {
				WebSocketCompressionIntegrationTests.this.received.add(this.fragments.toString());
				this.fragments.setLength(0);
			}
		}

	}

}
