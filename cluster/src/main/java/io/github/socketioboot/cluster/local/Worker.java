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

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.link.LinkConnector;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.LinkFrame.Command;
import io.github.socketioboot.cluster.link.LinkFrame.CommandResult;
import io.github.socketioboot.cluster.link.LinkListener;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.link.WorkerReport;
import io.github.socketioboot.engine.netty.ConnectionSource;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * This process as a worker of the primary that has started it. Thread-safe; no method
 * blocks.
 *
 * @since 0.1.0
 */
public final class Worker {

	private static final long STOP_TIMEOUT_SECONDS = 5;

	private final WorkerIdentity identity;

	private final WorkerDesk desk;

	private final ConnectionSource connections;

	private Worker(WorkerIdentity identity, WorkerDesk desk, ConnectionSource connections) {
		this.identity = identity;
		this.desk = desk;
		this.connections = connections;
	}

	/**
	 * Connect to the primary.
	 * @param identity who this process is
	 * @param workerPort first of the workers' own public ports, or 0 for none
	 * @param config bounds
	 * @return completed with the worker, or exceptionally with the cause
	 */
	public static CompletionStage<Worker> connect(WorkerIdentity identity, int workerPort, LinkConfig config) {
		return connect(identity, workerPort, config, nativeTransport());
	}

	/**
	 * Connect to the primary by way of a transport.
	 * @param identity who this process is
	 * @param workerPort first of the workers' own public ports, or 0 for none
	 * @param config bounds
	 * @param transport the transport of the link
	 * @return completed with the worker, or exceptionally with the cause
	 */
	static CompletionStage<Worker> connect(WorkerIdentity identity, int workerPort, LinkConfig config,
			IoHandlerFactory transport) {
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("socketio-link", true),
				transport);
		DeskListener listener = new DeskListener(identity, config, group);
		return LinkConnector.connect(identity, group.next(), config, listener).handle((opened, failure) -> {
			if (failure != null) {
				group.shutdownGracefully(0, STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
				throw (failure instanceof CompletionException exception) ? exception : new CompletionException(failure);
			}
			WorkerDesk desk = listener.desk(opened.link());
			return new Worker(identity, desk, new PrimaryConnections(identity, opened.welcome(), workerPort, desk));
		});
	}

	/**
	 * Return who this process is.
	 * @return the identity
	 */
	public WorkerIdentity identity() {
		return this.identity;
	}

	/**
	 * Return where the server's connections come from.
	 * @return the source, always the same
	 */
	public ConnectionSource connections() {
		return this.connections;
	}

	/**
	 * Return the way to other members.
	 * @return the transport, always the same
	 */
	public ClusterTransport transport() {
		return this.desk.transport();
	}

	/**
	 * Say who wants to hear of the primary's wishes. Called once.
	 * @param listener told of them, on the link's loop
	 */
	public void listen(Listener listener) {
		this.desk.listen(listener);
	}

	/**
	 * Say how to make reports. They are sent about once a second from now on.
	 * @param reports makes a report; called on the link's loop, must not block
	 */
	public void reports(Supplier<WorkerReport> reports) {
		this.desk.reports(reports);
	}

	/**
	 * Tell the primary that this worker serves.
	 * @param httpPort port on the loopback address of the application's web server, or 0
	 * @param managementPort the same of the management server if it is another one, or 0
	 */
	public void ready(int httpPort, int managementPort) {
		this.desk.ready(httpPort, managementPort);
	}

	/**
	 * Return how the host is doing.
	 * @return what the primary said last, or {@code null} if it has said nothing yet
	 */
	public @Nullable HostStatus host() {
		return this.desk.neighbours().status();
	}

	/**
	 * Ask the primary for something.
	 * @param action what to do
	 * @param argument number that goes with it, or 0
	 * @return completed with the answer, or exceptionally if the primary is gone or does
	 * not answer within 5 s
	 */
	public CompletionStage<CommandResult> command(Command.Action action, int argument) {
		return this.desk.requests().send(action, argument);
	}

	/**
	 * Close the link.
	 */
	public void close() {
		this.desk.close();
	}

	private static IoHandlerFactory nativeTransport() {
		if (Epoll.isAvailable()) {
			return EpollIoHandler.newFactory();
		}
		return KQueue.isAvailable() ? KQueueIoHandler.newFactory() : NioIoHandler.newFactory();
	}

	/**
	 * Brings what comes over the link to the desk, and ends the loop with the link.
	 */
	private static final class DeskListener implements LinkListener {

		private final WorkerIdentity identity;

		private final LinkConfig config;

		private final EventLoopGroup group;

		/** Set on the link's loop, on which it is asked for, too. */
		private @Nullable WorkerDesk desk;

		DeskListener(WorkerIdentity identity, LinkConfig config, EventLoopGroup group) {
			this.identity = identity;
			this.config = config;
			this.group = group;
		}

		WorkerDesk desk(Link link) {
			if (this.desk == null) {
				this.desk = new WorkerDesk(this.identity, link, this.config);
			}
			return this.desk;
		}

		@Override
		public void onOpened(Link link) {
			desk(link);
		}

		@Override
		public void onFrame(Link link, LinkFrame frame) {
			desk(link).onFrame(frame);
		}

		@Override
		public void onDescriptor(Link link, FileDescriptor descriptor) {
			desk(link).onDescriptor(descriptor);
		}

		@Override
		public void onDescriptorsWritable(Link link) {
			desk(link).onDescriptorsWritable();
		}

		@Override
		public void onWritabilityChanged(Link link, boolean writable) {
			// Threads that publish look for themselves
		}

		@Override
		public void onClosed(Link link, String reason) {
			desk(link).onClosed(reason);
			this.group.shutdownGracefully(0, STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
		}

	}

	/**
	 * Told of the primary's wishes. Called on the link's loop; must not block.
	 */
	public interface Listener {

		/**
		 * Take no new sessions.
		 * @param closeSessions whether to close those that there are, too, because the
		 * whole host drains
		 */
		void onDrain(boolean closeSessions);

		/**
		 * Finish and end the process.
		 */
		void onStop();

		/**
		 * End the process soon: the primary is gone.
		 */
		void onPrimaryLost();

		/**
		 * Note how the host is doing.
		 * @param status the status
		 */
		void onHost(HostStatus status);

	}

}
