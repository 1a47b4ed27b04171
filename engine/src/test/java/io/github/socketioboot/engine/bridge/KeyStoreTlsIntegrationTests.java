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

package io.github.socketioboot.engine.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * TLS by the key store of a netty-socketio configuration.
 */
class KeyStoreTlsIntegrationTests {

	private static final String PASSWORD = "changeit";

	@TempDir
	private Path directory;

	@Test
	void keyStoreOfTheConfigurationServesTls() throws Exception {
		Path file = keyStore();
		try (InputStream stream = Files.newInputStream(file); AttackedServer server = Wire.OURS.serve((listeners) -> {
		}, (configuration) -> {
			configuration.setKeyStoreFormat("PKCS12");
			configuration.setKeyStore(stream);
			configuration.setKeyStorePassword(PASSWORD);
		}); SSLSocket socket = (SSLSocket) trusting(file).getSocketFactory().createSocket("127.0.0.1", server.port())) {
			socket.getOutputStream()
				.write("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);

			assertThat(answer).isEqualTo("HTTP/1.1 200 OK");
			assertThat(socket.getSession().getProtocol()).isIn("TLSv1.2", "TLSv1.3");
		}
	}

	private Path keyStore() throws IOException, InterruptedException {
		Path file = this.directory.resolve("keys.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-storetype", "PKCS12",
				"-keystore", file.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(keytool.waitFor()).isZero();
		return file;
	}

	private static SSLContext trusting(Path file) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(file)) {
			store.load(stream, PASSWORD.toCharArray());
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("server", store.getCertificate("server"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

}
