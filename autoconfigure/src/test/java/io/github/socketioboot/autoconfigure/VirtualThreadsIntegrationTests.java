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

package io.github.socketioboot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Threads of handlers with {@code spring.threads.virtual.enabled}, on the JDK of the
 * tests and on the newest one beside it.
 */
class VirtualThreadsIntegrationTests {

	private static final Duration LIMIT = Duration.ofMinutes(4);

	private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

	private static final Pattern PORT = Pattern.compile("^port (\\d+)$", Pattern.MULTILINE);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	static Stream<Jdk> jdks() {
		Jdk own = Jdk.of(Path.of(System.getProperty("java.home")));
		return Stream.concat(Stream.of(own), own.others().filter((jdk) -> jdk.feature() > own.feature()).limit(1))
			.distinct();
	}

	@ParameterizedTest
	@MethodSource("jdks")
	void handlersRunOnVirtualThreadsWhereTheJdkHasThemAndInOrderOfTheirSocket(Jdk jdk) throws Exception {
		boolean virtual = jdk.feature() >= FIRST_WITH_VIRTUAL_THREADS;
		Process process = start(jdk);
		try {
			int port = port();
			try (TestClient client = TestClient.connect(port)) {
				assertThat(String.valueOf(client.ask("thread").get(0))).contains("socketio-handler")
					.startsWith(virtual ? "VirtualThread[" : "Thread[");
				IntStream.range(0, 500).forEach((number) -> client.socket().emit("number", number));
				assertThat(client.ask("numbers").get(0))
					.hasToString(IntStream.range(0, 500).boxed().toList().toString().replace(" ", ""));
			}
			if (virtual) {
				manyHandlersWaitAtOnce(port);
			}
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private static void manyHandlersWaitAtOnce(int port) throws Exception {
		List<RawWebSocketClient> clients = new ArrayList<>();
		for (int i = 0; i < ThreadsApplication.CLIENTS; i++) {
			RawWebSocketClient client = RawWebSocketClient.connect(port);
			client.send("421[\"together\"]");
			clients.add(client);
		}
		for (RawWebSocketClient client : clients) {
			client.awaitMessage("431[true]");
		}
	}

	private Process start(Jdk jdk) throws IOException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return new ProcessBuilder(jdk.home().resolve("bin").resolve("java").toString(), "-XX:+UseSerialGC",
				"-Djava.io.tmpdir=" + this.folder, "-cp", classPath, ThreadsApplication.class.getName(),
				"--spring.threads.virtual.enabled=true", "--socketio.port=0", "--socketio.host=127.0.0.1",
				"--spring.main.web-application-type=none")
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("log").toFile())
			.start();
	}

	private int port() {
		int[] port = new int[1];
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
			String log = Files.readString(this.folder.resolve("log"));
			Matcher matcher = PORT.matcher(log);
			assertThat(matcher.find()).as(log).isTrue();
			port[0] = Integer.parseInt(matcher.group(1));
		});
		return port[0];
	}

	/**
	 * A JDK.
	 *
	 * @param home where it is
	 * @param feature which one, such as 17
	 */
	record Jdk(Path home, int feature) {

		static Jdk of(Path home) {
			Properties release = new Properties();
			try (var reader = Files.newBufferedReader(home.resolve("release"))) {
				release.load(reader);
			}
			catch (IOException ex) {
				return new Jdk(home, 0);
			}
			String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
			return new Jdk(home, Integer.parseInt(version.split("[.+-]")[0]));
		}

		// Newest first
		Stream<Jdk> others() {
			try (Stream<Path> homes = Files.list(this.home.toAbsolutePath().getParent())) {
				return homes.filter((other) -> Files.isExecutable(other.resolve("bin").resolve("java")))
					.map(Jdk::of)
					.sorted(Comparator.comparingInt(Jdk::feature).reversed())
					.toList()
					.stream();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public String toString() {
			return "JDK " + this.feature;
		}

	}

}
