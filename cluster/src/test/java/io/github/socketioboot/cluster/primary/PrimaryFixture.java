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

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.primary.PrimaryConfig.HandOff;
import io.github.socketioboot.cluster.primary.PrimaryConfig.HttpAddress;
import io.github.socketioboot.cluster.primary.PrimaryConfig.LoadBalancing;
import io.github.socketioboot.cluster.primary.PrimaryConfig.PublicAddress;
import io.github.socketioboot.cluster.primary.PrimaryConfig.Routing;
import io.github.socketioboot.cluster.supervisor.SupervisorConfig;
import io.github.socketioboot.cluster.supervisor.SupervisorConfig.OnTimeout;
import io.github.socketioboot.cluster.supervisor.SupervisorConfig.Restart;
import io.github.socketioboot.cluster.supervisor.WorkerCommand;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A primary in this process whose workers are processes of their own.
 */
final class PrimaryFixture implements AutoCloseable {

	static final Duration WAIT = Duration.ofSeconds(90);

	private final Path parent;

	private final Map<Integer, WorkerIdentity> identities = new ConcurrentHashMap<>();

	private final Primary primary;

	private final int port;

	private final int webPort;

	private volatile CompletableFuture<Void> starts = CompletableFuture.completedFuture(null);

	volatile List<String> arguments = List.of();

	PrimaryFixture(int instances) throws Exception {
		this(instances, HandOff.AUTO, UnaryOperator.identity());
	}

	PrimaryFixture(int instances, HandOff handOff, UnaryOperator<PrimaryConfig> change) throws Exception {
		this.parent = Files.createTempDirectory("prim");
		this.port = FreePort.find();
		this.webPort = FreePort.find();
		this.primary = new Primary(change.apply(config(this.parent, this.port, this.webPort, instances, handOff)),
				this::command);
	}

	static PrimaryConfig config(Path parent, int port, int webPort, int instances, HandOff handOff) {
		SupervisorConfig supervisor = new SupervisorConfig(instances, Duration.ofSeconds(60), Duration.ofSeconds(20), 1,
				OnTimeout.ABORT, Restart.DEFAULT, 0);
		return new PrimaryConfig(parent, new PublicAddress("127.0.0.1", port, "socketio.port"),
				new HttpAddress(new PublicAddress("127.0.0.1", webPort, "server.port"), false, false), null,
				Routing.SESSION, LoadBalancing.LEAST_CONNECTION, ForwardingConfig.NONE, handOff, Duration.ofSeconds(5),
				16 << 10, Duration.ofSeconds(75), Duration.ofSeconds(30), "/health", null, LinkConfig.DEFAULT,
				Duration.ofSeconds(2), Duration.ofSeconds(20), supervisor);
	}

	static PrimaryConfig withWorkerTimeout(PrimaryConfig config, Duration workerTimeout) {
		return new PrimaryConfig(config.directory(), config.socketIo(), config.http(), config.management(),
				config.routing(), config.loadBalancing(), config.forwarding(), config.handOff(), config.headTimeout(),
				config.maxHeadSize(), config.idleTimeout(), workerTimeout, config.healthPath(), config.ssl(),
				config.link(), config.heartbeatInterval(), config.heartbeatTimeout(), config.supervisor());
	}

	static PrimaryConfig withRouting(PrimaryConfig config, Routing routing, ForwardingConfig forwarding) {
		return new PrimaryConfig(config.directory(), config.socketIo(), config.http(), config.management(), routing,
				config.loadBalancing(), forwarding, config.handOff(), config.headTimeout(), config.maxHeadSize(),
				config.idleTimeout(), config.workerTimeout(), config.healthPath(), config.ssl(), config.link(),
				config.heartbeatInterval(), config.heartbeatTimeout(), config.supervisor());
	}

	static PrimaryConfig withHeartbeat(PrimaryConfig config, Duration interval, Duration timeout) {
		return new PrimaryConfig(config.directory(), config.socketIo(), config.http(), config.management(),
				config.routing(), config.loadBalancing(), config.forwarding(), config.handOff(), config.headTimeout(),
				config.maxHeadSize(), config.idleTimeout(), config.workerTimeout(), config.healthPath(), config.ssl(),
				config.link(), interval, timeout, config.supervisor());
	}

	static PrimaryConfig withRestart(PrimaryConfig config, Restart restart) {
		SupervisorConfig old = config.supervisor();
		SupervisorConfig supervisor = new SupervisorConfig(old.instances(), old.listenTimeout(), old.killTimeout(),
				old.reloadParallel(), old.reloadOnTimeout(), restart, old.maxMemory());
		return new PrimaryConfig(config.directory(), config.socketIo(), config.http(), config.management(),
				config.routing(), config.loadBalancing(), config.forwarding(), config.handOff(), config.headTimeout(),
				config.maxHeadSize(), config.idleTimeout(), config.workerTimeout(), config.healthPath(), config.ssl(),
				config.link(), config.heartbeatInterval(), config.heartbeatTimeout(), supervisor);
	}

	private WorkerCommand command(WorkerIdentity identity) {
		this.starts.join();
		this.identities.put(identity.number(), identity);
		Map<String, String> environment = new HashMap<>(System.getenv());
		environment.putAll(identity.environment());
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx96m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				WorkerProgram.class.getName()));
		command.addAll(this.arguments);
		return new WorkerCommand(command, new File("."), environment);
	}

	PrimaryFixture start() throws Exception {
		this.primary.start().toCompletableFuture().get(WAIT.toSeconds(), TimeUnit.SECONDS);
		return this;
	}

	/**
	 * Start no more workers until told to.
	 */
	void holdStarts() {
		this.starts = new CompletableFuture<>();
	}

	void releaseStarts() {
		this.starts.complete(null);
	}

	/**
	 * Wait until so many workers are ready, and each of them knows it.
	 */
	PrimaryFixture awaitReady(int workers) {
		Set<String> aware = new HashSet<>();
		await().atMost(WAIT).ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> {
			String answer = web("/host");
			assertThat(answer.split("state=READY", -1)).hasSize(workers + 1);
			aware.add(answer.substring(answer.lastIndexOf(' ')));
			assertThat(aware).hasSize(workers);
		});
		return this;
	}

	String web(String path) throws IOException {
		try (HttpConnection connection = new HttpConnection(this.webPort)) {
			return connection.get(path).body();
		}
	}

	Primary primary() {
		return this.primary;
	}

	int port() {
		return this.port;
	}

	int webPort() {
		return this.webPort;
	}

	HttpConnection connect() throws IOException {
		return new HttpConnection(this.port);
	}

	/**
	 * Return the number of the worker that has a session.
	 */
	int workerOf(String sid) {
		return this.identities.values()
			.stream()
			.filter((identity) -> sid.startsWith(identity.sidPrefix()))
			.findFirst()
			.orElseThrow()
			.number();
	}

	Set<Integer> numbers() {
		return this.identities.keySet();
	}

	/**
	 * Return the workers that this test has started.
	 */
	static Set<ProcessHandle> children() {
		return ProcessHandle.current()
			.children()
			.filter((process) -> process.info().command().orElse("").endsWith("/java"))
			.collect(Collectors.toSet());
	}

	List<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(this.parent)) {
			return files.filter((file) -> !file.equals(this.parent)).toList();
		}
	}

	static void signal(long pid, String name) throws Exception {
		Process kill = new ProcessBuilder(Arrays.asList("kill", "-" + name, Long.toString(pid))).start();
		assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(kill.exitValue()).isZero();
	}

	@Override
	public void close() throws Exception {
		releaseStarts();
		this.primary.stop().toCompletableFuture().get(WAIT.toSeconds(), TimeUnit.SECONDS);
		this.primary.kill();
		await().atMost(WAIT).untilAsserted(() -> assertThat(files()).isEmpty());
		Files.delete(this.parent);
	}

}
