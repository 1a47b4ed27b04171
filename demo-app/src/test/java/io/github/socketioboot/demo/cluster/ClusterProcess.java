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

package io.github.socketioboot.demo.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.interop.Prerequisite;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A primary and its workers, started as users start them, with ports and temporary files
 * of their own. Closing it checks that nothing is left.
 */
public final class ClusterProcess implements AutoCloseable {

	public static final Path JAR = Path.of("..", "demo-app", "target", "socketio-demo-app.jar")
		.toAbsolutePath()
		.normalize();

	/**
	 * Longest wait for anything; generous, as machines may be slow.
	 */
	public static final Duration LIMIT = Duration.ofMinutes(2);

	/**
	 * A JVM that starts quickly; what it costs is not looked at.
	 */
	public static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k",
			"-Xshare:auto");

	private static final Duration ORPHANS_LIMIT = Duration.ofSeconds(15);

	private static final JsonMapper MAPPER = new JsonMapper();

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final Path folder;

	private final Process process;

	private final CompletableFuture<?> reader;

	private final int port;

	private final int httpPort;

	private ClusterProcess(Builder builder) throws IOException {
		this.folder = Files.createTempDirectory("socketio-test-");
		this.port = (builder.port > 0) ? builder.port : FreePort.find();
		this.httpPort = FreePort.find();
		this.process = new ProcessBuilder(builder.command(this)).redirectErrorStream(true).start();
		BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8);
		this.reader = CompletableFuture.runAsync(() -> output.lines().forEach(this.lines::add), (task) -> {
			Thread thread = new Thread(task, "cluster-output");
			thread.setDaemon(true);
			thread.start();
		});
	}

	/**
	 * Skip the test where the jar has not been built, as in an IDE; in CI fail it.
	 */
	public static void assumeBuilt() {
		Prerequisite.require(Files.exists(JAR), JAR + " is missing");
	}

	public static Builder demo() {
		return new Builder(DemoArchive.isWanted() ? DemoArchive.get().program() : List.of("-jar", JAR.toString()));
	}

	public static Builder jar(Path jar) {
		return new Builder(List.of("-jar", jar.toString()));
	}

	static Builder application(Class<?> main) {
		return new Builder(DemoArchive.isWanted() ? DemoArchive.get().program(main)
				: List.of("-cp", System.getProperty("java.class.path"), main.getName()));
	}

	public int port() {
		return this.port;
	}

	public int httpPort() {
		return this.httpPort;
	}

	public String url() {
		return "http://localhost:" + this.port;
	}

	public long pid() {
		return this.process.pid();
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	Path folder() {
		return this.folder;
	}

	/**
	 * Wait until so many workers are ready and nothing else is there.
	 */
	public ClusterProcess awaitReady(int instances) {
		await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
			if (!this.process.isAlive()) {
				throw new IllegalStateException("The primary has ended: " + this);
			}
			assertThat(workers().stream().map(WorkerInfo::state)).as("%s", this)
				.hasSize(instances)
				.allMatch("ready"::equals);
		});
		return this;
	}

	/**
	 * Wait until the only process is up.
	 */
	public ClusterProcess awaitUp() {
		await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
			if (!this.process.isAlive()) {
				throw new IllegalStateException("The process has ended: " + this);
			}
			assertThat(health().at("/components/socketio/status").asString()).as("%s", this).isEqualTo("UP");
		});
		return this;
	}

	/**
	 * Return what health says of the workers; empty while nobody answers.
	 */
	List<WorkerInfo> workers() {
		JsonNode health = health();
		List<WorkerInfo> workers = new ArrayList<>();
		for (JsonNode worker : health.at("/components/socketio/details/workers")) {
			workers.add(new WorkerInfo(worker.path("index").asInt(-1), worker.path("pid").asLong(),
					worker.path("state").asString(""), worker.path("sockets").asInt(),
					worker.path("restarts").asInt()));
		}
		return workers;
	}

	public JsonNode health() {
		return get("/actuator/health");
	}

	/**
	 * Ask over HTTP; an empty node if there is no answer.
	 */
	public JsonNode get(String path) {
		return send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.httpPort + path)).build());
	}

	JsonNode post(String path, String body) {
		return send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.httpPort + path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	private JsonNode send(HttpRequest request) {
		try {
			HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			return MAPPER.readTree(response.body());
		}
		catch (IOException | JacksonException ex) {
			return MAPPER.createObjectNode();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	public void signal(String name) {
		kill(name, Long.toString(this.process.pid()));
	}

	void signalGroup(String name) {
		kill(name, "-" + this.process.pid());
	}

	public static void kill(String signal, String pid) {
		try {
			assertThat(new ProcessBuilder("kill", "-" + signal, "--", pid).start().waitFor()).isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	public int exitCode() {
		return this.process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join().exitValue();
	}

	/**
	 * Return what was printed until the end of all processes.
	 */
	List<String> allLines() {
		this.reader.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
		return this.lines;
	}

	/**
	 * Return what has been printed so far.
	 */
	List<String> lines() {
		return List.copyOf(this.lines);
	}

	String awaitLine(Predicate<String> wanted) {
		return await().atMost(LIMIT)
			.until(() -> this.lines.stream().filter(wanted).findFirst().orElse(null), (line) -> line != null);
	}

	/**
	 * Return all processes that were started with the folder of this cluster.
	 */
	List<Long> processes() {
		return ProcessHandle.allProcesses()
			.filter((candidate) -> candidate.info().commandLine().orElse("").contains(this.folder.toString()))
			.filter(ProcessHandle::isAlive)
			.map(ProcessHandle::pid)
			.toList();
	}

	/**
	 * Check that the processes have gone, or go soon, and have left nothing.
	 */
	void assertNothingLeft() {
		await().atMost(ORPHANS_LIMIT)
			.untilAsserted(() -> assertThat(processes()).as("processes that are left; %s", this).isEmpty());
		try (Stream<Path> files = Files.walk(this.folder)) {
			assertThat(
					files.filter((path) -> path.toString().contains("socketio-") && path.toString().endsWith(".sock")))
				.as("sockets that are left")
				.isEmpty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		await().atMost(ORPHANS_LIMIT).untilAsserted(() -> {
			assertThat(FreePort.isFree(this.port)).as("port %d is free", this.port).isTrue();
			assertThat(FreePort.isFree(this.httpPort)).as("port %d is free", this.httpPort).isTrue();
		});
	}

	@Override
	public void close() {
		try {
			if (this.process.isAlive()) {
				this.process.destroy();
				exitCode();
			}
			assertNothingLeft();
		}
		finally {
			this.process.destroyForcibly();
			for (long pid : processes()) {
				ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
			}
			delete(this.folder);
		}
	}

	/**
	 * Delete a folder with all that is in it.
	 * @param folder the folder
	 */
	public static void delete(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach((path) -> path.toFile().delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What happened, for failures.
	 */
	@Override
	public String toString() {
		List<String> last = lines();
		return String.join("\n", last.subList(Math.max(0, last.size() - 60), last.size()));
	}

	/**
	 * What health says of a worker.
	 *
	 * @param index its place
	 * @param pid its process
	 * @param state its state
	 * @param sockets how many sockets it has
	 * @param restarts how often it was started again
	 */
	record WorkerInfo(int index, long pid, String state, int sockets, int restarts) {
	}

	/**
	 * How to start a cluster.
	 */
	public static final class Builder {

		private final List<String> program;

		private final List<String> arguments = new ArrayList<>();

		private List<String> jvm = QUICK;

		private @Nullable Path temporary;

		private int port;

		private String drainSpread = "200ms";

		private Builder(List<String> program) {
			this.program = program;
		}

		public Builder instances(String instances) {
			return with("--socketio.cluster.instances=" + instances);
		}

		public Builder with(String... args) {
			this.arguments.addAll(List.of(args));
			return this;
		}

		Builder jvm(String... options) {
			this.jvm = List.of(options);
			return this;
		}

		/**
		 * Put temporary files elsewhere than in the folder of this cluster.
		 */
		Builder temporary(Path folder) {
			this.temporary = folder;
			return this;
		}

		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Let a drain take longer than tests want it to most of the time.
		 */
		public Builder drainSpread(String spread) {
			this.drainSpread = spread;
			return this;
		}

		public ClusterProcess start() {
			try {
				return new ClusterProcess(this);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private List<String> command(ClusterProcess cluster) {
			// A group of its own, as in a terminal; and signals as there, since a shell's
			// background jobs ignore SIGINT, and so would their children
			List<String> command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT,HUP,QUIT"));
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(this.jvm);
			command.add("-Dtest.cluster=" + cluster.folder);
			command.add("-Djava.io.tmpdir=" + ((this.temporary != null) ? this.temporary : cluster.folder));
			command.addAll(this.program);
			command.addAll(List.of("--socketio.port=" + cluster.port, "--server.port=" + cluster.httpPort,
					"--server.tomcat.threads.max=20", "--socketio.drain.spread=" + this.drainSpread));
			command.addAll(this.arguments);
			return command;
		}

	}

}
