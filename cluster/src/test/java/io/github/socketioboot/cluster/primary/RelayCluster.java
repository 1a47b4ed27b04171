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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.TestCluster;
import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.LinkServer;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.cluster.primary.PrimaryConfig.LoadBalancing;
import io.github.socketioboot.cluster.primary.PrimaryConfig.Routing;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.nio.NioIoHandler;

/**
 * Workers of one process, connected over real links by the relay of a primary that has
 * nothing else.
 */
public final class RelayCluster implements TestCluster {

	private static final String TOKEN = "a secret";

	private final Path directory;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, handlers());

	private final LinkServer server;

	private final List<WorkerEntry> entries = new ArrayList<>();

	private final List<Worker> workers = new ArrayList<>();

	RelayCluster(int nodes) {
		this(nodes, "0123abcd");
	}

	/**
	 * Start the workers of a host.
	 * @param nodes how many
	 * @param hostId id of the host
	 */
	public RelayCluster(int nodes, String hostId) {
		try {
			this.directory = Files.createTempDirectory("relay");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		EventLoop loop = this.group.next();
		WorkerTable table = new WorkerTable(new Random());
		Dispatcher dispatcher = new Dispatcher(
				new Router(table, LoadBalancing.ROUND_ROBIN, new Random(), System::nanoTime),
				new RoutingKey(Routing.SESSION, ForwardingConfig.NONE),
				new WaitingConnections(loop, Duration.ofSeconds(1)), new HealthPath("/health"));
		FrontDoor door = new FrontDoor(loop, 1024, Duration.ofSeconds(1), ForwardingConfig.NONE, null,
				dispatcher::dispatch);
		QuietEvents events = new QuietEvents();
		WorkerLinks links = new WorkerLinks(loop, table, door, dispatcher, new Relay(loop, events), events);
		this.server = new LinkServer(WorkerIdentity.linkSocket(this.directory), TOKEN,
				new LinkFrame.Welcome("127.0.0.1", 0, false), loop, LinkConfig.DEFAULT, links);
		get(this.server.start());
		for (int i = 0; i < nodes; i++) {
			WorkerEntry entry = table.add(i, i + 1);
			this.entries.add(entry);
			WorkerIdentity identity = new WorkerIdentity(this.directory, TOKEN, hostId, i, i + 1, entry.sidPrefix());
			this.workers.add(get(Worker.connect(identity, 0, LinkConfig.DEFAULT)));
		}
	}

	private static IoHandlerFactory handlers() {
		if (Epoll.isAvailable()) {
			return EpollIoHandler.newFactory();
		}
		return KQueue.isAvailable() ? KQueueIoHandler.newFactory() : NioIoHandler.newFactory();
	}

	private static <T> T get(CompletionStage<T> stage) {
		return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
	}

	@Override
	public ClusterTransport transport(int index) {
		return this.workers.get(index).transport();
	}

	@Override
	public void kill(int index) {
		Link link = this.entries.get(index).link();
		if (link != null) {
			link.close();
		}
	}

	@Override
	public void close() {
		this.workers.forEach(Worker::close);
		get(this.server.stop());
		this.group.shutdownGracefully(1, 5000, TimeUnit.MILLISECONDS);
		this.group.terminationFuture().awaitUninterruptibly(30, TimeUnit.SECONDS);
		try {
			Files.deleteIfExists(WorkerIdentity.linkSocket(this.directory));
			Files.delete(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Lets every worker in.
	 */
	private static final class QuietEvents implements WorkerLinks.Events {

		@Override
		public boolean isWorker(int number, long pid) {
			return true;
		}

		@Override
		public void onOpened(Link link) {
		}

		@Override
		public void onReady(WorkerEntry worker) {
		}

		@Override
		public void onReport() {
		}

		@Override
		public void onCommand(Link link, LinkFrame.Command command) {
		}

		@Override
		public void onClosed() {
		}

		@Override
		public void failed(int number, String reason) {
		}

	}

}
