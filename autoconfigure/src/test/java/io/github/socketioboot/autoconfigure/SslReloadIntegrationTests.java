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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import javax.net.ssl.SSLSocket;

import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Certificates that are replaced while the server runs.
 */
@ExtendWith(OutputCaptureExtension.class)
class SslReloadIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String REQUEST = "/socket.io/?EIO=4&transport=polling";

	@TempDir
	private static Path folder;

	private static TestCertificate before;

	private static TestCertificate after;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class, SslAutoConfiguration.class))
		.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate",
				"socketio.ssl.bundle=web", "spring.ssl.bundle.watch.file.quiet-period=100ms");

	@BeforeAll
	static void createCertificates() {
		before = TestCertificate.create(folder, "before");
		after = TestCertificate.create(folder, "after");
	}

	@Test
	void newConnectionsGetTheNewCertificateAndOldOnesLiveOn() throws Exception {
		Path store = folder.resolve("server.p12");
		before.install(store);
		this.runner
			.withPropertyValues("spring.ssl.bundle.jks.web.keystore.location=file:" + store,
					"spring.ssl.bundle.jks.web.keystore.password=" + TestCertificate.PASSWORD,
					"spring.ssl.bundle.jks.web.reload-on-update=true")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				int port = context.getBean(EngineSocketIOServer.class).port();
				try (SSLSocket old = TestCertificate.connect(port, before)) {
					assertThat(TestCertificate.ask(old, REQUEST)).isEqualTo("HTTP/1.1 200 OK");
					after.install(store);
					awaitServed(port, after);
					assertThat(TestCertificate.ask(old, REQUEST)).isEqualTo("HTTP/1.1 200 OK");
				}
			});
	}

	@Test
	void filesThatCannotBeUsedKeepTheCertificateAndAreToldInOneLine(CapturedOutput output) throws Exception {
		Path key = folder.resolve("server.key");
		Path certificate = folder.resolve("server.crt");
		before.installKey(key);
		before.installCertificate(certificate);
		this.runner
			.withPropertyValues("spring.ssl.bundle.pem.web.keystore.private-key=file:" + key,
					"spring.ssl.bundle.pem.web.keystore.certificate=file:" + certificate,
					"spring.ssl.bundle.pem.web.reload-on-update=true")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				int port = context.getBean(EngineSocketIOServer.class).port();
				TestCertificate.install("no certificate".getBytes(StandardCharsets.US_ASCII), certificate);
				Awaitility.await().atMost(LIMIT).until(() -> warnings(output) == 1);
				assertThat(TestCertificate.served(port, before, after)).isEqualTo(before.name());
				after.installCertificate(certificate);
				Awaitility.await().atMost(LIMIT).until(() -> warnings(output) == 2);
				assertThat(output).contains("The private key of 'ssl' does not belong to its certificate")
					.doesNotContain("\tat ");
				assertThat(TestCertificate.served(port, before, after)).isEqualTo(before.name());
				after.installKey(key);
				awaitServed(port, after);
			});
	}

	@Test
	void bundleDecidesOnProtocols() throws Exception {
		Path store = folder.resolve("protocols.p12");
		before.install(store);
		this.runner
			.withPropertyValues("spring.ssl.bundle.jks.web.keystore.location=file:" + store,
					"spring.ssl.bundle.jks.web.keystore.password=" + TestCertificate.PASSWORD,
					"spring.ssl.bundle.jks.web.options.enabled-protocols=TLSv1.2")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				try (SSLSocket socket = TestCertificate.connect(context.getBean(EngineSocketIOServer.class).port(),
						before)) {
					assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
				}
			});
	}

	private static void awaitServed(int port, TestCertificate certificate) {
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(TestCertificate.served(port, before, after)).isEqualTo(certificate.name()));
	}

	private static long warnings(CapturedOutput output) {
		return output.toString()
			.lines()
			.filter((line) -> line.contains("SSL bundle 'web' has changed and cannot be used"))
			.count();
	}

}
