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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of a server on 127.0.0.1 with its key, made by the JDK's keytool.
 */
public final class TestCertificate {

	/**
	 * Password of the key store.
	 */
	public static final String PASSWORD = "changeit";

	private static final String ALIAS = "server";

	private static final int LIMIT_MILLIS = 60_000;

	private final String name;

	private final Path file;

	private final KeyStore store;

	private TestCertificate(String name, Path file, KeyStore store) {
		this.name = name;
		this.file = file;
		this.store = store;
	}

	/**
	 * Make a certificate.
	 * @param folder where its key store goes
	 * @param name whom it is for
	 * @return the certificate
	 */
	public static TestCertificate create(Path folder, String name) {
		Path file = folder.resolve(name + ".made.p12");
		try {
			Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
					"-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "SAN=IP:127.0.0.1",
					"-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file.toString())
				.redirectErrorStream(true)
				.start();
			String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (keytool.waitFor() != 0) {
				throw new IllegalStateException(said);
			}
			return new TestCertificate(name, file, KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return whom it is for, as {@link #connect} tells.
	 * @return the name
	 */
	public String name() {
		return "CN=" + this.name;
	}

	/**
	 * Put the key store where a server has it.
	 * @param target the file
	 * @throws IOException if it cannot be written
	 */
	public void install(Path target) throws IOException {
		install(Files.readAllBytes(this.file), target);
	}

	/**
	 * Put the key as PEM where a server has it.
	 * @param target the file
	 * @throws IOException if it cannot be written
	 * @throws GeneralSecurityException if there is none
	 */
	public void installKey(Path target) throws IOException, GeneralSecurityException {
		install(pem("PRIVATE KEY", this.store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()), target);
	}

	/**
	 * Put the certificate as PEM where a server has it.
	 * @param target the file
	 * @throws IOException if it cannot be written
	 * @throws GeneralSecurityException if there is none
	 */
	public void installCertificate(Path target) throws IOException, GeneralSecurityException {
		install(pem("CERTIFICATE", this.store.getCertificate(ALIAS).getEncoded()), target);
	}

	private static byte[] pem(String type, byte[] content) {
		return ("-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
				+ type + "-----\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Put something where a server has its certificate, at once as a whole.
	 * @param content the content
	 * @param target the file
	 * @throws IOException if it cannot be written
	 */
	public static void install(byte[] content, Path target) throws IOException {
		Path whole = Files.write(target.resolveSibling(target.getFileName() + ".new"), content);
		Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/**
	 * Connect to a server, and trust it if it has one of these certificates.
	 * @param port port of the server
	 * @param certificates the certificates
	 * @return the connection, after its handshake
	 * @throws Exception if there is none
	 */
	public static SSLSocket connect(int port, TestCertificate... certificates) throws Exception {
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		for (TestCertificate certificate : certificates) {
			trusted.setCertificateEntry(certificate.name, certificate.store.getCertificate(ALIAS));
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
		socket.setSoTimeout(LIMIT_MILLIS);
		socket.startHandshake();
		return socket;
	}

	/**
	 * Return whom the server's certificate is for.
	 * @param port port of the server
	 * @param certificates those that are trusted
	 * @return the name
	 * @throws Exception if there is no connection
	 */
	public static String served(int port, TestCertificate... certificates) throws Exception {
		try (SSLSocket socket = connect(port, certificates)) {
			return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
		}
	}

	/**
	 * Ask over a connection that stays open.
	 * @param socket the connection
	 * @param target what is asked for
	 * @return the first line of the answer
	 * @throws IOException if there is none
	 */
	public static String ask(SSLSocket socket, String target) throws IOException {
		socket.getOutputStream()
			.write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		InputStream in = socket.getInputStream();
		byte[] answer = new byte[8192];
		int read = in.read(answer);
		return (read > 0) ? new String(answer, 0, read, StandardCharsets.US_ASCII).lines().findFirst().orElse("") : "";
	}

}
