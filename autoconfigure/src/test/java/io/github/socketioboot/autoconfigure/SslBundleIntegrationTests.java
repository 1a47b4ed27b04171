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
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SslBundleIntegrationTests {

	@TempDir
	private static Path directory;

	private static Path keyStore;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class, SslAutoConfiguration.class))
		.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate",
				"socketio.ssl.bundle=web", "spring.ssl.bundle.jks.web.keystore.location=file:" + keyStore,
				"spring.ssl.bundle.jks.web.keystore.password=changeit");

	@BeforeAll
	static void createKeyStore() throws Exception {
		keyStore = directory.resolve("server.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"SAN=IP:127.0.0.1", "-storetype", "PKCS12", "-storepass", "changeit", "-keystore", keyStore.toString())
			.inheritIO()
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).isZero();
	}

	@Test
	void bundleServesTls() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			int port = context.getBean(EngineSocketIOServer.class).port();
			assertThat(get(port, "/socket.io/?EIO=4&transport=polling")).startsWith("HTTP/1.1 200").contains("\"sid\"");
		});
	}

	@Test
	void proxyProtocolComesAheadOfTls() {
		this.runner
			.withPropertyValues("socketio.trusted-proxies=127.0.0.1", "socketio.proxy-protocol=required",
					"socketio.forwarded-headers=x-forwarded")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
				assertThat(get(server.port(), "PROXY TCP4 192.0.2.1 127.0.0.1 4660 443\r\n",
						"/socket.io/?EIO=4&transport=polling"))
					.startsWith("HTTP/1.1 200")
					.contains("\"sid\"");
				assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(server.port(), "/health"));
			});
	}

	@Test
	void bundleThatCannotBeLoadedStopsTheStartWithItsAnalysis() {
		this.runner.withPropertyValues("spring.ssl.bundle.jks.web.keystore.password=wrong").run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidPropertyFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains("'socketio.ssl.bundle'").contains("'web'");
		});
	}

	private static String get(int port, String target) throws Exception {
		return get(port, "", target);
	}

	private static String get(int port, String first, String target) throws Exception {
		KeyStore store = KeyStore.getInstance(keyStore.toFile(), "changeit".toCharArray());
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		Socket plain = new Socket("127.0.0.1", port);
		plain.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
		try (Socket socket = context.getSocketFactory().createSocket(plain, "127.0.0.1", port, true)) {
			OutputStream out = socket.getOutputStream();
			out.write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			InputStream in = socket.getInputStream();
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
