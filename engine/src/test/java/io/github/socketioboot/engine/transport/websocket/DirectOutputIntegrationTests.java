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

package io.github.socketioboot.engine.transport.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DirectOutput} on real connections.
 */
@EnabledOnOs(OS.LINUX)
class DirectOutputIntegrationTests {

	private static final String FIRST = "first";

	private static final int WAIT_SECONDS = 30;

	private static final int ATTEMPTS = 10_000;

	private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

	private final Socket client = new Socket();

	private @Nullable MultiThreadIoEventLoopGroup group;

	@AfterEach
	void close() throws Exception {
		this.client.close();
		if (this.group != null) {
			this.group.shutdownGracefully(0, WAIT_SECONDS, TimeUnit.SECONDS).sync();
		}
	}

	@Test
	void bytesLeaveAtOnceAndStayAsTheyAre() throws Exception {
		Channel channel = connect(true);
		ByteBuf bytes = text("hello");
		assertThat(on(channel, () -> output(channel).send(bytes))).isEqualTo(5);
		assertThat(read(5)).isEqualTo("hello");
		assertThat(bytes.readableBytes()).isEqualTo(5);
		assertThat(bytes.release()).isTrue();
	}

	@Test
	void nothingOvertakesWhatWaitsInTheChannel() throws Exception {
		Channel channel = connect(true);
		ByteBuf bytes = text("second");
		assertThat(on(channel, () -> {
			DirectOutput output = output(channel);
			channel.write(text("first "));
			return output.send(bytes);
		})).isZero();
		channel.writeAndFlush(bytes);
		assertThat(read(12)).isEqualTo("first second");
	}

	@Test
	void nothingIsSentOfHeapMemoryOrToClosedConnection() throws Exception {
		Channel channel = connect(true);
		assertThat(on(channel, () -> output(channel).send(Unpooled.wrappedBuffer(new byte[3])))).isZero();
		ByteBuf bytes = text("late");
		assertThat(on(channel, () -> {
			DirectOutput output = output(channel);
			channel.close();
			return output.send(bytes);
		})).isZero();
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
		bytes.release();
	}

	@Test
	void whatTheKernelDoesNotTakeIsLeft() throws Exception {
		Channel channel = connect(true);
		int size = 32 << 20;
		ByteBuf bytes = Unpooled.directBuffer(size).writeZero(size);
		DirectOutput output = on(channel, () -> output(channel));
		int sent = on(channel, () -> output.send(bytes));
		assertThat(sent).isBetween(1, size - 1);
		int more = sent;
		for (int i = 0; i < ATTEMPTS && more > 0; i++) {
			more = on(channel, () -> output.send(bytes));
			sent += more;
		}
		assertThat(more).isZero();
		this.client.getInputStream().skipNBytes(sent);
		bytes.release();
	}

	@Test
	void errorIsLeftToTheChannel() throws Exception {
		Channel channel = connect(true);
		ByteBuf bytes = text("lost");
		DirectOutput output = on(channel, () -> {
			channel.config().setAutoRead(false);
			return output(channel);
		});
		this.client.setSoLinger(true, 0);
		this.client.close();
		// The first may leave before the reset has come
		int sent = 1;
		for (int i = 0; i < ATTEMPTS && sent > 0; i++) {
			sent = on(channel, () -> output.send(bytes));
		}
		assertThat(sent).isZero();
		bytes.release();
	}

	@Test
	void pipelineThatMayChangeBytesHasNoDirectWay() throws Exception {
		Channel channel = connect(true);
		channel.pipeline().addFirst("tls", new ChannelInboundHandlerAdapter());
		assertThat(on(channel, () -> DirectOutput.of(channel.pipeline(), FIRST) == null)).isTrue();
	}

	@Test
	void portableTransportHasNoDirectWay() throws Exception {
		Channel channel = connect(false);
		assertThat(on(channel, () -> DirectOutput.of(channel.pipeline(), FIRST) == null)).isTrue();
	}

	private Channel connect(boolean nativeTransport) throws Exception {
		this.group = new MultiThreadIoEventLoopGroup(1,
				nativeTransport ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
		Class<? extends ServerChannel> type = nativeTransport ? EpollServerSocketChannel.class
				: NioServerSocketChannel.class;
		Channel server = new ServerBootstrap().group(this.group)
			.channel(type)
			.childOption(ChannelOption.SO_SNDBUF, 64 * 1024)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(FIRST, new ChannelInboundHandlerAdapter());
					DirectOutputIntegrationTests.this.accepted.add(channel);
				}

			})
			.bind(InetAddress.getLoopbackAddress(), 0)
			.sync()
			.channel();
		this.client.setSoTimeout((int) TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
		this.client.connect(server.localAddress());
		Channel channel = this.accepted.poll(WAIT_SECONDS, TimeUnit.SECONDS);
		assertThat(channel).isNotNull();
		assertThat(((InetSocketAddress) channel.localAddress()).getAddress().isLoopbackAddress()).isTrue();
		return channel;
	}

	private static DirectOutput output(Channel channel) {
		DirectOutput output = DirectOutput.of(channel.pipeline(), FIRST);
		assertThat(output).isNotNull();
		return output;
	}

	private static <T> T on(Channel channel, Callable<T> task) throws Exception {
		return channel.eventLoop().submit(task).get(WAIT_SECONDS, TimeUnit.SECONDS);
	}

	private static ByteBuf text(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
	}

	private String read(int length) throws IOException {
		InputStream in = this.client.getInputStream();
		return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
	}

}
