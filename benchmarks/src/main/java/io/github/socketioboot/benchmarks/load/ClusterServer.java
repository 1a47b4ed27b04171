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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Several server processes behind one port, and what stands before them.
 */
final class ClusterServer implements TargetServer, AutoCloseable {

	private static final int START_SECONDS = 60;

	private static final int STOP_SECONDS = 10;

	private static final int QUIET_MILLIS = 600_000;

	private static final int MAX_LINES = 1000;

	private static final String READY = "ready";

	private final ClusterPeerKind kind;

	private final Process front;

	private final List<ServerProcess> servers;

	private final int port;

	private final Readiness readiness;

	private @Nullable Control control;

	private ClusterServer(ClusterPeerKind kind, Process front, List<ServerProcess> servers, int port,
			Readiness readiness) {
		this.readiness = readiness;
		this.kind = kind;
		this.front = front;
		this.servers = servers;
		this.port = port;
	}

	static ClusterServer start(ClusterPeerKind kind, ClusterOptions options) {
		try {
			return switch (kind) {
				case OURS -> startOurs(kind, options, "descriptor");
				case PROXY -> startOurs(kind, options, "proxy");
				case NGINX -> startNginx(options);
				case NODE -> startNode(options);
			};
		}
		catch (IOException ex) {
			throw new UncheckedIOException(kind.label() + " cannot be started", ex);
		}
	}

	private static ClusterServer startOurs(ClusterPeerKind kind, ClusterOptions options, String handOff)
			throws IOException {
		int port = freePort();
		List<String> command = ServerProcess.java(options.jvmOptions());
		command.addAll(List.of("primary", handOff, String.valueOf(options.workers()), String.valueOf(port)));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		Readiness readiness = Readiness.of(process);
		readiness.await(options.workers());
		return new ClusterServer(kind, process, List.of(), port, readiness);
	}

	private static ClusterServer startNode(ClusterOptions options) throws IOException {
		Path script = options.node().resolve("cluster.js");
		Process process = new ProcessBuilder("node", script.toString(), String.valueOf(options.workers()))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		Readiness readiness = Readiness.of(process);
		String line = readiness.await(1);
		return new ClusterServer(ClusterPeerKind.NODE, process, List.of(),
				Integer.parseInt(line.substring(line.indexOf(READY) + READY.length()).trim()), readiness);
	}

	private static ClusterServer startNginx(ClusterOptions options) throws IOException {
		List<ServerProcess> servers = new ArrayList<>();
		StringBuilder upstream = new StringBuilder();
		for (int i = 0; i < options.workers(); i++) {
			ServerProcess server = ServerProcess.startOurs(options.jvmOptions(), 1, QUIET_MILLIS);
			servers.add(server);
			upstream.append("server 127.0.0.1:").append(server.port()).append("; ");
		}
		int port = freePort();
		Path folder = Files.createTempDirectory("socketio-nginx");
		Path file = folder.resolve("nginx.conf");
		Files.writeString(file, NGINX.formatted(folder, folder, folder, upstream, port));
		Process process = new ProcessBuilder("nginx", "-p", folder.toString(), "-c", file.toString(), "-e",
				folder.resolve("error.log").toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		ClusterServer server = new ClusterServer(ClusterPeerKind.NGINX, process, servers, port, Readiness.of(process));
		server.awaitListening();
		process.onExit().thenRun(() -> delete(folder));
		return server;
	}

	private static final String NGINX = """
			daemon off;
			worker_processes 1;
			pid %s/nginx.pid;
			events { worker_connections 8192; }
			http {
				access_log off;
				client_body_temp_path %s/body;
				proxy_temp_path %s/proxy;
				map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
				upstream workers { %s keepalive 64; }
				server {
					listen 127.0.0.1:%d backlog=1024;
					location / {
						proxy_pass http://workers;
						proxy_http_version 1.1;
						proxy_set_header Host $http_host;
						proxy_set_header Upgrade $http_upgrade;
						proxy_set_header Connection $connection_upgrade;
						proxy_read_timeout 600s;
					}
				}
			}
			""";

	private static void delete(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(java.util.Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			// left to the system's own clean-up
		}
	}

	private void awaitListening() throws IOException {
		long end = System.nanoTime() + Duration.ofSeconds(START_SECONDS).toNanos();
		while (true) {
			try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), this.port)) {
				return;
			}
			catch (IOException ex) {
				if (System.nanoTime() - end > 0 || !this.front.isAlive()) {
					close();
					throw ex;
				}
				Thread.onSpinWait();
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
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
		return this.port;
	}

	@Override
	public boolean keepsPollingAlive() {
		return this.kind != ClusterPeerKind.NODE;
	}

	@Override
	public void broadcast(String payload, int times) {
		Control control = this.control;
		if (control == null) {
			control = Control.open(this.port);
			this.control = control;
		}
		control.send("42[\"broadcast\",\"" + payload + "\"," + times + "]");
	}

	/**
	 * Replaces all servers of a cluster of this project, and waits for the new ones.
	 */
	void reload() {
		long servers = this.front.children().count();
		try {
			this.front.outputWriter(StandardCharsets.UTF_8).append("reload\n").flush();
			this.readiness.await((int) servers);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	long frontPid() {
		return this.front.pid();
	}

	/**
	 * Returns the CPU time of what stands before the servers.
	 * @return user and system time, in nanoseconds
	 */
	long frontNanos() {
		long nanos = nanos(this.front.toHandle());
		if (this.kind == ClusterPeerKind.NGINX) {
			nanos += this.front.descendants().mapToLong(ClusterServer::nanos).sum();
		}
		return nanos;
	}

	/**
	 * Returns the CPU time of all processes.
	 * @return user and system time, in nanoseconds
	 */
	long allNanos() {
		long nanos = nanos(this.front.toHandle()) + this.front.descendants().mapToLong(ClusterServer::nanos).sum();
		for (ServerProcess server : this.servers) {
			nanos += server.cpuNanos();
		}
		return nanos;
	}

	private static long nanos(ProcessHandle process) {
		return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
	}

	@Override
	public void close() {
		Control control = this.control;
		if (control != null) {
			control.close();
		}
		List<ProcessHandle> processes = this.front.descendants().toList();
		this.front.destroy();
		try {
			if (!this.front.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
				this.front.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		processes.forEach(ProcessHandle::destroyForcibly);
		this.servers.forEach(ServerProcess::close);
	}

	/**
	 * Lines by which servers say that they are ready.
	 *
	 * @param process who writes them
	 * @param lines those that nobody has waited for yet
	 */
	private record Readiness(Process process, BlockingQueue<String> lines) {

		static Readiness of(Process process) {
			Readiness readiness = new Readiness(process, new LinkedBlockingQueue<>(MAX_LINES));
			Thread reader = new Thread(readiness::read, "cluster-output");
			reader.setDaemon(true);
			reader.start();
			return readiness;
		}

		private void read() {
			try (BufferedReader out = this.process.inputReader(StandardCharsets.UTF_8)) {
				for (String line = out.readLine(); line != null; line = out.readLine()) {
					if (line.contains(READY + " ")) {
						this.lines.add(line);
					}
				}
			}
			catch (IOException ex) {
				// It has ended: whoever waits for a line will not get one
			}
		}

		String await(int times) throws IOException {
			try {
				String last = "";
				for (int i = 0; i < times; i++) {
					String line = this.lines.poll(START_SECONDS, TimeUnit.SECONDS);
					if (line == null) {
						this.process.destroyForcibly();
						throw new IOException("not ready in " + START_SECONDS + " s");
					}
					last = line;
				}
				return last;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IOException("interrupted", ex);
			}
		}

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
			control.joined.orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
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
