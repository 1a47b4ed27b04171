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

package io.github.socketioboot.cluster.primary.proxy;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.github.socketioboot.cluster.primary.proxy.ProxyConfig.Origin;
import io.github.socketioboot.engine.BufferLeakExtension;
import io.github.socketioboot.engine.netty.forwarded.ForwardedHeaders;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.github.socketioboot.engine.netty.forwarded.ProxyProtocol;
import io.github.socketioboot.engine.netty.forwarded.TrustedProxies;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What workers are told about clients.
 */
@ExtendWith(BufferLeakExtension.class)
class ProxyOriginIntegrationTests {

	private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

	private static final String PASSWORD = "changeit";

	@TempDir
	Path directory;

	@Test
	void tellsIp4Addresses() throws Exception {
		BlockingQueue<String> headers = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = upstream(28, headers);
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.PREAMBLE)).with(upstream);
				RawClient client = proxy.connect();
				RawClient other = proxy.connect()) {
			for (RawClient each : new RawClient[] { client, other, client }) {
				assertThat(each.get("/").readAnswer()).isEqualTo("200 OK|x");
			}
			// PROXY over TCP/IPv4, 12 bytes of addresses
			assertThat(take(headers)).isEqualTo(SIGNATURE + "21" + "11" + "000c" + "7f0000017f000001"
					+ port(client.socket().getLocalPort()) + port(proxy.port()));
			assertThat(take(headers)).endsWith(port(other.socket().getLocalPort()) + port(proxy.port()));
			assertThat(upstream.connections()).isEqualTo(2);
		}
	}

	@Test
	void tellsIp6Addresses() throws Exception {
		BlockingQueue<String> headers = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = upstream(52, headers);
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.PREAMBLE), "::1").with(upstream);
				RawClient client = proxy.connect()) {
			assertThat(client.get("/").readAnswer()).isEqualTo("200 OK|x");
			String loopback = "00".repeat(15) + "01";
			// PROXY over TCP/IPv6, 36 bytes of addresses
			assertThat(take(headers)).isEqualTo(SIGNATURE + "21" + "21" + "0024" + loopback + loopback
					+ port(client.socket().getLocalPort()) + port(proxy.port()));
		}
	}

	@Test
	void tellsThatAClientCameOverTls() throws Exception {
		SSLContext server = certificate();
		SSLContext trusting = SSLContext.getInstance("TLS");
		trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		BlockingQueue<String> headers = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = upstream(36, headers);
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.PREAMBLE, server)).with(upstream)) {
			try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory()
				.createSocket(proxy.socket(), "localhost", proxy.port(), true);
					RawClient client = new RawClient(socket)) {
				for (int i = 0; i < 3; i++) {
					assertThat(client.get("/").readAnswer()).isEqualTo("200 OK|x");
				}
				// PP2_TYPE_SSL of 5 bytes: PP2_CLIENT_SSL, no certificate verified
				assertThat(take(headers)).isEqualTo(SIGNATURE + "21" + "11" + "0014" + "7f0000017f000001"
						+ port(socket.getLocalPort()) + port(proxy.port()) + "20" + "0005" + "01" + "00000001");
				client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
				assertThat(client.readToEnd()).endsWith("Connection: close\r\n\r\nx");
			}
			try (RawClient plain = proxy.connect()) {
				assertThat(plain.get("/").readToEnd()).doesNotContain("HTTP/1.1");
			}
			assertThat(upstream.connections()).isOne();
		}
	}

	@Test
	void passesOnWhatABalancerTellsAheadOfTls() throws Exception {
		SSLContext trusting = SSLContext.getInstance("TLS");
		trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		BlockingQueue<String> headers = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = upstream(36, headers);
				ProxyFixture proxy = ProxyFixture.of(behindBalancer(certificate())).with(upstream);
				Socket plain = proxy.socket()) {
			plain.getOutputStream()
				.write("PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n".getBytes(StandardCharsets.US_ASCII));
			try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory()
				.createSocket(plain, "localhost", proxy.port(), true); RawClient client = new RawClient(socket)) {
				assertThat(client.get("/").readAnswer()).isEqualTo("200 OK|x");
			}
			assertThat(take(headers)).isEqualTo(SIGNATURE + "21" + "11" + "0014" + "c0000201c6336402" + "1234" + "01bb"
					+ "20" + "0005" + "0100000001");
		}
	}

	@Test
	void closesConnectionsOfABalancerThatTellsNothing() throws Exception {
		try (RawUpstream upstream = upstream(28, new LinkedBlockingQueue<>());
				ProxyFixture proxy = ProxyFixture.of(behindBalancer(null)).with(upstream);
				RawClient client = proxy.connect();
				RawClient malformed = proxy.connect()) {
			assertThat(client.get("/").readToEnd()).isEmpty();
			malformed.send("PROXY TCP4 192.0.2.1\r\nGET / HTTP/1.1\r\n\r\n");
			assertThat(malformed.readToEnd()).isEmpty();
			assertThat(upstream.connections()).isZero();
		}
	}

	private static ProxyConfig behindBalancer(@Nullable SSLContext ssl) {
		ProxyConfig usual = ProxyFixture.config(Origin.PREAMBLE, ssl);
		return new ProxyConfig(usual.maxHeadSize(), usual.headTimeout(), usual.idleTimeout(), usual.transferTimeout(),
				usual.workerTimeout(), usual.maxWaiting(), usual.origin(), ssl, new ForwardingConfig(
						TrustedProxies.of(List.of("127.0.0.1")), ForwardedHeaders.NONE, ProxyProtocol.REQUIRED));
	}

	@Test
	void tellsTheSchemeByHeaderWhenTlsEndsHere() throws Exception {
		SSLContext trusting = SSLContext.getInstance("TLS");
		trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		BlockingQueue<String> heads = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> {
			heads.add(head);
			return "x";
		}));
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS, certificate()))
					.with(upstream);
				SSLSocket socket = (SSLSocket) trusting.getSocketFactory()
					.createSocket(proxy.socket(), "localhost", proxy.port(), true);
				RawClient client = new RawClient(socket)) {
			client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: http\r\n\r\n");
			assertThat(client.readAnswer()).isEqualTo("200 OK|x");
			assertThat(take(heads)).isEqualTo(
					"GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n\r\n");
		}
	}

	private RawUpstream upstream(int headerLength, BlockingQueue<String> headers) throws Exception {
		return RawUpstream.unix(this.directory.resolve("s"), (connection) -> {
			headers.add(HexFormat.of().formatHex(connection.read(headerLength).getBytes(StandardCharsets.ISO_8859_1)));
			while (connection.readHead() != null) {
				connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
			}
		});
	}

	private SSLContext certificate() throws Exception {
		Path file = this.directory.resolve("keys.p12");
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		Process process = new ProcessBuilder(keytool.toString(), "-genkeypair", "-keyalg", "EC", "-dname",
				"CN=localhost", "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(file)) {
			keys.load(input, PASSWORD.toCharArray());
		}
		KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, PASSWORD.toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(managers.getKeyManagers(), null, null);
		return context;
	}

	private static String port(int port) {
		return HexFormat.of().toHexDigits((short) port);
	}

	private static String take(BlockingQueue<String> queue) throws InterruptedException {
		String value = queue.poll(20, TimeUnit.SECONDS);
		assertThat(value).isNotNull();
		return value;
	}

}
