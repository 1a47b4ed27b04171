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

package io.github.socketioboot.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;

import io.github.socketioboot.demo.cluster.ClusterProcess;
import io.github.socketioboot.test.client.SocketIoTestClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new user's first project, copied from docs/getting-started.md and docs/testing.md,
 * does what these pages say.
 */
class NewProjectIntegrationTests {

	private static final String JAR = "target/chat-0.0.1-SNAPSHOT.jar";

	private static @Nullable NewProject project;

	private static String output;

	@BeforeAll
	static void build() throws IOException {
		NewProject.assumeBuilt();
		project = new NewProject();
		assertThat(project.write("docs/getting-started.md")).containsExactly("pom.xml",
				"src/main/java/com/example/chat/ChatApplication.java",
				"src/main/java/com/example/chat/ChatHandler.java", "src/main/resources/application.yml",
				"src/main/resources/static/index.html");
		assertThat(project.write("docs/testing.md")).containsExactly("pom.xml",
				"src/test/java/com/example/chat/ChatHandlerTests.java");
		output = project.mvn("package", "-DargLine=-Dsocketio.test.timeout=60s");
	}

	@AfterAll
	static void delete() {
		if (project != null) {
			project.close();
		}
	}

	@Test
	void testOfTheHandlerIsGreen() throws IOException {
		assertThat(Files.readString(project.file("target/surefire-reports/com.example.chat.ChatHandlerTests.txt")))
			.contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
	}

	@Test
	void buildWarnsOfNothing() {
		assertThat(output).doesNotContain("[WARNING]").doesNotContain("Found multiple occurrences");
	}

	@Test
	void oneProcessServesAClientAndItsPageAndEndsBySigterm() throws Exception {
		try (ClusterProcess process = ClusterProcess.jar(project.file(JAR)).start()) {
			process.awaitUp();
			assertItIsTheChat(process);
			HttpClient http = HttpClient.newHttpClient();
			HttpResponse<String> page = http.send(
					HttpRequest.newBuilder(URI.create("http://localhost:" + process.httpPort() + "/")).build(),
					HttpResponse.BodyHandlers.ofString());
			assertThat(page.body()).contains("<title>Chat</title>");
			HttpResponse<String> handshake = http
				.send(HttpRequest.newBuilder(URI.create(process.url() + "/socket.io/?EIO=4&transport=polling"))
					.header("Origin", "http://localhost:8080")
					.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(handshake.headers().firstValue("Access-Control-Allow-Origin")).hasValue("http://localhost:8080");
			process.signal("TERM");
			assertThat(process.exitCode()).isEqualTo(143);
		}
	}

	@Test
	void twoProcessesServeClientsTogetherAndHealthShowsThem() {
		try (ClusterProcess process = ClusterProcess.jar(project.file(JAR)).instances("2").start()) {
			process.awaitReady(2);
			assertItIsTheChat(process);
			process.signal("TERM");
			assertThat(process.exitCode()).isEqualTo(143);
		}
	}

	private static void assertItIsTheChat(ClusterProcess process) {
		try (SocketIoTestClient alice = client(process); SocketIoTestClient bob = client(process)) {
			// Answered when the connect handler has run
			bob.emitWithAck("say", "hi");
			bob.expectEvent("said");
			assertThat(alice.emitWithAck("say", "hello").get(0).path("from").asString()).isEqualTo(alice.id());
			assertThat(bob.expectEvent("said").arguments().get(0).path("text").asString()).isEqualTo("hello");
		}
	}

	private static SocketIoTestClient client(ClusterProcess process) {
		return SocketIoTestClient.of(process.port()).withTimeout(Duration.ofMinutes(1)).connect();
	}

}
