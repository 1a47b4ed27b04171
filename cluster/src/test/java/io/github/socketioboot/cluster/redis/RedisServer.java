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

package io.github.socketioboot.cluster.redis;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.FreePort;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * A Redis server for tests: {@code redis-server} of the path, else a binary from the
 * class path, on a free port, in a folder of its own, without persistence. Ends with
 * {@link #close()}, at the latest with this process.
 */
public final class RedisServer implements AutoCloseable {

	/**
	 * Environment variable that names a server to be used instead, as host and port.
	 */
	private static final String ADDRESS_VARIABLE = "SOCKETIO_TEST_REDIS";

	/**
	 * For what takes long only on a machine that is very busy.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int MAX_STARTS = 5;

	private static final int READ_MILLIS = 1000;

	private final InetSocketAddress address;

	private final @Nullable Path directory;

	private final List<String> command;

	private final Thread hook = new Thread(this::end);

	private volatile @Nullable Process process;

	private RedisServer(InetSocketAddress address, @Nullable Path directory, List<String> command) {
		this.address = address;
		this.directory = directory;
		this.command = command;
	}

	/**
	 * Return the server that is named by the environment, else start one.
	 */
	public static RedisServer start() {
		String address = System.getenv(ADDRESS_VARIABLE);
		if (address == null || address.isBlank()) {
			return startOwn();
		}
		int colon = address.lastIndexOf(':');
		assertThat(colon).as("%s is to be host:port, but is '%s'", ADDRESS_VARIABLE, address).isPositive();
		return new RedisServer(
				new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
				null, List.of());
	}

	/**
	 * Start a server that may be killed.
	 * @param options options of the server
	 */
	public static RedisServer startOwn(String... options) {
		try {
			Path directory = Files.createTempDirectory("socketio-redis-");
			String binary = binary(directory);
			for (int i = 1;; i++) {
				int port = FreePort.find();
				List<String> command = new ArrayList<>(List.of(binary, "--bind", "127.0.0.1", "--port",
						Integer.toString(port), "--dir", directory.toString(), "--save", "", "--appendonly", "no"));
				command.addAll(List.of(options));
				RedisServer server = new RedisServer(new InetSocketAddress("127.0.0.1", port), directory, command);
				Runtime.getRuntime().addShutdownHook(server.hook);
				if (server.launch()) {
					return server;
				}
				// The port may have been taken by another process in the meantime
				assertThat(i).as("Redis has ended: %s", server.log()).isLessThan(MAX_STARTS);
				Runtime.getRuntime().removeShutdownHook(server.hook);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String binary(Path directory) throws IOException {
		for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
			File file = new File(folder, "redis-server");
			if (file.canExecute()) {
				return file.getPath();
			}
		}
		return ExecutableProvider.newJarResourceProvider(directory.toFile()).get().getAbsolutePath();
	}

	public String host() {
		return this.address.getHostString();
	}

	public int port() {
		return this.address.getPort();
	}

	/**
	 * Return the first number of the server's version.
	 */
	public int majorVersion() {
		String version = command("INFO server").stream()
			.filter((line) -> line.startsWith("redis_version:"))
			.findFirst()
			.orElseThrow();
		return Integer.parseInt(version.substring("redis_version:".length()).split("\\.")[0]);
	}

	/**
	 * Pass over the test if the server has no channels of shards.
	 */
	public void assumeShards() {
		assumeThat(majorVersion()).as("Version of Redis, to be 7 for channels of shards").isGreaterThanOrEqualTo(7);
	}

	/**
	 * Execute a command over a connection of its own.
	 * @param command the command, whose words have no spaces
	 * @return the lines of the answer, as they come within a short time
	 */
	public List<String> command(String command) {
		try (Socket socket = new Socket()) {
			socket.connect(this.address, READ_MILLIS);
			socket.setSoTimeout((int) LIMIT.toMillis());
			socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			return reader.lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Kill the server. What it has not sent is lost.
	 */
	public void kill() {
		Process process = process();
		process.destroyForcibly();
		assertThat(process.onExit()).succeedsWithin(LIMIT);
	}

	/**
	 * Start the server again, on the same port, after {@link #kill()}.
	 */
	public void restart() {
		await().atMost(LIMIT).until(this::launch);
	}

	/**
	 * Stop the server, so that it does not answer but keeps its connections.
	 */
	public void suspend() {
		signal("STOP");
	}

	/**
	 * Let the server go on after {@link #suspend()}.
	 */
	public void resume() {
		signal("CONT");
	}

	@Override
	public void close() {
		if (this.directory != null) {
			Runtime.getRuntime().removeShutdownHook(this.hook);
			end();
		}
	}

	private Process process() {
		Process process = this.process;
		assertThat(process).as("A server that was started here").isNotNull();
		return process;
	}

	private void signal(String name) {
		try {
			Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process().pid()).start();
			assertThat(kill.onExit()).succeedsWithin(LIMIT);
			assertThat(kill.exitValue()).isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start the process.
	 * @return {@code false} if it has ended
	 */
	private boolean launch() throws IOException {
		Process process = new ProcessBuilder(this.command).redirectErrorStream(true)
			.redirectOutput(logFile().toFile())
			.start();
		this.process = process;
		await().atMost(LIMIT).until(() -> !process.isAlive() || answers());
		return process.isAlive();
	}

	private boolean answers() {
		try {
			return command("PING").contains("+PONG");
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	private Path logFile() {
		Path directory = this.directory;
		assertThat(directory).isNotNull();
		return directory.resolve("log");
	}

	private String log() throws IOException {
		return Files.readString(logFile());
	}

	private void end() {
		Process process = this.process;
		if (process != null) {
			process.destroyForcibly();
			try {
				process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		Path directory = this.directory;
		if (directory != null && Files.exists(directory)) {
			try (Stream<Path> files = Files.walk(directory)) {
				files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

}
