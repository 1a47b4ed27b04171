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

package io.github.socketioboot.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Several server processes that are one to their clients, and what stands before or
 * between them. Not thread-safe.
 */
final class ClusterServer implements TargetServer, AutoCloseable {

	private final ClusterPeerKind kind;

	private final ReadyProcess front;

	private final List<ReadyProcess> servers;

	private final List<Integer> ports;

	private int connections;

	private @Nullable Control control;

	/**
	 * Creates a server of processes that run.
	 * @param kind what they are
	 * @param front what stands before the servers, and may have started them
	 * @param servers the servers that it has not started
	 * @param ports ports that clients take in turns; what is broadcast is sent to the
	 * first
	 */
	ClusterServer(ClusterPeerKind kind, ReadyProcess front, List<ReadyProcess> servers, List<Integer> ports) {
		this.kind = kind;
		this.front = front;
		this.servers = List.copyOf(servers);
		this.ports = List.copyOf(ports);
	}

	ClusterPeerKind kind() {
		return this.kind;
	}

	@Override
	public String label() {
		return this.kind.label();
	}

	@Override
	public int port() {
		return this.ports.get(this.connections++ % this.ports.size());
	}

	@Override
	public boolean keepsPollingAlive() {
		return !this.kind.isNode();
	}

	@Override
	public void broadcast(String payload, int times) {
		Control control = this.control;
		if (control == null) {
			control = Control.open(this.ports.get(0));
			this.control = control;
		}
		control.send("42[\"broadcast\",\"" + payload + "\"," + times + "]");
	}

	/**
	 * Replaces all servers of a cluster of this project, and waits for the new ones.
	 */
	void reload() {
		int servers = this.front.children();
		try {
			this.front.write("reload");
			this.front.await(servers);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	long frontPid() {
		return this.front.pid();
	}

	/**
	 * Returns the CPU time of what stands before or between the servers.
	 * @return user and system time, in nanoseconds
	 */
	long frontNanos() {
		return (this.kind == ClusterPeerKind.NGINX) ? this.front.allNanos() : this.front.ownNanos();
	}

	/**
	 * Returns the CPU time of all processes.
	 * @return user and system time, in nanoseconds
	 */
	long allNanos() {
		return this.front.allNanos() + this.servers.stream().mapToLong(ReadyProcess::allNanos).sum();
	}

	@Override
	public void close() {
		Control control = this.control;
		if (control != null) {
			control.close();
		}
		this.servers.forEach(ReadyProcess::close);
		this.front.close();
	}

	/**
	 * A client that tells the server what to do, and passes over what comes.
	 */
	private static final class Control implements WebSocketClient.Listener, AutoCloseable {

		private final LoadClient client = new LoadClient();

		private final CompletableFuture<WebSocketClient> joined = new CompletableFuture<>();

		static Control open(int port) {
			Control control = new Control();
			control.client.connect(port, new WebSocketClient(WebSocketClient.request(port), control), control);
			control.joined.orTimeout(ReadyProcess.START_SECONDS, TimeUnit.SECONDS).join();
			return control;
		}

		void send(String packet) {
			WebSocketClient socket = this.joined.join();
			this.client.eventLoop().execute(() -> {
				socket.write(WebSocketFrames.text(packet));
				socket.flush();
			});
		}

		@Override
		public void onJoined(WebSocketClient client) {
			this.joined.complete(client);
		}

		@Override
		public void onEvent(WebSocketClient client, ByteBuf buffer, int start, int length) {
		}

		@Override
		public void onClosed(WebSocketClient client) {
			this.joined.completeExceptionally(new IOException("The server has closed the connection"));
		}

		@Override
		public void onFailure(Throwable cause) {
			this.joined.completeExceptionally(cause);
		}

		@Override
		public void close() {
			this.client.close();
		}

	}

}
