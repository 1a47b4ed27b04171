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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.github.socketioboot.load.LoadApplication;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * TLS ends in the primary, which proxies each request.
 */
@EnabledOnOs(OS.LINUX)
class TlsIntegrationTests extends StickyRouting {

	private static final Path STORE = Path.of("target", "cluster-tls.p12").toAbsolutePath();

	private static final String PASSWORD = "changeit";

	private final SSLContext context;

	TlsIntegrationTests() throws IOException, InterruptedException, GeneralSecurityException {
		super(ClusterProcess.application(LoadApplication.class)
			.with("--socketio.ssl.bundle=public", "--spring.ssl.bundle.jks.public.keystore.location=file:" + store(),
					"--spring.ssl.bundle.jks.public.keystore.password=" + PASSWORD));
		KeyStore store = KeyStore.getInstance(STORE.toFile(), PASSWORD.toCharArray());
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		this.context = SSLContext.getInstance("TLS");
		this.context.init(null, trust.getTrustManagers(), null);
	}

	private static Path store() throws IOException, InterruptedException {
		Files.deleteIfExists(STORE);
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "public", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"san=dns:localhost,ip:127.0.0.1", "-keystore", STORE.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		keytool.getInputStream().readAllBytes();
		assertThat(keytool.waitFor()).isZero();
		return STORE;
	}

	@Override
	String scheme() {
		return "https";
	}

	@Override
	HttpConnection connect() throws IOException {
		return connectFrom("127.0.0.1");
	}

	@Override
	HttpConnection connectFrom(String address) throws IOException {
		Socket socket = this.context.getSocketFactory().createSocket();
		socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), cluster().port()));
		return new HttpConnection(socket);
	}

}
