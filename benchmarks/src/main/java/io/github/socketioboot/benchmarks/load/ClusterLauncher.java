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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.socketioboot.benchmarks.peer.ClusterWorkerProcess;
import io.github.socketioboot.benchmarks.peer.PeerKind;

/**
 * Starts what is compared. Not thread-safe.
 */
final class ClusterLauncher implements AutoCloseable {

	private static final int HOSTS = 2;

	private static final int QUIET_MILLIS = 600_000;

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

	private final ClusterPeerKind kind;

	private final ClusterOptions options;

	/**
	 * What runs, to be ended if the rest does not start.
	 */
	private final List<ReadyProcess> started = new ArrayList<>();

	private ClusterLauncher(ClusterPeerKind kind, ClusterOptions options) {
		this.kind = kind;
		this.options = options;
	}

	static ClusterServer start(ClusterPeerKind kind, ClusterOptions options) {
		try (ClusterLauncher launcher = new ClusterLauncher(kind, options)) {
			ClusterServer server = launcher.start();
			launcher.started.clear();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(kind.label() + " cannot be started", ex);
		}
	}

	private ClusterServer start() throws IOException {
		return switch (this.kind) {
			case OURS -> behindPrimary("descriptor");
			case PROXY -> behindPrimary("proxy");
			case NGINX -> behindNginx();
			case NODE -> behindNode();
			case REDIS, HOSTS, NODEREDIS -> overRedis();
		};
	}

	private ClusterServer behindPrimary(String handOff) throws IOException {
		int port = freePort();
		ReadyProcess primary = primary(List.of(), handOff, this.options.workers(), port);
		return new ClusterServer(this.kind, primary, List.of(), List.of(port));
	}

	private ReadyProcess primary(List<String> options, String handOff, int workers, int port) throws IOException {
		ReadyProcess primary = java(options, "primary", handOff, String.valueOf(workers), String.valueOf(port));
		primary.await(workers);
		return primary;
	}

	private ClusterServer behindNode() throws IOException {
		ReadyProcess primary = node("cluster.js", String.valueOf(this.options.workers()));
		return new ClusterServer(this.kind, primary, List.of(), List.of(primary.awaitPort()));
	}

	private ClusterServer behindNginx() throws IOException {
		List<ReadyProcess> servers = new ArrayList<>();
		StringBuilder upstream = new StringBuilder();
		for (int i = 0; i < this.options.workers(); i++) {
			String quiet = String.valueOf(QUIET_MILLIS);
			ReadyProcess server = java(List.of(), "server", PeerKind.OURS.label(), "1", quiet, quiet);
			servers.add(server);
			upstream.append("server 127.0.0.1:").append(server.awaitPort()).append("; ");
		}
		int port = freePort();
		Path folder = Files.createTempDirectory("socketio-nginx");
		Path file = folder.resolve("nginx.conf");
		Files.writeString(file, NGINX.formatted(folder, folder, folder, upstream, port));
		ReadyProcess nginx = program(List.of("nginx", "-p", folder.toString(), "-c", file.toString(), "-e",
				folder.resolve("error.log").toString()));
		awaitListening(nginx, port);
		nginx.onExit(() -> delete(folder));
		return new ClusterServer(this.kind, nginx, servers, List.of(port));
	}

	private ClusterServer overRedis() throws IOException {
		int redisPort = freePort();
		ReadyProcess redis = program(List.of("redis-server", "--port", String.valueOf(redisPort), "--bind", "127.0.0.1",
				"--save", "", "--appendonly", "no"));
		awaitListening(redis, redisPort);
		List<ReadyProcess> servers = new ArrayList<>();
		List<Integer> ports = new ArrayList<>();
		if (this.kind == ClusterPeerKind.HOSTS) {
			for (int host = 0; host < HOSTS; host++) {
				int port = freePort();
				servers.add(primary(List.of("-D" + ClusterWorkerProcess.REDIS_PORT + "=" + redisPort), "descriptor",
						this.options.workers() / HOSTS, port));
				ports.add(port);
			}
			return new ClusterServer(this.kind, redis, servers, ports);
		}
		for (int i = 0; i < this.options.workers(); i++) {
			String port = String.valueOf(redisPort);
			ReadyProcess server = this.kind.isNode() ? node("redis.js", port) : java(List.of(), "redis", port);
			servers.add(server);
			ports.add(server.awaitPort());
		}
		return new ClusterServer(this.kind, redis, servers, ports);
	}

	private ReadyProcess java(List<String> options, String... arguments) throws IOException {
		List<String> jvmOptions = new ArrayList<>(this.options.jvmOptions());
		jvmOptions.addAll(options);
		List<String> command = ServerProcess.java(jvmOptions);
		command.addAll(List.of(arguments));
		return program(command);
	}

	private ReadyProcess node(String script, String argument) throws IOException {
		return program(List.of("node", this.options.node().resolve(script).toString(), argument));
	}

	private ReadyProcess program(List<String> command) throws IOException {
		ReadyProcess process = ReadyProcess.start(command);
		this.started.add(process);
		return process;
	}

	private static void delete(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			// left to the system's own clean-up
		}
	}

	private static void awaitListening(ReadyProcess process, int port) throws IOException {
		long end = System.nanoTime() + Duration.ofSeconds(ReadyProcess.START_SECONDS).toNanos();
		while (true) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return;
			}
			catch (IOException ex) {
				if (System.nanoTime() - end > 0 || !process.isAlive()) {
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

	@Override
	public void close() {
		this.started.forEach(ReadyProcess::close);
	}

}
