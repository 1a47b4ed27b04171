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

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.link.LinkFrame.Command;
import io.github.socketioboot.cluster.link.LinkFrame.CommandResult;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.link.WorkerReport;
import io.github.socketioboot.engine.netty.ConnectionSource;
import org.jspecify.annotations.Nullable;

/**
 * This process as a worker of the primary that has started it. Thread-safe; no method
 * blocks.
 *
 * @since 0.1.0
 */
public final class Worker {

	private Worker() {
	}

	/**
	 * Connect to the primary.
	 * @param identity who this process is
	 * @param workerPort first of the workers' own public ports, or 0 for none
	 * @param config bounds
	 * @return completed with the worker, or exceptionally with the cause
	 */
	public static CompletionStage<Worker> connect(WorkerIdentity identity, int workerPort, LinkConfig config) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return who this process is.
	 * @return the identity
	 */
	public WorkerIdentity identity() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return where the server's connections come from.
	 * @return the source, always the same
	 */
	public ConnectionSource connections() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the way to other members.
	 * @return the transport, always the same
	 */
	public ClusterTransport transport() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Say who wants to hear of the primary's wishes. Called once.
	 * @param listener told of them, on the link's loop
	 */
	public void listen(Listener listener) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Say how to make reports. They are sent about once a second from now on.
	 * @param reports makes a report; called on the link's loop, must not block
	 */
	public void reports(Supplier<WorkerReport> reports) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Tell the primary that this worker serves.
	 * @param httpPort port on the loopback address of the application's web server, or 0
	 * @param managementPort the same of the management server if it is another one, or 0
	 */
	public void ready(int httpPort, int managementPort) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return how the host is doing.
	 * @return what the primary said last, or {@code null} if it has said nothing yet
	 */
	public @Nullable HostStatus host() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Ask the primary for something.
	 * @param action what to do
	 * @param argument number that goes with it, or 0
	 * @return completed with the answer, or exceptionally if the primary is gone or does
	 * not answer within 5 s
	 */
	public CompletionStage<CommandResult> command(Command.Action action, int argument) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Close the link.
	 */
	public void close() {
		throw new UnsupportedOperationException();
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
