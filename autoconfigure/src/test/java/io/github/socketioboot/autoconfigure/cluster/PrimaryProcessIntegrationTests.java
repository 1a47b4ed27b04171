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

package io.github.socketioboot.autoconfigure.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLSocket;

import io.github.socketioboot.autoconfigure.TestCertificate;
import io.github.socketioboot.cluster.FreePort;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@DisabledOnOs(OS.WINDOWS)
class PrimaryProcessIntegrationTests {

	private static final Duration LIMIT = Duration.ofMinutes(4);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	private @Nullable Process process;

	@AfterEach
	void end() throws Exception {
		Process started = this.process;
		if (started != null && started.isAlive()) {
			List<ProcessHandle> all = new ArrayList<>(started.descendants().toList());
			all.add(started.toHandle());
			all.forEach(ProcessHandle::destroyForcibly);
			started.waitFor();
		}
	}

	@Test
	void workersAreStartedLikeThePrimaryAndStopWithIt() throws Exception {
		start(List.of("-Dtest.property=a b"), "--socketio.cluster.instances=2", "--socketio.port=0", "--server.port=0",
				"--some.text=c d", "--socketio.cluster.local.jvm-options=-Dtest.option=\"e f\"",
				"--socketio.cluster.local.env.TEST_VARIABLE=g h");
		awaitLog("\\[worker 0] ready (\\d+)");
		awaitLog("\\[worker 1] ready (\\d+)");
		awaitLog("\\[worker 0] workers \\[READY, READY]");
		assertThat(log())
			.contains("[worker 0] instance 0", "[worker 1] instance 1", "[worker 1] system property a b",
					"[worker 1] option e f", "[worker 1] variable g h", "[worker 1] server.port 0")
			.containsPattern("\\[worker 1] arguments \\[.*--some.text=c d, .*]")
			.doesNotContain(":: Spring Boot ::");
		List<ProcessHandle> workers = workers();
		assertThat(workers).hasSize(2);
		assertThat(signal("TERM")).isEqualTo(128 + 15);
		assertThat(workers).noneMatch(ProcessHandle::isAlive);
		assertThat(files()).isEmpty();
	}

	@Test
	void primaryLoadsNothingThatOnlyTheApplicationNeeds() throws Exception {
		start(List.of(), "--socketio.cluster.instances=1", "--socketio.cluster.adapter=local", "--socketio.port=0",
				"--server.port=0");
		awaitLog("\\[worker 0] ready (\\d+)");
		Process started = this.process;
		assertThat(started).isNotNull();
		assertThat(objects(started.pid())).contains("io.github.socketioboot.cluster.primary.")
			.doesNotContain("tools.jackson.databind.json.JsonMapper", "org.springframework.http.",
					"org.springframework.context.support.", "org.apache.catalina.");
		assertThat(signal("TERM")).isEqualTo(128 + 15);
	}

	private static String objects(long pid) throws IOException {
		Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
				String.valueOf(pid), "GC.class_histogram")
			.redirectErrorStream(true)
			.start();
		return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	@Test
	void portsOfWebServersAreShared() throws Exception {
		int webPort = FreePort.find();
		int managementPort = FreePort.find();
		start(List.of(), "--socketio.cluster.instances=2", "--socketio.port=0", "--server.port=" + webPort,
				"--management.server.port=" + managementPort, "--management.endpoint.health.show-details=always",
				"--management.endpoint.health.show-components=always");
		awaitLog("\\[worker 0] workers \\[READY, READY]");
		awaitLog("\\[worker 1] workers \\[READY, READY]");
		assertThat(log()).contains("[worker 1] server.port " + webPort);
		HttpClient http = HttpClient.newHttpClient();
		for (int i = 0; i < 4; i++) {
			HttpResponse<String> health = http
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/actuator/health"))
					.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(health.statusCode()).isEqualTo(200);
			assertThat(health.body()).contains("\"role\":\"worker\"").doesNotContain("degraded");
			assertThat(http
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + webPort + "/none")).build(),
						HttpResponse.BodyHandlers.ofString())
				.statusCode()).isEqualTo(404);
		}
		loseWorkers(http, "http://localhost:" + managementPort + "/actuator/health");
		assertThat(signal("TERM")).isEqualTo(128 + 15);
		assertThat(files()).isEmpty();
	}

	@Test
	void certificateOfThePrimaryIsReplacedWithoutARestart() throws Exception {
		TestCertificate before = TestCertificate.create(this.folder, "before");
		TestCertificate after = TestCertificate.create(this.folder, "after");
		Path store = this.folder.resolve("server.p12");
		before.install(store);
		start(List.of(), "--socketio.cluster.instances=1", "--socketio.cluster.adapter=local", "--socketio.port=0",
				"--server.port=0", "--socketio.ssl.bundle=web", "--spring.ssl.bundle.watch.file.quiet-period=100ms",
				"--spring.ssl.bundle.jks.web.keystore.location=file:" + store,
				"--spring.ssl.bundle.jks.web.keystore.password=" + TestCertificate.PASSWORD,
				"--spring.ssl.bundle.jks.web.reload-on-update=true");
		int port = Integer.parseInt(awaitLog("\\[worker 0] port (\\d+)"));
		String first = awaitLog("\\[worker 0] ready (\\d+)");
		try (SSLSocket old = TestCertificate.connect(port, before)) {
			assertThat(TestCertificate.ask(old, "/health")).isEqualTo("HTTP/1.1 200 OK");
			TestCertificate.install(new byte[] { 1, 2, 3 }, store);
			awaitLog("WARN.* SSL bundle 'web' has changed and cannot be used");
			assertThat(TestCertificate.served(port, before, after)).isEqualTo(before.name());
			after.install(store);
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(TestCertificate.served(port, before, after)).isEqualTo(after.name()));
			assertThat(TestCertificate.ask(old, "/health")).isEqualTo("HTTP/1.1 200 OK");
		}
		assertThat(workers()).extracting((worker) -> String.valueOf(worker.pid())).containsExactly(first);
		assertThat(signal("TERM")).isEqualTo(128 + 15);
	}

	// The one that is left says that the host is degraded, and is ready and alive
	private void loseWorkers(HttpClient http, String health) throws Exception {
		workers().get(0).destroyForcibly();
		Awaitility.await().atMost(LIMIT).until(() -> status(http, health).contains("\"degraded\":true"));
		assertThat(status(http, health + "/readiness")).startsWith("200");
		assertThat(status(http, health + "/liveness")).startsWith("200").doesNotContain("socketio");
	}

	// A worker that is killed takes requests along
	private static String status(HttpClient http, String uri) throws InterruptedException {
		try {
			HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create(uri)).build(),
					HttpResponse.BodyHandlers.ofString());
			return response.statusCode() + " " + response.body();
		}
		catch (IOException ex) {
			return "";
		}
	}

	@Test
	void secondSignalEndsAllAtOnce() throws Exception {
		start(List.of(), "--socketio.cluster.instances=1", "--socketio.cluster.adapter=local", "--socketio.port=0",
				"--server.port=0", "--socketio.drain.timeout=2m", "--socketio.drain.spread=2m",
				"--spring.lifecycle.timeout-per-shutdown-phase=3m");
		int port = Integer.parseInt(awaitLog("\\[worker 0] port (\\d+)"));
		awaitLog("\\[worker 0] ready (\\d+)");
		List<ProcessHandle> workers = workers();
		assertThat(workers).hasSize(1);
		try (Socket socket = webSocket(port)) {
			kill("TERM");
			awaitLog("draining");
			assertThat(signal("TERM")).isEqualTo(128 + 15);
			assertThat(socket.isBound()).isTrue();
		}
		Awaitility.await().atMost(LIMIT).until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
		assertThat(files()).isEmpty();
	}

	@Test
	void hangUpReloadsAndRunsNoShutdownHook() throws Exception {
		start(List.of(), "--socketio.cluster.instances=1", "--socketio.cluster.adapter=local", "--socketio.port=0",
				"--server.port=0");
		String first = awaitLog("\\[worker 0] ready (\\d+)");
		kill("HUP");
		awaitLog("\\[worker 0] ready (?!" + first + "\\b)(\\d+)");
		Awaitility.await().atMost(LIMIT).until(() -> workers().size() == 1);
		assertThat(signal("TERM")).isEqualTo(128 + 15);
		assertThat(files()).isEmpty();
	}

	@Test
	void portInUseIsReportedOnce() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			start(List.of(), "--socketio.cluster.instances=2", "--socketio.host=127.0.0.1", "--server.port=0",
					"--socketio.port=" + taken.getLocalPort());
			assertThat(exit()).isEqualTo(1);
			assertThat(log()).containsOnlyOnce("APPLICATION FAILED TO START")
				.contains("port " + taken.getLocalPort() + " ('socketio.port') was already in use")
				.doesNotContain("\tat ");
		}
		assertThat(files()).isEmpty();
	}

	@Test
	void folderThatCannotBeMadeIsReportedOnce() throws Exception {
		Path missing = this.folder.resolve("missing");
		start(List.of("-Djava.io.tmpdir=" + missing), "--socketio.cluster.instances=2", "--socketio.port=0",
				"--server.port=0");
		assertThat(exit()).isEqualTo(1);
		assertThat(log()).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains(missing.toString(), "java.io.tmpdir")
			.doesNotContain("\tat ");
	}

	// No user, not even root, may make a folder there
	@Test
	@EnabledOnOs(OS.LINUX)
	void folderThatMayNotBeWrittenIsReportedOnce() throws Exception {
		start(List.of("-Djava.io.tmpdir=/proc"), "--socketio.cluster.instances=2", "--socketio.port=0",
				"--server.port=0");
		assertThat(exit()).isEqualTo(1);
		assertThat(log()).containsOnlyOnce("APPLICATION FAILED TO START").contains("/proc", "java.io.tmpdir");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--socketio.cluster.instances=many",
			"--socketio.cluster.instances=2 --socketio.cluster.adapter=none", "--socketio.cluster.adapter=redis",
			"--socketio.cluster.instances=2 --socketio.ping-interval=-1s",
			"--socketio.cluster.instances=2 --socketio.ssl.bundle=missing" })
	void valueThatCannotBeWorkedWithIsReportedOnce(String arguments) throws Exception {
		start(List.of(), (arguments + " --socketio.port=0 --server.port=0").split(" "));
		assertThat(exit()).isEqualTo(1);
		String property = arguments.substring(arguments.lastIndexOf("--") + 2, arguments.lastIndexOf('='));
		assertThat(log()).containsOnlyOnce("APPLICATION FAILED TO START").contains("'" + property + "'");
	}

	private void start(List<String> options, String... arguments) throws IOException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		Path temporary = Files.createDirectories(this.folder.resolve("tmp"));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
						"-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary));
		command.addAll(options);
		command.addAll(List.of("-cp", classPath, ClusterApplication.class.getName()));
		command.addAll(Arrays.asList(arguments));
		this.process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("log").toFile())
			.start();
	}

	// Handshake and upgrade at once; the server answers both when it has the session
	private static Socket webSocket(int port) throws IOException {
		Socket socket = new Socket();
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		socket.getOutputStream()
			.write(("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
					+ "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
					+ "Sec-WebSocket-Version: 13\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		assertThat(socket.getInputStream().read()).isPositive();
		return socket;
	}

	private Process process() {
		assertThat(this.process).isNotNull();
		return this.process;
	}

	private List<ProcessHandle> workers() {
		return process().toHandle().children().toList();
	}

	private String log() throws IOException {
		return Files.readString(this.folder.resolve("log"));
	}

	// Files of the JVM aside
	private List<Path> files() throws IOException {
		try (var files = Files.list(this.folder.resolve("tmp"))) {
			return files.filter((file) -> file.getFileName().toString().startsWith("socketio")).toList();
		}
	}

	private String awaitLog(String pattern) {
		Pattern compiled = Pattern.compile(pattern);
		String[] found = new String[1];
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
			Matcher matcher = compiled.matcher(log());
			assertThat(matcher.find()).as("'%s' in %s", pattern, log()).isTrue();
			found[0] = (matcher.groupCount() > 0) ? matcher.group(1) : "";
		});
		return found[0];
	}

	private int signal(String name) throws Exception {
		kill(name);
		return exit();
	}

	private void kill(String name) throws Exception {
		new ProcessBuilder("kill", "-" + name, String.valueOf(process().pid())).start().waitFor();
	}

	private int exit() throws Exception {
		assertThat(process().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
		return process().exitValue();
	}

}
