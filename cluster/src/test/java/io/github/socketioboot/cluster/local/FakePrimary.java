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

package io.github.socketioboot.cluster.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.HostStatus.WorkerView;
import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.LinkListener;
import io.github.socketioboot.cluster.link.LinkServer;
import io.github.socketioboot.cluster.link.SocketCookie;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.link.WorkerReport;
import io.github.socketioboot.cluster.supervisor.ReloadStatus;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.github.socketioboot.cluster.supervisor.WorkerStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * The least of a primary: takes links, keeps what comes over them, and sends what it is
 * told to.
 */
final class FakePrimary implements AutoCloseable {

	static final LinkConfig CONFIG = new LinkConfig(1 << 20, 64 << 10, 1 << 20, Duration.ofSeconds(30));

	static final String HOST_ID = "0a0b0c0d";

	private static final String TOKEN = "a secret";

	private final Path directory;

	private final EventLoopGroup group;

	private final LinkServer server;

	private final Map<Integer, Received> workers = new HashMap<>();

	FakePrimary(Path directory, IoHandlerFactory transport) throws Exception {
		this.directory = directory;
		this.group = new MultiThreadIoEventLoopGroup(1, transport);
		this.server = new LinkServer(WorkerIdentity.linkSocket(directory), TOKEN,
				new LinkFrame.Welcome("127.0.0.1", 9092, true), loop(), CONFIG, (number, pid) -> worker(number));
		this.server.start().toCompletableFuture().get(30, TimeUnit.SECONDS);
	}

	WorkerIdentity identity(int number) {
		return new WorkerIdentity(this.directory, TOKEN, HOST_ID, number - 1, number, prefix(number));
	}

	static String prefix(int number) {
		return "wrk" + number;
	}

	synchronized Received worker(int number) {
		return this.workers.computeIfAbsent(number, (key) -> new Received());
	}

	EventLoop loop() {
		return this.group.next();
	}

	<T> T on(Callable<T> task) throws Exception {
		return loop().submit(task).get(30, TimeUnit.SECONDS);
	}

	/**
	 * Return a status with workers numbered from 1.
	 */
	static HostStatus status(boolean draining, WorkerState... states) {
		List<WorkerView> views = new ArrayList<>();
		for (WorkerState state : states) {
			int number = views.size() + 1;
			views.add(new WorkerView(new WorkerStatus(number - 1, number, 1000 + number, state, 5, 0, ""),
					prefix(number), 7, WorkerReport.NONE));
		}
		return new HostStatus(1, 2, "127.0.0.1", 9092, states.length, draining, true, views, ReloadStatus.NONE);
	}

	@Override
	public void close() throws Exception {
		this.server.stop().toCompletableFuture().get(30, TimeUnit.SECONDS);
		this.group.shutdownGracefully(1, 5000, TimeUnit.MILLISECONDS);
		if (!this.group.awaitTermination(30, TimeUnit.SECONDS)) {
			throw new AssertionError("the primary's loop does not end");
		}
		for (Received received : this.workers.values()) {
			for (FileDescriptor descriptor : received.descriptors) {
				descriptor.close();
			}
		}
	}

	/**
	 * What came over one link. Thread-safe.
	 */
	static final class Received implements LinkListener {

		final Queue<LinkFrame> frames = new ConcurrentLinkedQueue<>();

		final Queue<String> payloads = new ConcurrentLinkedQueue<>();

		final Queue<FileDescriptor> descriptors = new ConcurrentLinkedQueue<>();

		final Queue<String> closed = new ConcurrentLinkedQueue<>();

		private volatile @Nullable Link link;

		Link link() {
			if (this.link == null) {
				await().atMost(Duration.ofSeconds(60)).until(() -> this.link != null);
			}
			Link opened = this.link;
			if (opened == null) {
				throw new AssertionError("no link");
			}
			return opened;
		}

		void send(LinkFrame frame) {
			link().send(frame);
		}

		<T extends LinkFrame> List<T> frames(Class<T> type) {
			return this.frames.stream().filter(type::isInstance).map(type::cast).toList();
		}

		/**
		 * Hand over a connection, of which this side keeps a copy.
		 */
		long handOver(EpollSocketChannel channel, String bytes, boolean headFirst) throws Exception {
			long cookie = SocketCookie.of(channel);
			Runnable head = () -> send(
					new LinkFrame.HandOver(cookie, Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1)));
			Callable<Void> descriptor = () -> {
				sendDescriptor(channel);
				return null;
			};
			await().atMost(Duration.ofSeconds(60)).until(() -> link().isDescriptorCapable());
			if (headFirst) {
				head.run();
			}
			link().loop().submit(descriptor).get(30, TimeUnit.SECONDS);
			if (!headFirst) {
				head.run();
			}
			return cookie;
		}

		private void sendDescriptor(EpollSocketChannel channel) throws IOException {
			if (!link().trySendDescriptor(channel.fd())) {
				throw new IOException("the kernel takes no descriptor");
			}
		}

		@Override
		public void onOpened(Link link) {
			this.link = link;
		}

		@Override
		public void onFrame(Link link, LinkFrame frame) {
			if (frame instanceof LinkFrame.HandOver handOver) {
				keep(handOver.bytes());
			}
			else if (frame instanceof LinkFrame.Message message) {
				keep(message.payload());
			}
			this.frames.add(frame);
		}

		private void keep(ByteBuf payload) {
			this.payloads.add(payload.toString(StandardCharsets.ISO_8859_1));
			payload.release();
		}

		@Override
		public void onDescriptor(Link link, FileDescriptor descriptor) {
			this.descriptors.add(descriptor);
		}

		@Override
		public void onDescriptorsWritable(Link link) {
		}

		@Override
		public void onWritabilityChanged(Link link, boolean writable) {
		}

		@Override
		public void onClosed(Link link, String reason) {
			this.closed.add(reason);
		}

	}

}
